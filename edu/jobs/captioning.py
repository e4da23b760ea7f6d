"""What workers do for captions: listen to a film, time a script, recognise speech, resync a track."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from captions import CaptionError, Cue, ErrorCode
from captions.making import listening, retime
from captions.making.align import align_words
from captions.making.segment import segment
from captions.webvtt.cuetext import plain_text
from edu.errors import EduError, NotFound
from edu.jobs import making, scripts
from edu.jobs.progress import Progress
from edu.models import DraftOrigin, Hearing, Track, Video, VideoFile
from edu.policy import Viewer
from edu.queue import Claim, LostLease
from edu.runtime import Runtime
from edu.services.texts import checks, described, drafts, tracks
from edu.services.texts.checks import PROFILE
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
        with progress.alive(PATIENCE):
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
        if scripts.is_rough(language):
            with progress.alive(PATIENCE):
                timed = scripts.by_sentences(script, path, language, cancelled=progress.cancelled)
        else:
            timed = scripts.by_words(script, path, language, progress=progress, cancelled=progress.cancelled)
    cues = timed.cues(PROFILE, language, duration, keeps_breaks=bool(claim.payload.get("keeps_breaks")))
    if not cues:
        raise NotMade(NOT_HEARD, code="unheard")
    _begin_draft(runtime, claim, progress, cues, DraftOrigin.SCRIPT, timed.report())


def recognise_speech(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Begin the track's working copy with what the recogniser hears: a draft that a person must read."""
    settings = runtime.settings
    with runtime.db.reading() as session:
        language, video = _track(session, claim).language, _served(session, claim)
        duration = video.duration_ms
        hints = tuple(term.text for term in checks.terms(session, video, language))
    with _film(runtime, claim, progress) as path, _refusals(), progress.alive(LONGEST):
        name, words = listening.recognise(
            path,
            engine=settings.captions_engine,
            model=settings.captions_model,
            language=language,
            hints=hints,
            cancelled=progress.cancelled,
        )
    cues = segment(words, PROFILE, language=language, duration=duration) if words else ()
    if not cues:
        raise NotMade("Not a word was heard in the film.", code="unheard")
    report = {"engine": name, "words": len(words)}
    _begin_draft(runtime, claim, progress, cues, DraftOrigin.MACHINE, report)


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
        with progress.alive(PATIENCE):
            sync = listening.find_offset(text, found.words, cancelled=progress.cancelled)
        if sync.confidence < LEAST_SURE:
            raise NotMade(
                "Too few of its words were found in the film to tell how it is out of step.", code="no-sync"
            )
        moved = retime.linear(text, sync.ratio, Fraction(sync.offset_ms))
    report = {
        "offset_ms": sync.offset_ms,
        "ratio": sync.name or f"{float(sync.ratio):.4f}",
        "residual_ms": sync.residual_ms,
        "anchors": sync.anchors,
        "is_rough": sync.confidence < SURE,
    }
    _begin_draft(runtime, claim, progress, moved.track.cues, DraftOrigin.TRACK, report)


def _begin_draft(
    runtime: Runtime,
    claim: Claim,
    progress: Progress,
    cues: tuple[Cue, ...],
    origin: DraftOrigin,
    report: dict[str, Any],
) -> None:
    with runtime.db.writing() as session:
        progress.finish(session)
        _served(session, claim)  # another film meanwhile has other times
        track = tracks.locked(session, _track(session, claim))
        drafts.replace_all(
            session, track, cues, origin=origin, viewer=Viewer(user_id=claim.payload.get("author_id")),
            now=runtime.clock.now(), report=report,
        )  # fmt: skip


@contextmanager
def _film(runtime: Runtime, claim: Claim, progress: Progress) -> Iterator[Path]:
    """A file of the served version, to listen to; the job stays this worker's as long as it reports."""
    with runtime.db.reading() as session:
        video = _served(session, claim)
        asked = select(VideoFile).where(
            VideoFile.video_id == video.id, VideoFile.version == video.version, VideoFile.role.in_(AUDIBLE)
        )
        files = sorted(session.scalars(asked), key=lambda file: file.bytes)
    if not files:
        raise NotMade("The film has no file that could be listened to.", code="no_file")
    with making.recordings(runtime, progress, files[0].key) as (path, _):
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
    """The video of a job, while it serves the version that the job was promised for."""
    video = making.video_of(session, claim)
    if video.version != claim.payload["version"]:
        raise making.Superseded("another version is served by now")
    return video


def _track(session: Session, claim: Claim) -> Track:
    track = session.get(Track, int(claim.payload["track_id"]))
    if track is None:
        raise NotFound("the track was deleted")
    return track
