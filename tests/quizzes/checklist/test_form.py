"""Documents of checklists: read, written, read again; what is wrong is named with its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes import Audience, QuizError
from quizzes.checklist import Branch, Checklist, Item, PassRule, Scale, Use, plain, read, write

DOCUMENT = """\
id = "S"
slug = "small"
title = "A small station"
language = "en"
audience = "pro"
time_ms = 60000
errors = ["forgets the hands"]

[pass]
share = 70
rating = 3

[[items]]
id = "S1"
text = "Washes hands"
weight = 2
critical = true
step = "V1-c01"
references = ["practice"]

[[items]]
id = "S2"
branch = "E"
text = "Stops"
weight = 1

[[branches]]
id = "E"
trigger = "my lips feel odd"

[[scales]]
id = "global"
title = "Global rating"
use = "global"

[scales.anchors]
1 = "unsafe"
5 = "could teach it"
"""
words = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20).filter(str.strip)
ids = st.from_regex(r"[A-Z][0-9]{1,3}", fullmatch=True)


def test_a_document_is_read_and_written_to_the_same_bytes() -> None:
    found = read(DOCUMENT.encode())

    assert found.audience is Audience.PRO
    assert found.items[1].branch == "E"
    assert found.scales[0].words == {1: "unsafe", 5: "could teach it"}
    assert found.passing == PassRule(70, 3)
    assert write(found).decode() == DOCUMENT


@given(
    items=st.lists(
        st.builds(Item, ids, words, st.integers(1, 10), st.booleans(), st.sampled_from(["", "V1-c01"])),
        min_size=1,
        max_size=5,
        unique_by=lambda item: item.id,
    ),
    texts=st.lists(words, min_size=4, max_size=4),
    share=st.integers(0, 100),
)
@settings(max_examples=60)
def test_whatever_is_written_is_read_as_it_was(items: list[Item], texts: list[str], share: int) -> None:
    title, task, trigger, anchor = texts
    made = Checklist(
        "X",
        title,
        (*items, Item("Z", "in the branch", branch="E")),
        task=task,
        branches=(Branch("E", trigger),),
        scales=(Scale("g", "G", Use.GLOBAL, ((3, anchor),)),),
        passing=PassRule(share, 3),
    )

    assert read(write(made)) == made


def test_empty_fields_are_left_out_of_the_document() -> None:
    form = plain(Checklist("X", "T", (Item("A", "b"),)))

    assert form == {
        "id": "X", "title": "T", "language": "en", "audience": "open",
        "items": [{"id": "A", "text": "b", "weight": 1}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('use = "global"', 'use = "total"', "scales[0].use"),
        ("5 = ", "five = ", "scales[0].anchors.five"),
        ("weight = 2", "weight = 0.5", "items[0].weight"),
        ('trigger = "my lips feel odd"', "", "branches[0].trigger"),
        ('branch = "E"', 'branch = "F"', "items[1].branch"),
        ("share = 70", "", "pass.share"),
        ("time_ms = 60000", "minutes = 1", "minutes"),
    ],
)
def test_a_fault_in_a_document_is_named_with_its_place(old: str, new: str, place: str) -> None:
    with pytest.raises(QuizError) as refused:
        read(DOCUMENT.replace(old, new).encode())

    assert refused.value.place == place
