"""The board: one drawing for pages, lessons and questions, and nothing in it that a browser would run."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from edu.courseware.board import BOARD, BUNDLED, Layer, bundled, layers_of
from edu.courseware.check import check_course
from edu.courseware.drawing import read_drawing
from edu.courseware.finding import CourseError
from edu.courseware.library.bib import read_bibtex
from edu.courseware.markdown import render
from edu.courseware.marks import find_marks
from edu.courseware.read import read_course
from edu.services.prose import Surroundings
from tests.edu.courseware.conftest import CourseFolder

QUESTIONS = Path(__file__).parents[3] / "edu/static/img/board"
DRAWN = (BUNDLED / BOARD).read_text(encoding="utf-8")


def shapes(text: str) -> list[str]:
    return re.findall(r"<(?:path|rect|ellipse|circle|text|mask)\b[^>]*>", text)


def test_questions_stand_on_the_same_drawing() -> None:
    ours, theirs = Counter(shapes(DRAWN)), Counter[str]()
    for file in QUESTIONS.glob("*.svg"):
        theirs += Counter(shapes(file.read_text(encoding="utf-8")))

    assert theirs - ours == Counter(), "each shape of a question's board is in the drawing"
    more = {
        part.layer
        for part in bundled().parts
        for shape in shapes(part.shape.markup())
        if shape in ours - theirs
    }
    assert more <= {Layer.FASCIA, None}, "only the fascia and the paper are more"


def test_a_layer_that_is_off_is_sent_only_where_there_are_switches() -> None:
    still = bundled().markup([Layer.BONE], prefix="a-")
    whole = bundled().markup([Layer.BONE], prefix="a-", is_whole=True)

    assert 'data-layer="nerves"' not in still
    assert '<g data-layer="nerves" data-off>' in whole
    assert 'mask="url(#a-near-1)"' in whole


@pytest.mark.parametrize(
    ("inside", "line"),
    [
        ("<script>alert(1)</script>", 2),
        ('<g onload="x()"/>', 2),
        ('\n<image href="https://example.org/a.png"/>', 3),
        ('<path fill="url(https://example.org/a)"/>', 2),
        ('<path mask="url(#nobody)"/>', 2),
        ("<foreignObject/>", 2),
        ("<style>a{}</style>", 2),
        ("<?php ?>", 2),
        ("<g>", 2),
    ],
)
def test_what_does_not_belong_in_a_drawing_is_refused_with_its_line(inside: str, line: int) -> None:
    with pytest.raises(CourseError) as caught:
        read_drawing(f'<svg xmlns="http://www.w3.org/2000/svg">\n{inside}</svg>', BOARD)

    assert caught.value.findings[0].line == line
    assert caught.value.findings[0].remedy


def test_a_document_type_is_refused() -> None:
    with pytest.raises(CourseError, match="a document type"):
        read_drawing('<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', BOARD)


def test_a_course_with_a_broken_board_cannot_be_read(course_folder: CourseFolder) -> None:
    course_folder.write(BOARD, DRAWN.replace('data-layer="nerves"', 'data-layer="nevres"'))

    with pytest.raises(CourseError, match='there is no layer "nevres"'):
        read_course(course_folder.path)


def test_a_lesson_shows_the_layers_that_it_names() -> None:
    html = render("::: board bone zone what\nSee [D].\n:::\n", Surroundings()).html

    assert html.count("<svg") == 1
    assert 'data-layer="zone"' in html
    assert 'data-layer="nerves"' not in html
    assert "unknown layer: what" in html
    assert 'href="/board?shown=1&amp;words=1&amp;layers=bone&amp;layers=zone"' in html
    assert layers_of("board") == ((Layer.BONE,), ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("::: board bone what\nSee.\n:::", 'no layer "what"'),
        ("::: board\nSee.\n:::", "names no layer"),
        ("::: board bone\n:::", "has no caption"),
        ("::: board bone\nSee.", "does not end"),
    ],
)
def test_a_mark_that_is_wrong_is_found_with_its_line(
    course_folder: CourseFolder, text: str, message: str
) -> None:
    path = "modules/M1/L1.1-touch.md"
    lesson = (course_folder.path / path).read_text(encoding="utf-8")
    course_folder.write(path, f"{lesson}\n{text}\n")

    found = [f for f in check_course(read_course(course_folder.path)) if f.rule == "board"]

    assert [f.line for f in found] == [lesson.count("\n") + 2]
    assert message in found[0].message
    assert found[0].remedy


def test_what_the_board_says_has_the_numbers_grades_and_sources_of_the_lessons() -> None:
    said = tomllib.loads((BUNDLED / "board/layers.toml").read_text(encoding="utf-8"))
    known = {r.key for r in read_bibtex((BUNDLED / "references.bib").read_text(encoding="utf-8"), "x")}
    lessons = "".join(path.read_text(encoding="utf-8") for path in (BUNDLED / "modules/M2").glob("L2.[123]*"))

    for layer in Layer:
        text = said[layer.value]["text"]
        assert {mark.value for mark in find_marks(text) if mark.kind == "citation"} <= known
        for row in re.findall(r"^\|.*mm \|$", text, re.MULTILINE):
            assert row in lessons
    assert "5-7 cm from the midline [@backmiceinfo] [D]" in said["zone"]["text"]
