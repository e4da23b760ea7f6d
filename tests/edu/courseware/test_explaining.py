"""Words of the glossary in texts."""

import re

import pytest

from edu.courseware.explaining import Explained, Lexicon
from edu.courseware.markdown import render
from tests.edu.courseware.test_markdown import Page

LEXICON = Lexicon(
    [
        Explained("mice", "back mouse", 'A "small" lump.', ("back mice", "Copeman nodule")),
        Explained("fascia", "fascia", "A sheet.", ("fascial",)),
        Explained("tlf", "thoracolumbar fascia", "The thick sheet.", ()),
        Explained("psis", "PSIS", "A point.", ()),
        Explained("fat", "fat", "Fat.", ()),
        Explained("process", "spinous process", "A part.", ()),
        Explained("herter", "Herter's disease", "A name.", ()),
    ]
)


def html(text, **more):
    return render(text, Page(), lexicon=LEXICON, **more).html


def marked(text):
    return re.findall(r'<a class="term" href="/glossary/([^"]+)"[^>]*>([^<]+)</a>', html(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A Back mouse.", [("mice", "Back mouse")]),
        ("The back mice and the back mouse", [("mice", "back mice")]),
        ("Copeman nodules, not copeman nodules", [("mice", "Copeman nodules")]),
        ("The thoracolumbar fascia is fascia", [("tlf", "thoracolumbar fascia"), ("fascia", "fascia")]),
        ("Two spinous processes", [("process", "spinous processes")]),
        ("the PSIS, not psis", [("psis", "PSIS")]),
        ("only psis", []),
        ("fatty, fat-free, low-fat, prefat", []),
        ("**fat** and *fascia*", [("fat", "fat"), ("fascia", "fascia")]),
        ("back, mouse; back  mouse", []),
        ("Herter’s disease", [("herter", "Herter’s disease")]),
    ],
)
def test_a_word_is_met_whole_the_longest_first_and_once(text, found):
    assert marked(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "## The fascia",
        "[the fascia](lesson:L0.2)",
        "> fascia, he said",
        "`fascia`",
        "| fascia |\n| --- |\n| x |",
        "::: emergency\nfascia\n:::",
        "[[V1-c05: the fascia]]",
    ],
)
def test_titles_links_quotations_and_emergencies_stay_as_they_are(text):
    assert marked(text) == []
    assert marked(f"{text}\n\nThe fascia.") == [("fascia", "fascia")]


def test_the_cell_of_a_table_is_text():
    assert marked("| a |\n| --- |\n| fascia |") == [("fascia", "fascia")]


def test_a_word_carries_its_meaning_and_brings_in_no_markup():
    assert 'data-term="back mouse" data-meaning="A &quot;small&quot; lump.">back mice</a>' in html(
        "back mice"
    )


def test_what_is_known_is_not_explained_and_what_was_explained_is_told():
    made = render("fascia, fat", Page(), lexicon=LEXICON, known=("fat",))

    assert made.terms == ("fascia",)
    assert "/glossary/fat" not in made.html


def test_without_a_lexicon_a_text_is_what_it_was():
    assert render("fascia", Page()).html == "<p>fascia</p>\n"
