"""BibTeX in and out."""

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edu.courseware.finding import CourseError
from edu.courseware.library.bib import entry_text, read_bibtex, verification, write_bibtex
from edu.courseware.reference import Author, Reference, Verification


def one(fields, kind="article"):
    return read_bibtex(f"@{kind}{{key1, title={{T}}, {fields}}}")[0]


def test_an_entry_becomes_a_record_in_unicode():
    text = (
        '@article{erdem2013, author={Erdem, H. R. and Nac{\\i}r, B. and {\\"O}zeri, Z.}, '
        "title={Bel a{\\u g}r{\\i}s{\\i} -- ``back mouse''}, journal={A{\\~n}ri}, year={2013}, volume={25}, "
        "number={2}, pages={83--86}, doi={10.1/a\\_3}, pmid={1}, pmcid={PMC2}, language={tr}, "
        "keywords={backmice, trial}, note={verified: PubMed}}"
    )

    reference = read_bibtex(text)[0]

    assert reference == Reference(
        key="erdem2013",
        kind="article",
        title="Bel ağrısı – “back mouse”",
        authors=(Author("Erdem", "H. R."), Author("Nacır", "B."), Author("Özeri", "Z.")),
        year=2013,
        container="Añri",
        volume="25",
        number="2",
        pages="83–86",
        doi="10.1/a_3",
        pmid="1",
        pmcid="PMC2",
        language="tr",
        collections=("backmice", "trial"),
        note="verified: PubMed",
        verification=Verification.FULL,
    )


@pytest.mark.parametrize(
    ("author", "authors", "more"),
    [
        ("Curtis", (Author("Curtis"),), False),
        ("Lu, J. and others", (Author("Lu", "J."),), True),
        ("{Health On the Net}", (Author("Health On the Net", is_body=True),), False),
        ("van der Vleuten, C. P. M.", (Author("van der Vleuten", "C. P. M."),), False),
        (
            "Maigne, J.-Y. and Cañis Parera, M.",
            (Author("Maigne", "J.-Y."), Author("Cañis Parera", "M.")),
            False,
        ),
    ],
)
def test_people_bodies_and_others_are_told_apart(author, authors, more):
    reference = one(f"author={{{author}}}")

    assert (reference.authors, reference.more_authors) == (authors, more)


@pytest.mark.parametrize(
    ("note", "verification"),
    [
        ("verified: PubMed record 1", Verification.FULL),
        ("unverified: journal from memory; seen: author, year", Verification.PARTIAL),
        ("unverified: known only through wollgast1961", Verification.PARTIAL),
        ("unverified: whole entry from memory", Verification.NONE),
        ("I saw it", Verification.NONE),
        ("", Verification.NONE),
    ],
)
def test_an_entry_is_never_more_verified_than_its_note_says(note, verification):
    reference = one(f"note={{{note}}}")

    assert (reference.verification, reference.note) == (verification, note)
    assert reference.is_verified is (verification is Verification.FULL)


@pytest.mark.parametrize(
    ("entry", "line", "reason"),
    [
        ("@article{a, title={T}}\n@article{b, year={2001}}", 2, "b has no title"),
        ("@article{a, title={T}, year={about 1950}}", 1, "a has the year 'about 1950'"),
        ("@article{a, title={T}, abstract={long}}", 1, "a has a field abstract that is not kept"),
        ("@book{a, title={T}, publisher={P}, school={S}}", 1, "a appeared in two places"),
        ("@article{a, title={T \\}}", 1, "a holds LaTeX that cannot be read"),
        ("@article{a, title={T}}\n@article{a, title={T}}", 0, "this is not BibTeX"),
        ("\n@article{a, title={T}", 2, "this is not BibTeX"),
    ],
)
def test_an_entry_that_cannot_be_kept_is_refused_with_its_line(entry, line, reason):
    with pytest.raises(CourseError) as caught:
        read_bibtex(entry)

    assert caught.value.findings[0].message.startswith(reason)
    assert caught.value.findings[0].line == line


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("article", "journal"),
        ("book", "publisher"),
        ("inproceedings", "booktitle"),
        ("mastersthesis", "school"),
    ],
)
def test_the_place_of_publication_keeps_its_field(kind, field):
    reference = one(f"{field}={{Here}}", kind)

    assert f"{field}={{Here}}" in entry_text(reference)


def test_what_is_written_is_read_as_the_same_records_and_written_as_the_same_bytes():
    references = (
        Reference(
            key="odd",
            kind="misc",
            title="50 % of 1_000 & more: {braces} #1 $2 — “so” – it’s \\",
            authors=(Author("Ünal and Sons", is_body=True), Author("De la Cruz", "M.-A.")),
            more_authors=True,
            address="London",
            note="unverified: seen: 5 % on page_1",
            verification=Verification.PARTIAL,
            url="https://example.org/a_b?c=1&d=%20",
        ),
        Reference(key="bare", kind="article", title="Bare"),
    )

    text = write_bibtex(references)

    assert read_bibtex(text) == references
    assert write_bibtex(read_bibtex(text)) == text


def test_libraries_for_bibtex_and_styles_are_loaded_only_when_they_are_needed():
    code = "import sys, edu.courseware.read, edu.courseware.library.styles as _; "
    code += "sys.exit(bool({'pybtex', 'citeproc'} & set(sys.modules)))"

    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


LETTERS = st.characters(exclude_categories=("C", "Z"))
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=9), min_size=1, max_size=4).map(" ".join)
NAMES = st.lists(
    st.text(st.characters(categories=("Lu", "Ll")), min_size=1, max_size=9), min_size=1, max_size=3
)
PEOPLE = st.builds(Author, NAMES.map(" ".join), st.just("") | NAMES.map(" ".join))
BODIES = st.builds(Author, WORDS, st.just(""), st.just(True))
PLAIN = st.from_regex(r"[A-Za-z0-9./()-]{1,12}", fullmatch=True)
RECORDS = st.builds(
    Reference,
    key=st.from_regex(r"[a-z]{1,8}[0-9]{0,4}", fullmatch=True),
    kind=st.sampled_from(["article", "book", "inproceedings", "mastersthesis", "misc"]),
    title=WORDS,
    authors=st.lists(PEOPLE | BODIES, max_size=3)
    .filter(
        lambda people: all(
            not {"and", "others"} & set(f"{p.family} {p.given}".lower().split()) for p in people
        )
    )
    .map(tuple),
    more_authors=st.booleans(),
    year=st.integers(0, 2100),
    container=st.just("") | WORDS,
    volume=st.just("") | WORDS,
    number=st.just("") | WORDS,
    pages=st.just("") | WORDS,
    doi=st.just("") | PLAIN,
    pmid=st.just("") | st.integers(1, 10**8 - 1).map(str),
    pmcid=st.just("") | st.integers(1, 10**7).map(lambda number: f"PMC{number}"),
    language=st.sampled_from(["en", "es", "pt-BR"]),
    address=st.just("") | WORDS,
    url=st.just("") | PLAIN.map(lambda path: f"https://example.org/{path}?a=1&b=%20"),
    collections=st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), max_size=3).map(tuple),
    original_title=st.just("") | WORDS,
)


@settings(max_examples=25)
@given(RECORDS, st.sampled_from(["", "verified: there", "unverified: all; seen: 5 % on page_1"]))
def test_any_record_comes_back_from_bibtex_as_it_went(record, note):
    record = replace(record, note=note, verification=verification(note))

    assert read_bibtex(write_bibtex([record])) == (record,)
