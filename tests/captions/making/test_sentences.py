"""Scripts cut into sentences, and words spread over the time of one."""

import pytest

from captions.making import sentences
from captions.making.script import parse
from captions.making.words import TimedWord


@pytest.mark.parametrize(
    ("script", "parts"),
    [
        ("Drücken Sie. Halten Sie!", ["Drücken Sie.", "Halten Sie!"]),
        ("„Tut das weh?“ Ja.", ["„Tut das weh?“", "Ja."]),
        ("Nehmen Sie z. B. am 3. Mai Dr. Weiß.", ["Nehmen Sie z. B. am 3. Mai Dr. Weiß."]),
        ("Erst hier\ndann dort", ["Erst hier", "dann dort"]),
        ("[Nahaufnahme]\nANNA: Hier.\nBERND: Ja.", ["Hier.", "Ja."]),
        ("押してください。次に「離す」。", ["押してください。", "次に「離す」。"]),
    ],
)
def test_a_sentence_ends_with_its_mark_its_line_and_its_speaker(script: str, parts: list[str]) -> None:
    tokens = parse(script, None).tokens

    found = sentences.cut(tokens)

    assert [" ".join(token.text for _, token in part) for part in found] == parts
    assert [index for part in found for index, _ in part] == list(range(len(tokens)))


def test_words_are_as_long_as_their_letters_and_known_to_be_guessed() -> None:
    (part,) = sentences.cut(parse("ANNA: Ja bitte", None).tokens)

    assert list(sentences.spread(part, 1000, 1900)) == [
        TimedWord("Ja", 1000, 1300, 0.0, 0, 0, "ANNA"),
        TimedWord("bitte", 1300, 1900, 0.0, 0, 0, "ANNA"),
    ]


def test_nothing_has_no_sentences() -> None:
    assert sentences.cut(()) == ()
