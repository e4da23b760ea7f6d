"""Films: an original with an edit, asked for by a maker, made by a job, shown in place of the one before."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as dataclass_replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import Conflict, Invalid, NotFound
from edu.models import Audience, Film, FilmState, Timing, Video, VideoState
from edu.policy import Action, Viewer, can
from edu.services import film_moves, film_returns, packages, recordings, video_jobs, videos
from edu.services.audit import Deed
from edu.services.audit import record as note_deed
from edu.services.quizzing import film_times
from edu.services.video_editing import mine
from edu.storage import StoredObject, original_key
from media import Cover, Edit, Mute, Segment
from media.edit import SHORTEST

Entry = TypeVar("Entry", Segment, Cover, Mute)


@dataclass(frozen=True, slots=True)
class FilmRow:
    """A film in the list of a video's films; `author` is empty for the first."""

    number: int
    note: str
    author_id: int | None
    created_at: datetime
    is_shown: bool
    is_waiting: bool
    original_name: str
    sha256: str
    timing: Timing
    edit: Edit
    moved: film_moves.Report
    can_return: bool
    uncovers: bool  # it shows, or lets hear, what is hidden now


def shown(session: Session, video: Video) -> Film | None:
    """The film that is shown; None for one that was never edited or replaced."""
    return numbered(session, video.id, video.film)


def numbered(session: Session, video_id: int, number: int) -> Film | None:
    """A film by its number."""
    return session.scalar(select(Film).where(Film.video_id == video_id, Film.number == number))


def edit_of(session: Session, video: Video, number: int | None = None) -> Edit:
    """How the film of that number (the one shown) is cut."""
    film = numbered(session, video.id, video.film if number is None else number)
    return Edit.read(film.edit) if film else Edit()


def waiting(session: Session, video_id: int) -> Film | None:
    """The film that was asked for and is not shown yet."""
    asked = select(Film).where(Film.video_id == video_id, Film.state == FilmState.WAITING)
    return session.scalar(asked.order_by(Film.number.desc()).limit(1))


def recording_of(session: Session, video: Video) -> str:
    """The SHA-256 of the recording that the video has, or will have once the film is made that waits.

    Another word where it is cut or something is hidden: that is the work of a maker, whom no file overrules.
    """
    film = waiting(session, video.id) or shown(session, video)
    if film is None:
        return video.original_sha256
    return film.original_sha256 if Edit.read(film.edit).is_plain else f"{film.original_sha256}:edited"


def rows(session: Session, video: Video) -> tuple[FilmRow, ...]:
    """Every film of a video that was not given up, the newest first."""
    asked = select(Film).where(Film.video_id == video.id, Film.state != FilmState.DROPPED)
    now_seen = edit_of(session, video)
    return tuple(
        FilmRow(
            number=film.number,
            note=film.note,
            author_id=film.author_id,
            created_at=film.created_at,
            is_shown=film.number == video.film,
            is_waiting=film.state is FilmState.WAITING,
            original_name=film.original_name,
            sha256=film.original_sha256,
            timing=film.timing,
            edit=Edit.read(film.edit),
            moved=film_moves.Report.read(film.moved),
            can_return=film.state is FilmState.SHOWN
            and film.number != video.film
            and bool(film.original_key),
            uncovers=_hides_more(now_seen, Edit.read(film.edit)),
        )
        for film in session.scalars(asked.order_by(Film.number.desc()))
    )


def ask(
    session: Session,
    viewer: Viewer,
    video_id: int,
    edit: Edit,
    now: datetime,
    *,
    note: str = "",
    is_urgent: bool = False,
) -> Film:
    """Promise the same recording with another edit; what is shown stays until it is made.

    Then it goes at once where the new film covers or silences something, or where that `is_urgent`, and else
    when no page can show it any more. Invalid when it changes nothing, Conflict when there is nothing to make
    it from.
    """
    video = _editable(session, viewer, video_id)
    if edit == edit_of(session, video):
        raise Invalid("The film is cut like that already.", code="same_edit", field="edit")
    require_sources(session, viewer, video, edit)
    film = _add(session, video, viewer, now, note=note)
    film.edit = edit.plain()
    film.is_urgent = is_urgent or _hides_more(edit, edit_of(session, video))
    return _promise(session, video, film, viewer, now)


