"""Checking pages outside the lessons."""

import pytest

from edu.courseware.check import check_course
from edu.courseware.read import read_course

PAGE = "pages/question/why.md"
TEXT = """\
+++
title = "Why?"
published = 2026-03-01
position = 1
summary = "Nobody knows."
evidence = ["C", "?"]
group = "nature"
known = "cases"
lessons = ["L1.1", "L2.3"]
+++

Something was seen [@known2001] [C]. See [touch](lesson:L1.1) and [[V1-c02]].

::: open Why?
It is open [?].
:::
"""


def findings(folder):
    return [(found.place, found.rule, found.remedy) for found in check_course(read_course(folder.path))]


def test_a_page_without_fault_gives_no_finding_and_a_lesson_that_is_planned_may_be_named(folder):
    folder.write(PAGE, TEXT)

    assert findings(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "place", "rule"),
    [
        ("@known2001", "@unknown1999", f"{PAGE}:12", "unknown-reference"),
        ("lesson:L1.1", "lesson:L1.9", f"{PAGE}:12", "unknown-lesson"),
        ('"L2.3"', '"L3.1"', PAGE, "unknown-lesson"),
        ("V1-c02", "V1-c99", f"{PAGE}:12", "unknown-step"),
        ('evidence = ["C", "?"]', 'evidence = ["?"]', PAGE, "evidence"),
        ('"cases"', '"studies"', PAGE, "evidence"),
        ("::: open Why?\nIt is open [?].\n:::", "\n\nIt is open [?].", f"{PAGE}:16", "open-question"),
        ("published = 2026-03-01\n", "", PAGE, "published"),
        ("position = 1\n", "", PAGE, "duplicate"),
        ('title = "Why?"', 'title = "Why?"\nstate = "reviewed"', PAGE, "review"),
    ],
)
def test_what_is_wrong_is_found_in_its_place_with_a_remedy(folder, old, new, place, rule):
    assert old in TEXT
    folder.write(PAGE, TEXT.replace(old, new))

    found = findings(folder)

    assert (place, rule) in [entry[:2] for entry in found]
    assert all(remedy for _, _, remedy in found)


def test_nothing_for_professionals_is_linked_or_shown_by_a_page(folder):
    folder.change("videos/find.toml", 'audience = "open"', 'audience = "pro"')
    folder.change("modules/M1/L1.1-touch.md", 'audience = "open"', 'audience = "pro"')
    folder.write(PAGE, TEXT)

    assert [entry[:2] for entry in findings(folder) if entry[0].startswith("pages/")] == [
        (f"{PAGE}:12", "gate"),
        (f"{PAGE}:12", "gate"),
    ]


def test_a_translation_needs_its_original_and_another_language(folder):
    folder.write("pages/question/other.es.md", TEXT)
    folder.write(PAGE, TEXT)
    folder.write("pages/question/why.en.md", TEXT)

    assert [entry[:2] for entry in findings(folder)] == [
        ("pages/question/other.es.md", "translation"),
        ("pages/question/why.en.md", "translation"),
    ]


def test_a_story_rests_on_an_entry_of_the_library(folder):
    story = (
        '+++\ntitle = "Then"\npublished = 2026-03-01\nsummary = "Once."\n'
        'told_from = "A paper."\nreference = "nowhere1900"\nconsent = "Published."\n+++\n\nOnce.\n'
    )
    folder.write("pages/story/then.md", story)

    assert [entry[1] for entry in findings(folder)] == ["unknown-reference"]


def test_a_story_whose_consent_is_awaited_is_a_draft(folder):
    story = (
        '+++\ntitle = "Then"\npublished = 2026-03-01\nsummary = "Once."\nstate = "under construction"\n'
        'told_from = "A letter."\nconsent = "Awaited."\n+++\n\nOnce.\n'
    )
    folder.write("pages/story/then.md", story)

    assert [entry[1] for entry in findings(folder)] == ["consent"]
