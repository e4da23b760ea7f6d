"""The films that questions are asked about, without what would give the answer away."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import TrackKind, Video
from edu.policy import Action, Viewer, can
from edu.services import players
from edu.services.delivery import Addresses
from edu.services.players import PlayerView


def of(
    session: Session, viewer: Viewer, codes: Collection[str], addresses: Addresses
) -> Mapping[str, PlayerView]:
    """The films of these codes that the viewer may watch now; a statement, and two more for each film.

    The names of the steps, and where each begins, are left out: "stop where the painless side is felt" is
    answered by a step of that name.
    """
    if not codes:
        return {}
    found = {}
    for video in session.scalars(select(Video).where(Video.code.in_(codes))):
        if not can(viewer, Action.READ, video):
            continue
        shown = players.screening(session, video, addresses, language=video.language).player
        if shown.is_playable:
            tracks = tuple(track for track in shown.tracks if track.kind != TrackKind.CHAPTERS)
            found[video.code] = replace(shown, chapters=(), tracks=tracks)
    return found
