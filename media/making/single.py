"""single(): one plain file that every browser plays, for recordings that few people watch."""

from dataclasses import dataclass
from pathlib import Path

from media.errors import ToolFailed, ToolTimedOut, UnreadableMedia, UnsupportedMedia
from media.info import MediaInfo
from media.making import encode, remux
from media.making.encode import Job, Sound, working
from media.making.ladder import Rendition, ladder
from media.reading.boxes import fragments
from media.reading.probe import probe
from media.running.progress import Cancelled, Progress, Stages
from media.running.tools import Tools

FILE, SOUND = "single.mp4", "single.m4a"
MOST_SIDE = 720
AFTER_SOUND = 0.08


@dataclass(frozen=True, slots=True)
class Single:
    """The file at `path`; `duration` in milliseconds, `bytes` its size. `is_copied`: not coded anew."""

    path: Path
    duration: int
    bytes: int
    is_copied: bool


def single(
    path: str | Path,
    folder: str | Path,
    *,
    info: MediaInfo | None = None,
    tools: Tools | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Single:
    """Write the recording at `path` as single.mp4 into `folder`: copied where browsers play it as it is,
    else coded anew with at most 720 lines. Nothing that its file tells of place, time or device goes along.

    The sound is as loud as it was recorded, and left out where it is damaged. Raises a MediaError;
    UnsupportedMedia when there is no picture.
    """
    source, target = Path(path).absolute(), Path(folder).absolute()
    known = info or probe(source, cancelled=cancelled)
    if known.picture is None:
        raise UnsupportedMedia("no-streams")
    stages = Stages(progress, cancelled)
    with working(source, known, target, tools or Tools(), cancelled) as job:
        stages.reach(0.0)
        copied = job.work / FILE
        is_copied = remux.is_web_ready(known) and remux.copy(job, copied, stages.stage(0.9, job.seconds))
        made = copied.replace(target / FILE) if is_copied else _coded(job, target / FILE, stages)
    duration = round(sum(piece.seconds for piece in fragments(made)) * 1000)
    if not duration:
        raise UnreadableMedia("no-frames")
    stages.reach(1.0)
    return Single(made, duration, made.stat().st_size, is_copied)


def _coded(job: Job, target: Path, stages: Stages) -> Path:
    sound = _sound(job, stages)
    encode.encode_pictures(job, [_step(job.info)], [target], sound, stages.stage(0.99, job.seconds))
    return target


def _sound(job: Job, stages: Stages) -> Path | None:
    """The sound, coded; None when there is none or it is damaged."""
    if not job.has_sound:
        return None
    target = job.work / SOUND
    try:
        encode.encode_sound(job, Sound(None, target), target, stages.stage(AFTER_SOUND, job.seconds))
    except (ToolFailed, ToolTimedOut):
        return None
    return target


def _step(info: MediaInfo) -> Rendition:
    """The largest step of the ladder that has no more than 720 lines."""
    steps = ladder(info)
    return next((step for step in steps if min(step.width, step.height) <= MOST_SIDE), steps[-1])
