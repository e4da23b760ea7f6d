"""Pronunciations: dictionary, espeak-ng, rules."""

from pathlib import Path

import pytest

from captions.making.pronounce import by_espeak, from_espeak, pronunciations, vocabulary


@pytest.fixture
def dictionary(tmp_path: Path) -> Path:
    path = tmp_path / "small.dict"
    path.write_text("a AH\na(2) EY\nmouse M AW S\nnodule N AA JH UW L\nliter L IY T ER\nedema IH D IY M AH\n")
    return path


@pytest.mark.parametrize(
    ("word", "ways"),
    [
        ("a", ("AH", "EY")),
        ("nodule", ("N AA JH UW L",)),
        ("nodules", ("N AA JH UW L Z",)),
        ("mouse's", ("M AW S IH Z",)),
        ("litres", ("L IY T ER Z",)),
        ("oedema", ("IH D IY M AH",)),
        ("knee", ("N IY",)),
    ],
)
def test_a_word_is_said_as_the_dictionary_or_the_rules_say(
    dictionary: Path, word: str, ways: tuple[str, ...]
) -> None:
    assert pronunciations([word], dictionary) == {word: ways}


@pytest.mark.parametrize("word", ["", "-rf", "$(id)", "../x", "é", "4", "a b", "'"])
def test_what_is_not_made_of_letters_is_no_word(dictionary: Path, word: str) -> None:
    assert pronunciations([word], dictionary, espeak="/nonexistent") == {}


def test_the_words_of_a_dictionary_are_known_without_their_other_ways(dictionary: Path) -> None:
    assert {"a", "mouse", "liter"} <= vocabulary(dictionary)


@pytest.mark.parametrize(
    ("mnemonics", "phones"),
    [
        ("palp'eIS@n", "P AE L P EY SH AH N"),
        ("l'Id@k,eIn", "L IH D AH K EY N"),
        ("tS'aIld", "CH AY L D"),
        ("??~", ""),
    ],
)
def test_the_signs_of_espeak_become_arpabet(mnemonics: str, phones: str) -> None:
    assert from_espeak(mnemonics) == phones


def program(folder: Path, lines: str) -> str:
    """Something that answers as espeak-ng would."""
    path = folder / "espeak-ng"
    path.write_text(f"#!/bin/sh\ncat > {folder}/asked\n{lines}\n")
    path.chmod(0o755)
    return str(path)


def test_espeak_is_asked_once_for_all_words_and_gets_nothing_but_letters(tmp_path: Path) -> None:
    espeak = program(tmp_path, 'echo "l\'Id@k,eIn"\necho "m\'aUs"')

    assert by_espeak(["lidocaine", "mouse's"], espeak) == {
        "lidocaine": ("L IH D AH K EY N",),
        "mouse's": ("M AW S",),
    }
    assert (tmp_path / "asked").read_text() == "lidocaine\n\nmouses"


@pytest.mark.parametrize("lines", ["echo one line only", "exit 1", "echo; echo"])
def test_when_espeak_answers_oddly_the_rules_do_it(tmp_path: Path, dictionary: Path, lines: str) -> None:
    found = pronunciations(["knee", "thigh"], dictionary, espeak=program(tmp_path, lines))

    assert found == {"knee": ("N IY",), "thigh": ("TH AY",)}
