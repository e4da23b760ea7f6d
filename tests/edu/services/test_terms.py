"""The terms of a course as lines that people edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captions.terms import Term
from edu.courseware.glossary import Entry, Name
from edu.errors import Invalid
from edu.models import Course, ReviewRequest, ReviewSubject
from edu.models import Term as TermRow
from edu.services import terms

WORD = st.from_regex(r"[a-zé-]{1,12}( [a-z]{1,8})?", fullmatch=True)


@given(st.lists(st.builds(Term, WORD, st.lists(WORD, max_size=3).map(tuple), st.just("") | WORD)))
def test_what_is_shown_is_read_back_as_it_was(found):
    once = {term.text.casefold(): term for term in found}

    assert terms.typed(terms.lines(tuple(once.values()))) == tuple(once.values())


@pytest.mark.parametrize(
    ("text", "line"), [("lidocaine\n: nothing", 2), ("crest\n\nCrest: press", 3), ("x" * 600, 1)]
)
def test_a_line_that_is_no_term_is_told(text, line):
    with pytest.raises(Invalid) as refused:
        terms.typed(text)

    assert refused.value.parameters["line"] == line


@pytest.mark.parametrize(
    "term", [Term("ratio 1:10"), Term("a|b"), Term("crest", ("press, t",)), Term("x" * 121)]
)
def test_a_term_of_a_file_that_no_line_could_hold_is_told_and_not_kept(database, term):
    now = datetime(2026, 11, 25, tzinfo=UTC)
    with database.writing() as session:
        course = Course(slug="back", title="Back", created_at=now, updated_at=now)
        session.add(course)
        terms.keep_entries(session, course, (Entry(Term("crest", (), "A bone\nof the hip.")),))

        with pytest.raises(Invalid, match="cannot be kept"):
            terms.keep_entries(session, course, (Entry(term),))

        assert terms.of_course(session, course) == (Term("crest", (), "A bone of the hip."),)


PAGE = Entry(
    Term("crest", ("press",), "A rim."),
    "iliac-crest",
    ("crests",),
    "A [C].",
    (Name("cresta", "it"),),
    ("nodule",),
)


def test_a_word_of_a_file_keeps_its_row_and_needs_review_once_it_is_changed(database):
    now = datetime(2026, 11, 25, tzinfo=UTC)
    with database.writing() as session:
        course = Course(slug="back", title="Back", created_at=now, updated_at=now)
        session.add(course)
        terms.keep_entries(session, course, (Entry(Term("fascia")), PAGE, Entry(Term("sacrum"))))
        fascia, crest, sacrum = session.query(TermRow).order_by(TermRow.id)
        for row in (crest, sacrum):
            row.details = {**row.details, "state": "reviewed", "review": {"reviewer": "Dr"}}
        kept, asked = (crest.id, sacrum.id), {"subject": ReviewSubject.TERM, "revision": 1, "asked_at": now}
        session.add_all([ReviewRequest(subject_id=row.id, **asked) for row in (fascia, crest)])

        other = replace(PAGE, body="Another [C].")
        terms.keep_entries(session, course, (other, Entry(Term("nodule")), Entry(Term("sacrum"))))

        assert set(terms.entries(session, course)) == {other, Entry(Term("nodule")), Entry(Term("sacrum"))}
        assert (crest.id, sacrum.id) == kept
        assert (crest.revision, crest.details["state"]) == (2, "needs review")
        assert (sacrum.revision, sacrum.details["state"]) == (1, "reviewed")
        assert [request.subject_id for request in session.query(ReviewRequest)] == [crest.id]
