"""From one film to another, by their cuts and by what is known of their recordings."""

from __future__ import annotations

from edu.models import Film, Timing
from edu.services.watching.ways import between
from media.edit import Edit, Segment
from media.spans import Spans

MINUTE = 60_000
SEEN: Spans = ((5_000, 45_000),)


def film(number: int, mark: str, edit: Edit = Edit(), timing: Timing = Timing.SAME, **facts: object) -> Film:  # noqa: B008
    """As the services leave it; an edit is never changed."""
    values = {"shift_ms": 0, "moved": {}, **facts}
    return Film(number=number, original_sha256=mark, edit=edit.plain(), timing=timing, **values)


def test_a_cut_that_was_undone_shows_all_again():
    cut = Edit((Segment(20_000, 30_000),))
    films = [film(0, "a"), film(1, "a", cut), film(2, "a")]

    assert between(films, 0, 1, 10_000).spans(SEEN) == ((0, 10_000),)
    assert between(films, 0, 2, MINUTE).spans(SEEN) == SEEN


def test_shifts_add_up_over_recordings_and_lead_back():
    films = [
        film(0, "a"),
        film(1, "b", timing=Timing.SHIFT, shift_ms=2_000),
        film(2, "c", timing=Timing.SOUND, shift_ms=-500),
        film(3, "a", timing=Timing.BACK),
    ]

    assert between(films, 0, 2, MINUTE).spans(SEEN) == ((6_500, 46_500),)
    assert between(films, 2, 3, MINUTE).spans(((6_500, 46_500),)) == SEEN
    assert between(films, 0, 3, MINUTE).spans(SEEN) == SEEN


def test_nothing_follows_a_recording_of_which_nothing_is_known():
    films = [film(0, "a"), film(1, "b", timing=Timing.ANEW), film(2, "b", Edit((Segment(1_000, 9_000),)))]

    assert between(films, 0, 2, MINUTE).spans(SEEN) == ()
    assert between(films, 0, 2, MINUTE).moment(20_000) == 0
    assert between(films, 1, 2, 8_000).spans(SEEN) == ((4_000, 8_000),)


def test_a_piece_of_another_recording_is_known_wherever_it_stands():
    joined = Edit((Segment(0, 10_000), Segment(0, 5_000, "z"), Segment(10_000, 20_000)))
    moved = Edit((Segment(2_000, 5_000, "z"), Segment(0, 20_000)))
    films = [film(0, "a", joined), film(1, "a", moved)]

    assert between(films, 0, 1, 23_000).spans(((9_000, 16_000),)) == ((0, 3_000), (12_000, 14_000))


def test_what_goes_past_the_end_of_the_new_film_is_not_there():
    films = [film(0, "a"), film(1, "b", timing=Timing.SHIFT, shift_ms=30_000)]

    assert between(films, 0, 1, 60_000).spans(((0, 45_000),)) == ((30_000, 60_000),)
