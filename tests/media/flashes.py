"""A clip that flashes and beeps at each full second, and when a film made of it does so."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import av

RATE = 48_000
PAUSE = 0.1
"""Seconds: what comes after a longer quiet is a new beep."""


@dataclass(frozen=True, slots=True)
class Marks:
    """When a film begins to be bright and to be loud, and how long picture and sound are. In seconds."""

    flashes: tuple[float, ...]
    beeps: tuple[float, ...]
    picture: float
    sound: float


def clip(
    make: Callable[..., Path], name: str, *, rate: str = "25", seconds: int = 8, size: str = "320x180"
) -> Path:
    """Black but for 80 ms at each full second, silent but for 40 ms."""
    bright = "drawbox=x=0:y=0:w=iw:h=ih:color=white:t=fill:enable='lt(mod(t+0.0005,1),0.08)'"
    picture = f"color=c=black:s={size}:r={rate}:d={seconds},{bright}"
    sound = f"aevalsrc='0.5*sin(2*PI*1000*t)*lt(mod(t,1),0.04)':s={RATE}:d={seconds}"
    inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound]
    coding = ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "2", "-g", "50", "-pix_fmt", "yuv420p"]
    return make(name, *inputs, *coding, "-c:a", "aac", "-b:a", "128k")


def marks(path: Path) -> Marks:
    """The flashes and beeps of a film."""
    flashes, before, end = [], 0.0, 0.0
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            plane = bytes(frame.planes[0])[::97]
            bright = sum(plane) / len(plane)
            if bright > 100 >= before:
                flashes.append(frame.time)
            before, end = bright, frame.time
        picture = container.streams.video[0]
        end += float(picture.duration * picture.time_base) - end if picture.duration else 0.0
    heard, start = sound(path)
    loud = max(abs(value) for value in heard) / 10
    beeps, last = [], -RATE
    for number, value in enumerate(heard):
        if abs(value) > loud:
            if number - last > PAUSE * RATE:
                beeps.append(start + number / RATE)
            last = number
    return Marks(tuple(flashes), tuple(beeps), end, start + len(heard) / RATE)


def sound(path: Path) -> tuple[array, float]:
    """The first channel, -1 to 1, and when it begins."""
    found, start = array("f"), None
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            start = frame.time if start is None else start
            found.frombytes(bytes(frame.planes[0])[: frame.samples * 4])
    return found, start or 0.0
