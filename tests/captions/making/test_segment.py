"""Words into cues: judged by a count of its own, which shares no code with the rules of check."""

import re
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from time import process_time

import pytest

from captions import CaptionError, Cue
from captions.making.segment import segment
from captions.making.words import TimedWord

SCRIPT = """
    Stand the patient with both hands on the couch. Uncover the back from the lower ribs to the top of the
    buttocks, and warm your hands before you touch the skin. Begin in the midline: press on each spinous
    process, gently at first and then firmly, and ask if it hurts. Pain in the bone itself is not what you are
    looking for, so stop and think if you find it. Now go to the side that does not hurt. With the flat of
    three fingers, make small circles along the iliac crest, from the dimple outward, as if you were spreading
    cream. A nodule feels like a grape under the skin: it is firm, smooth, and it slips away when you press on
    its edge. Say aloud what you feel, how large it is, and how far it is from the midline. Then do the same
    on the painful side. When the patient says that this is the pain they know, hold the finger still, mark
    the place with a cross, and write down the number. Look at the skin over it, too. If it is red or hot, or
    if the patient has a fever, do not go on; that is another illness, and it has to be treated first.
"""

WEAK_WORDS = """
    a an the of to in on at by for from with and or but nor so as if than that which who whose this these
    those my your his her its our their is are was were be been being have has had do does did will would can
    could may might must shall should not very more most every each any some no
"""
WEAK = frozenset(WEAK_WORDS.split())


@dataclass(frozen=True)
class Numbers:
    """The limits of a guideline as the independent count has them."""

    length: int
    shortest: int
    characters_a_second: float


NETFLIX = Numbers(42, 833, 20)
TEACHING = Numbers(42, 1000, 17)


def spoken(seed: int, text: str = SCRIPT) -> list[TimedWord]:
    """The words at a lively 170 a minute with pauses after marks, in the manner of a person."""
    chance, words, time = Random(seed), [], 400
    for word in text.split():
        length = 90 + 52 * len(word) + chance.randint(-20, 40)
        words.append(TimedWord(word, time, time + length))
        pause = 0
        if word[-1] in ".?":
            pause = chance.randint(250, 1200)
        elif word[-1] in ",:;":
            pause = chance.randint(60, 300)
        time += length + pause
    return words


def ends_badly(line: str) -> bool:
    return line[-1] not in ".,;:!?…-)]\"'" and line.split()[-1].lower() in WEAK


def counted(cues: tuple[Cue, ...], numbers: Numbers) -> dict[str, int]:
    lines = [re.sub("<[^>]*>", "", cue.text).split("\n") for cue in cues]
    lengths = [cue.end - cue.start for cue in cues]
    letters = [sum(map(len, each)) + len(each) - 1 for each in lines]
    return {
        "too many lines": sum(len(each) > 2 for each in lines),
        "line too long": sum(len(line) > numbers.length for each in lines for line in each),
        "ends badly": sum(ends_badly(line) for each in lines for line in each),
        "too short": sum(length < numbers.shortest - 5 for length in lengths),
        "too long": sum(length > 7005 for length in lengths),
        "jerky": sum(103 < below.start - above.end < 500 for above, below in pairwise(cues)),
        "overlapping": sum(below.start < above.end for above, below in pairwise(cues)),
        "too fast": sum(
            count * 1000 / length > numbers.characters_a_second + 0.05
            for count, length in zip(letters, lengths, strict=True)
        ),
    }


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("profile", "numbers"), [("netflix", NETFLIX), ("teaching", TEACHING)])
def test_captions_of_a_whole_script_have_no_fault_of_form(seed: int, profile: str, numbers: Numbers) -> None:
    words = spoken(seed)
    assert len(words) >= 200

    cues = segment(words, profile)

    found = counted(cues, numbers)
    assert found.pop("too short") <= 1 + words[-1].end // 120_000
    assert found.pop("too fast") <= 2
    assert found == dict.fromkeys(found, 0)
    assert " ".join(cue.text for cue in cues).split() == SCRIPT.split()


