"""Citation styles by citeproc-py, and what is offered where its style files are missing."""

from dataclasses import replace

import pytest

from edu.courseware.library import styles
from edu.courseware.library.styles import Style, among, formatted, offered
from edu.courseware.reference import Author, Reference, Verification

SEEN = Reference(
    key="motyka2000",
    kind="article",
    title="Treatment of low back pain",
    authors=(Author("Motyka", "T. M."), Author("Howes", "B. R.")),
    year=2000,
    container="J Clin Rheumatol",
    volume="6",
    number="3",
    pages="136–141",
    verification=Verification.FULL,
    note="verified: there",
)
UNSEEN = Reference(
    key="hittner1949", kind="article", title="Lipomas", authors=(Author("Hittner", "V. J."),), year=1949,
    container="Am J Surg", note="unverified: journal from memory",
)  # fmt: skip
LINES = {
    Style.VANCOUVER: "Motyka TM, Howes BR. Treatment of low back pain. J Clin Rheumatol. 2000;6(3):136–141.",
    Style.APA: "Motyka, T. M., & Howes, B. R. (2000). Treatment of low back pain. "
    "J Clin Rheumatol, 6(3), 136–141.",
    Style.HARVARD: "Motyka, T.M. and Howes, B.R. (2000) “Treatment of low back pain”, "
    "J Clin Rheumatol, 6(3), pp. 136–141.",
    Style.CHICAGO: "Motyka, T. M., and B. R. Howes. 2000. “Treatment of Low Back Pain”. "
    "J Clin Rheumatol 6 (3): 136–41.",
    Style.MLA: "Motyka, T. M., and B. R. Howes. “Treatment of Low Back Pain”. "
    "J Clin Rheumatol, vol. 6, no. 3, 2000, pp. 136–41.",
}


@pytest.mark.parametrize("style", offered())
def test_an_entry_is_cited_in_each_style_that_is_installed(style):
    assert formatted(SEEN, style) == LINES[style]


def test_quotation_marks_inside_a_quoted_title_are_single_and_elsewhere_stay():
    told = replace(SEEN, title="The plans of “back mice” and “men”")

    for style in offered():
        line = formatted(told, style)
        is_quoted = LINES[style].count("“") == 1
        assert ("‘back mice’" in line.casefold()) == is_quoted, line
        assert line.count("“") == line.count("”") == (1 if is_quoted else 2), line


@pytest.mark.parametrize("style", offered())
def test_no_style_confirms_a_journal_that_nobody_saw_or_makes_up_how_it_appeared(style):
    line = formatted(UNSEEN, style)

    assert "Am J Surg [unconfirmed]" in line
    assert "1949" in line
    assert "Preprint" not in line
    assert "ahead of print" not in line


def test_only_what_is_installed_is_offered_and_vancouver_always(tmp_path, monkeypatch):
    (tmp_path / "apa.csl").write_text("<style/>")
    assert among([tmp_path, tmp_path / "none"]) == {Style.APA: tmp_path / "apa.csl"}

    monkeypatch.setattr(styles, "installed", dict)

    assert offered() == (Style.VANCOUVER,)
    assert formatted.__wrapped__(SEEN, Style.APA) == LINES[Style.VANCOUVER]
