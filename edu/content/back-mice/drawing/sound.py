"""Brings the narration to broadcast loudness and writes it as a wave file."""

import re
import subprocess
import wave
from pathlib import Path

import numpy as np
from imageio_ffmpeg import get_ffmpeg_exe
from numpy.typing import NDArray

from .festival import SAMPLE_RATE

TARGET = -16.0  # LUFS, integrated (EBU R 128)
CEILING = 0.71  # of full scale: -3 dB, as AAC lets peaks grow by about 1 dB and -1.5 dBTP is the limit
PRESENCE = (
    "highpass=f=70,equalizer=f=3200:t=q:w=1:g=3,equalizer=f=250:t=q:w=1:g=-2"  # the voice is a little dull
)


def master(samples: NDArray[np.float32], folder: Path) -> Path:
    """Write `narration.wav` (48 kHz) into `folder`, at the target loudness with its peaks limited."""
    raw = folder / "raw.wav"
    with wave.open(str(raw), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(SAMPLE_RATE)
        out.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    gain = TARGET - _loudness(raw, PRESENCE)
    first = _limited(gain)
    gain += TARGET - _loudness(raw, first)
    done = folder / "narration.wav"
    _ffmpeg("-i", str(raw), "-af", _limited(gain), "-ar", "48000", str(done))
    return done


def _limited(gain: float) -> str:
    """The limiter runs at four times the rate, so that peaks between the samples are caught too."""
    limiter = f"alimiter=limit={CEILING}:level=0:attack=2:release=60"
    return f"{PRESENCE},volume={gain:.2f}dB,aresample=192000,{limiter}"


def _loudness(path: Path, chain: str) -> float:
    said = _ffmpeg("-i", str(path), "-af", f"{chain},ebur128", "-f", "null", "-")
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", said)[-1])


def _ffmpeg(*arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own argv
        [get_ffmpeg_exe(), "-hide_banner", "-nostdin", "-y", *arguments],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"ffmpeg: {done.stderr[-800:]}")
    return done.stderr
