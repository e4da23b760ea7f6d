"""The pages of the library: the list, files, an entry with its honest words, the timeline."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from edu.courseware.library.bib import read_bibtex
from tests.edu.conftest import Site
from tests.messaging import add_corrections
from tests.reviewer import ReviewingClient
from tests.statements import Counter

BIB = """\
@article{known2001, author={Known, A. B. and others}, title={A thing}, year={2001}, doi={10.1000/x}, \
pmid={7}, note={verified: seen in print}}
@article{hittner1949, author={Hittner, V. J.}, title={Lipomas <b>}, journal={Am J Surg}, year={1949}, \
keywords={backmice}, note={unverified: journal from memory; seen: author and year in a list}}
@misc{silent, title={Silent}, language={fr}}
"""
LIBRARY = """\
[[entries]]
key = "known2001"
design = "trial"
direction = "neutral"
summary = "Ten people; nothing was compared [C]."
names = ["back mouse"]
"""


@pytest.fixture
def library(site: Site) -> Site:
    site.folder.write("references.bib", BIB)
    site.folder.write("library.toml", LIBRARY)
    site.install()
    return site


def text(client: ReviewingClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.get_data(as_text=True)


def test_the_list_is_searched_filtered_and_says_how_far_each_work_was_verified(
    client: ReviewingClient, library: Site, statements: Counter
) -> None:
    with statements() as seen:
        page = text(client, "/library")

    assert len(seen) <= 8
    assert "3 works" in page
    assert page.index("Known AB") < page.index("Hittner VJ") < page.index("Silent")
    assert "Am J Surg [unconfirmed]" in page
    assert "Lipomas &lt;b&gt;" in page
    assert all(
        words in page for words in (">Verified<", ">Not verified in full<", ">Not verified<", "Trial (1)")
    )
    found = text(client, "/library?q=hittner&collection=backmice&verified=no&sort=author")
    assert "1 of 3 works" in found
    assert "/library/hittner1949" in found
    assert "/library/known2001" not in found
    assert '<option value="backmice" selected>Back mice (1)</option>' in found
    assert "format=ris" in found


def test_nothing_found_is_said_and_odd_questions_break_nothing(
    client: ReviewingClient, library: Site
) -> None:
    assert "Nothing found" in text(client, "/library?q=nowhere")
    for odd in (
        "sort=up",
        "page=x",
        "page=-1",
        "period=soon",
        "design=guess",
        "verified=perhaps",
        "q=%00%22",
    ):
        text(client, f"/library?{odd}")


def test_an_empty_library_says_so(client: ReviewingClient, library: Site) -> None:
    (library.folder.path / "references.bib").unlink()
    (library.folder.path / "library.toml").unlink()
    library.install()

    assert "No published course has brought any works yet." in text(client, "/library")
    assert "No published course has brought any works yet." in text(client, "/library/timeline")


def test_what_is_found_is_a_file_in_each_format(client: ReviewingClient, library: Site) -> None:
    bib = client.get("/library?format=bibtex&sort=oldest")
    assert bib.headers["Content-Disposition"] == 'attachment; filename="library.bib"'
    assert [entry.key for entry in read_bibtex(bib.get_data(as_text=True))] == [
        *("hittner1949", "known2001", "silent")
    ]
    ris = client.get("/library/hittner1949?format=ris")
    assert ris.mimetype == "application/x-research-info-systems"
    assert "T2  - Am J Surg [unconfirmed]\r\n" in ris.get_data(as_text=True)
    (item,) = json.loads(text(client, "/library/known2001?format=csl-json"))
    assert item["DOI"] == "10.1000/x"
    text(client, "/library?format=docx", 404)
    text(client, "/library/known2001?format=docx", 404)
    text(client, "/library/nobody1900?format=ris", 404)


def test_an_entry_says_in_words_what_was_seen_and_asks_nobody_else(
    client: ReviewingClient, library: Site, statements: Counter
) -> None:
    with statements() as seen:
        page = text(client, "/library/known2001")

    assert len(seen) <= 8
    assert "Every field given here was seen at:" in page
    assert "seen in print" in page
    assert '<a href="https://doi.org/10.1000/x" rel="external noopener">' in page
    assert '<a href="https://pubmed.ncbi.nlm.nih.gov/7/" rel="external noopener">' in page
    assert "Ten people; nothing was compared" in page
    assert "not yet reviewed by a clinician" in page
    assert "one randomised trial" in page
    assert "Neither for nor against" in page
    assert 'href="/courses/small/touch"' in page
    assert "1 question" in page
    assert 'data-part="copy" hidden' in page
    doubtful = text(client, "/library/hittner1949")
    assert 'Not verified:</strong> <span lang="en">journal from memory</span>' in doubtful
    assert 'Seen:</strong> <span lang="en">author and year in a list</span>' in doubtful
    assert "Every field" not in doubtful
    assert '<span class="badge badge-warn">unconfirmed</span>' in doubtful
    assert "There is no summary yet" in doubtful
    silent = text(client, "/library/silent")
    assert "Nobody has noted that any field of it was seen." in silent
    assert "Nothing that you can read cites it yet." in silent
    text(client, "/library/nobody1900", 404)


def test_an_entry_names_its_public_corrections_in_no_further_statement(
    client: ReviewingClient, library: Site, statements: Counter
) -> None:
    with statements() as before:
        assert "Corrected after a report" not in text(client, "/library/known2001")
    shown, kept = add_corrections(library.runtime, "/library/known2001")

    with statements() as seen:
        page = text(client, "/library/known2001")

    assert "Corrected after a report" in page
    assert f'href="/corrections/{shown}"' in page
    assert f'href="/corrections/{kept}"' not in page
    assert "Corrected after a report" not in text(client, "/library/hittner1949")
    assert len(seen) == len(before) <= 8, seen


def test_an_entry_is_cited_in_a_style(client: ReviewingClient, library: Site) -> None:
    assert "Hittner VJ. Lipomas &lt;b&gt;. Am J Surg [unconfirmed]. 1949." in text(
        client, "/library/hittner1949"
    )
    assert "Hittner" in text(client, "/library/hittner1949?style=harvard")
    assert "Hittner VJ" in text(client, "/library/hittner1949?style=none")


def test_what_is_gated_is_named_only_to_those_who_declared(
    client: ReviewingClient, library: Site, declare: Callable[[ReviewingClient], None]
) -> None:
    library.folder.change("modules/M5/L5.1-needle.md", "GATED words", "GATED [@silent] words")
    library.install()

    assert "needle" not in text(client, "/library/silent")
    declare(client)
    page = text(client, "/library/silent")
    assert 'href="/courses/small/needle"' in page
    assert "For professionals" in page


def test_the_timeline_draws_each_work_and_says_the_same_in_tables(
    client: ReviewingClient, library: Site
) -> None:
    page = text(client, "/library/timeline")

    assert page.count('<circle class="mark mark-full"') == 2  # one of them in the legend
    assert page.count('<circle class="mark mark-part"') == 2
    assert '<th scope="row">back mouse</th>' in page
    assert "2 works as a table" in page
    assert "1 work has no year that is known" in page
    assert page.count('href="/library/hittner1949"') == 2


def test_a_citation_of_a_lesson_leads_to_the_library(client: ReviewingClient, library: Site) -> None:
    assert '<a href="/library/known2001">In the library</a>' in text(client, "/courses/small/touch")
