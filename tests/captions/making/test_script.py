"""Scripts as people paste them."""

import pytest

from captions import CaptionError, ErrorCode
from captions.making.script import MOST_CHARACTERS, MOST_TOKENS, Script, parse
from captions.making.unspoken import Why

WORDS = frozenset(["press", "gently", "and", "hold", "the", "first", "note", "nodule"])


def read(text: str) -> Script:
    return parse(text, WORDS.__contains__)


def texts(text: str) -> list[str]:
    return [token.text for token in read(text).tokens]


def test_tokens_keep_their_punctuation_their_line_and_their_paragraph() -> None:
    script = read("Press gently.\nHold,\n\n\nthe nodule!\r\n")

    found = [(token.text, token.paragraph, token.line) for token in script.tokens]
    assert found == [("Press", 0, 0), ("gently.", 0, 0), ("Hold,", 0, 1), ("the", 1, 4), ("nodule!", 1, 4)]


@pytest.mark.parametrize(
    ("text", "kept", "left_out"),
    [
        ("Press [close-up] gently", ["Press", "gently"], ("[close-up]", 1, Why.DIRECTION)),
        ("Press\n(She turns\nround.) gently", ["Press", "gently"], ("(She turns round.)", 2, Why.DIRECTION)),
        ("- Press gently", ["Press", "gently"], ("-", 1, Why.LAYOUT)),
        ("2. Press gently", ["Press", "gently"], ("2.", 1, Why.LAYOUT)),
        ("## The nodule", ["The", "nodule"], ("##", 1, Why.LAYOUT)),
        ("0:15 Press gently", ["Press", "gently"], ("0:15", 1, Why.LAYOUT)),
        ("Press\n---\ngently", ["Press", "gently"], ("---", 2, Why.LAYOUT)),
        ("ANNA: Press gently", ["Press", "gently"], ("ANNA:", 1, Why.SPEAKER)),
        ("**Narrator:** Press gently", ["Press", "gently"], ("Narrator:", 1, Why.SPEAKER)),
    ],
)
def test_what_is_not_said_is_left_out_and_told(
    text: str, kept: list[str], left_out: tuple[str, int, Why]
) -> None:
    script = read(text)

    assert [token.text for token in script.tokens] == kept
    assert [(one.text, one.line, one.why) for one in script.unspoken] == [left_out]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("nodule(s) hold", ["nodule(s)", "hold"]),
        ("First: press", ["First:", "press"]),
        ("NOTE: press", ["NOTE:", "press"]),
        ("Press [gently", ["Press", "[gently"]),
        ("**Press** _gently_", ["Press", "gently"]),
        ("Press — gently", ["Press —", "gently"]),
        ("— Press", ["Press"]),
        ("… press", ["… press"]),
        ("2.5 ml", ["2.5", "ml"]),
    ],
)
def test_what_only_looks_like_it_is_kept(text: str, kept: list[str]) -> None:
    assert texts(text) == kept


def test_a_speaker_speaks_until_another_one_does() -> None:
    script = read("Press.\nANNA: Hold.\n\nThe nodule.\nDr Berg: Gently.\nDr Berg: First.")

    assert [(token.text, token.speaker) for token in script.tokens] == [
        ("Press.", ""),
        ("Hold.", "ANNA"),
        ("The", "ANNA"),
        ("nodule.", "ANNA"),
        ("Gently.", "Dr Berg"),
        ("First.", "Dr Berg"),
    ]


@pytest.mark.parametrize("text", ["", " \n\n", "[music]", "— … —", "привет"])
def test_a_script_without_anything_to_say_is_refused(text: str) -> None:
    with pytest.raises(CaptionError) as refused:
        read(text)

    assert refused.value.code is ErrorCode.NO_SCRIPT


@pytest.mark.parametrize("text", ["a" * (MOST_CHARACTERS + 1), "a " * (MOST_TOKENS + 1)])
def test_a_script_beyond_all_measure_is_refused(text: str) -> None:
    with pytest.raises(CaptionError) as refused:
        read(text)

    assert refused.value.code is ErrorCode.SCRIPT_TOO_LONG


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "piece", ["(", "[", "[(", "A:", "- ", "*_", "1:", "\u200b", "w.", "a_", "://", "[a] "]
)
def test_signs_without_end_cost_no_time(piece: str) -> None:
    assert texts(piece * 20_000 + "\npress")[-1].endswith("press")
