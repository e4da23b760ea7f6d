"""What of a text a translation has otherwise than its original."""

import pytest

from edu.courseware.parallel import PartKind, differences

ORIGINAL = """\
In 2 of 10 people it hurts [@known2001] [C]. See [touch](lesson:L1.1).

::: caution Stop
- It is larger than 5 cm [D, G].
- It is growing.

Watch [[V1-c02]].
:::

## Why

| tag | means |
| --- | --- |
| A | trials |
"""
SPANISH = """\
Duele a 2 de cada 10 personas [@known2001] [C]. Vea [tocar](lesson:L1.1).

::: caution Deténgase
- Mide más de 5 cm [D, G].
- Está creciendo.

Mire [[V1-c02]].
:::

## Por qué

| etiqueta | significa |
| --- | --- |
| A | ensayos |
"""


def told(changed: str) -> list[tuple[str, str, int, int]]:
    return [(d.kind.value, d.value, d.line, d.original_line) for d in differences(ORIGINAL, changed)]


def test_a_whole_translation_differs_in_words_alone():
    assert told(SPANISH) == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("- Está creciendo.\n", "", [("item", "", 6, 5)]),
        ("5 cm", "3 cm", [("number", "3", 4, 0), ("number", "5", 4, 4)]),
        (" [@known2001] [C]", " [@known2001] [B]", [("grade", "B", 1, 0), ("grade", "C", 1, 1)]),
        (" [D, G]", " [D]", [("grade", "G", 4, 4)]),
        ("::: caution", "::: note", [("box", "note", 3, 0), ("box", "caution", 3, 3)]),
        ("[[V1-c02]]", "[[V1-c01]]", [("step", "V1-c01", 7, 0), ("step", "V1-c02", 7, 7)]),
        ("lesson:L1.1", "lesson:L1.2", [("lesson", "L1.1", 1, 1), ("lesson", "L1.2", 1, 0)]),
        ("[@known2001]", "[@other]", [("citation", "known2001", 1, 1), ("citation", "other", 1, 0)]),
        ("## Por", "### Por", [("heading", "h2", 10, 10), ("heading", "h3", 10, 0)]),
        ("| A | ensayos |\n", "", [("row", "", 12, 14)]),
        ("## Por qué", "Nada que temer.\n\n## Por qué", [("paragraph", "", 10, 0)]),
    ],
)
def test_each_part_that_is_lost_added_or_changed_is_found_where_it_stands(old, new, found):
    assert SPANISH.count(old) == 1

    assert sorted(told(SPANISH.replace(old, new))) == sorted(found)


def test_of_a_box_that_is_gone_its_end_is_not_told_as_well():
    without = SPANISH.replace("::: caution Deténgase\n", "").replace(":::\n", "")

    kinds = [d.kind for d in differences(ORIGINAL, without)]

    assert kinds == [PartKind.BOX]


def test_what_moves_out_of_its_box_is_found():
    moved = SPANISH.replace("\nMire [[V1-c02]].\n:::\n", ":::\n\nMire [[V1-c02]].\n")

    assert {d.kind for d in differences(ORIGINAL, moved)} == {PartKind.END}


def test_a_decimal_comma_is_a_point_and_the_order_of_numbers_in_a_sentence_is_free():
    assert differences("From 1.5 to 20 % in 1993.", "In 1993: 1,5 bis 20 %.") == ()
