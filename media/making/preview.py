"""preview(): a quick, small version of an edit, for the eyes of the one who makes it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from media.contents import PackageFile, list_files
from media.edit import Edit
from media.errors import ToolFailed, ToolTimedOut, UnreadableMedia, UnsupportedMedia
from media.info import MediaInfo
from media.making import encode
from media.making.encode import Job, Sound, working
from media.making.ladder import Rendition, ladder
from media.reading.boxes import fragments
from media.reading.probe import probe
from media.running.progress import Cancelled, Progress, Stages
from media.running.tools import Tools

PICTURE, SOUND = "preview.mp4", "preview.m4a"
MOST_SIDE = 360
AFTER_SOUND = 0.1


@dataclass(frozen=True, slots=True)
class Preview:
    """One file in `folder` that plays the film. `duration` in milliseconds, sizes in pixels (0 for sound
    alone).
    """

    folder: Path
    duration: int
    width: int
    height: int
    file: PackageFile


def preview(
    path: str | Path,
    folder: str | Path,
    *,
    edit: Edit,
    sources: Mapping[str, Path] | None = None,
    info: MediaInfo | None = None,
    tools: Tools | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Preview:
    """Show `edit` as preview.mp4 of at most 360 lines in `folder` (preview.m4a when there is no picture).

    Times, covers and mutes are those of `package`; the sound is as loud as it was recorded. Raises EditError
    or a MediaError.
    """
    source, target = Path(path).absolute(), Path(folder).absolute()
    stages = Stages(progress, cancelled)
    known, cut = encode.plan(source, info or probe(source, cancelled=cancelled), edit, sources, cancelled)
    with working(source, known, target, tools or Tools(), cancelled, cut) as job:
        stages.reach(0.0)
        sound = _sound(job, stages, target)
        duration, top = job.length, None
        if known.picture is not None:
            top = _small(known)
            made = target / PICTURE
            tick = stages.stage(0.99, job.seconds)
            encode.encode_pictures(job, [top], [made], sound, tick)
            duration = round(sum(piece.seconds for piece in fragments(made)) * 1000)
            if not duration:
                raise UnreadableMedia("no-frames")
    stages.reach(1.0)
    file = next(file for file in list_files(target) if file.name in (PICTURE, SOUND))
    return Preview(target, duration, top.width if top else 0, top.height if top else 0, file)


def _sound(job: Job, stages: Stages, folder: Path) -> Path | None:
    """The sound of the film, coded; None when there is none or it is damaged and there is a picture."""
    alone = job.info.picture is None
    target = folder / SOUND if alone else job.work / SOUND
    try:
        if not job.has_sound:
            raise UnsupportedMedia("no-streams")
        end = 0.99 if alone else AFTER_SOUND
        encode.encode_sound(job, Sound(None, target), target, stages.stage(end, job.seconds))
    except (ToolFailed, ToolTimedOut, UnsupportedMedia) as error:
        if alone:
            raise UnsupportedMedia("no-streams") from error
        return None
    return target


def _small(info: MediaInfo) -> Rendition:
    """The smallest step of the ladder, no larger than 360 lines, coded in a hurry."""
    step = ladder(info)[-1]
    scale = min(MOST_SIDE / min(step.width, step.height), 1.0)
    width, height = (max(16, round(side * scale / 2) * 2) for side in (step.width, step.height))
    return replace(step, name="preview", width=width, height=height, preset="ultrafast", crf=28)
