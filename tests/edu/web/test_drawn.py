"""Parts that are drawn once for all readers: they are what each reader would get."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import cast

import pytest
from flask import Flask
from jinja2 import Environment
from jinja2.runtime import Macro
from markupsafe import Markup

from edu.models import Role
from edu.web import drawn
from tests.conftest import ROOT
from tests.edu.conftest import Site
from tests.people import Person
from tests.reviewer import ReviewingClient

LESSON = "/courses/small/touch"
PAGES = (f"{LESSON}?lang=en", f"{LESSON}?lang=fr", f"{LESSON}?lang=en&t=2")
PLAYER = re.compile(r"<edu-player.*</edu-chapters>", re.DOTALL)
MACROS = "{% macro greet(name, mark='!') %}{{ made() }}Hello {{ name }}{{ mark }}{% endmacro %}"


def pages(client: ReviewingClient) -> list[str]:
    found = (PLAYER.search(client.get(path).get_data(as_text=True)) for path in PAGES)
    return [part[0] for part in found if part]


def test_each_reader_gets_the_page_that_would_be_drawn_for_that_reader(
    app: Flask, site: Site, person: Callable[..., Person]
) -> None:
    readers = [ReviewingClient(app, app.response_class)]
    readers += [person(role) for role in (Role.LEARNER, Role.LEARNER, Role.INSTRUCTOR)]
    given = [pages(reader) for reader in readers]
    alone = []

    for reader in readers:
        drawn.install(app)
        alone.append(pages(reader))

    assert given == alone
    assert [len(set(parts)) for parts in given] == [len(PAGES)] * len(readers)
    assert given[1][0] != given[2][0], "their notes are kept apart"


@pytest.mark.parametrize("version", ["vV1", ""], ids=["plays", "made"])
def test_a_page_has_its_menus_whether_its_film_can_be_played_or_not(
    client: ReviewingClient, site: Site, version: str
) -> None:
    site.change_video("V1", version=version)

    for path in (LESSON, "/videos/find"):
        page = client.get(path).get_data(as_text=True)
        assert ("<edu-player" in page) is bool(version)
        assert ("/js/menu.js" in page) is not bool(version), "else they come with the player"


def test_what_is_drawn_for_all_asks_nothing_of_a_request() -> None:
    """An address made by url_for begins with what the request says of the site; a token is somebody's."""
    parts = [*ROOT.glob("templates/components/practice/*.html")]
    parts += [
        ROOT / f"templates/components/{name}.html" for name in ("player", "practice", "icon", "progress")
    ]
    drawn_parts = [part.read_text(encoding="utf-8").partition("{% macro screening")[0] for part in parts]

    asked = re.compile(r"\b(url_for|csrf_token|notes_owner|request|session|site|g)\b(?=[.(])")
    assert [asked.findall(re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)) for text in drawn_parts] == [
        [] for _ in parts
    ]


class Greeting:
    """A macro that counts how often it is drawn, behind what keeps its words."""

    def __init__(self, app: Flask) -> None:
        environment = Environment(autoescape=True)
        environment.globals["made"] = self.count
        self._macro = macro_of(environment, MACROS, "greet")
        self._kept, self._app, self.times = drawn.Kept(), app, 0

    def count(self) -> str:
        self.times += 1
        return ""

    def say(self, name: str, **more: str) -> Markup:
        with self._app.test_request_context("/"):
            return self._kept.drawn(self._macro, name, **more)


def macro_of(environment: Environment, text: str, name: str) -> Macro:
    return cast(Macro, getattr(environment.from_string(text).module, name))


def test_the_same_is_drawn_once_and_another_anew(app: Flask) -> None:
    greeting = Greeting(app)
    said = [greeting.say("Ada"), greeting.say("Ada"), greeting.say("<b>"), greeting.say("Ada", mark="?")]

    assert said == ["Hello Ada!", "Hello Ada!", "Hello &lt;b&gt;!", "Hello Ada?"]
    assert greeting.times == 3


def test_what_nobody_asked_for_longest_is_given_up(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "MOST_KEPT", 2)
    greeting = Greeting(app)
    for name in ("Ada", "Bea", "Ada", "Cyd", "Ada", "Bea"):
        greeting.say(name)

    assert greeting.times == 4


def test_two_macros_of_one_name_and_values_that_are_only_equal_are_told_apart(app: Flask) -> None:
    kept, environment = drawn.Kept(), Environment(autoescape=True)
    first, second = (
        macro_of(environment, f"{{% macro say(what) %}}{start} {{{{ what }}}}{{% endmacro %}}", "say")
        for start in ("one", "two")
    )

    with app.test_request_context("/"):
        said = [kept.drawn(first, what) for what in (1, True, "<b>", Markup("<b>"))]
        said.append(kept.drawn(second, 1))

    assert said == ["one 1", "one True", "one &lt;b&gt;", "one <b>", "two 1"]
