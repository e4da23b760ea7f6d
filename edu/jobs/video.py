"""The work on a video: look at it and make it watchable, make versions for every screen, remove old ones."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from edu.errors import Invalid
from edu.jobs import making
from edu.jobs.progress import Progress
from edu.models import Film, FilmState, Timing, Video, VideoState
from edu.queue import Claim
from edu.runtime import Runtime
from edu.services import films, originals, packages, posters, recordings, video_jobs
from edu.services.quizzing.writing import still
from edu.services.texts import making as making_texts
from edu.services.texts import offers
from edu.storage import package_key
from media import Edit, EditError, MediaInfo, TimeMap, fast_path, package, probe
from media.making import inside
from media.making.soundmatch import match


def check_video(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Look at the original; one that browsers can play as it is becomes watchable at once."""
    making.begin(runtime, claim, VideoState.CHECKING)
    shelved, tools = None, making.tools(runtime)
    with making.refusals(runtime, claim), _original(runtime, claim, progress) as (path, _):
        info = probe(path, cancelled=progress.cancelled, sandbox=tools.sandbox)
        made = fast_path(
            path,
            progress.folder() / "package",
            info=info,
            tools=tools,
            progress=progress,
            cancelled=progress.cancelled,
        )
        if made is not None:
            shelved = making.shelve(runtime, claim, progress, made)
    with making.published(runtime, claim, progress, shelved.version if shelved else None) as session:
        video, now = making.video_of(session, claim), runtime.clock.now()
        making.require_original(video, claim)
        if shelved:
            packages.publish(session, video, shelved, VideoState.WATCHABLE, now)
        else:
            video.duration_ms, video.width, video.height = info.duration, info.width, info.height
            packages.move_to(video, VideoState.IMPROVING, now)
        posters.find_again(session, video)
        recordings.note(video, info)
        video_jobs.promise_improvement(session, video, now)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be made: a film by its number (0: the first, uncut), its edit, and what was before it."""

    number: int
    original: str
    edit: Edit
    before: str  # the original that is served now, where its sound is to be compared with the new one's
    is_new_original: bool
    is_carried: bool = False  # the edit is in the time of the original before, and follows by the sounds
    length_before: int = 0  # of the original before, where the maker said how the times follow; 0: not asked
    shift_ms: int = 0


@dataclass(frozen=True, slots=True)
class _Made:
    shelved: packages.Shelved
    info: MediaInfo
    edit: Edit
    found: tuple[offers.Found, ...]
    shift_ms: int | None


def improve_video(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Make the versions for every screen, cut as the film says, and serve them instead of those before."""
    plan = _plan(runtime, claim)
    with making.refusals(runtime, claim):
        made = _make(runtime, claim, progress, plan)
    with making.published(runtime, claim, progress, made.shelved.version) as session:
        _publish(session, runtime, claim, plan, made)


