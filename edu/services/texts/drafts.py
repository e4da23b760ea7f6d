"""Working copies of tracks: edited by several people at once, saved as they type, served to nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

import captions
from captions import UPLOAD_MAX_CUES, Cue, TextTrack
from captions.limits import MAX_CUE_CHARACTERS
from edu.errors import Conflict, Invalid, NotFound
from edu.models import DraftOrigin, Track, TrackDraft, TrackKind, TrackVersion, Video
from edu.models.track import PUT_BY
from edu.policy import Viewer
from edu.services.texts import rows as rows_of
from edu.services.texts import tracks
from edu.services.texts.rows import Applied, Clash, Edit, Row, UnknownRow

LATEST_MS = 100 * 3600 * 1000
REPLACED = Conflict(
    "This working copy was made anew meanwhile: reload the page. What you typed is kept in this browser.",
    code="draft_replaced",
)
_OF_A_FORM = (TrackKind.CHAPTERS, TrackKind.METADATA)  # kinds with forms of their own, and no working copy
FIRST = 1  # the revision of a working copy nobody has edited yet


@dataclass(frozen=True, slots=True)
class Draft:
    """A working copy as it is now, whether it is kept already or would begin from the version served."""

    revision: int
    based_on: int
    origin: DraftOrigin
    rows: tuple[Row, ...]
    gone: dict[str, int]
    report: dict[str, Any]
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """What an editor is told after a save: the rows and removals since it last heard, and what clashed."""

    draft: Draft
    clashes: tuple[Clash, ...]


def of(session: Session, track: Track) -> Draft:
    """The working copy of a track; where there is none, what it would begin with."""
    kept = session.get(TrackDraft, track.id)
    if kept is not None:
        rows = tuple(Row.read(row) for row in kept.rows)
        return Draft(kept.revision, kept.based_on, kept.origin, rows, kept.gone, kept.report, is_kept=True)
    version = tracks.version_of(session, track, track.current)
    cues = without_regions(version.document) if version else ()
    origin = DraftOrigin.TRACK if version else DraftOrigin.EMPTY
    rows = tuple(rows_of.of_cues(cues, f"v{track.current}", FIRST))
    return Draft(FIRST, track.current, origin, rows, {}, {}, is_kept=False)


def text_track(track: Track, draft: Draft) -> TextTrack:
    """The working copy as a track, to check or to write."""
    kind = captions.TrackKind(track.kind.value)
    return TextTrack(kind, track.language, tuple(row.cue for row in draft.rows))


def save(
    session: Session, track: Track, edits: Sequence[Edit], since: int, viewer: Viewer, now: datetime
) -> Saved:
    """Take edits into the working copy, which begins with the first of them.

    Raises Conflict when the copy was made anew after revision `since`, and Invalid for a cue that no track
    can hold; then nothing is changed.
    """
    kept = _held(session, track, viewer, now)
    if (
        not int(kept.report.get("born", 0)) <= since <= kept.revision
    ):  # later than it is: of one given up since
        raise REPLACED
    _require_holdable(edits)
    rows = [Row.read(row) for row in kept.rows]
    try:
        done = rows_of.apply(rows, kept.gone, edits, kept.revision + 1)
    except UnknownRow as error:
        raise REPLACED from error
    if len(done.rows) > UPLOAD_MAX_CUES:
        raise Invalid(
            "A track holds at most %(most)s captions.", code="captions_too_many", most=UPLOAD_MAX_CUES
        )
    if done.is_changed:
        _write(kept, done, viewer, now)
        session.flush()
    return Saved(of(session, track), tuple(done.clashes))


def replace_all(
    session: Session,
    track: Track,
    cues: Iterable[Cue],
    *,
    origin: DraftOrigin,
    viewer: Viewer,
    now: datetime,
    report: dict[str, Any] | None = None,
) -> None:
    """Begin the working copy anew with these cues; what it held before is put by as a version, not served."""
    kept = _held(session, track, viewer, now)
    before = keep(session, track, viewer, now) if kept.rows and kept.revision > FIRST else None
    kept.revision += 1
    rows = rows_of.of_cues(cues, f"r{kept.revision}", kept.revision)
    kept.rows = [row.plain() for row in rows]
    kept.gone, kept.origin, kept.based_on = {}, origin, track.current
    kept.film = _video(session, track).film
    told = {"put_by": before.number} if before else {}
    kept.report = {**rows_of.anchored(report or {}, rows), **told, "born": kept.revision}
    _sign(kept, viewer, now)
    session.flush()


def tell(session: Session, track: Track, **report: Any) -> None:
    """Change what the working copy tells of how it was made; nothing where there is none."""
    kept = _locked(session, track)
    if kept is not None:
        kept.report = {**kept.report, **report}
        session.flush()


def keep(session: Session, track: Track, viewer: Viewer, now: datetime, note: str = PUT_BY) -> TrackVersion:
    """Put the working copy by as a version that is not served; Invalid when it is empty."""
    kept = _locked(session, track)
    draft = of(session, track)
    if not draft.rows:
        raise Invalid("There is not a single caption in it.", code="no_cues")
    video = _video(session, track)
    version = tracks.add_version(
        session, video, track, text_track(track, draft), now, author_id=viewer.user_id
    )
    version.note, version.film = note, kept.film if kept else video.film
    session.flush()
    return version


def approve(session: Session, track: Track, revision: int, viewer: Viewer, now: datetime) -> Track:
    """Serve what the working copy says as the next version, and end it.

    Raises Conflict when it has changed since `revision`, since somebody else is at work in it, and when it
    tells the times of another film.
    """
    kept, video = _locked(session, track), _video(session, track)
    draft = of(session, track)
    if draft.revision != revision:
        raise Conflict(
            "Somebody changed these captions since you looked: look at them again before you approve them.",
            code="draft_changed",
        )
    if kept is not None and kept.film != video.film:
        raise Conflict(
            "This working copy tells the times of another cut of the film. Bring that film back, or give the "
            "copy up: it is put by as a version.",
            code="other_film",
        )
    row = tracks.keep(
        session, video, text_track(track, draft), kind=track.kind, language=track.language, now=now,
        author_id=viewer.user_id,
    )  # fmt: skip
    if kept is not None:
        session.delete(kept)
    session.flush()
    return row


def discard(session: Session, track: Track, revision: int, viewer: Viewer, now: datetime) -> None:
    """Give the working copy up; it is put by as a version first, so that nothing is lost."""
    kept = _locked(session, track)
    if kept is None:
        raise NotFound("there is no working copy")
    if kept.revision != revision:
        raise Conflict("Somebody changed these captions since you looked.", code="draft_changed")
    if kept.rows:
        keep(session, track, viewer, now)
    session.delete(kept)
    session.flush()


def begun(session: Session, video: Video, kind: TrackKind, language: str, label: str, now: datetime) -> Track:
    """The track of that kind and language; made, without a version, where there is none."""
    row = tracks.held(session, video.id, kind, language, now)
    row.label = label or row.label
    session.flush()
    return row


def follow(
    session: Session, video: Video, placed: Callable[[Cue], Cue | None], number: int, now: datetime
) -> None:
    """Bring the working copies of a video into the film of that number, by where it shows each cue.

    As it was, each is put by as a version of the film before: what the new film leaves out is found there.
    Call it with the tracks of the video held.
    """
    asked = select(TrackDraft).join(Track, Track.id == TrackDraft.track_id).where(Track.video_id == video.id)
    held = asked.order_by(TrackDraft.track_id).with_for_update(of=TrackDraft)
    for kept in session.scalars(held.execution_options(populate_existing=True)):
        track = session.get_one(Track, kept.track_id)
        rows = [Row.read(row) for row in kept.rows]
        if rows:
            before = tracks.add_version(
                session, video, track, text_track(track, of(session, track)), now, author_id=kept.author_id
            )
            before.note, before.film = PUT_BY, kept.film
        kept.revision += 1
        moved = [(row, placed(row.cue)) for row in rows]
        stay = [Row(row.key, kept.revision, cue) for row, cue in moved if cue is not None]
        kept.rows = [row.plain() for row in rows_of.in_order(stay)]
        kept.film, kept.updated_at, kept.gone = number, now, {}
        kept.based_on = track.current  # which was moved as well
        kept.report = {**kept.report, "born": kept.revision, "left_out": len(rows) - len(stay)}
    session.flush()


def unserved(session: Session, video: Video) -> list[Track]:
    """The tracks of a video that were begun and never approved: with a working copy, or one that was put by.

    Chapters and layers have none; those that were removed are not among them.
    """
    is_begun = exists().where(TrackDraft.track_id == Track.id) | exists().where(
        TrackVersion.track_id == Track.id
    )
    asked = select(Track).where(
        Track.video_id == video.id, Track.current == 0, Track.kind.not_in(_OF_A_FORM), is_begun
    )
    return list(session.scalars(asked.order_by(Track.kind, Track.language)))


def edited(session: Session, video: Video) -> frozenset[int]:
    """The tracks of a video that are being worked on, by their ids."""
    asked = select(TrackDraft.track_id).join(Track, Track.id == TrackDraft.track_id)
    return frozenset(session.scalars(asked.where(Track.video_id == video.id)))


def _locked(session: Session, track: Track) -> TrackDraft | None:
    """The working copy, for this transaction alone; None where there is none.

    The track's row is held first, always: two who took the two rows in another order would wait for each
    other. Both are read anew, for somebody may have changed them until now.
    """
    tracks.locked(session, track)
    return session.get(TrackDraft, track.id, with_for_update=True, populate_existing=True)


def _video(session: Session, track: Track) -> Video:
    """The video of a track that is held, read anew: a worker may have shown another film until now."""
    video = session.get_one(Video, track.video_id)
    session.refresh(video)
    return video


def _held(session: Session, track: Track, viewer: Viewer, now: datetime) -> TrackDraft:
    """The working copy, for this transaction alone; made of the version served where there is none."""
    kept = _locked(session, track)
    if kept is not None:
        return kept
    begin = of(session, track)
    kept = TrackDraft(
        track_id=track.id, revision=begin.revision, based_on=begin.based_on, origin=begin.origin,
        film=_video(session, track).film, rows=[row.plain() for row in begin.rows], gone={}, report={},
        author_id=viewer.user_id, updated_at=now,
    )  # fmt: skip
    session.add(kept)
    session.flush()
    return kept


def without_regions(document: str) -> tuple[Cue, ...]:
    """The cues of a document; a working copy has no regions, so that no cue of it may name one."""
    found = captions.read(document.encode(), format="vtt")
    if not found.regions:
        return found.cues
    return tuple(
        replace(
            cue, settings=" ".join(word for word in cue.settings.split() if not word.startswith("region:"))
        )
        for cue in found.cues
    )


def _write(kept: TrackDraft, done: Applied, viewer: Viewer, now: datetime) -> None:
    kept.revision += 1
    kept.rows = [row.plain() for row in done.rows]
    kept.gone = dict(done.gone)
    _sign(kept, viewer, now)


def _sign(kept: TrackDraft, viewer: Viewer, now: datetime) -> None:
    kept.author_id, kept.updated_at = viewer.user_id, now


def _require_holdable(edits: Sequence[Edit]) -> None:
    for edit in edits:
        cue = edit.cue
        if cue is None:
            continue
        if len(cue.text) > MAX_CUE_CHARACTERS:
            raise Invalid(
                "The text of a caption has %(length)s characters; at most %(most)s are kept.",
                code="cue_too_long", key=edit.key, length=len(cue.text), most=MAX_CUE_CHARACTERS,
            )  # fmt: skip
        if cue.start > LATEST_MS or cue.end > LATEST_MS:
            raise Invalid("A caption begins or ends after 100 hours.", code="cue_too_late", key=edit.key)
        _require_writable(edit.key, cue)


def _require_writable(key: str, cue: Cue) -> None:
    """Invalid when a file could not hold the cue: what cannot be written must not be kept."""
    try:
        captions.write(TextTrack(cues=(replace(cue, end=max(cue.end, cue.start)),)), "vtt")
    except captions.CaptionError as error:
        raise Invalid(str(error), code="cue_unwritable", key=key) from error
