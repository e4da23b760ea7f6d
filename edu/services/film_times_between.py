"""Where a moment of an earlier film is in the film that is shown now: for what people keep at moments.

Nothing is written: a moment stays told in the time of the film in which it was kept, and is looked up anew
with each film that is shown; so it comes back with the next film that shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import Film, FilmState, Video
from edu.services.watching import ways
from media import Edit

ENDLESS = ways.ENDLESS


class Standing(StrEnum):
    """What is known of a moment in the film that is shown."""

    SHOWN = "shown"
    CUT = "cut"  # the film leaves it out
    UNSURE = "unsure"  # another recording, whose times are not known to follow


@dataclass(frozen=True, slots=True)
class Place:
    """A moment in the film that is shown, in milliseconds; of one that is cut, in the film it was kept in."""

    ms: int
    standing: Standing


def films_of(session: Session, video_ids: Iterable[int]) -> dict[int, tuple[Film, ...]]:
    """The films that these videos have shown, in order; one statement, none where there are no videos."""
    wanted = sorted(set(video_ids))
    if not wanted:
        return {}
    asked = select(Film).where(Film.video_id.in_(wanted), Film.state == FilmState.SHOWN)
    rows = list(session.scalars(asked.order_by(Film.number)))
    return {video_id: tuple(row for row in rows if row.video_id == video_id) for video_id in wanted}


def place(video: Video, films: Sequence[Film], number: int, ms: int) -> Place:
    """Where the present film shows what that of the number showed at `ms`.

    `films` are those of `films_of`; for a moment of the present film none are needed.
    """
    last = video.duration_ms or ENDLESS
    if number == video.film:
        return Place(min(ms, last), Standing.SHOWN)
    numbered = {film.number: film for film in films}
    if number not in numbered or video.film not in numbered:
        return Place(min(ms, last), Standing.UNSURE)
    way = ways.between(films, number, video.film, last)
    moment = min(ms, Edit.read(numbered[number].edit).length(ENDLESS))
    if at := way.spans(((moment, moment + 1),)):
        return Place(at[0][0], Standing.SHOWN)
    if until := way.spans(((max(0, moment - 1), moment),)):  # the end of a piece belongs to it
        return Place(until[0][1], Standing.SHOWN)
    return Place(ms, Standing.CUT) if way.maps else Place(min(ms, last), Standing.UNSURE)