def test_captions_begin_with_their_first_word_and_outlast_their_last() -> None:
    words = spoken(7)
    left = list(words)

    for cue in segment(words):
        said, left = left[: len(cue.text.split())], left[len(cue.text.split()) :]
        assert cue.start == said[0].start
        assert cue.end >= said[-1].end - 83
    assert left == []


def test_most_sentences_begin_a_caption_and_captions_are_full() -> None:
    words = spoken(3)
    firsts = [words[0], *(below for above, below in pairwise(words) if above.text[-1] in ".?")]

    cues = segment(words)

    begun = sum(any(cue.start == first.start for cue in cues) for first in firsts)
    assert begun >= 0.75 * len(firsts)
    assert sum(len(cue.text) for cue in cues) / len(cues) > 36


def timed(text: str, *, start: int = 0, speaker: str = "", paragraph: int = 0) -> list[TimedWord]:
    return [
        TimedWord(word, start + 300 * place, start + 300 * place + 290, paragraph=paragraph, speaker=speaker)
        for place, word in enumerate(text.split())
    ]


def test_another_speaker_and_another_paragraph_begin_another_caption() -> None:
    words = [
        *timed("Is it here?", speaker="Anna <b>"),
        *timed("Yes, there.", start=900, speaker="Bob"),
        *timed("Hold it.", start=3000, speaker="Bob", paragraph=1),
    ]

    assert [cue.text for cue in segment(words)] == [
        "<v Anna &lt;b&gt;>Is it here?",
        "<v Bob>Yes, there.",
        "<v Bob>Hold it.",
    ]


def test_a_long_pause_parts_captions() -> None:
    words = [*timed("Press here and wait"), *timed("until it softens.", start=4000)]

    assert [cue.text for cue in segment(words)] == ["Press here and wait", "until it softens."]


def test_an_end_is_drawn_out_into_the_pause_but_not_past_the_film() -> None:
    assert segment(timed("Stop."))[0].end == 1000
    assert segment(timed("Stop."), duration=700)[0].end == 700
    assert segment([*timed("Stop."), *timed("Go.", start=900, paragraph=1)])[0].end == 817


def test_signs_are_written_as_text() -> None:
    assert segment(timed("Press < 3 & hold."))[0].text == "Press &lt; 3 &amp; hold."


def test_a_word_wider_than_a_line_stands_alone() -> None:
    words = timed(f"See {'x' * 60} there.")

    assert [cue.text for cue in segment(words)] == ["See", "x" * 60, "there."]


def test_the_breaks_a_person_made_are_kept_where_they_are_good() -> None:
    text = "Press on the bone first then on the muscle beside it"
    plain = timed(text)
    own = [
        TimedWord(word.text, word.start, word.end, line=int(place >= 5)) for place, word in enumerate(plain)
    ]

    assert segment(own)[0].text == "Press on the bone first\nthen on the muscle beside it"


def test_languages_have_their_own_weak_words() -> None:
    words = timed("Presione con los dedos a lo largo de la cresta ilíaca y pregunte por el dolor.")

    lines = [line for cue in segment(words, language="es") for line in cue.text.split("\n")]

    assert not {line.split()[-1] for line in lines} & {"con", "los", "lo", "de", "la", "y", "por", "el"}


def test_no_words_give_no_captions_and_an_unknown_profile_is_refused() -> None:
    assert segment([]) == ()
    with pytest.raises(CaptionError):
        segment([], "disney")


def test_time_grows_with_the_words_and_three_hundred_take_a_moment() -> None:
    words = spoken(1, SCRIPT * 2)[:300]
    begun = process_time()

    segment(words)

    assert process_time() - begun < 0.1


def test_the_wrapped_lines_of_a_page_are_no_breaks_of_a_person() -> None:
    text = (
        "Press on the bone first, and then on the muscle beside it, and then on the skin that is over it all."
    )
    wrapped = [
        TimedWord(word.text, word.start, word.end, line=int(place >= 16))
        for place, word in enumerate(timed(text))
    ]

    assert segment(wrapped) == segment(timed(text))
