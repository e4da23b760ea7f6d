"""Receiving: how much a learner may hand in, and how what arrived is noted with its consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.errors import Invalid, NoRoom, TooLarge
from edu.models import HandIn, HandInState, Step, User, Video
from edu.policy import Action, Viewer, require
from edu.services import audit, throttle, videos
from edu.services.hand_ins import files
from edu.services.throttle import Limit
from edu.storage import StoredObject

MB = 1_000_000
MOST_BYTES = 300 * MB  # of all recordings of one learner
MOST_SECONDS = 300
SLACK_SECONDS = 10  # a recorder that stops at five minutes stops a little later
MOST_RECORDINGS = 10
HOUR = timedelta(hours=1)
HANDS_IN = Limit("hand-in", 20, HOUR, HOUR, HOUR)
MOST_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Room:
    """How many recordings a learner has handed in, and how many bytes they take."""

    count: int
    bytes: int

    @property
    def left(self) -> int:
        """Bytes that may still come; 0 when there are as many recordings as may be."""
        return max(0, MOST_BYTES - self.bytes) if self.count < MOST_RECORDINGS else 0


@dataclass(frozen=True, slots=True)
class Told:
    """What the form says beside the file: the step that was practised, and one moment seen in both films."""

    step: str
    own_ms: int
    film_ms: int


def room_of(session: Session, user_id: int) -> Room:
    """What an account has handed in so far."""
    asked = select(func.count(), func.coalesce(func.sum(HandIn.bytes), 0)).where(HandIn.user_id == user_id)
    count, size = session.execute(asked).one()
    return Room(int(count), int(size))


def film_for(session: Session, viewer: Viewer, slug: str) -> Video:
    """The film that a recording is laid beside; NotFound or GateClosed where the viewer may not see it."""
    video = videos.named(session, slug)
    require(viewer, Action.READ, video)
    return video


def check_room(session: Session, user_id: int, size: int, now: datetime) -> None:
    """Count one try, and refuse what does not fit: TooMany, TooLarge, or NoRoom with what to do."""
    throttle.take(session, HANDS_IN, audit.of_user(user_id), now)
    check_fits(session, user_id, size)


def check_fits(session: Session, user_id: int, size: int) -> None:
    """Refuse what does not fit beside the learner's other recordings: TooLarge or NoRoom.

    The account is held until the transaction ends, so that of two at once the second counts the first.
    """
    if size > MOST_BYTES:
        raise TooLarge(
            "The recording has %(size)s MB; at most %(most)s MB can be handed in. Record a shorter piece.",
            code="hand_in_too_large", field="file", size=-(-size // MB), most=MOST_BYTES // MB,
        )  # fmt: skip
    session.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))
    room = room_of(session, user_id)
    if room.count >= MOST_RECORDINGS:
        raise NoRoom(
            "You have handed in %(count)s recordings, as many as are kept. Withdraw one of them first.",
            code="hand_ins_full", field="file", count=room.count,
        )  # fmt: skip
    if size > room.left:
        raise NoRoom(
            "Your recordings take %(used)s of %(most)s MB; this one of %(size)s MB does not fit. "
            "Withdraw one of them first.",
            code="hand_in_room", field="file", used=-(-room.bytes // MB), most=MOST_BYTES // MB,
            size=-(-size // MB),
        )  # fmt: skip


def receive(
    session: Session,
    viewer: Viewer,
    slug: str,
    hand_in_id: str,
    original: StoredObject,
    *,
    told: Told,
    consent: dict[str, Any],
    now: datetime,
) -> HandIn:
    """Note a recording that the store has kept already, and promise to make it ready."""
    if original.size == 0:
        raise Invalid("The file is empty. Choose the recording again.", code="empty_file", field="file")
    video = film_for(session, viewer, slug)
    row = HandIn(
        id=hand_in_id,
        user_id=viewer.user_id,
        video_id=video.id,
        film=video.film,
        step=told.step if _has_step(session, video, told.step) else "",
        state=HandInState.ARRIVING,
        original_key=files.key(hand_in_id, "original"),
        bytes=original.size,
        own_ms=min(max(0, told.own_ms), MOST_MS),
        film_ms=min(max(0, told.film_ms), MOST_MS),
        consent=consent,
        created_at=now,
    )
    session.add(row)
    session.flush()
    files.promise_check(session, row, now)
    return row


def _has_step(session: Session, video: Video, step: str) -> bool:
    asked = select(Step.identifier).where(Step.video_id == video.id, Step.identifier == step[:40])
    return bool(step) and session.scalar(asked) is not None
