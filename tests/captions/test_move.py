"""Cues moved into another cut of their film."""

from captions import Cue, TextTrack
from captions.move import SHORTEST, Move, moved, moves


def first_ten_seconds(start: int, end: int) -> tuple[int, int] | None:
    """A film that begins ten seconds later and shows ten seconds."""
    if end <= 10_000 or start >= 20_000:
        return None
    return max(start, 10_000) - 10_000, min(end, 20_000) - 10_000


def test_a_cue_inside_moves_and_keeps_all_but_its_times() -> None:
    cue = Cue(11_000, 13_000, "<i>words</i>", "7", "line:0", line=4)

    (move,) = moves((cue,), first_ten_seconds)

    assert move.after == Cue(1000, 3000, "<i>words</i>", "7", "line:0")
    assert not move.is_shortened


def test_a_cue_that_is_cut_short_says_so() -> None:
    (move,) = moves((Cue(9000, 12_000, "words"),), first_ten_seconds)

    assert move.after == Cue(0, 2000, "words")
    assert move.is_shortened


def test_a_cue_outside_is_set_aside() -> None:
    (move,) = moves((Cue(0, 5000, "words"),), first_ten_seconds)

    assert move.after is None
    assert not move.is_shortened


def test_what_remains_must_be_long_enough_to_be_read() -> None:
    (just, short) = moves(
        (Cue(9000, 10_000 + SHORTEST, "read"), Cue(9000, 10_000 + SHORTEST - 1, "flash")), first_ten_seconds
    )

    assert just.after is not None
    assert short.after is None


def test_a_cue_that_was_as_short_before_stays() -> None:
    (move,) = moves((Cue(11_000, 11_100, "hm"),), first_ten_seconds)

    assert move.after == Cue(1000, 1100, "hm")


def test_a_moved_track_keeps_its_language_and_is_in_order_of_time() -> None:
    late, early, gone = Cue(15_000, 16_000, "late"), Cue(11_000, 12_000, "early"), Cue(0, 1000, "gone")
    track = TextTrack(language="de", cues=(late, early, gone))

    result = moved(track, moves(track.cues, first_ten_seconds))

    assert result.language == "de"
    assert [cue.text for cue in result.cues] == ["early", "late"]


def test_a_move_without_change_is_not_shortened() -> None:
    cue = Cue(0, 1000, "words")

    assert not Move(cue, cue).is_shortened
