"""Parts that are drawn once for all readers: they are what each reader would get."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from jinja2 import Environment
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
    kept: drawn.Kept = app.extensions["edu-drawn"]
    readers = [ReviewingClient(app, app.response_class)]
    readers += [person(role) for role in (Role.LEARNER, Role.LEARNER, Role.INSTRUCTOR)]
    given = [pages(reader) for reader in readers]
    alone = []

    for reader in readers:
        kept.forget()
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


@pytest.fixture
def greet(app: Flask) -> Callable[..., Markup]:
    """A macro that counts how often it is drawn, behind what keeps its words."""
    counted: list[int] = []
    environment = Environment(autoescape=True)
    environment.globals["made"] = lambda: counted.append(1) or ""
    macro = environment.from_string(MACROS).module.greet  # type: ignore[attr-defined]
    kept = drawn.Kept()

    def act(*views: str, **more: str) -> Markup:
        with app.test_request_context("/"):
            return kept.drawn(macro, *views, **more)

    act.counted = counted  # type: ignore[attr-defined]
    return act


def test_the_same_is_drawn_once_and_another_anew(greet: Callable[..., Markup]) -> None:
    said = [greet("Ada"), greet("Ada"), greet("<b>"), greet("Ada", mark="?")]

    assert said == ["Hello Ada!", "Hello Ada!", "Hello &lt;b&gt;!", "Hello Ada?"]
    assert len(greet.counted) == 3  # type: ignore[attr-defined]


def test_what_nobody_asked_for_longest_is_given_up(
    greet: Callable[..., Markup], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawn, "MOST_KEPT", 2)
    for name in ("Ada", "Bea", "Ada", "Cyd", "Ada", "Bea"):
        greet(name)

    assert len(greet.counted) == 4  # type: ignore[attr-defined]


def test_two_macros_of_one_name_and_values_that_are_only_equal_are_told_apart(app: Flask) -> None:
    kept, environment = drawn.Kept(), Environment(autoescape=True)
    first, second = (
        environment.from_string(f"{{% macro say(what) %}}{start} {{{{ what }}}}{{% endmacro %}}").module.say  # type: ignore[attr-defined]
        for start in ("one", "two")
    )

    with app.test_request_context("/"):
        said = [kept.drawn(first, what) for what in (1, True, "<b>", Markup("<b>"))]
        said.append(kept.drawn(second, 1))

    assert said == ["one 1", "one True", "one &lt;b&gt;", "one <b>", "two 1"]
