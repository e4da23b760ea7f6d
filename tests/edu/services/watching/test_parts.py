"""The parts of a film that are watched, and the words for how much of each."""

from __future__ import annotations

import pytest

from edu.models import Video
from edu.services.watching import parts
from edu.services.watching.parts import Part, Seen

FILM = Video(duration_ms=60_000, teaching_ms=50_000)


def step(name: str, start: int | None, end: int | None) -> parts.Row:
    return name, name, start, end


def test_the_steps_that_stand_in_the_film_are_its_parts_as_far_as_it_goes():
    steps = [step("V1-c01", 0, 9_000), step("V1-c02", None, None), step("V1-c03", 50_000, 70_000)]

    assert parts.of(FILM, [*steps, step("V1-c04", 60_000, 61_000)]) == (
        Part("V1-c01", "V1-c01", 0, 9_000),
        Part("V1-c03", "V1-c03", 50_000, 60_000),
    )


def test_a_film_without_steps_is_one_part_as_long_as_it_teaches():
    assert parts.of(FILM, []) == (Part("", "", 0, 50_000),)
    assert parts.of(Video(duration_ms=60_000, teaching_ms=0), []) == (Part("", "", 0, 60_000),)


@pytest.mark.parametrize(
    ("watched", "word"),
    [(0, Seen.NOT), (400, Seen.NOT), (500, Seen.HALF), (9_499, Seen.HALF), (9_500, Seen.WHOLE)],
)
def test_a_share_has_a_word(watched: int, word: Seen):
    (part,) = shown = (Part("V1-c01", "One", 0, 10_000),)
    of_it = parts.shares(((0, watched),) if watched else (), shown)

    assert parts.seen(of_it[part.id]) is word
    assert parts.missing(of_it, shown) == (() if word is Seen.WHOLE else shown)
