"""Lessons on paper and the board as pages: what they hold, and what stays behind the gate."""

from __future__ import annotations

import pytest

from edu.services.board import qr
from edu.services.board.paper import cautions, step_lines
from tests.edu.conftest import Site
from tests.reviewer import ReviewingClient

LESSON = "/courses/small/touch"


def text(client: ReviewingClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("way", ["/card", "/card?sheet=4", "/print"])
def test_paper_has_a_code_for_each_step_the_state_and_the_address(
    client: ReviewingClient, site: Site, way: str
) -> None:
    page = text(client, LESSON + way)

    copies = 4 if "sheet" in way else 1
    base = site.runtime.settings.base_url.rstrip("/") + LESSON
    assert page.count(f'href="{base}?t=') == 2 * copies
    assert page.count('class="qr"') == 2 * copies + (way == "/print")
    assert "Under construction: not yet reviewed by a clinician" in page
    assert f">{base}<" in page


def test_the_picture_of_a_card_is_marked_as_schematic_beside_it(client: ReviewingClient, site: Site) -> None:
    page = text(client, f"{LESSON}/card?sheet=4")

    assert page.count('class="pocket-still"') == page.count("<figcaption>Schematic</figcaption>") == 4


def test_a_handout_holds_the_references_and_what_the_grades_mean(client: ReviewingClient, site: Site) -> None:
    page = text(client, f"{LESSON}/print")

    assert 'id="ref-known2001"' in page
    assert "How to read the grades of evidence" in page


def test_a_lesson_without_a_film_has_a_handout_and_no_card(client: ReviewingClient, site: Site) -> None:
    assert client.get("/courses/small/rest/card").status_code == 404
    assert 'class="handout-steps"' not in text(client, "/courses/small/rest/print")
    assert "/courses/small/rest/card" not in text(client, "/courses/small/rest")


@pytest.mark.parametrize("way", ["card", "print"])
def test_paper_of_a_gated_lesson_stays_behind_the_gate(client: ReviewingClient, site: Site, way: str) -> None:
    answer = client.get(f"/courses/small/needle/{way}")

    assert answer.status_code in (303, 403)
    assert "GATED" not in answer.get_data(as_text=True)


def test_the_board_belongs_to_its_course(client: ReviewingClient, site: Site) -> None:
    assert client.get("/board").status_code == 404

    course = site.folder.path / "course.toml"
    site.folder.write("course.toml", course.read_text().replace('slug = "small"', 'slug = "back-mice"'))
    site.install()
    page = text(client, "/board?shown=1&layers=bone&layers=nothing")

    assert '<g data-layer="bone">' in page
    assert '<g data-layer="nerves" data-off>' in page
    assert 'value="bone" checked' in page
    assert 'value="nerves" checked' not in page


def test_cautions_are_taken_whole_and_nothing_else() -> None:
    body = "Go.\n\n::: caution Stop\nAt pain [P].\n:::\n\n::: note\nNo.\n:::\n\n::: emergency\nCall.\n:::\n"

    assert cautions(body) == ("::: caution Stop\nAt pain [P].\n:::", "::: emergency\nCall.\n:::")


def test_a_step_takes_its_line_of_the_lesson_with_its_grade_and_without_its_source() -> None:
    body = (
        "Ask. [[V1-c01]]\n\n"
        "1. **Midline.** Press *gently* [@a] [C]. Stop\n   at pain. [[V1-c02]] [[V1-c03]]\n"
        "2. Look. [[V1-c02]]\n"
    )

    assert step_lines(body) == {"V1-c02": "Midline. Press gently [C]. Stop at pain."}


def test_a_code_is_drawn_without_a_stranger() -> None:
    drawn = qr.code("https://example.org/a?t=1")

    assert drawn.startswith("<svg")
    assert "http" not in drawn
