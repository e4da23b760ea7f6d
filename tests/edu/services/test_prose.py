"""Texts of a course as HTML: what they name is looked up in one statement and shown as it is now."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from edu.models import Audience, Lesson, PageState, Role, Step
from edu.policy import NOBODY, Viewer
from edu.services import prose
from edu.services.prose import Prose
from tests.edu.conftest import Site
from tests.statements import Counter

TEXT = "Watch [[V1-c02]], then [rest](lesson:L1.2) [@known2001]."
PROFESSIONAL = Viewer(visitor_hash="v", is_professional=True)


def made(site: Site, text: str, viewer: Viewer = NOBODY, video: str = "") -> Prose:
    with site.runtime.db.reading() as session:
        (found,) = prose.of(session, viewer, 1, (text,), video_slug=video)
        return found


def test_steps_lessons_and_sources_become_links(site: Site) -> None:
    found = made(site, TEXT)

    assert 'href="/videos/find#V1-c02"' in found.html
    assert 'href="/courses/small/rest"' in found.html
    assert "A thing" in found.references


def test_a_step_of_the_film_on_the_page_plays_in_place(site: Site) -> None:
    assert 'href="#V1-c02"' in made(site, TEXT, video="find").html


def test_a_gated_step_is_no_link_but_for_those_it_is_for(site: Site) -> None:
    text = "Watch [[V2-c01]]."

    assert "GATED" not in made(site, text).html
    assert "/videos/needle" not in made(site, text).html
    assert 'href="/videos/needle#V2-c01"' in made(site, text, PROFESSIONAL).html


def test_a_lesson_that_one_may_not_open_is_told_in_plain_words(site: Site) -> None:
    text = "See [the rest](lesson:L1.2) and [the needle](lesson:L5.1)."
    with site.runtime.db.writing() as session:
        gated = session.scalars(select(Lesson).where(Lesson.slug == "needle")).one()
        text = text.replace("L5.1", gated.code)

    assert "<a>the needle</a>" in made(site, text).html
    assert "small/needle" in made(site, text, PROFESSIONAL).html
    with site.runtime.db.writing() as session:
        session.execute(update(Lesson).where(Lesson.code == "L1.2").values(state=PageState.DRAFT))
    assert "<a>the rest</a>" in made(site, text, PROFESSIONAL).html
    assert "small/rest" in made(site, text, Viewer(role=Role.INSTRUCTOR)).html


def test_everything_is_looked_up_in_one_statement_and_plain_text_in_none(
    site: Site, statements: Counter
) -> None:
    with statements() as sent:
        made(site, TEXT)
        made(site, TEXT)
    assert len(sent) == 2

    with statements() as sent:
        made(site, "Plain words [C].")
    assert sent == []


def test_a_change_is_seen_at_once(site: Site) -> None:
    made(site, TEXT)
    with site.runtime.db.writing() as session:
        session.execute(update(Step).where(Step.identifier == "V1-c02").values(title="Lie down"))
        session.execute(update(Lesson).where(Lesson.code == "L1.2").values(slug="pause"))
    site.change_video("V1", audience=Audience.OPEN, slug="seek")

    found = made(site, TEXT)

    assert "Lie down" in found.html
    assert 'href="/courses/small/pause"' in found.html
    assert 'href="/videos/seek#V1-c02"' in found.html


@pytest.mark.parametrize(
    ("text", "html"),
    [("*Press* here", "<em>Press</em> here"), ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"), ("", "")],
)
def test_a_short_text_is_a_line_without_blocks(text: str, html: str) -> None:
    assert prose.line(text) == html
