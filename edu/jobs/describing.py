"""What workers do for audio description: say a film's descriptions aloud, and mix them into its sound."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

import captions
from captions import CaptionError, Cue, ErrorCode
from captions.errors import SENTENCES
from captions.making import gaps
from captions.making.gaps import Gap
from captions.making.narrating import narrate
from captions.making.said import Narration, Said
from edu.errors import EduError, NotFound
from edu.jobs import making
from edu.jobs.progress import Progress
from edu.models import Track, Video, VideoFile
from edu.queue import Claim, LostLease
from edu.runtime import Runtime
from edu.services import packages, sources
from edu.services.packages import Addition
from edu.services.texts import checks, described, tracks
from media import Described, MediaError, UnreadableMedia, describe, read_voice

SIZE = 720
"""Pixels on the shorter side: one size of a described film serves all lines."""
AFTER_VOICE = 0.3
"""The share of the work that is over once everything is said."""
LEAST_ROOM, ROOM_A_SECOND = 50_000_000, 300_000
"""Bytes: of two sounds of 48 000 samples a second, an envelope, and what is made of them."""
NO_VOICE = (ErrorCode.VOICE_MISSING, ErrorCode.VOICE_LANGUAGE)


class NotDescribed(EduError):
    """No described sound could be made; trying again gives the same answer."""

    code = "not_described"


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is said in which film: the version of the descriptions by its `number`, a rendition by its key."""

    film: str
    version: str
    number: int
    language: str
    cues: tuple[Cue, ...]
    gaps: tuple[Gap, ...]
    duration: int
    recording: str


def describe_film(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Add a file with the approved descriptions of a track in its sound to the version that is served."""
    plan = _plan(runtime, claim)
    with making.recordings(runtime, progress, plan.film) as (film, _), making.refused():
        folder = progress.folder()
        with _refusals():
            said = _narration(runtime, plan, folder, progress)
        made = describe(
            film,
            said.path,
            folder / "described",
            spoken=said.stretches,
            language=plan.language,
            name=f"sound-ad-{claim.token[:12]}.mp4",
            tools=making.tools(runtime, progress),
            progress=lambda share: progress(AFTER_VOICE + (1 - AFTER_VOICE) * share),
            cancelled=progress.cancelled,
        )
    _publish(runtime, claim, progress, plan, made, said)


def room(runtime: Runtime, claim: Claim) -> int:
    """Bytes that the work on a film may write."""
    with runtime.db.reading() as session:
        video = session.get(Video, int(claim.payload["video_id"]))
        seconds = video.duration_ms // 1000 if video else 0
    return LEAST_ROOM + ROOM_A_SECOND * seconds


def _publish(
    runtime: Runtime, claim: Claim, progress: Progress, plan: _Plan, made: Described, said: Narration
) -> None:
    added, video_id = Addition.of(made.file), int(claim.payload["video_id"])
    try:
        with progress.alive(making.PATIENCE + made.file.bytes / making.SLOWEST):
            packages.shelve_more(runtime.store, video_id, plan.version, made.folder, [added])
        with runtime.db.writing() as session:
            progress.finish(session)
            video, track = _subject(session, claim)
            detail = dataclasses.asdict(made.choice) | {
                "number": plan.number,
                "voice": not plan.recording,
                "overruns": _overruns(plan.cues, said.said),
            }
            gone = described.publish(session, video, track, added, detail)
    except (LostLease, NotFound, making.Superseded):
        # what it was made for may have gone, with the job that removes its files: nobody would find this one
        packages.take_down(runtime.store, video_id, plan.version, [added])
        raise
    for key in gone:
        runtime.store.delete(key)


def _plan(runtime: Runtime, claim: Claim) -> _Plan:
    with runtime.db.reading() as session:
        video, track = _subject(session, claim)
        version = tracks.version_of(session, track, track.current)
        if version is None:
            raise NotDescribed("No descriptions are approved.", code="no-descriptions")
        heard = checks.hearing(session, video)
        return _Plan(
            film=_film(session, video),
            version=video.version,
            number=track.current,
            language=track.language,
            cues=captions.read(version.document.encode(), format="vtt").cues,
            gaps=gaps.find(heard, least=1, language=track.language) if heard else (),
            duration=video.duration_ms,
            recording=str(claim.payload["recording"]),
        )


def _film(session: Session, video: Video) -> str:
    """The key of the rendition of about SIZE lines."""
    asked = select(VideoFile).where(
        VideoFile.video_id == video.id,
        VideoFile.version == video.version,
        VideoFile.role == sources.RENDITION,
    )
    found = list(session.scalars(asked))
    if not found:
        raise NotDescribed("The film has no file that could be described.", code="no-file")
    return min(found, key=lambda file: abs(_side(file) - SIZE)).key


def _side(file: VideoFile) -> int:
    return min(int(file.detail.get("width", 0)), int(file.detail.get("height", 0)))


def _narration(runtime: Runtime, plan: _Plan, folder: Path, progress: Progress) -> Narration:
    target = folder / "narration.wav"
    if not plan.recording:
        return narrate(
            plan.cues,
            target,
            language=plan.language,
            duration=plan.duration,
            gaps=plan.gaps,
            progress=lambda share: progress(AFTER_VOICE * share),
            cancelled=progress.cancelled,
        )
    read = folder / "recording.wav"
    with making.recordings(runtime, progress, plan.recording) as (path, _):
        read_voice(
            path,
            read,
            seconds=plan.duration / 1000,
            tools=making.tools(runtime, progress),
            progress=lambda share: progress(AFTER_VOICE * share),
            cancelled=progress.cancelled,
        )
    with progress.alive():
        return narrate(
            plan.cues,
            target,
            language=plan.language,
            recording=read,
            duration=plan.duration,
            gaps=plan.gaps,
            cancelled=progress.cancelled,
        )


def _overruns(cues: tuple[Cue, ...], said: tuple[Said, ...]) -> list[list[int]]:
    """By description: when it begins, for how long the film speaks meanwhile, and how late it is said."""
    found: dict[int, list[int]] = {}
    for each in said:
        told = found.setdefault(each.number, [cues[each.number].start if cues else 0, 0, 0])
        told[1] += each.over
        told[2] = max(told[2], each.late)
    return [told for told in sorted(found.values()) if told[1] or told[2]][: described.MOST_TOLD]


def _subject(session: Session, claim: Claim) -> tuple[Video, Track]:
    """The video and the track of a job, while the version that it was promised for is served."""
    video = making.video_of(session, claim)
    if video.version != claim.payload["version"]:
        raise making.Superseded("another version is served by now")
    track = session.get(Track, int(claim.payload["track_id"]))
    if track is None:
        raise NotFound("the track was deleted")
    return video, track


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn what the libraries say of descriptions and recordings into the error that ends the job."""
    try:
        yield
    except CaptionError as error:
        if error.code is ErrorCode.WORK_CANCELLED:
            raise LostLease("the job was cancelled or given to another worker") from error
        raise _not_described(
            ErrorCode.NARRATION_VOICE if error.code in NO_VOICE else error.code, error
        ) from error
    except UnreadableMedia as error:
        raise _not_described(ErrorCode.NARRATION_UNREADABLE, error) from error


def _not_described(code: ErrorCode, error: CaptionError | MediaError) -> NotDescribed:
    sentence = SENTENCES[code]
    return NotDescribed(str(error) if "{" in sentence else sentence, code=code)
