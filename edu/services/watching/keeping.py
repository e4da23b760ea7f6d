"""Keeping: the union of what an account truly watched of a film, and where it stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from edu.errors import Conflict, NotFound, SignInNeeded
from edu.models import Video, Watching
from edu.policy import Action, Viewer, require
from edu.services.quizzing.reviewing.missing import add_unless_there
from edu.services.watching import parts, ways
from edu.services.watching.telling import Told
from media.spans import Spans, clipped, first_of, length, longest_of, union, without

FASTEST: Final = 2.0
"""The highest speed that the player offers: so much of a film can be watched in a second."""
ALLOWED_MS: Final = 10_000
"""What may be told beyond the clock: two tellings that come close behind each other, a slow network."""
SMALLEST_GAP: Final = 250
"""Milliseconds between two times that a browser tells; what lies between is closed."""
MOST_SPANS: Final = 500
_MOST_PLAYED = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Watched:
    """What an account has watched of the film of that number, and where it stopped.

    `share` and `steps` (by step id) are from 0 to 1. `age_ms`: for how long the place has been there.
    `surplus` is what of the last telling was not believed.
    """

    film: int
    spans: Spans
    place_ms: int
    placed_at: datetime | None
    age_ms: int | None
    played_ms: int
    share: float
    steps: dict[str, float]
    surplus: Spans = ()


def watched(session: Session, viewer: Viewer, slug: str, now: datetime) -> Watched | None:
    """What the viewer has watched of a video; None without an account.

    NotFound or GateClosed as the video itself.
    """
    video = _readable(session, viewer, slug)
    if viewer.user_id is None:
        return None
    row = session.get(Watching, (viewer.user_id, video.id))
    if row is None:
        return _view(session, video, None, (), 0, now)
    spans, place = in_shown(session, video, row)
    return _view(session, video, row, spans, place, now)


def in_shown(session: Session, video: Video, row: Watching) -> tuple[Spans, int]:
    """What was watched and the place, in the time of the film that is shown; where nothing follows: none."""
    spans = union((start, end) for start, end in row.spans)
    way = ways.to_shown(session, video, row.film)
    return (spans, row.place_ms) if way is None else (way.spans(spans), way.moment(row.place_ms))


def keep(session: Session, viewer: Viewer, slug: str, told: Told, now: datetime) -> Watched:
    """Add what was played; nobody can watch more than FASTEST times the time that has passed.

    What is new of it and goes beyond that is left out, the later first, and told back; what was known already
    costs nothing, so that a telling may come twice. NotFound, GateClosed, SignInNeeded; Conflict where there
    is nothing to watch; Invalid for a film that never was.
    """
    video = _readable(session, viewer, slug)
    if viewer.user_id is None:
        raise SignInNeeded("sign in so that it can be kept what you watched")
    if not video.is_playable:
        raise Conflict("Wait until the video can be watched.", code="not_playable")
    row = _held(session, viewer.user_id, video, now)
    before, row.place_ms = in_shown(session, video, row)
    way = ways.to_shown(session, video, told.film)
    played = way.spans(told.spans) if way else clipped(told.spans, 0, video.duration_ms)
    after, surplus, left = _believed(before, played, _allowed(row, now))
    row.film, row.spans = video.film, [list(span) for span in longest_of(after, MOST_SPANS)]
    row.played_ms = _played(row, told, now)
    row.allowed_ms, row.told_at = left, max(row.told_at, now)
    placed = now - timedelta(milliseconds=told.age_ms)
    if placed >= row.placed_at:
        there = way.moment(told.place_ms) if way else told.place_ms
        row.place_ms, row.placed_at = min(there, video.duration_ms), placed
    found = _view(session, video, row, after, row.place_ms, now, surplus)
    if row.completed_at is None and all(share >= parts.ENOUGH for share in found.steps.values()):
        row.completed_at = now
    session.flush()
    return found


def _readable(session: Session, viewer: Viewer, slug: str) -> Video:
    video = session.scalar(_VIDEO, {"slug": slug})
    if video is None:
        raise NotFound("there is no such video")
    require(viewer, Action.READ, video)
    return video


_VIDEO = select(Video).where(Video.slug == bindparam("slug"))
_ROW = (
    select(Watching)
    .where(Watching.user_id == bindparam("user"), Watching.video_id == bindparam("video"))
    .with_for_update()
)


def _held(session: Session, user_id: int, video: Video, now: datetime) -> Watching:
    """The row, made if there is none; the second of two sees what the first has done."""
    mine = {"user": user_id, "video": video.id}
    row = session.scalar(_ROW, mine)
    if row is not None:
        return row
    add_unless_there(
        session, Watching, user_id=user_id, video_id=video.id, film=video.film, spans=[], played_ms=0,
        place_ms=0, placed_at=now - timedelta(days=366), allowed_ms=ALLOWED_MS, told_at=now, begun_at=now,
    )  # fmt: skip
    return session.scalars(_ROW, mine).one()


def _allowed(row: Watching, now: datetime) -> int:
    """Milliseconds of film that can have been watched since the last telling, and what may be told beyond."""
    passed = max(timedelta(), now - row.told_at) / timedelta(milliseconds=1)
    return row.allowed_ms + int(passed * FASTEST)


def _believed(before: Spans, played: Spans, allowed: int) -> tuple[Spans, Spans, int]:
    """What was watched after a telling, what is not believed of it, and what may be told beyond next time."""
    new = without(union((*before, *played), gap=SMALLEST_GAP), before)
    taken, surplus = first_of(new, allowed)
    return union((*before, *taken)), surplus, min(ALLOWED_MS, allowed - length(taken))


def _played(row: Watching, told: Told, now: datetime) -> int:
    """All that was played, what was repeated included; a telling that came before is known by its sums."""
    if told.known_ms is not None and row.played_ms == told.known_ms + told.played_ms:
        return row.played_ms
    return min(row.played_ms + min(told.played_ms, _allowed(row, now)), _MOST_PLAYED)


def _view(
    session: Session, video: Video, row: Watching | None, spans: Spans, place: int, now: datetime,
    surplus: Spans = (),
) -> Watched:  # fmt: skip
    shown = parts.of(video, parts.steps(session, [video.id]).get(video.id, []))
    whole = min(video.teaching_ms or video.duration_ms, video.duration_ms)
    is_placed = row is not None and (row.film == video.film or place > 0)
    return Watched(
        film=video.film,
        spans=spans,
        place_ms=place,
        placed_at=row.placed_at if row and is_placed else None,
        age_ms=int((now - row.placed_at) / timedelta(milliseconds=1)) if row and is_placed else None,
        played_ms=row.played_ms if row else 0,
        share=parts.shares(spans, (parts.Part("", "", 0, whole),))[""],
        steps=parts.shares(spans, shown),
        surplus=surplus,
    )
