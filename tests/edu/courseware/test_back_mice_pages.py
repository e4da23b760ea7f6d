"""The pages around the bundled course: complete, open to all, and no stronger than what was found."""

import re
from collections import Counter
from pathlib import Path

import pytest

from edu.courseware.course import Audience, Grade, PageState
from edu.courseware.marks import find_marks
from edu.courseware.page_details import Group, Known, PageKind
from edu.courseware.read import read_course

FOLDER = Path(__file__).parents[3] / "edu/content/back-mice"


@pytest.fixture(scope="module")
def course():
    return read_course(FOLDER)


def of(course, kind):
    return [page for page in course.pages if page.kind is kind]


def slug(course, kind, name):
    return next(page for page in of(course, kind) if page.slug == name)


def test_there_are_twenty_two_questions_in_six_groups_in_the_order_of_their_lesson(course):
    questions = [page for page in of(course, PageKind.QUESTION) if not page.is_translation]

    assert [page.position for page in questions] == list(range(1, 23))
    assert Counter(page.details.group for page in questions) == {
        Group.NATURE: 6,
        Group.PAIN: 4,
        Group.CHANGE: 4,
        Group.PLACE: 1,
        Group.TREATMENT: 3,
        Group.PEOPLE: 4,
    }
    groups = [page.details.group for page in questions]
    assert groups == sorted(groups, key=list(Group).index)


def test_every_question_stays_open_and_leads_to_lessons_that_are_open(course):
    open_lessons = {lesson.code for lesson in course.lessons if lesson.audience is Audience.OPEN}

    for page in of(course, PageKind.QUESTION):
        assert "::: open" in page.body, page.slug
        assert Grade.OPEN_QUESTION in page.evidence, page.slug
        assert page.details.lessons, page.slug
        assert set(page.details.lessons) <= open_lessons, page.slug


def test_what_was_not_found_is_called_nothing_found(course):
    nothing = {page.position for page in of(course, PageKind.QUESTION) if page.details.known == Known.NOTHING}

    assert nothing == {3, 12, 14, 15, 18}


def test_nothing_is_reviewed_and_every_page_has_its_day(course):
    assert {page.state for page in course.pages} == {PageState.UNDER_CONSTRUCTION}
    assert {page.review for page in course.pages} == {None}
    assert all(page.published_at for page in course.pages)


def test_no_page_shows_or_cites_what_is_behind_the_gate(course):
    for page in course.pages:
        marks = find_marks(page.body)
        assert not [mark for mark in marks if mark.kind == "step" and mark.value.startswith("V2")]
        assert not re.search(r"\b(mL|ml|mg|gauge|L5\.\d|Case A)\b", page.body), page.slug


def test_each_story_says_where_it_is_from_and_rests_on_the_library(course):
    stories = [page for page in of(course, PageKind.STORY) if not page.is_translation]

    assert [page.details.reference for page in stories] == [
        *("backmiceinfo", "backmiceinfo", "ries1937", "macdermot1942", "clavero1945", "monnerot1955")
    ]
    for page in stories[:2]:
        assert "the consent of the author to tell more is awaited" in page.details.consent
        assert page.details.awaits


def test_nothing_is_typed_in_the_name_of_the_author_of_the_source_site(course):
    author = slug(course, PageKind.CONTRIBUTOR, "the-author-of-the-source-site")

    assert (author.details.orcid, author.details.link) == ("", "")
    assert len(author.details.awaits) == 4
    for page in course.pages:
        assert "Cañis" not in page.title + page.summary + page.body


def test_the_idea_about_fibromyalgia_is_a_question_from_beginning_to_end(course):
    page = slug(course, PageKind.NEWS, "is-fibromyalgia-many-mice")

    assert "It is a hypothesis. No study supports it [?]." in page.body
    assert "no more" in page.title


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        (PageKind.SITE, "about", "March 2018"),
        (PageKind.SITE, "about", "summer of 2017"),
        (PageKind.SITE, "about", "That a nodule causes pain is a hypothesis."),
        (PageKind.SITE, "terms", "do not delay because of something read or seen here"),
        (PageKind.SITE, "terms", "Watching is not competence."),
        (PageKind.SITE, "privacy", "removed 12 months after the answer"),
        (PageKind.QUESTION, "how-it-relates-to-pain", "A nodule explains no warning sign away."),
        (PageKind.QUESTION, "fever-cold-and-damp", "go to an emergency service now"),
        (PageKind.QUESTION, "why-the-swelling-comes-back", "larger than 5 cm"),
        (PageKind.QUESTION, "why-anaesthetic-alone-may-last", "Saline helped too."),
        (PageKind.QUESTION, "why-anaesthetic-alone-may-last", "Never inject yourself"),
    ],
)
def test_each_page_keeps_its_dates_and_cautions(course, kind, name, words):
    assert words in slug(course, kind, name).body


def test_the_terms_have_a_version(course):
    assert slug(course, PageKind.SITE, "terms").details.version == "1"
