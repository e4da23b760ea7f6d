"""Ways: from the time of one film of a video to that of another, for what was watched of it.

Unlike text tracks, which keep their times where nothing is known of the way, what was watched is then
nothing: nobody may be said to have seen pictures that are new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import Invalid
from edu.models import Film, FilmState, Timing, Video
from media import Edit, TimeMap
from media.spans import Spans, clipped, through, union

ENDLESS = 24 * 3600 * 1000
"""Milliseconds; stands for the length of a recording where only its order matters."""


@dataclass(frozen=True, slots=True)
class Way:
    """A map for each recording that both films show, none where nothing follows. The new has `film_ms`."""

    maps: tuple[TimeMap, ...]
    film_ms: int

    def spans(self, seen: Spans) -> Spans:
        """Where the new film shows what was seen of the old one."""
        found = union(chain.from_iterable(through(seen, each) for each in self.maps))
        return clipped(found, 0, self.film_ms)

    def moment(self, at: int) -> int:
        """Where one who stopped there goes on; where that is left out, after what came before it."""
        before = self.spans(((0, at),))
        exact = self.spans(((at, at + 1),))
        return exact[0][0] if exact else before[-1][1] if before else 0


def to_shown(session: Session, video: Video, number: int) -> Way | None:
    """From the film of that number to the one that is shown; None where that is the same.

    Invalid for a film that the video never showed.
    """
    if number == video.film:
        return None
    asked = select(Film).where(Film.video_id == video.id, Film.state == FilmState.SHOWN)
    films = session.scalars(asked.order_by(Film.number)).all()
    if not any(film.number == number for film in films):
        raise Invalid("this video never showed such a film", code="bad_film", field="film")
    return between(films, number, video.film, video.duration_ms)


def between(films: Sequence[Film], before: int, after: int, film_ms: int) -> Way:
    """From one film to another of those that a video showed, given in their order; pure."""
    numbered = {film.number: film for film in films}
    old, new = numbered[before], numbered[after]
    shifts = _shifts(films, old.original_sha256)
    one, other = Edit.read(old.edit), Edit.read(new.edit)
    maps = []
    for source in ("", *one.sources):
        recording = source or old.original_sha256
        for target in ("", *other.sources):
            there = target or new.original_sha256
            # only the films' own recordings stand in each other's place
            shift = 0 if recording == there else None if source or target else shifts.get(there)
            if shift is not None:
                back = one.time_map(ENDLESS, source).inverse()
                across = back.then(TimeMap.shifted(shift, ENDLESS, ENDLESS))
                maps.append(across.then(other.time_map(ENDLESS, target)))
    return Way(tuple(maps), film_ms)


def _shifts(films: Sequence[Film], start: str) -> dict[str, int]:
    """By how much later each recording shows the same as that one, as far as is known; both by SHA-256."""
    known = [(one, other, _shift(other)) for one, other in pairwise(films)]
    links = [(one.original_sha256, other.original_sha256, by) for one, other, by in known if by is not None]
    found = {start: 0}
    for _ in links:  # each round reaches at least one recording more, or none is left to reach
        for one, other, by in links:
            if one in found:
                found.setdefault(other, found[one] + by)
            elif other in found:
                found[one] = found[other] - by
    return found


def _shift(film: Film) -> int | None:
    """From the recording of the film before; None where nobody knows it."""
    if film.timing is Timing.SAME:
        return 0
    is_known = film.timing is Timing.SHIFT or (
        film.timing is Timing.SOUND and not film.moved.get("is_unsure", False)
    )
    return film.shift_ms if is_known else None
