"""What of a script is in no caption, as it stood there, with its place."""

from captions.making.align import Aligned, Method, Untimed
from captions.making.script import parse
from captions.making.unfound import Unfound, unfound
from captions.making.words import TimedWord

ALL = frozenset(["press", "gently", "and", "hold", "goodbye", "the", "nodule", "door"])


def aligned(text: str, *missing: int) -> Aligned:
    """The script with one word a second, but for the missing tokens."""
    script = parse(text, ALL.__contains__)
    words = [
        TimedWord(token.text, index * 1000, index * 1000 + 600, line=token.line, speaker=token.speaker)
        for index, token in enumerate(script.tokens)
        if index not in missing
    ]
    untimed = [
        Untimed(token.text, index, token.line + 1, token.speaker)
        for index, token in enumerate(script.tokens)
        if index in missing
    ]
    duration = len(script.tokens) * 1000
    return Aligned(tuple(words), tuple(untimed), script.unspoken, duration, Method.ROBUST, is_rough=False)


def told(found: Aligned) -> list[tuple[str, str, str, int]]:
    return [(one.text, one.speaker, one.part.value, one.line) for one in unfound(found)]


def test_what_was_not_found_is_told_in_phrases_a_sound_and_a_name_with_it() -> None:
    found = aligned(
        "Press gently.\nHold the nodule. And hold.\n[door closes]\nANNA: Goodbye.", 2, 3, 4, 5, 6, 7
    )

    assert told(found) == [
        ("Hold the nodule.", "", "words", 2),
        ("And hold.", "", "words", 2),
        ("[door closes]", "", "direction", 3),
        ("Goodbye.", "ANNA", "words", 4),
    ]


def test_a_phrase_stands_between_the_words_around_it() -> None:
    (found,) = unfound(aligned("Press gently and hold.", 1))

    assert found == Unfound("gently", "", found.part, 1, after=600, until=2000, follows="Press")


def test_a_direction_stands_between_the_words_around_it_in_a_script_of_one_line() -> None:
    first, last = unfound(aligned("- Press [door opens] gently and [door closes] hold. (She goes.)"))[:2]

    assert (first.text, first.after, first.until) == ("[door opens]", 600, 1000)
    assert (last.text, last.after, last.until) == ("[door closes]", 2600, 3000)


def test_the_end_of_the_film_bounds_what_follows_the_last_word() -> None:
    (found,) = unfound(aligned("Press.\n[door closes]"))

    assert (found.after, found.until) == (600, 1000)


def test_a_name_under_which_nobody_speaks_is_told_with_its_sound_or_alone() -> None:
    found = aligned("ANNA: Press.\nBERT: [laughs]\nANNA: Hold.\nBERT:\nANNA: Gently.")

    assert told(found) == [("[laughs]", "BERT", "direction", 2), ("BERT:", "", "speaker", 4)]


def test_a_script_of_which_all_was_found_has_nothing_left() -> None:
    assert unfound(aligned("ANNA: Press gently.\n- Hold.")) == ()
