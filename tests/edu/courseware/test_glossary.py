"""Names as addresses, and those of the bundled course."""

import re
from pathlib import Path

import pytest

from captions.terms import Term
from edu.courseware.glossary import Entry, Meant, Name, address, name_addresses
from edu.courseware.terms import read_terms

FOLDER = Path(__file__).parents[3] / "edu/content/back-mice"
# The table of lesson L1.2, and the names in other languages that the course knows.
NAMES = """
fibrous indurations; fibrositis of the back; fibrositic nodules; subcutaneous fatty nodes;
episacroiliac lipoma; sacro-iliac lipomata; herniation of subfascial fat; sacro-iliac lipomatosis;
pannicular hernia; hernia adiposa; le lipome épi-sacro-iliaque; cellulite; Copeman nodule; back mouse;
iliac crest pain syndrome; back mice; subfascial fat herniation; multifidus triangle syndrome;
sacroiliac sulcus lipoma; lipoma episacroiliaco; lipome epi-sacro-iliaque; nodulo de Copeman; Myogelose;
Muskelhaerte
"""


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Lipome épi-sacro-iliaque", "lipome-epi-sacro-iliaque"),
        ("  NÓDULO de  Copeman ", "nodulo-de-copeman"),
        ("Herter's disease", "herter-s-disease"),
        ("œdème", "oedeme"),
        ("筋", "筋"),
        ("!?", ""),
    ],
)
def test_an_address_has_neither_accents_nor_capitals_nor_spaces(text, way):
    assert address(text) == way


def test_a_german_name_is_found_without_umlauts_too():
    assert name_addresses(Name("Muskelhärte", "de")) == ("muskelharte", "muskelhaerte")


def test_all_names_and_forms_of_an_entry_lead_to_it():
    entry = Entry(Term("septum"), "septum", ("septa",), names=(Name("Scheidewand", "de"),))

    assert entry.addresses == ("septum", "septa", "scheidewand")
    assert Entry(Term("septum")).addresses == ()


def test_each_name_of_the_nodule_leads_to_one_page():
    leads = {way: entry.slug for entry in read_terms(FOLDER, []) for way in entry.addresses}
    asked = [name.strip().removeprefix("le ") for name in NAMES.split(";")]

    assert {name: leads.get(address(name)) for name in asked} == dict.fromkeys(asked, "back-mice")


def test_a_name_that_is_not_for_a_nodule_says_so():
    (mice,) = (entry for entry in read_terms(FOLDER, []) if entry.slug == "back-mice")
    others = {name.text: name.means for name in mice.names if name.means is not Meant.SAME}

    assert [text for text, means in others.items() if means is Meant.PLACE] == [
        *("sacroiliac sulcus lipoma", "iliac crest pain syndrome", "multifidus triangle syndrome")
    ]
    assert {"cellulite", "Myogelose", "Muskelhärte"} <= set(others)


def test_no_entry_holds_a_dose_or_a_step_of_an_injection():
    for entry in read_terms(FOLDER, []):
        if entry.has_page:
            said = f"{entry.term.meaning} {entry.body}"
            assert not re.search(r"\d\s?(mg|ml|mL|G)\b|V2-c|needle is|lesson:L5", said), entry.slug
