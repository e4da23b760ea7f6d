"""terms.toml: read, written, and refused with its line."""

from __future__ import annotations

from pathlib import Path

from captions.terms import Term
from edu.courseware.finding import Finding
from edu.courseware.terms import read_terms, terms_text

TERMS = (Term("lidocaine", ("lidocane", "light a cane"), "A local anaesthetic."), Term("crest"))


def test_terms_are_read_as_they_were_written(tmp_path: Path):
    (tmp_path / "terms.toml").write_text(terms_text(TERMS), encoding="utf-8")
    lost: list[Finding] = []

    assert read_terms(tmp_path, lost) == TERMS
    assert lost == []


def test_a_course_without_terms_has_none(tmp_path: Path):
    assert read_terms(tmp_path, []) == ()


def test_a_term_that_stands_twice_is_refused_with_its_line(tmp_path: Path):
    (tmp_path / "terms.toml").write_text(terms_text((*TERMS, Term("Crest"))), encoding="utf-8")
    lost: list[Finding] = []

    read_terms(tmp_path, lost)

    (finding,) = lost
    assert (finding.path, finding.line > 8) == ("terms.toml", True)
    assert "twice" in finding.message
