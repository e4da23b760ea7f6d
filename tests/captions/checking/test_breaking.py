"""Lines and partings: where they fall, that markup survives them, and how time is shared."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from captions import Cue
from captions.checking import breaking
from captions.checking.atoms import atoms, joined, merged
from captions.checking.profiles import PROFILES
from captions.findings import Findings
from captions.formats import markup
from captions.making.words import TimedWord
from captions.webvtt import cuetext

TEACHING = PROFILES["teaching"]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Two lines,\none would do.", "en", "Two lines, one would do."),
        ("Find the dimple, then go to the\niliac crest on the same side.", "en", None),
        ("Press each spinous process, from the upper lumbar spine.", "en", None),
        ("Presione cada apófisis espinosa desde la columna lumbar alta.", "es", None),
        ("Pressez chaque apophyse épineuse depuis le haut de la colonne.", "fr", None),
        ("Drücken Sie jeden Dornfortsatz von der oberen Lendenwirbelsäule.", "de", None),
    ],
)
def test_lines_are_best_where_the_language_breaks(text: str, language: str, expected: str | None) -> None:
    broken = breaking.rebreak(text, TEACHING, language)

    assert broken is not None
    assert broken.split() == text.split()
    lines = broken.split("\n")
    assert all(len(line) <= 42 for line in lines)
    if expected is None:
        assert lines[0].split()[-1] not in {"the", "to", "from", "la", "desde", "le", "depuis", "der", "von"}
    else:
        assert broken == expected


def test_tags_stay_where_they_are_when_a_line_is_broken() -> None:
    text = "<v Anna>Press each <i>spinous process, from the upper</i> lumbar &amp; sacral spine.</v>"

    broken = breaking.rebreak(text, TEACHING, "en")

    assert broken == text.replace("process, from", "process,\nfrom")


def test_two_speakers_keep_a_line_each() -> None:
    assert breaking.rebreak("- Here?\n- Yes.", TEACHING) == "- Here?\n- Yes."


def test_what_two_lines_do_not_hold_is_not_forced_into_them() -> None:
    assert breaking.rebreak("x" * 43, TEACHING) is None
    assert breaking.rebreak("one word and more " * 9, TEACHING) is None
    assert breaking.rebreak(" ", TEACHING) is None


def test_letters_without_spaces_break_after_their_marks_and_not_before_them() -> None:
    broken = breaking.rebreak(
        "今日は腰の診察について説明します。まず「痛み」の場所を確認します。", TEACHING, "ja"
    )

    assert broken == "今日は腰の診察について説明します。\nまず「痛み」の場所を確認します。"


def test_a_long_caption_is_parted_at_its_clauses_with_its_tags() -> None:
    text = (
        "<v Anna>Find the dimple, then go to <i>the iliac crest. Press each spinous</i> process, "
        "gently, then firmly, to the sacrum."
    )

    first, second = breaking.split(Cue(0, 9000, text, "7", "line:0"), TEACHING, "en")

    assert first.text == "<v Anna>Find the dimple,\nthen go to <i>the iliac crest.</i>"
    assert second.text == "<v Anna><i>Press each spinous</i> process,\ngently, then firmly, to the sacrum."
    assert (first.start, second.end) == (0, 9000)
    assert second.start - first.end == TEACHING.gap
    assert (first.identifier, second.identifier, second.settings) == ("7", "", "line:0")


def test_time_marks_inside_a_caption_say_where_its_parts_begin() -> None:
    text = (
        "Find the dimple. <00:00:02.000>Then go along the iliac crest, "
        "outward, and press at each point of it."
    )

    parts = breaking.split(Cue(0, 9000, text), TEACHING, "en")

    assert [part.start for part in parts] == [0, 2000]


def test_known_words_say_where_parts_begin() -> None:
    text = "Find the dimple, go to the iliac crest and press. Then hold it for a minute and ask for the pain."
    words = [TimedWord(word, 100 + 300 * place, 390 + 300 * place) for place, word in enumerate(text.split())]

    parts = breaking.split(Cue(100, 7000, text), TEACHING, "en", words=words)

    assert parts[1].start in {word.start for word in words}
    assert parts[1].text.split()[0] == next(word.text for word in words if word.start == parts[1].start)


def test_one_long_word_is_not_parted() -> None:
    cue = Cue(0, 5000, "x" * 200)

    assert breaking.split(cue, TEACHING) == (cue,)


def test_a_caption_shown_too_long_is_parted_evenly() -> None:
    cue = Cue(0, 12_000, "Hold it for a minute, then let go of it.")

    first, second = breaking.split(cue, TEACHING, "en", least=2)

    assert (first.text, second.text) == ("Hold it for a minute,", "then let go of it.")


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Press.", "Hold.", "Press.\nHold."),
        ("<v Anna>Press.", "<v Anna>Hold.", "<v Anna>Press.\nHold."),
        ("<v Anna>Press.", "Hold.", "<v Anna>Press.</v>\nHold."),
        ("<i>Press.", "Hold.", "<i>Press.</i>\nHold."),
    ],
)
def test_two_texts_become_one(first: str, second: str, expected: str) -> None:
    assert merged(first, second) == expected


WORDS = st.lists(
    st.sampled_from(
        ["press", "the", "crest,", "<i>hold</i>", "<b>", "</b>", "it.", "&amp;", "腰の診察。", "\n", "L4-5"]
    ),
    max_size=60,
)


@settings(max_examples=80, deadline=None)
@given(WORDS)
def test_breaking_and_parting_keep_every_letter_and_well_formed_markup(words: list[str]) -> None:
    text = markup.tidy(" ".join(words), 0, Findings())
    cue = Cue(0, 60_000, text)

    parts = breaking.split(cue, TEACHING)

    letters = "".join("".join(cuetext.plain_text(part.text).split()) for part in parts)
    assert letters == "".join(cuetext.plain_text(text).split())
    findings = Findings()
    for part in parts:
        markup.tidy(part.text, 0, findings)
    assert findings.repairs == []
    assert all(before.end <= after.start for before, after in pairwise(parts))


def test_atoms_put_together_are_the_text() -> None:
    text = "<v Anna>Press <i>gently</i> &amp; hold."

    assert joined(atoms(text)) == text
