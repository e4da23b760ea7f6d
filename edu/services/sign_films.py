"""Sign films: which video tells another one in sign language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from edu.errors import Invalid
from edu.models import Audience, SignFilm, Video
from edu.policy import Action, Viewer, can
from edu.services import audit
from edu.services.audit import Deed

MOST_OFFERED = 200
MOST_APART_MS = 2_000
"""A film in sign language runs with the film that it tells: their lengths differ by no more."""


@dataclass(frozen=True, slots=True)
class SignChoice:
    """What a maker chooses from: (slug, title) of each video, and the slug of the one that is shown."""

    shown: str
    offered: tuple[tuple[str, str], ...]


def choice(session: Session, viewer: Viewer, video: Video) -> SignChoice:
    """The films that could tell this one in sign language: the viewer's own, as long as it is."""
    current = session.scalar(
        select(Video).join(SignFilm, SignFilm.shown_id == Video.id).where(SignFilm.video_id == video.id)
    )
    asked = select(Video).where(
        Video.id != video.id,
        Video.version != "",
        Video.duration_ms.between(video.duration_ms - MOST_APART_MS, video.duration_ms + MOST_APART_MS),
    )
    if not viewer.is_administrator:  # policy's rule as a condition, so that others' films take no room
        asked = asked.where(Video.owner_id == viewer.user_id)
    found = session.scalars(asked.order_by(Video.title, Video.id).limit(MOST_OFFERED))
    offered = {other.slug: other.title for other in found if can(viewer, Action.EDIT, other)}
    if current is not None:
        offered.setdefault(current.slug, current.title)
    return SignChoice(current.slug if current else "", tuple(offered.items()))


def choose(session: Session, viewer: Viewer, video: Video, slug: str, now: datetime) -> None:
    """Show the video of that slug beside this one; "" shows none. Invalid for one that cannot be."""
    other = _named(session, viewer, video, slug) if slug else None
    session.execute(delete(SignFilm).where(SignFilm.video_id == video.id))
    if other is not None:
        session.add(SignFilm(video_id=video.id, shown_id=other.id))
    session.flush()
    subject = f"video:{video.id}"
    audit.record(session, Deed.VIDEO_CHANGED, now=now, actor_id=viewer.user_id, subject=subject)


def is_offered(video: Video, shown: Video) -> bool:
    """Whether pages with the video offer the film in sign language beside it.

    Each of its files is decided anew when it is asked for; this is what keeps a page from offering what its
    reader may not have: drafts, and what is for professionals beside what is for all.
    """
    is_published = shown.is_published or not video.is_published
    return is_published and (shown.audience is Audience.OPEN or video.audience is Audience.PRO)


def _named(session: Session, viewer: Viewer, video: Video, slug: str) -> Video:
    other = session.scalar(select(Video).where(Video.slug == slug, Video.id != video.id))
    if other is None or not can(viewer, Action.EDIT, other):
        raise Invalid("Choose one of your videos.", code="sign_unknown", field="sign")
    if not other.is_playable or abs(other.duration_ms - video.duration_ms) > MOST_APART_MS:
        raise Invalid(
            "A film in sign language is as long as the film that it tells, to within two seconds.",
            code="sign_length", field="sign",
        )  # fmt: skip
    return other
