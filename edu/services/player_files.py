"""The files that a player needs, with what else is known of the film, in one statement."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import bindparam, func, select, union_all
from sqlalchemy.orm import Session, aliased

from edu.models import SignFilm, Step, Video, VideoFile


@dataclass(frozen=True, slots=True)
class PlayerFiles:
    """The files of a film as it is served, and those of the film that tells it in sign language.

    `mirrored` are the ids of its steps that are shown mirrored at first; `sign` is None where there is none.
    """

    own: list[VideoFile] = field(default_factory=list)
    mirrored: frozenset[str] = frozenset()
    sign: Video | None = None
    of_sign: list[VideoFile] = field(default_factory=list)


def of(session: Session, video: Video) -> PlayerFiles:
    """What is served of a video now; nothing for one that has no version yet."""
    if not video.version:
        return PlayerFiles()
    found = session.execute(_FILES, {"video": video.id}).all()
    mirrored = next((steps or "" for _, _, steps in found), "")
    return PlayerFiles(
        own=[file for file, sign, _ in found if sign is None],
        mirrored=frozenset(mirrored.split()),
        sign=next((sign for _, sign, _ in found if sign is not None), None),
        of_sign=[file for file, sign, _ in found if sign is not None],
    )


_VIDEO = bindparam("video", type_=Video.id.type)
_MIRRORED = (
    select(func.aggregate_strings(Step.identifier, " "))
    .where(Step.video_id == _VIDEO, Step.is_mirrored)
    .scalar_subquery()
)
_WANTED = union_all(
    select(Video.id).where(Video.id == _VIDEO), select(SignFilm.shown_id).where(SignFilm.video_id == _VIDEO)
)
_SIGN = aliased(Video)
_FILES = (
    select(VideoFile, _SIGN, _MIRRORED)
    .join(Video, (Video.id == VideoFile.video_id) & (Video.version == VideoFile.version))
    .outerjoin(_SIGN, (_SIGN.id == Video.id) & (_SIGN.id != _VIDEO))
    .where(VideoFile.video_id.in_(_WANTED))
    .order_by(VideoFile.id)
)
