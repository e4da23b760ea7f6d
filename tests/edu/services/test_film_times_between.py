"""A moment of an earlier film found in the present one, or known to be cut out of it, or not known at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.models import Film, Timing, Video
from edu.services.film_times_between import Place, Standing, place
from media import Edit, Segment

MINUTE = 60_000
SHOWN, CUT, UNSURE = Standing.SHOWN, Standing.CUT, Standing.UNSURE


def film(
    number: int,
    *pieces: tuple[int, int] | Segment,
    of: str = "first",
    timing: Timing = Timing.SAME,
    shift_ms: int = 0,
    is_unsure: bool = False,
) -> Film:
    segments = tuple(piece if isinstance(piece, Segment) else Segment(*piece) for piece in pieces)
    made = Film(number=number, edit=Edit(segments).plain(), original_sha256=of, timing=timing)
    made.shift_ms, made.moved = shift_ms, {"is_unsure": is_unsure}
    return made


def found(films: list[Film], number: int, ms: int, last: int = MINUTE) -> Place:
    video = Video(film=films[-1].number, duration_ms=last)
    return place(video, films, number, ms)


WHOLE = film(0)
CUT_OUT = film(1, (0, 10_000), (30_000, MINUTE))


def test_a_moment_of_the_present_film_stays_and_asks_nothing_of_earlier_ones() -> None:
    video = Video(film=3, duration_ms=MINUTE)

    assert place(video, (), 3, 12_345) == Place(12_345, SHOWN)
    assert place(video, (), 3, MINUTE + 20) == Place(MINUTE, SHOWN)
    assert place(video, (), 2, 12_345) == Place(12_345, UNSURE)


@pytest.mark.parametrize(
    ("ms", "where"),
    [
        (5000, Place(5000, SHOWN)),
        (35_000, Place(15_000, SHOWN)),
        (20_000, Place(20_000, CUT)),
        (30_000, Place(10_000, SHOWN)),
        (MINUTE, Place(40_000, SHOWN)),
    ],
)
def test_a_cut_moves_what_comes_after_it_and_tells_what_it_leaves_out(ms: int, where: Place) -> None:
    assert found([WHOLE, CUT_OUT], 0, ms, 40_000) == where


def test_what_was_cut_out_is_back_with_the_film_that_shows_it_again() -> None:
    films = [WHOLE, CUT_OUT, film(2, timing=Timing.BACK)]

    assert found(films, 0, 20_000) == Place(20_000, SHOWN)
    assert found(films, 1, 15_000) == Place(35_000, SHOWN)


@given(st.integers(0, 40_000))
def test_a_moment_of_a_cut_film_leads_to_the_whole_one_and_back(ms: int) -> None:
    whole = found([WHOLE, CUT_OUT, film(2)], 1, ms)

    assert found([WHOLE, CUT_OUT], 0, whole.ms, 40_000) == Place(ms, SHOWN)


def test_another_recording_is_followed_by_its_shift_through_every_film_between() -> None:
    films = [
        WHOLE,
        film(1, (10_000, MINUTE)),
        film(2, of="second", timing=Timing.SHIFT, shift_ms=2000),
        film(3, (5000, MINUTE), of="third", timing=Timing.SOUND, shift_ms=-1000),
    ]

    assert found(films, 0, 20_000) == Place(16_000, SHOWN)
    assert found(films, 1, 10_000) == Place(16_000, SHOWN)
    assert found(films, 0, 3000) == Place(3000, CUT)
    assert found(films, 0, 0) == Place(0, CUT)
    assert found(films, 0, 58_000, 50_000) == Place(58_000, CUT)


@pytest.mark.parametrize(
    "later",
    [
        film(1, of="anew", timing=Timing.ANEW),
        film(1, of="unheard", timing=Timing.SOUND, is_unsure=True),
    ],
)
def test_nothing_is_claimed_of_a_recording_whose_times_are_not_known(later: Film) -> None:
    assert found([WHOLE, later], 0, 20_000) == Place(20_000, UNSURE)
    assert found([WHOLE, later], 0, 50_000, 30_000) == Place(30_000, UNSURE)


def test_a_recording_that_is_brought_back_is_known_again() -> None:
    films = [WHOLE, film(1, of="anew", timing=Timing.ANEW), film(2, timing=Timing.BACK)]

    assert found(films, 0, 20_000) == Place(20_000, SHOWN)
    assert found(films, 1, 20_000) == Place(20_000, UNSURE)


def test_a_piece_of_another_recording_is_found_where_it_stands_and_cut_with_it() -> None:
    joined = film(1, (0, 10_000), Segment(0, 5000, "other"), (10_000, MINUTE))
    moved = film(2, Segment(0, 5000, "other"), (0, MINUTE))
    gone = film(3)

    assert found([WHOLE, joined, moved], 1, 12_000, 65_000) == Place(2000, SHOWN)
    assert found([WHOLE, joined, moved, gone], 1, 12_000) == Place(12_000, CUT)
    assert found([WHOLE, joined, moved, gone], 1, 20_000) == Place(15_000, SHOWN)
