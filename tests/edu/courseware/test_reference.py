"""How far an entry was verified, as its note says it."""

import pytest

from edu.courseware.reference import Reference, Seen, seen_in


def entry(note, **fields):
    from edu.courseware.library.bib import verification

    return Reference("a", "article", "T", container="J", note=note, verification=verification(note), **fields)


@pytest.mark.parametrize(
    ("note", "missing", "seen"),
    [
        ("verified: PubMed record 1", "", "PubMed record 1"),
        ("verified: a page; another page", "", "a page; another page"),
        (
            "unverified: journal from memory; seen: author, year in X",
            "journal from memory",
            "author, year in X",
        ),
        ("unverified: journal not stated; seen in chapter 1.5", "journal not stated", "in chapter 1.5"),
        ("unverified: seen only as author in X", "", "only as author in X"),
        ("unverified: known only through isu2018", "known only through isu2018", ""),
        ("unverified: whole entry from memory", "whole entry from memory", ""),
        ("somebody said so", "somebody said so", ""),
        ("", "", ""),
    ],
)
def test_a_note_says_what_is_missing_and_what_was_seen(note, missing, seen):
    assert seen_in(note) == Seen(missing, seen)


@pytest.mark.parametrize(
    ("note", "is_confirmed"),
    [
        ("verified: PubMed", True),
        ("unverified: pages from memory; seen: authors, journal, year in X", True),
        ("unverified: first author from memory; seen: all other fields in X", True),
        ("unverified: journal from memory; seen: title on X", False),
        ("unverified: title from memory; seen: abstract in X", False),
        ("unverified: journal not confirmed; seen: the journal was named on X", False),
        ("unverified: whole entry from memory", False),
        ("", False),
    ],
)
def test_a_place_is_confirmed_only_where_the_note_says_that_it_was_seen(note, is_confirmed):
    assert entry(note).is_place_confirmed is is_confirmed
