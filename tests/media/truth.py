"""What a recording shows and says by ffmpeg's own reading, and how near a converted one comes to it."""

import math
import re
import subprocess
from array import array
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

SIDE = 16
AREA = SIDE * SIDE
RATE = 8000
STEP = 80
"""Samples that one value of an envelope stands for: 10 ms."""
PICTURE_TIME = re.compile(r"Parsed_showinfo.*? pts_time:(\S+)")
SOUND_TIME = re.compile(r"Parsed_ashowinfo.*? pts_time:(\S+)")


@dataclass(frozen=True, slots=True)
class Reading:
    """Decoded pictures (16 x 16, R G B) with their times, and the loudness of the sound in steps of 10 ms.

    All times are seconds from the first picture; `sound_start` is None without a sound.
    """

    times: tuple[float, ...]
    pictures: tuple[bytes, ...]
    sound_start: float | None
    envelope: tuple[float, ...]

    @property
    def end(self) -> float:
        """When the last picture ends, if it stays as long as the middle one of all."""
        gaps = sorted(after - before for before, after in pairwise(self.times))
        return self.times[-1] - self.times[0] + (gaps[len(gaps) // 2] if gaps else 0.0)

    def at(self, seconds: float) -> bytes:
        """The picture that is nearest to a time after the first one."""
        wanted = self.times[0] + seconds
        return self.pictures[min(range(len(self.times)), key=lambda number: abs(self.times[number] - wanted))]


def read(
    ffmpeg: Path,
    path: Path,
    *,
    options: tuple[str, ...] = (),
    fields: bool = False,
    matrix: str = "",
    see_through: bool = False,
) -> Reading:
    """Decode all of a file, upright as ffmpeg turns it; `fields` makes pictures of two turns whole, `matrix`
    replaces the name of the colour matrix, and what one can `see_through` is white.
    """
    whole = "bwdif=deint=interlaced," if fields else ""
    if matrix:
        whole += f"setparams=colorspace={matrix}:color_primaries=bt709:color_trc=bt709,"
    if see_through:
        whole += "format=gbrap,premultiply=inplace=1,"
    kind = "rgba" if see_through else "rgb24"
    # In two steps, so that the colours are not those of 4:2:0 at 16 x 16.
    smaller = [f"scale={side}:{side}:flags=area,format={kind}" for side in (4 * SIDE, SIDE)]
    shown = f"{whole}showinfo=checksum=0,{','.join(smaller)}"
    if see_through and path.suffix == ".webm":
        options = (*options, "-c:v", "libvpx-vp9")
    picture = ["-map", "0:v:0?", "-vf", shown, "-fps_mode", "passthrough", "-f", "rawvideo"]
    video, heard = _both(ffmpeg, path, options, picture)
    times = tuple(float(time) for time in PICTURE_TIME.findall(video[1]))
    shown_bytes = _on_white(video[0]) if see_through else video[0]
    pixels = [shown_bytes[at : at + 3 * AREA] for at in range(0, len(shown_bytes), 3 * AREA)]
    sounds = SOUND_TIME.findall(heard[1])
    start = float(sounds[0]) - (times[0] if times else 0.0) if sounds else None
    return Reading(times, tuple(pixels), start, envelope(heard[0]))


def _both(ffmpeg: Path, path: Path, options: tuple[str, ...], picture: list[str]) -> list[tuple[bytes, str]]:
    sound = ["-map", "0:a:0?", "-af", "ashowinfo", "-ac", "1", "-ar", str(RATE), "-f", "s16le"]
    found = []
    for wanted in (picture, sound):
        # The file's own times: else the clock of some formats depends on the tracks that are read.
        command = [ffmpeg, "-hide_banner", "-nostdin", "-nostats", "-copyts", *options, "-i", f"file:{path}"]
        ended = subprocess.run([*command, *wanted, "-"], capture_output=True, timeout=120, check=False)
        found.append((ended.stdout, ended.stderr.decode("utf-8", "replace")))
    return found


def _on_white(pixels: bytes) -> bytes:
    """R G B A, already multiplied by A, over white."""
    return bytes(
        min(255, pixels[at + colour] + 255 - pixels[at + 3])
        for at in range(0, len(pixels), 4)
        for colour in range(3)
    )


def envelope(samples: bytes) -> tuple[float, ...]:
    """The mean size of the samples in each step."""
    values = array("h", samples[: len(samples) // 2 * 2])
    steps = (values[at : at + STEP] for at in range(0, len(values) - STEP + 1, STEP))
    return tuple(sum(map(abs, step)) / STEP for step in steps)


def psnr(one: bytes, other: bytes) -> float:
    """Peak signal-to-noise ratio in dB; 99 for equal pictures."""
    error = sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) / len(one)
    return 99.0 if error == 0 else 10 * math.log10(255**2 / error)


def grey(picture: bytes) -> list[float]:
    """Brightness of each point."""
    return [sum(picture[at : at + 3]) / 3 for at in range(0, len(picture), 3)]


def likeness(one: bytes, other: bytes) -> float:
    """Correlation of brightness, from -1 to 1: the same shapes whatever became of the tones."""
    a, b = grey(one), grey(other)
    mean_a, mean_b = sum(a) / AREA, sum(b) / AREA
    product = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    size = math.sqrt(sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b))
    return product / size if size else 1.0


def turned(picture: bytes, way: int) -> bytes:
    """One of the eight ways to lay a square picture: quarter turns, from the fifth on mirrored."""
    points = [picture[at : at + 3] for at in range(0, len(picture), 3)]
    rows = [points[at : at + SIDE] for at in range(0, AREA, SIDE)]
    for _ in range(way % 4):
        rows = [list(column) for column in zip(*reversed(rows), strict=True)]
    if way >= 4:
        rows = [list(reversed(row)) for row in rows]
    return b"".join(b"".join(row) for row in rows)


def best_way(one: bytes, other: bytes) -> int:
    """Which of the eight ways of laying `other` looks most like `one`; 0 is as it is."""
    return max(range(8), key=lambda way: (round(likeness(one, turned(other, way)), 3), way == 0))


def shift(source: Reading, made: Reading, most: float = 0.5) -> float:
    """By how many seconds the sound of `made` is later against its picture than that of `source`.

    The place where both envelopes agree best, within `most` seconds.
    """
    if source.sound_start is None or made.sound_start is None:
        raise ValueError("both need a sound")
    offset = round((source.sound_start - made.sound_start) * RATE / STEP)
    far = round(most * RATE / STEP)
    lags = sorted(range(-far, far + 1), key=abs)
    best = max(lags, key=lambda lag: _agreement(source.envelope, made.envelope, offset + lag))
    return best * STEP / RATE


def _agreement(one: tuple[float, ...], other: tuple[float, ...], lag: int) -> float:
    pairs = [(one[at - lag], other[at]) for at in range(max(lag, 0), min(len(other), len(one) + lag))]
    if len(pairs) < 5:
        return -1.0
    mean_a, mean_b = (sum(pair[side] for pair in pairs) / len(pairs) for side in (0, 1))
    product = sum((a - mean_a) * (b - mean_b) for a, b in pairs)
    size = math.sqrt(sum((a - mean_a) ** 2 for a, _ in pairs) * sum((b - mean_b) ** 2 for _, b in pairs))
    return product / size * min(1.0, len(pairs) / len(other)) if size else -1.0


@dataclass(frozen=True, slots=True)
class Compared:
    """How a converted recording differs from its source.

    `way` is 0 when it is upright; `likeness` is the least correlation and `noise_ratio` the least PSNR (dB)
    of the first, the middle and the last picture; `shift` is None without a sound to go by; `first` are the
    times of the first picture and the first sample.
    """

    way: int
    likeness: float
    noise_ratio: float
    shift: float | None
    source_end: float
    made_end: float
    first: tuple[float, float | None]


def compare(source: Reading, made: Reading) -> Compared:
    """Compare the pictures at three times and the sound as a whole."""
    last = min(source.times[-1] - source.times[0], made.times[-1] - made.times[0])
    pairs = [(source.at(time), made.at(time)) for time in (0.0, last / 2, last)]
    can_hear = max(source.envelope, default=0) > 30 and max(made.envelope, default=0) > 30
    return Compared(
        way=best_way(*pairs[1]),
        likeness=min(likeness(*pair) for pair in pairs),
        noise_ratio=min(psnr(*pair) for pair in pairs),
        shift=shift(source, made) if can_hear else None,
        source_end=source.end,
        made_end=made.end,
        first=(made.times[0], None if made.sound_start is None else made.sound_start + made.times[0]),
    )
