"""package() and fast_path(): a recording becomes a folder that browsers can play from."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from media.contents import Package, PackageKind, list_files
from media.edit import WHOLE, Edit
from media.errors import ToolFailed, ToolTimedOut, UnreadableMedia, UnsupportedMedia
from media.info import MediaInfo
from media.making import encode, frames, hls, remux
from media.making.encode import Job, Sound, working
from media.making.frames import Frames
from media.making.ladder import ladder
from media.making.report import Findings, compose, write_report
from media.making.sounds import add_sounds
from media.making.stills import Candidate, Stills, make_stills
from media.making.waveform import Heard, write_waveform
from media.reading.pace import pace
from media.reading.probe import probe
from media.running.progress import Cancelled, Progress, Stages
from media.running.tools import Tools

SOUND_FILE, WAVEFORM = "audio.m4a", "waveform.json"
AFTER_SOUND, AFTER_PICTURES = 0.06, 0.97
"""Shares of the whole work, as measured on lectures and phone clips."""
QUICK_TILES = 40
"""Key frames that the fast path looks at."""


def package(
    path: str | Path,
    folder: str | Path,
    *,
    edit: Edit = WHOLE,
    sources: Mapping[str, Path] | None = None,
    info: MediaInfo | None = None,
    tools: Tools | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Package:
    """Convert the recording at `path`, or the film that `edit` makes of it, into `folder`, which is made when
    missing.

    The folder gets master.m3u8, one single-file fragmented MP4 with its byte-range playlist per rendition,
    frames.json, poster.jpg with candidates, storyboard.jpg and .vtt, waveform.json and report.json; for sound
    alone audio.m4a, waveform.json and report.json. `sources` are the files of the other recordings that the
    edit names. `progress` is called with 0 to 1, several times a second while a tool runs; `cancelled` is
    asked as often. `info`, of the recording, spares a second probe. Raises EditError or a MediaError; what
    then lies in the folder is unfinished work and should be thrown away.
    """
    source, target = Path(path).absolute(), Path(folder).absolute()
    stages = Stages(progress, cancelled)
    known, cut = encode.plan(source, info or probe(source, cancelled=cancelled), edit, sources, cancelled)
    with working(source, known, target, tools or Tools(), cancelled, cut) as job:
        stages.reach(0.0)
        sound = _sound(job, stages, target)
        gain = sound.loudness.gain if sound and sound.loudness else 0.0
        heard = write_waveform(sound.samples if sound else None, target / WAVEFORM, gain=gain)
        if known.picture is None:
            return _finish_sound(job, target, sound, heard, stages)
        return _finish_video(job, target, sound, heard, stages)


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
    with working(source, known, target, tools or Tools(), cancelled) as job:
        name = str(min(known.width, known.height))
        copied = job.work / f"{name}.mp4"
        if not remux.copy(job, copied, stages.stage(0.5, job.seconds)):
            return None
        moved = copied.replace(target / copied.name)
        shown = write_frames(target, moved)
        rate = float(shown.mean_rate)
        variant = hls.write_variant(target, name, (known.width, known.height), frame_rate=rate)
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
            tools=job.tools,
        )
        findings = Findings(known, None, stills.pictures, copied=True)
        done = _describe(job, target, findings, (variant,), stills, shown, is_final=False)
        stages.reach(1.0)
        return done


def _sound(job: Job, stages: Stages, folder: Path) -> Sound | None:
    """The sound, measured and coded; None when there is none or it is damaged, which is no reason to lose the
    picture.
    """
    if not job.has_sound:
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


def _finish_video(job: Job, folder: Path, sound: Sound | None, heard: Heard, stages: Stages) -> Package:
    renditions = ladder(job.info)
    targets = [folder / f"{rendition.name}.mp4" for rendition in renditions]
    tick = stages.stage(AFTER_PICTURES, job.seconds)
    held = 0.0 if job.cut else encode.held(job.info, heard.seconds)
    encode.encode_pictures(job, renditions, targets, sound.coded if sound else None, tick, hold=held)
    shown = write_frames(folder, targets[0])
    rate = float(shown.mean_rate)
    variants = tuple(
        hls.write_variant(folder, r.name, (r.width, r.height), frame_rate=rate) for r in renditions
    )
    hls.write_master(folder, variants)
    offered = add_sounds(job, variants, folder, stages.stage(AFTER_PICTURES, 0))
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
        tools=job.tools,
    )
    findings = Findings(
        job.info,
        sound.loudness if sound else None,
        stills.pictures,
        sound_dropped=(bool(job.info.audio) or job.has_sound) and sound is None,
        tones_mapped=job.found.can_map_tones,
        heard=heard if sound else None,
        pace=pace(shown.durations, shown.timescale),
        made=max(variant.seconds for variant in variants),
        held=held,
        is_edited=job.cut is not None,
        offered=offered.indexes,
        patched=offered.patched,
        unjoined=offered.unjoined,
    )
    done = _describe(job, folder, findings, variants, stills, shown, is_final=True)
    stages.reach(1.0)
    return dataclasses.replace(done, sounds=offered.choices)


def _finish_sound(job: Job, folder: Path, sound: Sound | None, heard: Heard, stages: Stages) -> Package:
    if sound is None:
        raise UnsupportedMedia("no-streams")
    findings = Findings(job.info, sound.loudness, heard=heard, is_edited=job.cut is not None)
    done = _describe(job, folder, findings, (), None, None, is_final=True)
    stages.reach(1.0)
    return done


def write_frames(folder: Path, rendition: Path) -> Frames:
    """Write frames.json: when each picture is shown. Raises UnreadableMedia when there is none."""
    try:
        found = frames.measure(rendition)
    except ValueError as error:
        raise UnreadableMedia("no-frames") from error
    frames.write(found, folder)
    return found


def _describe(
    job: Job,
    folder: Path,
    findings: Findings,
    variants: tuple[hls.Variant, ...],
    stills: Stills | None,
    shown: Frames | None,
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
        duration=round(largest.seconds * 1000) if largest else job.length,
        width=largest.width if largest else 0,
        height=largest.height if largest else 0,
        frame_rate=float(shown.mean_rate) if shown else 0.0,
        rate=shown.rate.as_integer_ratio() if shown and shown.rate else None,
        master=hls.MASTER if variants else None,
        renditions=variants,
        posters=posters,
        files=(),
        loudness=findings.loudness,
        report=report,
        info=findings.info,
    )
    return dataclasses.replace(described, files=list_files(folder))
