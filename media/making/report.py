"""The ingest report: what was found in a recording and what was done about it, in codes and words."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from media.info import MediaInfo, VideoStream
from media.making.loudness import Loudness
from media.making.remarks import TEXTS, Level, Remark, clock, remark
from media.making.remux import LONGEST_GROUP, is_web_ready
from media.making.stills import BRIGHT, DARK, KeyPicture
from media.making.waveform import Heard
from media.reading.pace import EVEN, MOST_NAMED, Pace

__all__ = ["TEXTS", "Findings", "Level", "Remark", "Report", "compose", "write_report"]

REPORT = "report.json"
CLIPPING_DBTP = -0.1
STILL_QUIET_LUFS = -20.0
LOW_SIDE, TOP_SIDE = 480, 1080
LOW_RATE, TOP_RATE = 20, 60
BUSY = 0.7
"""Detail from which on a picture shows more than letters on a plain ground."""
FLAT = 90.0
"""Less between the darkest and the brightest point (0 to 255) is no contrast."""
FEW_BITS = 0.02
"""Bits for a pixel of H.264, below which a film of much detail looks blocky."""
THRIFTY = {"hevc": 0.6, "vp9": 0.6, "av1": 0.5}
"""Share of those bits that newer codings need."""
SHAKY = 0.1
MOST_CHOICES = 3
"""Further sounds of a film that viewers can choose from."""
EARLY_SECONDS, EARLY_SHARE = 2.0, 0.02
"""A track that ends so much earlier than the other, or than it says itself, is remarked on."""


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
    """What the stages of packaging found. `loudness` and `heard` are None when there is no usable sound.

    `made` is the length of the film in seconds (0: not known), `held` for how many of them its last picture
    stays. An edited film is not compared in length with its recording: `is_edited`. `offered` are the places
    of the further sounds that viewers can choose (None: not yet known); `patched` and `unjoined` as in
    media.making.sounds.
    """

    info: MediaInfo
    loudness: Loudness | None = None
    pictures: tuple[KeyPicture, ...] = ()
    sound_dropped: bool = False
    tones_mapped: bool = True
    copied: bool = False
    heard: Heard | None = None
    pace: Pace = EVEN
    made: float = 0.0
    held: float = 0.0
    is_edited: bool = False
    offered: tuple[int, ...] | None = None
    patched: tuple[str, ...] = ()
    unjoined: tuple[str, ...] = ()


def compose(findings: Findings) -> Report:
    """Put the findings into words."""
    found = [*_on_sound(findings), *_on_picture(findings), *_on_looks(findings)]
    found += [*_on_length(findings), *_on_rest(findings)]
    order = (Level.WARNING, Level.ADVICE, Level.NOTE)
    return Report(tuple(sorted(found, key=lambda one: order.index(one.level))))


def write_report(report: Report, folder: Path) -> None:
    """Write report.json into `folder`."""
    remarks = [asdict(one) for one in report.remarks]
    text = json.dumps({"version": 1, "remarks": remarks}, ensure_ascii=False, indent=1)
    (folder / REPORT).write_text(text + "\n", encoding="utf-8")


def _on_sound(findings: Findings) -> Iterator[Remark]:
    info, loudness = findings.info, findings.loudness
    if findings.sound_dropped:
        yield remark("sound-dropped", Level.WARNING)
    elif not info.audio:
        yield remark("no-sound", Level.ADVICE)
    yield from _on_choices(findings)
    if loudness is not None:
        yield from _on_loudness(loudness)
        if info.sound is not None and info.sound.channels > 2:
            yield remark("sound-mixed", Level.NOTE, count=info.sound.channels)
    if findings.heard and findings.heard.silences and not (loudness and loudness.is_silent):
        yield remark("silent-stretches", Level.ADVICE, times=_stretches(findings.heard.silences))


def _on_choices(findings: Findings) -> Iterator[Remark]:
    """Which of several sounds is heard, and what viewers cannot choose."""
    info, offered = findings.info, findings.offered
    if len(info.audio) > 1 and info.sound is not None and not findings.sound_dropped:
        chosen = info.audio.index(info.sound) + 1
        code = "several-sounds" if offered or offered is None else "one-sound-used"
        yield remark(code, Level.NOTE, count=len(info.audio), chosen=chosen)
    left = [
        str(number)
        for number, stream in enumerate(info.audio, 1)
        if offered is not None and stream is not info.sound and stream.index not in offered
    ]
    if left:
        yield remark("sounds-left-out", Level.NOTE, numbers=", ".join(left), most=MOST_CHOICES)
    if findings.patched:
        yield remark("sounds-patched", Level.ADVICE, names=", ".join(findings.patched))
    if findings.unjoined:
        yield remark("sounds-unjoined", Level.NOTE, names=", ".join(findings.unjoined))


def _stretches(silences: tuple[tuple[float, float], ...]) -> str:
    named = [f"{clock(start)}\u2013{clock(end)}" for start, end in silences[:MOST_NAMED]]
    return ", ".join(named) + (" …" if len(silences) > MOST_NAMED else "")


def _on_loudness(loudness: Loudness) -> Iterator[Remark]:
    level, gain = round(loudness.integrated, 1), loudness.gain
    if loudness.is_silent:
        yield remark("sound-silent", Level.WARNING)
        return
    if loudness.peak > CLIPPING_DBTP:
        yield remark("sound-clips", Level.ADVICE)
    if loudness.side:
        yield remark("sound-one-side", Level.NOTE, side=loudness.side)
    if gain > 0:
        yield remark("sound-raised", Level.NOTE, loudness=level, gain=round(gain, 1))
    if gain < 0:
        yield remark("sound-lowered", Level.NOTE, loudness=level, gain=round(-gain, 1))
    if loudness.integrated + gain < STILL_QUIET_LUFS:
        after = round(loudness.integrated + gain, 1)
        yield remark("sound-still-quiet", Level.ADVICE, loudness=after)


def _on_picture(findings: Findings) -> Iterator[Remark]:
    picture = findings.info.picture
    if picture is None:
        return
    width, height = picture.width, picture.height
    if height > width:
        yield remark("portrait", Level.ADVICE)
    if picture.mirrored:
        yield remark("mirrored", Level.NOTE)
    elif picture.rotation:
        yield remark("turned", Level.NOTE, degrees=picture.rotation)
    if min(width, height) < LOW_SIDE:
        yield remark("low-size", Level.ADVICE, width=width, height=height)
    if min(width, height) > TOP_SIDE:
        yield remark("size-reduced", Level.NOTE, width=width, height=height)
    yield from _on_rate(picture, findings.pace)
    if picture.key_gap > LONGEST_GROUP and is_web_ready(findings.info):
        yield remark("rare-key-frames", Level.NOTE, seconds=round(picture.key_gap))
    yield from _on_colours(picture, findings.tones_mapped)


def _on_colours(picture: VideoStream, mapped: bool) -> Iterator[Remark]:
    if picture.has_alpha:
        yield remark("see-through", Level.NOTE)
    if picture.is_hdr:
        yield remark("tones-mapped", Level.NOTE) if mapped else remark("tones-not-mapped", Level.WARNING)


def _on_looks(findings: Findings) -> Iterator[Remark]:
    """What the key frames look like, and whether there are data enough for what is in them."""
    picture, seen = findings.info.picture, findings.pictures
    if picture is None or not seen:
        return
    brightness, detail = median(one.brightness for one in seen), median(one.detail for one in seen)
    if brightness < DARK:
        yield remark("dark", Level.ADVICE)
    elif brightness > BRIGHT and detail > BUSY:  # a white slide is bright as well
        yield remark("too-bright", Level.ADVICE)
    elif median(one.contrast for one in seen) < FLAT:
        yield remark("flat", Level.ADVICE)
    rate = _bits_per_second(findings.info)
    pixels = picture.width * picture.height * min(max(picture.frame_rate, 1.0), TOP_RATE)
    if detail > BUSY and 0 < rate < FEW_BITS * THRIFTY.get(picture.codec, 1.0) * pixels:
        yield remark("low-bit-rate", Level.ADVICE, rate=round(rate / 1000))


def _bits_per_second(info: MediaInfo) -> float:
    """Of the picture; of the whole file where the header does not say it."""
    written = info.picture.bit_rate if info.picture else 0
    return written or (info.size * 8000 / info.duration if info.duration > 0 else 0.0)


def _on_rate(picture: VideoStream, pace: Pace) -> Iterator[Remark]:
    if picture.is_interlaced:
        yield remark("interlaced", Level.NOTE)
    elif pace.uneven > SHAKY and picture.frame_rate >= LOW_RATE:
        yield remark("shaky-rate", Level.ADVICE)
    elif picture.variable_rate:
        yield remark("uneven-rate", Level.NOTE)
    if pace.stands:
        longest = max(seconds for _, seconds in pace.stands)
        times = ", ".join(clock(start) for start, _ in pace.stands[:MOST_NAMED])
        yield remark("picture-stands", Level.ADVICE, seconds=round(longest, 1), times=times)
    if picture.frame_rate < LOW_RATE:
        yield remark("low-rate", Level.ADVICE, rate=round(picture.frame_rate, 2))
    if picture.frame_rate > TOP_RATE + 1:
        yield remark("rate-reduced", Level.NOTE, rate=round(picture.frame_rate))


def _on_length(findings: Findings) -> Iterator[Remark]:
    """What is missing at the end of a track."""
    info, heard = findings.info, findings.heard
    if findings.held >= EARLY_SECONDS:
        yield remark("picture-ends-early", Level.ADVICE, seconds=round(findings.held, 1))
    if findings.is_edited:
        return
    made = findings.made or (heard.seconds if heard and info.picture is None else 0.0)
    claimed = _claimed(info)
    if made and _is_early(made, claimed):
        yield remark("cut-short", Level.WARNING, made=clock(made), claimed=clock(claimed))
    if findings.made and heard and heard.seconds and _is_early(heard.seconds, findings.made):
        missing = round(findings.made - heard.seconds, 1)
        yield remark("sound-ends-early", Level.ADVICE, at=clock(heard.seconds), seconds=missing)


def _claimed(info: MediaInfo) -> float:
    """Seconds that the header promises."""
    if info.picture is None:
        return info.duration / 1000
    return info.picture.end_seconds or info.duration / 1000 - info.picture.start_seconds


def _is_early(seconds: float, whole: float) -> bool:
    return whole - seconds > max(EARLY_SECONDS, EARLY_SHARE * whole)


def _on_rest(findings: Findings) -> Iterator[Remark]:
    info = findings.info
    texts = sum(1 for stream in info.subtitles if stream.is_text)
    if texts:
        yield remark("captions-inside", Level.NOTE, count=texts)
    if len(info.subtitles) > texts:
        yield remark("captions-drawn", Level.NOTE, count=len(info.subtitles) - texts)
    if info.chapters:
        yield remark("chapters-inside", Level.NOTE, count=len(info.chapters))
    if findings.copied:
        yield remark("copied", Level.NOTE)
