"""BibTeX of other people, entry by entry."""

import pytest

from edu.courseware.library.bibtex_in import bring

TEXT = """\
@string{jof = "Journal of Things"}
@ARTICLE{good2001,
  author = {M{\\"u}ller, Hans and others},
  title = {A {Title}},
  journal = jof, publisher = {X}, abstract = {Long.}, month = jan,
  year = 2001, doi = {https://doi.org/10.1000/xyz}, keywords = {Back Pain, backmice}, language = {english}
}
@book{untitled, year={2001}}
@article{broken, title={x
@misc{good2001, title={again}}
@misc{last, title={Z}}
"""
DOUBLED = "@string{A0 = {x}} " + " ".join(f"@string{{a{n + 1} = a{n} # A{n}}}" for n in range(40))


def test_what_can_be_kept_is_kept_and_the_rest_is_told_with_its_line():
    brought = bring(TEXT)

    first, last = brought.references
    assert (first.key, first.title, first.year, first.container) == (
        "good2001",
        "A Title",
        2001,
        "Journal of Things",
    )
    assert (first.authors[0].family, first.more_authors) == ("Müller", True)
    assert (first.doi, first.collections, first.language) == ("10.1000/xyz", ("backmice",), "en")
    assert (last.key, last.line) == ("last", 11)
    assert brought.left_out == {"good2001": ("abstract", "keywords", "language", "month", "publisher")}
    assert [finding.line for finding in brought.findings] == [8, 9, 10]
    assert "untitled has no title" in brought.findings[0].message
    assert "repeated" in brought.findings[2].message


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("@misc{a b, title={T}}", "this is not BibTeX"),
        ("@misc{straße, title={T}}", "the key cannot be cited"),
        ("@misc{timeline, title={T}}", "the key cannot be cited"),
        ("@misc{a, title={T}, pmid={0}}", "the PMID"),
        ("@misc{a, title={T}, url={javascript:x}}", "leads nowhere"),
        ("@misc{a, title={T}, year={20011}}", "the year 20011 is none"),
        ("@misc{a, title={T}, year={about 1950}}", "has the year"),
        (f"@misc{{a, title={{{'x' * 5000}}}}}", "too long"),
        ("@misc{a, title={\\}}", "holds LaTeX that cannot be read"),
        (DOUBLED, "the macro a9 has more than 400 characters"),
        ("no entry at all", "there is no entry in it"),
        ("", "there is no entry in it"),
    ],
)
def test_what_cannot_be_kept_is_a_finding(entry, message):
    brought = bring(entry)

    assert brought.references == ()
    assert message in brought.findings[0].message
    assert brought.findings[0].remedy


def test_an_entry_of_another_site_counts_as_verified_only_by_its_note():
    said, silent = bring("@misc{a, title={T}, note={verified: PubMed}}\n@misc{b, title={T}}").references

    assert (said.is_verified, silent.is_verified) == (True, False)