def replace(
    session: Session,
    viewer: Viewer,
    video_id: int,
    original: StoredObject,
    *,
    name: str,
    timing: Timing,
    shift_ms: int,
    now: datetime,
) -> Film:
    """Promise another recording for the video; what points to the old one follows by `timing`.

    So does its cut with what is covered and silenced; where it was filmed anew, all of it is shown.
    """
    video = _held(session, viewer, video_id)
    film = _add(session, video, viewer, now)
    film.original_key, film.original_sha256 = original_key(original.sha256), original.sha256
    film.original_name, film.original_bytes = videos.clean_name(name), original.size
    film.timing, film.shift_ms = timing, shift_ms
    edit = Edit.read(film.edit)
    if timing is Timing.ANEW:
        film.edit = {}
    elif timing is Timing.SHIFT:
        film.edit = carried(edit, shift_ms).plain()
    return _promise(session, video, film, viewer, now, is_carried=timing is Timing.SOUND)


def bring_back(
    session: Session,
    viewer: Viewer,
    video_id: int,
    number: int,
    now: datetime,
    *,
    may_uncover: bool = False,
) -> Film:
    """Promise a film again that was shown before; NotFound, or Conflict when its original is gone.

    Invalid where that shows or lets hear what is hidden now, unless that is meant.
    """
    video = _editable(session, viewer, video_id)
    old = numbered(session, video.id, number)
    if old is None or old.state is not FilmState.SHOWN:
        raise NotFound("there is no such film")
    if not old.original_key:
        raise Conflict("The recording of that film was deleted.", code="original_gone")
    edit, now_seen = Edit.read(old.edit), edit_of(session, video)
    if _hides_more(now_seen, edit) and not may_uncover:
        raise Invalid(
            "Something is covered or silenced now that this film shows. Tick that this is meant.",
            code="not_meant",
        )
    require_sources(session, viewer, video, edit)
    film = _add(session, video, viewer, now, note=f"{number}")
    for name in ("original_key", "original_name", "original_bytes", "original_sha256", "edit"):
        setattr(film, name, getattr(old, name))
    now_shown = shown(session, video)
    is_same = now_shown is None or now_shown.original_sha256 == old.original_sha256
    film.timing = Timing.SAME if is_same else Timing.BACK
    film.is_urgent = _hides_more(edit, now_seen)
    return _promise(session, video, film, viewer, now)


def forget(session: Session, viewer: Viewer, video_id: int, now: datetime) -> None:
    """Give up the film that was asked for; what is shown stays."""
    video = _held(session, viewer, video_id)
    if waiting(session, video.id) is None:
        raise Conflict("The film is shown already, or was given up.", code="nothing_to_cancel")
    video_jobs.give_up(session, video.id, now)
    video.problem = {}
    session.flush()
    if video_jobs.resume(session, video, now):
        packages.move_to(video, VideoState.WATCHABLE if video.is_playable else VideoState.RECEIVED, now)
    else:
        packages.move_to(video, VideoState.READY if video.is_playable else VideoState.FAILED, now)


def show(
    session: Session, video: Video, film: Film, new_ms: int, shift_ms: int | None, now: datetime
) -> None:
    """Note that the film is what is served now, and move everything that points into the one before.

    `new_ms` is the length of the film's own original; `shift_ms` what comparing the sounds found, None when
    it found nothing. Call it in the transaction that publishes the package.
    """
    before = shown(session, video)
    change = film_moves.Change(
        before=Edit.read(before.edit) if before else Edit(),
        after=Edit.read(film.edit),
        is_same_original=film.original_sha256 == video.original_sha256,
        timing=film.timing,
        shift_ms=film.shift_ms if film.timing is Timing.SHIFT else shift_ms,
        original_ms=new_ms,
        film_ms=video.duration_ms,
        original_before=video.original_sha256,
        original_after=film.original_sha256,
    )
    video.original_key, video.original_sha256 = film.original_key, film.original_sha256
    video.original_name, video.original_bytes = film.original_name, film.original_bytes
    video.film = film.number
    recordings.note_length(video, new_ms)
    film.shift_ms = change.shift_ms or 0
    film.state, film.shown_at = FilmState.SHOWN, now
    if film.timing is Timing.BACK:
        report = film_returns.restore(session, video, film, film.author_id, now)
    else:
        report = film_moves.move_all(session, video, change, film.author_id, now)
    way = film_times.Way(
        before=change.before,
        after=change.after,
        original_before=change.original_before,
        original_after=change.original_after,
        between=None if _is_unknown(change) else change.between_originals,
        film_ms=change.film_ms,
    )
    went, gone = film_times.move(session, video, way, now)
    film.moved = dataclass_replace(report, asked_moved=went, asked_gone=gone).plain()
    if film.is_urgent:
        packages.hurry_removals(session, video, now)


def _is_unknown(change: film_moves.Change) -> bool:
    """Whether nothing is known of the way between two recordings: the one before comes back as it was."""
    return change.timing is Timing.BACK and not change.is_same_original


