"""What workers do for captions: listen to a film, time a script, recognise speech, resync a track."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from captions import CaptionError, Cue, ErrorCode, TextTrack
from captions.making import listening
from captions.making.align import align_words
from captions.making.instep import in_step
from captions.making.segment import segment
from captions.webvtt.cuetext import plain_text
from edu.errors import EduError, NotFound
from edu.jobs import making, scripts
from edu.jobs.progress import Progress
from edu.models import DraftOrigin, Hearing, Track, User, Video, VideoFile
from edu.policy import Viewer
from edu.queue import Claim, LostLease
from edu.runtime import Runtime
from edu.services.texts import checks, described, drafts, tracks
from edu.services.texts.checks import PROFILE
from edu.services.texts.making import recording
from media import shots

AUDIBLE = ("sound", "rendition")
"""The files that are as heard; the smallest will do."""
PATIENCE, LONGEST = 7200.0, 12 * 3600.0
"""Seconds after which listening, and recognising, is given up."""
LEAST_SURE, SURE = 0.2, 0.5
"""Below the first confidence a track is not moved by what was heard; below the second it is to be checked."""
NOT_HEARD = "None of these words was heard in the film: is it the script of another one?"


class NotMade(EduError):
    """The captions could not be made; trying again gives the same answer."""

    code = "captions_not_made"


def listen_to_film(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Find where somebody speaks and where the picture cuts, in the version that is served."""
    with _film(runtime, claim, progress) as path, _refusals(), making.refused():
        heard = listening.hear(path, cancelled=progress.cancelled)
        progress(0.5)
        cuts = shots(path, tools=making.tools(runtime, progress), cancelled=progress.cancelled)
    with runtime.db.writing() as session:
        progress.finish(session)
        video = _served(session, claim)
        kept = session.get(Hearing, video.id) or Hearing(video_id=video.id)
        kept.version, kept.duration_ms, kept.made_at = video.version, video.duration_ms, runtime.clock.now()
        kept.speech = [[each.start, each.end] for each in heard]
        kept.cuts = list(cuts)
        session.add(kept)
        described.make_again(session, video, runtime.clock.now())


