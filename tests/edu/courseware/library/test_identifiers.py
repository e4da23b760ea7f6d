"""Identifiers that can be none, told without a network."""

import pytest

from edu.courseware.library.identifiers import faults


@pytest.mark.parametrize(
    "doi",
    [
        "10.1136/ard.11.1.30",
        "10.1001/jama.1945.02860300011003",
        "10.1002/14651858.CD001824.pub3",
        "10.1016/S0140-6736(05)12345-6",
        "10.1000.10/123456",
        "",
    ],
)
def test_a_doi_that_can_be_one_is_no_finding(doi):
    assert faults(doi, "", "") == ()


@pytest.mark.parametrize(
    ("doi", "remedy"),
    [
        ("https://doi.org/10.1136/x", "Leave the address out"),
        ("doi:10.1136/x", "Leave the address out"),
        ("10.1136/ard.11.1.30.", "Take away"),
        ("10.1136/x)", "Take away"),
        ("10.1136", "Write it like"),
        ("10.12/x", "Write it like"),
        ("10.1136/a b", "Write it like"),
        ("10.1136/", "Write it like"),
        ("11.1136/x", "Write it like"),
    ],
)
def test_a_doi_that_cannot_be_one_is_told_with_what_to_do(doi, remedy):
    ((message, said),) = faults(doi, "", "")

    assert doi in message
    assert said.startswith(remedy)


@pytest.mark.parametrize(
    ("pmid", "pmcid", "count"),
    [
        ("20242353", "PMC2441105", 0),
        ("0", "", 1),
        ("PMID 20242353", "", 1),
        ("123456789", "", 1),
        ("", "2441105", 1),
        ("", "PMC", 1),
        ("x", "pmc1", 2),
    ],
)
def test_numbers_of_pubmed_are_digits(pmid, pmcid, count):
    assert len(faults("", pmid, pmcid)) == count
