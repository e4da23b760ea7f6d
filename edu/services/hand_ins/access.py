"""Access: whose a recording is, and who else may look at it. For everybody else it is not there."""

from __future__ import annotations

from sqlalchemy import ColumnElement, false, select, true
from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import HandIn, Video
from edu.policy import Action, Viewer, can


def own(session: Session, viewer: Viewer, hand_in_id: str) -> HandIn:
    """One's own recording; NotFound for anybody else's as for none."""
    row = session.get(HandIn, hand_in_id)
    if row is None or viewer.user_id is None or row.user_id != viewer.user_id:
        raise NotFound("there is no such recording")
    return row


def judged(session: Session, viewer: Viewer, hand_in_id: str) -> tuple[HandIn, Video]:
    """A recording that was handed in to the viewer, who may change the film; NotFound for any other."""
    found = session.execute(
        select(HandIn, Video).join(Video, Video.id == HandIn.video_id).where(HandIn.id == hand_in_id)
    ).first()
    if found is None or not can(viewer, Action.EDIT, found[1]):
        raise NotFound("there is no such recording")
    return found[0], found[1]


def seen(session: Session, viewer: Viewer, hand_in_id: str) -> HandIn:
    """A recording that the viewer may watch, as its learner or as one it was handed in to; else NotFound."""
    try:
        return own(session, viewer, hand_in_id)
    except NotFound:
        return judged(session, viewer, hand_in_id)[0]


def handed_to(viewer: Viewer) -> ColumnElement[bool]:
    """Whether the film of an (outer) recording may be changed by the viewer: policy's rule as a condition."""
    if viewer.is_administrator:
        return true()
    return Video.owner_id == viewer.user_id if viewer.is_instructor else false()
