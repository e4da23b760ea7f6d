"""The ingest report: what was found in a recording and what was done about it, in codes and words."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from statistics import median

from media.info import MediaInfo, VideoStream
from media.loudness import Loudness
from media.stills import DARK, KeyPicture

REPORT = "report.json"
CLIPPING_DBTP = -0.1
STILL_QUIET_LUFS = -20.0
LOW_SIDE, TOP_SIDE = 480, 1080
LOW_RATE, TOP_RATE = 20, 60

TEXTS: Mapping[str, str] = {
    "no-sound": "The recording has no sound. Say in the captions or the text what is not heard.",
    "sound-dropped": "The sound could not be decoded and was left out. Export the recording again.",
    "sound-silent": "The sound track is silent. Check that the microphone was on.",
    "sound-raised": "The sound was quiet ({loudness} LUFS) and was raised by {gain} dB.",
    "sound-lowered": "The sound was loud ({loudness} LUFS) and was lowered by {gain} dB.",
    "sound-still-quiet": (
        "The voice stays quiet ({loudness} LUFS), since single loud peaks leave no room. "
        "Next time bring the microphone closer."
    ),
    "sound-clips": "The sound is distorted at its peaks. Next time set the microphone lower.",
    "several-sounds": "The file holds {count} sound tracks; number {chosen} is used.",
    "captions-inside": "The file holds {count} subtitle tracks that can be taken over as captions.",
    "chapters-inside": "The file holds {count} chapters that can be taken over.",
    "portrait": "The picture is tall and fills only the middle of a wide screen. Hold the phone sideways.",
    "turned": "The picture was turned by {degrees} degrees, as the camera asked.",
    "interlaced": "The picture was interlaced and has been made whole.",
    "tones-mapped": "The picture was HDR and has been brought to ordinary screens.",
    "tones-not-mapped": "The picture is HDR and looks pale on most screens. Film without HDR.",
    "uneven-rate": "The pictures are not evenly spaced in time; their own times are kept.",
    "low-rate": "The recording has only {rate} pictures per second; quick movements will look jerky.",
    "rate-reduced": "The recording has {rate} pictures per second; 60 are kept.",
    "size-reduced": "The picture has {width} x {height} pixels; it is shown at up to 1080 lines.",
    "low-size": "The picture is small ({width} x {height} pixels). Film at 1920 x 1080 if you can.",
    "dark": "The picture is dark. More light on the hands would help.",
    "copied": "Shown as uploaded for now; versions for slower lines are being made.",
}


class Level(StrEnum):
    """How much a remark asks of the reader."""

    NOTE = "note"
    ADVICE = "advice"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding: `code` and `parameters` for translation, `text` in English."""

    code: str
    level: Level
    text: str
    parameters: dict[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Report:
    """All remarks on one recording, the gravest first."""

    remarks: tuple[Remark, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The codes that occur."""
        return frozenset(remark.code for remark in self.remarks)


@dataclass(frozen=True, slots=True)
class Findings:
    """What the stages of packaging found. `loudness` is None when there is no usable sound."""

    info: MediaInfo
    loudness: Loudness | None = None
    pictures: tuple[KeyPicture, ...] = ()
    sound_dropped: bool = False
    tones_mapped: bool = True
    copied: bool = False


def compose(findings: Findings) -> Report:
    """Put the findings into words."""
    found = [*_on_sound(findings), *_on_picture(findings), *_on_rest(findings)]
    order = (Level.WARNING, Level.ADVICE, Level.NOTE)
    return Report(tuple(sorted(found, key=lambda remark: order.index(remark.level))))


def write_report(report: Report, folder: Path) -> None:
    """Write report.json into `folder`."""
    remarks = [asdict(remark) for remark in report.remarks]
    text = json.dumps({"version": 1, "remarks": remarks}, ensure_ascii=False, indent=1)
    (folder / REPORT).write_text(text + "\n", encoding="utf-8")


def _remark(code: str, level: Level, **parameters: str | int | float) -> Remark:
    return Remark(code, level, TEXTS[code].format(**parameters), parameters)


def _on_sound(findings: Findings) -> Iterator[Remark]:
    info, loudness = findings.info, findings.loudness
    if findings.sound_dropped:
        yield _remark("sound-dropped", Level.WARNING)
    elif not info.audio:
        yield _remark("no-sound", Level.ADVICE)
    if len(info.audio) > 1 and info.sound is not None:
        chosen = info.audio.index(info.sound) + 1
        yield _remark("several-sounds", Level.NOTE, count=len(info.audio), chosen=chosen)
    if loudness is not None:
        yield from _on_loudness(loudness)


def _on_loudness(loudness: Loudness) -> Iterator[Remark]:
    level, gain = round(loudness.integrated, 1), loudness.gain
    if loudness.is_silent:
        yield _remark("sound-silent", Level.WARNING)
        return
    if loudness.peak > CLIPPING_DBTP:
        yield _remark("sound-clips", Level.ADVICE)
    if gain > 0:
        yield _remark("sound-raised", Level.NOTE, loudness=level, gain=round(gain, 1))
    if gain < 0:
        yield _remark("sound-lowered", Level.NOTE, loudness=level, gain=round(-gain, 1))
    if loudness.integrated + gain < STILL_QUIET_LUFS:
        after = round(loudness.integrated + gain, 1)
        yield _remark("sound-still-quiet", Level.ADVICE, loudness=after)


def _on_picture(findings: Findings) -> Iterator[Remark]:
    picture = findings.info.picture
    if picture is None:
        return
    width, height = picture.width, picture.height
    if height > width:
        yield _remark("portrait", Level.ADVICE)
    if picture.rotation:
        yield _remark("turned", Level.NOTE, degrees=picture.rotation)
    if min(width, height) < LOW_SIDE:
        yield _remark("low-size", Level.ADVICE, width=width, height=height)
    if min(width, height) > TOP_SIDE:
        yield _remark("size-reduced", Level.NOTE, width=width, height=height)
    if findings.pictures and median(seen.brightness for seen in findings.pictures) < DARK:
        yield _remark("dark", Level.ADVICE)
    if picture.is_hdr:
        mapped = findings.tones_mapped
        yield _remark("tones-mapped", Level.NOTE) if mapped else _remark("tones-not-mapped", Level.WARNING)


def _on_rate(picture: VideoStream) -> Iterator[Remark]:
    if picture.is_interlaced:
        yield _remark("interlaced", Level.NOTE)
    elif picture.variable_rate:
        yield _remark("uneven-rate", Level.NOTE)
    if picture.frame_rate < LOW_RATE:
        yield _remark("low-rate", Level.ADVICE, rate=round(picture.frame_rate, 2))
    if picture.frame_rate > TOP_RATE + 1:
        yield _remark("rate-reduced", Level.NOTE, rate=round(picture.frame_rate))


def _on_rest(findings: Findings) -> Iterator[Remark]:
    info = findings.info
    if info.picture is not None:
        yield from _on_rate(info.picture)
    texts = sum(1 for stream in info.subtitles if stream.is_text)
    if texts:
        yield _remark("captions-inside", Level.NOTE, count=texts)
    if info.chapters:
        yield _remark("chapters-inside", Level.NOTE, count=len(info.chapters))
    if findings.copied:
        yield _remark("copied", Level.NOTE)
