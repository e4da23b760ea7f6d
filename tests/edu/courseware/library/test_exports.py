"""RIS and CSL-JSON as their readers expect them."""

import json

from edu.courseware.library.csl_json import write_csl_json
from edu.courseware.library.formats import KINDS, Format
from edu.courseware.library.ris import write_ris
from edu.courseware.reference import Author, Reference, Verification

WHOLE = Reference(
    key="erdem2013",
    kind="article",
    title="A treatable cause",
    original_title="Tedavi edilebilir bir nedeni",
    authors=(Author("Erdem", "H. R."), Author("Health On the Net", is_body=True)),
    more_authors=True,
    year=2013,
    container="Agri",
    volume="25",
    number="2",
    pages="83–86",
    doi="10.5505/agri.2013.63626",
    pmid="23720083",
    pmcid="PMC1",
    language="tr",
    collections=("backmice", "trial"),
    note="verified: PubMed\nrecord",
    verification=Verification.FULL,
)
BARE = Reference(key="bare", kind="misc", title="Bare")
UNSEEN = Reference(
    key="unseen", kind="book", title="B", container="House", address="Here", note="unverified: all"
)


def test_ris_has_a_tag_to_a_line_and_ends_each_entry():
    lines = write_ris([WHOLE]).split("\r\n")

    assert lines == [
        *("TY  - JOUR", "ID  - erdem2013", "AU  - Erdem, H. R.", "AU  - Health On the Net", "AU  - others"),
        *("TI  - A treatable cause", "OP  - Tedavi edilebilir bir nedeni", "PY  - 2013", "T2  - Agri"),
        *("VL  - 25", "IS  - 2", "SP  - 83", "EP  - 86", "DO  - 10.5505/agri.2013.63626", "AN  - 23720083"),
        *("C2  - PMC1", "UR  - https://doi.org/10.5505/agri.2013.63626", "LA  - tr", "KW  - backmice"),
        *("KW  - trial", "N1  - verified: PubMed record", "ER  - ", "", ""),
    ]


def test_ris_leaves_out_what_is_unknown_and_says_what_nobody_saw():
    assert write_ris([BARE]).split("\r\n") == [
        "TY  - GEN",
        "ID  - bare",
        "TI  - Bare",
        "LA  - en",
        "ER  - ",
        "",
        "",
    ]
    assert "PB  - House [unconfirmed]\r\nCY  - Here\r\n" in write_ris([UNSEEN])


def test_csl_json_has_the_names_of_its_schema():
    (item,) = json.loads(write_csl_json([WHOLE]))

    assert item == {
        "id": "erdem2013",
        "type": "article-journal",
        "title": "A treatable cause",
        "original-title": "Tedavi edilebilir bir nedeni",
        "author": [
            {"family": "Erdem", "given": "H. R."},
            {"literal": "Health On the Net"},
            {"literal": "others"},
        ],
        "issued": {"date-parts": [[2013]]},
        "container-title": "Agri",
        "volume": "25",
        "issue": "2",
        "page": "83–86",
        "DOI": "10.5505/agri.2013.63626",
        "PMID": "23720083",
        "PMCID": "PMC1",
        "language": "tr",
        "keyword": "backmice, trial",
        "note": "verified: PubMed\nrecord",
    }


def test_csl_json_leaves_out_what_is_unknown_and_says_what_nobody_saw():
    bare, unseen = json.loads(write_csl_json([BARE, UNSEEN]))

    assert bare == {"id": "bare", "type": "document", "title": "Bare", "language": "en"}
    assert (unseen["type"], unseen["publisher"]) == ("book", "House [unconfirmed]")


def test_each_format_can_be_written_and_none_shares_its_ending():
    assert set(KINDS) == set(Format)
    assert len({kind.ending for kind in KINDS.values()}) == len(KINDS)
    assert all("Bare" in kind.write([BARE]) for kind in KINDS.values())