def remove_package(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Remove the files of a version that was replaced and that no open page can hold any more."""
    video_id, version = int(claim.payload["video_id"]), str(claim.payload["version"])
    with runtime.db.reading() as session:
        if packages.is_served(session, video_id, version):
            return
        is_deleted = session.get(Video, video_id) is None
    # The objects first: a worker that is killed in between leaves rows, by which the next one finds them.
    runtime.store.delete_tree(package_key(video_id, version))
    if is_deleted:
        runtime.store.delete_tree(still.frames_of(video_id))  # what questions showed of it
    with runtime.db.writing() as session:
        packages.forget(session, video_id, version)
        progress.finish(session)


def _original(
    runtime: Runtime, claim: Claim, progress: Progress
) -> AbstractContextManager[tuple[Path, dict[str, Path]]]:
    with runtime.db.reading() as session:
        key = making.video_of(session, claim).original_key
    return making.recordings(runtime, progress, key)


def _plan(runtime: Runtime, claim: Claim) -> _Plan:
    number = int(claim.payload.get("film", 0))
    with runtime.db.writing() as session:
        video, now = making.video_of(session, claim), runtime.clock.now()
        if not number:
            making.require_original(video, claim)
            packages.move_to(video, VideoState.IMPROVING, now)
            return _Plan(0, video.original_key, Edit(), "", True)
        film = _wanted(session, video, number)
        packages.move_to(video, VideoState.IMPROVING, now)
        is_new = film.original_sha256 != video.original_sha256
        compared = video.original_key if is_new and film.timing is Timing.SOUND else ""
        is_unread = is_new or video_jobs.is_unread(session, video)
        is_carried = is_new and bool(claim.payload.get("is_carried"))
        is_told = is_new and film.timing in (Timing.SAME, Timing.SHIFT)
        shown = films.edit_of(session, video).plain()
        return _Plan(
            number, film.original_key, Edit.read(film.edit), compared, is_unread, is_carried,
            length_before=recordings.length_of(video, shown) if is_told else 0,
            shift_ms=film.shift_ms if film.timing is Timing.SHIFT else 0,
        )  # fmt: skip


def _wanted(session: Session, video: Video, number: int) -> Film:
    film = films.numbered(session, video.id, number)
    if film is None or film.state is not FilmState.WAITING:
        raise making.Superseded("this film was given up")
    return film


def _make(runtime: Runtime, claim: Claim, progress: Progress, plan: _Plan) -> _Made:
    tools = making.tools(runtime, progress)
    with making.recordings(runtime, progress, plan.original, plan.edit.sources) as (path, sources):
        info = probe(path, cancelled=progress.cancelled, sandbox=tools.sandbox)
        _require_likely(plan, info)
        shift = _shift(runtime, progress, plan, path)
        edit = _edit(plan, shift)
        made = package(
            path,
            progress.folder() / "package",
            info=info,
            edit=_within(edit, info.duration),
            sources=sources,
            tools=tools,
            progress=progress,
            cancelled=progress.cancelled,
        )
        found = _inside(path, info, runtime, progress) if plan.is_new_original else ()
    return _Made(making.shelve(runtime, claim, progress, made), info, edit, found, shift)


def _require_likely(plan: _Plan, info: MediaInfo) -> None:
    """Refuse times by which most of the film before would be nowhere in the new one: a slip of the hand."""
    if not plan.length_before:
        return
    way = TimeMap.shifted(plan.shift_ms, plan.length_before, info.duration)
    if sum(stretch.length for stretch in way.stretches) < LIKELY * plan.length_before:
        raise making.Refused(
            "By these times, most of the film that is shown now is nowhere in the new recording. Replace it "
            "again with other times, or say that it was filmed anew.",
            code="times-unlikely",
        )


LIKELY = 0.5


def _edit(plan: _Plan, shift_ms: int | None) -> Edit:
    """How the new recording is cut. What was hidden is never shown for want of knowing where it is."""
    if not plan.is_carried or plan.edit.is_plain:
        return plan.edit
    if shift_ms is not None:
        try:
            return films.carried(plan.edit, shift_ms)
        except Invalid as error:
            raise making.Refused(error.sentence, code=error.code) from error
    if plan.edit.covers or plan.edit.mutes:
        raise making.Refused(
            "The sounds of the two recordings do not match, so it is not known where in the new one the "
            "covered places and the silences belong. Replace it again, and say how its times follow.",
            code="hidden-lost",
        )
    return Edit()


def _within(edit: Edit, duration: int) -> Edit:
    try:
        return edit.within(duration)
    except EditError as error:
        raise making.Refused("Nothing of the recording would be left.", code=error.code) from error


def _inside(path: Path, info: MediaInfo, runtime: Runtime, progress: Progress) -> tuple[offers.Found, ...]:
    """The texts inside the file that can become tracks."""
    tools = making.tools(runtime, progress)
    texts = inside.subtitles(path, info, tools=tools, cancelled=progress.cancelled)
    read = [offers.read_subtitles(text.data, text.language, text.title) for text in texts if text.data]
    read.append(offers.read_chapters(info.chapters))
    return tuple(found for found in read if found is not None)


def _shift(runtime: Runtime, progress: Progress, plan: _Plan, path: Path) -> int | None:
    """How much later the new recording shows the same, by its sound; None when that cannot be told."""
    if not plan.before or not runtime.store.exists(plan.before):
        return None
    with making.recordings(runtime, progress, plan.before) as (before, _):
        return match(before, path, work=progress.folder(), tools=making.tools(runtime, progress))


def _publish(session: Session, runtime: Runtime, claim: Claim, plan: _Plan, made: _Made) -> None:
    video, now = making.video_of(session, claim), runtime.clock.now()
    if plan.number:
        film = _wanted(session, video, plan.number)
    else:
        making.require_original(video, claim)
    packages.publish(session, video, made.shelved, VideoState.READY, now)
    recordings.note(video, made.info)
    posters.find_again(session, video)
    if plan.number:
        film.edit = made.edit.plain()
        films.show(session, video, film, made.info.duration, made.shift_ms, now)
    if plan.is_new_original:
        offers.keep(session, video, made.found, now)
    _promise_more(session, runtime, video)


def _promise_more(session: Session, runtime: Runtime, video: Video) -> None:
    now = runtime.clock.now()
    making_texts.promise_listening(session, video, now)
    if runtime.settings.av1 == "auto" and making.is_strong() and video.height:
        video_jobs.promise_av1(session, video, now)
    if not runtime.settings.keeps_originals:
        originals.promise_drop(session, video, now)
