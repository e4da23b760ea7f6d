"""Pages outside the lessons: front matter, translations, and the same file after reading and writing."""

from datetime import UTC, date, datetime

import pytest

from edu.courseware.course import Grade, PageState, Review
from edu.courseware.finding import CourseError
from edu.courseware.page_details import PageDetails, PageKind
from edu.courseware.pages import page_path, page_text, read_page, read_pages
from edu.courseware.read import read_course
from edu.courseware.write import write_course

QUESTION = "pages/question/why.md"
TEXT = """\
+++
title = "Why?"
language = "en"
state = "under construction"
published = 2026-03-01
position = 3
summary = "Nobody knows."
evidence = ["C", "?"]
group = "nature"
known = "cases"
lessons = ["L1.1"]
+++

Something was seen [@known2001] [C].

::: open Why?
It is open [?].
:::
"""
NEWS = """\
+++
title = "Now"
language = "en"
state = "under construction"
published = 2026-03-01T09:30:00+00:00
summary = "It opens."
author = "We"
+++

Here.
"""


def test_a_page_says_what_its_front_matter_and_its_place_say(folder):
    folder.write(QUESTION, TEXT)

    page = read_page(folder.path, QUESTION)

    assert (page.kind, page.slug, page.position) == (PageKind.QUESTION, "why", 3)
    assert page.published_at == datetime(2026, 3, 1, tzinfo=UTC)
    assert page.evidence == (Grade.SERIES, Grade.OPEN_QUESTION)
    assert page.details == PageDetails(group="nature", known="cases", lessons=("L1.1",))
    assert page.details.is_medical
    assert TEXT.split("\n")[page.body_line - 1] == "Something was seen [@known2001] [C]."


def test_a_course_with_pages_written_and_read_again_is_the_same_course(folder, tmp_path):
    spanish = TEXT.replace('"Why?"', '"¿Por qué?"').replace('"en"', '"es"')
    folder.write(QUESTION, TEXT)
    folder.write("pages/question/why.es.md", spanish)
    folder.write("pages/news/now.md", NEWS)
    course = read_course(folder.path)

    write_course(course, tmp_path / "out", lambda path: (folder.path / path).open("rb"))

    assert read_course(tmp_path / "out").pages == course.pages
    assert [page_path(page) for page in course.pages] == [page.source.path for page in course.pages]
    assert (tmp_path / "out" / QUESTION).read_text(encoding="utf-8") == TEXT
    assert [(page.slug, page.is_translation) for page in course.pages] == [
        ("now", False),
        ("why", False),
        ("why", True),
    ]


def test_a_moment_is_kept_as_one_and_a_stale_translation_stays_stale(folder):
    folder.write("pages/news/now.es.md", NEWS.replace('language = "en"', 'translation = "stale"'))
    page = read_page(folder.path, "pages/news/now.es.md")

    folder.write("pages/news/now.es.md", page_text(page))

    again = read_page(folder.path, "pages/news/now.es.md")
    assert (again.published_at, again.is_stale) == (datetime(2026, 3, 1, 9, 30, tzinfo=UTC), True)
    assert again.language == "es"


def test_a_signature_is_read_and_written_with_its_dates(folder):
    review = (
        '\n[review]\nreviewer = "Dr A"\nreviewed_on = 2026-01-02\ndue_on = 2027-01-02\nconflicts = "none"\n'
    )
    signed = TEXT.replace('"under construction"', '"needs review"').replace('"L1.1"]\n', '"L1.1"]\n' + review)
    folder.write(QUESTION, signed)

    page = read_page(folder.path, QUESTION)

    assert page.state is PageState.NEEDS_REVIEW
    assert page.review == Review("Dr A", date(2026, 1, 2), date(2027, 1, 2), "none")
    assert page_text(page) == signed


@pytest.mark.parametrize(
    ("path", "old", "new", "place", "reason"),
    [
        (QUESTION, 'title = "Why?"\n', "", f"{QUESTION}:2", "`title` is missing"),
        (QUESTION, '"nature"', '"weather"', f"{QUESTION}:9", "Choose one of"),
        (QUESTION, 'known = "cases"\n', "", f"{QUESTION}:2", "`known` is missing"),
        (QUESTION, '["L1.1"]', '["1.1"]', f"{QUESTION}:11", "names '1.1'"),
        (QUESTION, "2026-03-01", "2026-03-01T09:00:00", f"{QUESTION}:5", "moment without its zone"),
        (QUESTION, "2026-03-01", '"soon"', f"{QUESTION}:5", "of the wrong kind"),
        (QUESTION, "group =", "roles =", f"{QUESTION}:2", "`group` is missing"),
        (QUESTION, "lessons =", "lesons =", f"{QUESTION}:11", "not a known field"),
        ("pages/essay/why.md", "", "", "pages/essay/why.md", 'no kind of page "essay"'),
        ("pages/question/Why not.md", "", "", "pages/question/Why not.md", "no address"),
        ("pages/question/why.es.md", "", "", "pages/question/why.es.md:3", 'says "es"'),
    ],
)
def test_a_broken_page_is_refused_with_file_line_and_remedy(folder, path, old, new, place, reason):
    assert old in TEXT
    folder.write(path, TEXT.replace(old, new, 1) if old else TEXT)

    with pytest.raises(CourseError) as caught:
        read_course(folder.path)

    (finding,) = caught.value.findings
    assert (finding.place, reason in finding.sentence) == (place, True), finding.sentence
    assert finding.remedy


def test_a_page_without_data_is_called_a_page(folder):
    folder.write(QUESTION, "# Why?\n")
    lost = []

    assert read_pages(folder.path, lost) == ()
    assert [finding.message for finding in lost] == ["a page begins with its data"]