def carried(edit: Edit, shift_ms: int) -> Edit:
    """The edit for another recording, which shows the same so much later; its sound is the one it names.

    Invalid when nothing would be left: without a piece, all of the recording would be shown.
    """
    pieces = tuple(
        replaced
        for piece in edit.segments
        for replaced in ([piece] if piece.source else _later(piece, shift_ms, SHORTEST))
    )
    if edit.segments and not pieces:
        raise Invalid("Nothing of the recording would be left.", code="nothing-left", field="shift")
    covers = tuple(each for cover in edit.covers for each in _later(cover, shift_ms, 1))
    mutes = tuple(each for mute in edit.mutes for each in _later(mute, shift_ms, 1))
    return Edit(pieces, covers, mutes)


def _later(entry: Entry, shift_ms: int, shortest: int) -> list[Entry]:
    """The entry at its later (or earlier) time; nothing where that lies before the recording begins."""
    start, end = max(0, entry.start + shift_ms), entry.end + shift_ms
    return [dataclass_replace(entry, start=start, end=end)] if end - start >= shortest else []


def require_sources(session: Session, viewer: Viewer, video: Video, edit: Edit) -> None:
    """Every other recording in the edit must be the original of a video that the viewer may edit.

    Invalid otherwise, for one that is for professionals where the film is for everybody, and for pieces that
    are hidden in its own film.
    """
    for source in edit.sources:
        found = select(Video).where(Video.original_sha256 == source, Video.original_key != "")
        theirs = [each for each in session.scalars(found) if can(viewer, Action.EDIT, each)]
        if not theirs:
            raise Invalid(
                "A recording that is joined is not there any more: take its lines out.",
                code="source_gone", field="pieces",
            )  # fmt: skip
        if not any(may_join(video, each) for each in theirs):
            raise Invalid(
                "“%(name)s” is for professionals and cannot be joined to a film for everybody.",
                code="source_gated", field="pieces", name=theirs[0].slug,
            )  # fmt: skip
        hiding = next((each for each in theirs if _is_hidden(session, each, source, edit)), None)
        if hiding is not None:
            raise Invalid(
                "Something is covered or silenced in “%(name)s” at that time, and would be seen here.",
                code="source_hidden", field="pieces", name=hiding.slug,
            )  # fmt: skip


def _is_hidden(session: Session, other: Video, source: str, edit: Edit) -> bool:
    """Whether a piece takes what the other video's film hides: pieces come from the recording, uncovered."""
    theirs = edit_of(session, other)
    hidden = [(cover.start, cover.end) for cover in theirs.covers]
    hidden += [(mute.start, mute.end) for mute in theirs.mutes]
    pieces = [piece for piece in edit.segments if piece.source == source]
    return any(piece.start < end and start < piece.end for piece in pieces for start, end in hidden)


def may_join(video: Video, other: Video) -> bool:
    """Whether a piece of the other video's recording may be shown in this one, for the gate's sake."""
    return video.audience is Audience.PRO or other.audience is Audience.OPEN


def _held(session: Session, viewer: Viewer, video_id: int) -> Video:
    """The video for a change of its film: of two who ask at once, the second sees what the first has done."""
    mine(session, viewer, video_id)
    video_jobs.hold(session, video_id)
    return mine(session, viewer, video_id, locked=True)


def _editable(session: Session, viewer: Viewer, video_id: int) -> Video:
    video = _held(session, viewer, video_id)
    if not video.is_playable:
        raise Conflict("Wait until the video can be watched.", code="not_playable")
    if not video.original_key:
        raise Conflict(
            "The original recording was deleted: upload it again to change the film.", code="original_gone"
        )
    return video


def _add(session: Session, video: Video, viewer: Viewer, now: datetime, *, note: str = "") -> Film:
    """A new film with the present original and edit; at the first, the present one is written down before."""
    if shown(session, video) is None:
        video_jobs.first_film(session, video)
    film = video_jobs.next_film(session, video, viewer.user_id, now)
    if film is None:
        raise AssertionError("the first film was written down")
    film.note = note[:300]
    return film


def _promise(
    session: Session, video: Video, film: Film, viewer: Viewer, now: datetime, *, is_carried: bool = False
) -> Film:
    session.flush()
    video_jobs.promise_film(session, video, film, now, is_carried=is_carried)
    video.problem = {}
    packages.move_to(video, VideoState.WATCHABLE if video.is_playable else VideoState.RECEIVED, now)
    note_deed(
        session, Deed.FILM_ASKED, now=now, actor_id=viewer.user_id, subject=f"video:{video.id}",
        film=film.number,
    )  # fmt: skip
    return film


def _hides_more(after: Edit, before: Edit) -> bool:
    """Whether something is covered or silenced that could be seen or heard until now."""
    return not set(after.covers) <= set(before.covers) or not set(after.mutes) <= set(before.mutes)
