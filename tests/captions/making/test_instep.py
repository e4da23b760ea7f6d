"""A track in step with its words, also where some of its own times say nothing."""

from fractions import Fraction

from captions import Cue, TextTrack
from captions.making.instep import in_step
from captions.making.sync import Sync
from captions.making.words import TimedWord

SYNC = Sync(-1000, Fraction(1), 0, 1.0, 3, "1")
TEXTS = ("Press here.", "Hold the nodule.", "Now roll it.", "Write it down.")


def words(*texts: str) -> list[TimedWord]:
    """Each text after five seconds, a word each half second."""
    return [
        TimedWord(word, 5000 * at + 500 * n, 5000 * at + 500 * n + 400)
        for at, text in enumerate(texts)
        for n, word in enumerate(text.split())
    ]


def track(*times: tuple[int, int]) -> TextTrack:
    return TextTrack(cues=tuple(Cue(*time, text) for time, text in zip(times, TEXTS, strict=True)))


def test_cues_that_only_are_late_move_together() -> None:
    done = in_step(track((1000, 3000), (6000, 8000), (11_200, 13_000), (16_000, 18_000)), words(*TEXTS), SYNC)

    assert [cue.start for cue in done.track.cues] == [0, 5000, 10_200, 15_000]
    assert (done.placed, done.unheard) == ((), ())


def test_cues_that_lost_their_times_or_lie_far_off_go_by_their_own_words() -> None:
    done = in_step(track((1000, 1001), (1001, 1002), (9000, 10_000), (16_000, 18_000)), words(*TEXTS), SYNC)

    assert [(cue.start, cue.end) for cue in done.track.cues] == [
        (0, 1000), (5000, 6400), (10_000, 11_400), (15_000, 17_000),
    ]  # fmt: skip
    assert done.placed == (0, 1, 2)


def test_a_cue_of_which_hardly_a_word_was_heard_moves_with_the_others_and_is_named() -> None:
    heard = [word for word in words(*TEXTS) if word.text not in ("Now", "roll")]

    done = in_step(track((1000, 3000), (6000, 8000), (11_000, 11_001), (16_000, 18_000)), heard, SYNC)

    assert done.track.cues[2].start == 10_000
    assert done.unheard == (2,)