def align_script(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Find when the words of a script are said, and begin the track's working copy with them as captions."""
    with runtime.db.reading() as session:
        language, duration = _track(session, claim).language, _served(session, claim).duration_ms
    script = str(claim.payload["script"])
    with _film(runtime, claim, progress) as path, _refusals():
        found = align_words(script, path, language=language, progress=progress, cancelled=progress.cancelled)
    keeps_breaks = bool(claim.payload.get("keeps_breaks"))
    cues = scripts.cues(found, PROFILE, language, duration, keeps_breaks=keeps_breaks)
    if not cues:
        raise NotMade(NOT_HEARD, code="unheard")
    _begin_draft(runtime, claim, progress, lambda _: cues, DraftOrigin.SCRIPT, scripts.report(found))


def recognise_speech(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Begin the track's working copy with what the recogniser hears: a draft that a person must read."""
    settings = runtime.settings
    with runtime.db.reading() as session:
        language, video = _track(session, claim).language, _served(session, claim)
        duration = video.duration_ms
        hints = tuple(term.text for term in checks.terms(session, video, language))
    with _film(runtime, claim, progress, LONGEST) as path, _refusals():
        name, words = listening.recognise(
            path,
            engine=settings.captions_engine,
            model=settings.captions_model,
            language=language,
            hints=hints,
            cancelled=partial(_is_cancelled, progress),
        )
    cues = segment(words, PROFILE, language=language, duration=duration) if words else ()
    if not cues:
        raise NotMade("Not a word was heard in the film.", code="unheard")
    report = {"engine": name, "words": len(words)}
    _begin_draft(runtime, claim, progress, lambda _: cues, DraftOrigin.MACHINE, report)


def resync_track(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Move a track's captions to when their own words are said."""
    with runtime.db.reading() as session:
        track = _track(session, claim)
        text = drafts.text_track(track, drafts.of(session, track))
    script = "\n".join(plain_text(cue.text) for cue in text.cues)
    with _film(runtime, claim, progress) as path, _refusals():
        found = align_words(
            script, path, language=text.language, progress=progress, cancelled=progress.cancelled
        )
        sync = listening.find_offset(text, found.words, cancelled=progress.cancelled)
        if sync.confidence < LEAST_SURE:
            raise NotMade(
                "Too few of its words were found in the film to tell how it is out of step.", code="no-sync"
            )

    report: dict[str, Any] = {
        "offset_ms": sync.offset_ms,
        "ratio": sync.name or f"{float(sync.ratio):.4f}",
        "residual_ms": sync.residual_ms,
        "anchors": sync.anchors,
        "is_rough": found.is_rough or sync.confidence < SURE,
    }

    def move(now: TextTrack) -> tuple[Cue, ...]:
        done = in_step(_in_step(text, now), found.words, sync)
        report.update(placed=len(done.placed), unheard=len(done.unheard))
        return done.track.cues

    _begin_draft(runtime, claim, progress, move, DraftOrigin.TRACK, report)


def _in_step(then: TextTrack, now: TextTrack) -> TextTrack:
    """The track as it is now, with what was written while the sound was listened to; as it was then, where
    its times are others by now, which would be moved twice.
    """
    times = [{(cue.start, cue.end) for cue in track.cues} for track in (then, now)]
    return now if 2 * len(times[0] & times[1]) >= len(times[0]) else then


def _begin_draft(
    runtime: Runtime,
    claim: Claim,
    progress: Progress,
    made: Callable[[TextTrack], tuple[Cue, ...]],
    origin: DraftOrigin,
    report: dict[str, Any],
) -> None:
    """Begin the working copy with what was made, which may ask what the copy says now."""
    with runtime.db.writing() as session:
        progress.finish(session)
        track = tracks.locked(session, _track(session, claim))
        _served(session, claim)  # asked once the track is held: another film meanwhile has other times
        author = session.get(User, claim.payload.get("author_id") or 0)  # None: the account was erased since
        cues = made(drafts.text_track(track, drafts.of(session, track)))
        drafts.replace_all(
            session, track, cues, origin=origin, viewer=Viewer(user_id=author.id if author else None),
            now=runtime.clock.now(), report=report,
        )  # fmt: skip


@contextmanager
def _film(runtime: Runtime, claim: Claim, progress: Progress, seconds: float = PATIENCE) -> Iterator[Path]:
    """A file of the served version, to listen to; the job stays this worker's in the block, for so long."""
    with runtime.db.reading() as session:
        video = _served(session, claim)
        asked = select(VideoFile).where(
            VideoFile.video_id == video.id, VideoFile.version == video.version, VideoFile.role.in_(AUDIBLE)
        )
        files = sorted(session.scalars(asked), key=lambda file: file.bytes)
    if not files:
        raise NotMade("The film has no file that could be listened to.", code="no_file")
    with making.recordings(runtime, progress, files[0].key) as (path, _), progress.alive(seconds):
        yield path


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn what the caption library says into the error that ends the job."""
    try:
        yield
    except CaptionError as error:
        if error.code is ErrorCode.WORK_CANCELLED:
            raise LostLease("the job was cancelled or given to another worker") from error
        raise NotMade(str(error), code=error.code) from error


def _served(session: Session, claim: Claim) -> Video:
    """The video of a job, while it shows the film (or, where one is named, the version) it was promised for.

    The words of captions may be looked for in other files than were served then: the versions for every
    screen have the times of the copy that came before them.
    """
    video = making.video_of(session, claim)
    shown = {"version": video.version, **recording(video)}
    if any(claim.payload.get(name, now) != now for name, now in shown.items()):
        raise making.Superseded("The film was changed meanwhile: begin again, with the film as it is now.")
    return video


def _is_cancelled(progress: Progress) -> bool:
    """Whether to stop; while a recogniser listens, for hours perhaps, what is urgent is done in between."""
    urgent = progress.give_way()
    if urgent is not None:
        urgent()
    return progress.cancelled()


def _track(session: Session, claim: Claim) -> Track:
    track = session.get(Track, int(claim.payload["track_id"]))
    if track is None:
        raise NotFound("the track was deleted")
    return track
