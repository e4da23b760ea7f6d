"""Replacing: an upload that says it is another recording for a video that is there already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from edu.errors import Invalid, NotFound
from edu.models import Timing, User, Video
from edu.policy import Viewer
from edu.services import films, typed
from edu.services.video_editing import mine
from edu.storage import StoredObject

MOST_SHIFT = 24 * 3600
"""Seconds by which another recording may begin earlier or later."""
_SECONDS = re.compile(r"([+-]?)(\d{1,5})(?:[.,](\d{1,3}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which video gets another recording, and how the times of what points into it follow."""

    video_id: int
    timing: Timing
    shift_ms: int = 0


def wish(details: Mapping[str, object]) -> Wish | None:
    """What an upload's details ask for: `replaces`, `timing`, `shift` in seconds; None: a video of its own.

    Invalid names the field that is wrong, NotFound is for a video that cannot be.
    """
    asked = str(details.get("replaces", "")).strip()
    if not asked:
        return None
    video_id = typed.row_id(asked)
    if video_id is None:
        raise NotFound("there is no such video")
    timing = typed.word(str(details.get("timing", "")), Timing, "timing")
    if timing is Timing.BACK:
        raise Invalid("Choose one of the list.", code="not_one_of", field="timing")
    shift = _shift(str(details.get("shift", ""))) if timing is Timing.SHIFT else 0
    return Wish(video_id, timing, shift)


def check(session: Session, owner_id: int, details: Mapping[str, object]) -> None:
    """Refuse, before a byte has come, what could not be done when all have: NotFound, Forbidden, Invalid."""
    asked = wish(details)
    if asked is not None:
        mine(session, _viewer(session, owner_id), asked.video_id)


def receive(
    session: Session, asked: Wish, original: StoredObject, *, owner_id: int, name: str, now: datetime
) -> Video:
    """Promise the recording as the video's next film; what is shown stays until it is made."""
    viewer = _viewer(session, owner_id)
    films.replace(
        session,
        viewer,
        asked.video_id,
        original,
        name=name,
        timing=asked.timing,
        shift_ms=asked.shift_ms,
        now=now,
    )
    return session.get_one(Video, asked.video_id)


def _shift(text: str) -> int:
    match = _SECONDS.fullmatch(text.strip().replace("\N{MINUS SIGN}", "-"))
    ms = int(match[2]) * 1000 + int((match[3] or "0").ljust(3, "0")) if match else 0
    if match is None or not 0 < ms <= MOST_SHIFT * 1000:
        raise Invalid(
            "Write by how many seconds the new recording shows the same later, such as 2.5; earlier: -2.5.",
            code="shift", field="shift",
        )  # fmt: skip
    return -ms if match[1] == "-" else ms


def _viewer(session: Session, owner_id: int) -> Viewer:
    """Whoever uploads, with the role that they have now."""
    owner = session.get_one(User, owner_id)
    return Viewer(user_id=owner.id, role=owner.role, name=owner.name)
