"""References in one line."""

import pytest

from edu.courseware.library.cite import cite, short_name
from edu.courseware.reference import Author, Reference


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({}, "A title."),
        ({"year": 1937, "volume": "34", "pages": "492–498"}, "A title. 1937;34:492–498."),
        ({"year": 1991, "volume": "18", "number": "7", "pages": "71–"}, "A title. 1991;18(7):71."),
        ({"container": "J Pain", "year": 2014}, "A title. J Pain. 2014."),
        ({"container": "Heinemann", "address": "London"}, "A title. Heinemann, London."),
        ({"authors": (Author("Maigne", "Jean-Yves"),)}, "Maigne JY. A title."),
        ({"authors": (Author("Lu", "J."),), "more_authors": True}, "Lu J, et al. A title."),
        ({"authors": tuple(Author(name) for name in "ABCDEFG")}, "A, B, C, D, E, F, et al. A title."),
        ({"authors": (Author("Health On the Net", is_body=True),)}, "Health On the Net. A title."),
        ({"pages": "5"}, "A title. 5."),
    ],
)
def test_what_is_known_is_said_and_nothing_else(fields, line):
    assert cite(Reference(key="a", kind="article", title="A title", **fields)) == line


@pytest.mark.parametrize(
    ("authors", "more", "year", "name"),
    [
        (("Nacir",), False, 2011, "Nacir 2011"),
        (("Strong", "Davila"), False, 1957, "Strong and Davila 1957"),
        (("A", "B", "C"), False, 2000, "A et al. 2000"),
        (("Lu",), True, 0, "Lu et al."),
        ((), False, 2000, "A title 2000"),
    ],
)
def test_inside_a_sentence_a_reference_goes_by_name_and_year(authors, more, year, name):
    people = tuple(Author(family) for family in authors)
    reference = Reference(
        key="a", kind="article", title="A title", authors=people, more_authors=more, year=year
    )

    assert short_name(reference) == name


def test_identifiers_lead_to_addresses():
    reference = Reference(
        key="a", kind="misc", title="T", doi="10.1/x", pmid="2", pmcid="PMC3", url="https://e.org"
    )

    assert [name for name, _ in reference.addresses] == ["doi:10.1/x", "PMID 2", "PMC3", "https://e.org"]
    assert reference.addresses[0][1] == "https://doi.org/10.1/x"
    assert Reference(key="a", kind="misc", title="T").addresses == ()
