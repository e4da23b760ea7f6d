"""terms.toml: read, written, and refused with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from captions.terms import Term
from edu.courseware.finding import Finding
from edu.courseware.glossary import Entry, Meant, Name
from edu.courseware.terms import read_terms, terms_text

TERMS = (
    Entry(Term("lidocaine", ("lidocane", "light a cane"), "A local anaesthetic.")),
    Entry(Term("crest")),
    Entry(
        Term("back mouse", (), "A small lump."),
        slug="back-mice",
        forms=("back mice",),
        body="It slips away [@known2001] [C].",
        names=(
            Name("lipome épi-sacro-iliaque", "fr", "Known", 1955, ("known2001", "other1960"), "D"),
            Name("iliac crest pain", means=Meant.PLACE, note="defined by tenderness"),
        ),
        see=("fascia",),
    ),
    Entry(Term("fascia", (), "A sheet."), slug="fascia", body="One.\n\nTwo."),
)
PAGE = '[[terms]]\ntext = "crest"\nmisheard = []\nmeaning = "A rim."\nslug = "crest"\n'


def read(folder: Path, text: str) -> tuple[tuple[Entry, ...], list[Finding]]:
    (folder / "terms.toml").write_text(text, encoding="utf-8")
    lost: list[Finding] = []
    return read_terms(folder, lost), lost


def test_terms_are_read_as_they_were_written(tmp_path: Path):
    found, lost = read(tmp_path, terms_text(TERMS))

    assert (found, lost) == (TERMS, [])
    assert terms_text(found) == terms_text(TERMS)


def test_a_course_without_terms_has_none(tmp_path: Path):
    assert read_terms(tmp_path, []) == ()


def test_a_term_that_stands_twice_is_refused_with_its_line(tmp_path: Path):
    _, (finding,) = read(tmp_path, terms_text((*TERMS[:2], Entry(Term("Crest")))))

    assert (finding.path, finding.line > 8) == ("terms.toml", True)
    assert "twice" in finding.message


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('slug = "crest"', 'slug = "Iliac Crest"', 5, "Write it like 'back-mice'"),
        ('slug = "crest"', 'see = ["fascia"]', 5, "belongs to a page"),
        ('"A rim."', '""', 4, "is missing"),
        (
            'slug = "crest"',
            'slug = "crest"\nnames = [\n  { text = "rim", grade = "Z" },\n]',
            7,
            "Choose one of",
        ),
        (
            'slug = "crest"',
            'slug = "crest"\nnames = [\n  { text = "rim", language = "?" },\n]',
            7,
            "like 'fr'",
        ),
        ('slug = "crest"', 'slug = "crest"\nnames = [\n  { text = "rim", means = "x" },\n]', 7, '"place"'),
        ('slug = "crest"', 'slug = "crest"\nnames = [\n  { text = "rim", wo = "x" },\n]', 7, "Known here"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_remedy(
    tmp_path: Path, old: str, new: str, line: int, words: str
):
    _, (finding,) = read(tmp_path, PAGE.replace(old, new))

    assert finding.line == line
    assert words in finding.sentence
