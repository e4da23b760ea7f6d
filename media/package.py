"""package() and fast_path(): a recording becomes a folder that browsers can play from."""

import dataclasses
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from media import encode, hls, remux
from media.contents import Package, PackageKind, list_files
from media.encode import Job, Sound
from media.errors import ToolFailed, ToolTimedOut, UnsupportedMedia
from media.info import MediaInfo
from media.ladder import ladder
from media.probe import probe
from media.progress import Cancelled, Progress, Stages
from media.report import Findings, compose, write_report
from media.stills import Candidate, Stills, make_stills
from media.tools import Tools, examine, find_ffmpeg
from media.waveform import write_waveform

SOUND_FILE, WAVEFORM = "audio.m4a", "waveform.json"
AFTER_SOUND, AFTER_PICTURES = 0.06, 0.97
"""Shares of the whole work, as measured on lectures and phone clips."""
QUICK_TILES = 40
"""Key frames that the fast path looks at."""


def package(
    path: str | Path,
    folder: str | Path,
    *,
    info: MediaInfo | None = None,
    tools: Tools | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Package:
    """Convert the recording at `path` into `folder`, which is made when missing.

    The folder gets master.m3u8, one single-file fragmented MP4 with its byte-range playlist per rendition,
    poster.jpg with candidates, storyboard.jpg and .vtt, waveform.json and report.json; for sound alone
    audio.m4a, waveform.json and report.json. `progress` is called with 0 to 1, several times a second while a
    tool runs; `cancelled` is asked as often. `info` spares a second probe. Raises a MediaError; what then
    lies in the folder is unfinished work and should be thrown away.
    """
    source, target = Path(path).absolute(), Path(folder).absolute()
    known = info or probe(source, cancelled=cancelled)
    stages = Stages(progress, cancelled)
    with _job(source, known, target, tools or Tools(), cancelled) as job:
        stages.reach(0.0)
        sound = _sound(job, stages, target)
        gain = sound.loudness.gain if sound and sound.loudness else 0.0
        write_waveform(sound.samples if sound else None, target / WAVEFORM, gain=gain)
        if known.picture is None:
            return _finish_sound(job, target, sound, stages)
        return _finish_video(job, target, sound, stages)


def fast_path(
    path: str | Path,
    folder: str | Path,
    *,
    info: MediaInfo | None = None,
    tools: Tools | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Package | None:
    """Make a web-ready recording watchable at once: the layout of `package` with one rendition, copied
    unchanged.

    The sound is not decoded: loudness and waveform.json are left to `package`, and there is one poster. Gives
    None, and leaves nothing in the folder, when the recording must be converted first. Raises a MediaError.
    """
    source, target = Path(path).absolute(), Path(folder).absolute()
    known = info or probe(source, cancelled=cancelled)
    if not remux.is_web_ready(known):
        return None
    stages = Stages(progress, cancelled)
    with _job(source, known, target, tools or Tools(), cancelled) as job:
        name = str(min(known.width, known.height))
        copied = job.work / f"{name}.mp4"
        if not remux.copy(job, copied, stages.stage(0.5, job.seconds)):
            return None
        moved = copied.replace(target / copied.name)
        variant = hls.write_variant(target, name, (known.width, known.height))
        hls.write_master(target, (variant,))
        size = (known.width, known.height)
        stills = make_stills(
            job.found,
            moved,
            moved,
            size,
            target,
            work=job.work,
            tiles=QUICK_TILES,
            choices=1,
            tick=stages.stage(1.0, 0),
            cancelled=cancelled,
        )
        findings = Findings(known, None, stills.pictures, copied=True)
        done = _describe(target, findings, (variant,), stills, is_final=False)
        stages.reach(1.0)
        return done


@contextmanager
def _job(
    source: Path, info: MediaInfo, folder: Path, tools: Tools, cancelled: Cancelled | None
) -> Iterator[Job]:
    """The work on one recording, with a folder for scraps that is gone afterwards."""
    found = examine(find_ffmpeg(tools.ffmpeg))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".work-", dir=folder) as work:
        yield Job(source, info, found, tools, Path(work), cancelled)


def _sound(job: Job, stages: Stages, folder: Path) -> Sound | None:
    """The sound, measured and coded; None when there is none or it is damaged, which is no reason to lose the
    picture.
    """
    if job.info.sound is None:
        return None
    alone = job.info.picture is None
    target = folder / SOUND_FILE if alone else job.work / SOUND_FILE
    middle, end = (0.4, 0.95) if alone else (AFTER_SOUND / 3, AFTER_SOUND)
    try:
        measured = encode.measure(job, stages.stage(middle, job.seconds))
        return encode.encode_sound(job, measured, target, stages.stage(end, job.seconds))
    except (ToolFailed, ToolTimedOut) as error:
        if alone:
            raise UnsupportedMedia("no-streams") from error
        return None


def _finish_video(job: Job, folder: Path, sound: Sound | None, stages: Stages) -> Package:
    renditions = ladder(job.info)
    targets = [folder / f"{rendition.name}.mp4" for rendition in renditions]
    tick = stages.stage(AFTER_PICTURES, job.seconds)
    encode.encode_pictures(job, renditions, targets, sound.coded if sound else None, tick)
    variants = tuple(hls.write_variant(folder, r.name, (r.width, r.height)) for r in renditions)
    hls.write_master(folder, variants)
    size = (renditions[0].width, renditions[0].height)
    stills = make_stills(
        job.found,
        targets[-1],
        targets[0],
        size,
        folder,
        work=job.work,
        tick=stages.stage(1.0, 0),
        cancelled=job.cancelled,
    )
    findings = Findings(
        job.info,
        sound.loudness if sound else None,
        stills.pictures,
        sound_dropped=bool(job.info.audio) and sound is None,
        tones_mapped=job.found.can_map_tones,
    )
    done = _describe(folder, findings, variants, stills, is_final=True)
    stages.reach(1.0)
    return done


def _finish_sound(job: Job, folder: Path, sound: Sound | None, stages: Stages) -> Package:
    if sound is None:
        raise UnsupportedMedia("no-streams")
    done = _describe(folder, Findings(job.info, sound.loudness), (), None, is_final=True)
    stages.reach(1.0)
    return done


def _describe(
    folder: Path,
    findings: Findings,
    variants: tuple[hls.Variant, ...],
    stills: Stills | None,
    *,
    is_final: bool,
) -> Package:
    report = compose(findings)
    write_report(report, folder)
    posters: tuple[Candidate, ...] = stills.candidates if stills else ()
    largest = max(variants, key=lambda variant: variant.height, default=None)
    described = Package(
        folder=folder,
        kind=PackageKind.VIDEO if variants else PackageKind.SOUND,
        is_final=is_final,
        duration=round(largest.seconds * 1000) if largest else findings.info.duration,
        width=largest.width if largest else 0,
        height=largest.height if largest else 0,
        frame_rate=largest.frame_rate if largest else 0.0,
        master=hls.MASTER if variants else None,
        renditions=variants,
        posters=posters,
        files=(),
        loudness=findings.loudness,
        report=report,
        info=findings.info,
    )
    return dataclasses.replace(described, files=list_files(folder))
