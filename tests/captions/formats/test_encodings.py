"""Encodings: from bytes to characters."""

import pytest

from captions.formats import encodings
from captions.formats.encodings import Decoded

SPANISH = "¿Dónde está el dolor, señor? Aquí, más abajo: la región lumbar.\n"


@pytest.mark.parametrize(("mark", "name"), encodings.MARKS)
def test_a_byte_order_mark_decides_and_is_taken_off(mark: bytes, name: str) -> None:
    assert encodings.decode(mark + SPANISH.encode(name), "cp1251") == Decoded(SPANISH, name)


def test_utf_8_needs_no_guess() -> None:
    assert encodings.decode(SPANISH.encode()) == Decoded(SPANISH, "utf-8")


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_nulls(name: str) -> None:
    assert encodings.decode(SPANISH.encode(name)) == Decoded(SPANISH, name, guessed=True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cp1252", SPANISH),
        ("cp1252", "Drücken Sie fest, größer als zuvor. Schön!\nL’épaule à gauche, où ça fait très mal.\n"),
        ("cp1250", "Zażółć gęślą jaźń, proszę usiąść.\nProszę powiedzieć, gdzie boli.\n"),
        ("cp1251", "Пожалуйста, скажите, где болит.\nТеперь нажмите сильнее, справа от позвоночника.\n"),
        ("gb18030", "请告诉我哪里疼。现在用力按压脊柱右侧。\n"),
    ],
)
def test_a_code_page_is_guessed_from_its_letters(name: str, text: str) -> None:
    found = encodings.decode(text.encode(name))

    assert (found.text, found.guessed, found.damaged) == (text, True, False)


def test_the_code_page_that_a_person_names_is_used() -> None:
    assert encodings.decode("où".encode("cp1252"), "windows-1252") == Decoded("où", "cp1252")
    assert encodings.decode(b"a\x98b", "cp1251") == Decoded("a\ufffdb", "cp1251", damaged=True)


def test_a_null_alone_is_not_utf_16() -> None:
    assert encodings.decode(b"WEBVTT\n\na\0b and more of it") == Decoded(
        "WEBVTT\n\na\0b and more of it", "utf-8"
    )
