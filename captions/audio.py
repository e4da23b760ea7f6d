"""Sound for speech: any recording decoded to 16 kHz mono by PyAV, a block at a time, within limits."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, cast

import av
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer

from captions.errors import ErrorCode, refusal

Samples = npt.NDArray[np.int16]

RATE: Final = 16_000
"""Samples a second: what models of speech are made for."""
PER_MS: Final = RATE // 1000
MAX_SECONDS: Final = 6 * 3600
"""The longest recording that is decoded; its samples take 690 MB of disk, and never of memory."""
JUMP_MS: Final = 100
"""A hole in the times of the sound up to this long is an inexact clock; a longer one is filled by silence."""

FORMATS: Final = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,flv,mpegts,mpeg,asf,mxf,ogg,mp3,wav,flac,aac,aiff,caf"
)
"""Demuxers that read one file and no other; no playlist is among them."""
DECODERS: Final = frozenset(
    [
        "aac",
        "aac_latm",
        "ac3",
        "eac3",
        "dca",
        "mp1float",
        "mp2float",
        "mp3float",
        "mp1",
        "mp2",
        "mp3",
        "opus",
        "libopus",
        "vorbis",
        "flac",
        "alac",
        "wmav1",
        "wmav2",
        "wmapro",
        "amrnb",
        "amrwb",
        "speex",
        "libspeex",
        "adpcm_ms",
        "adpcm_ima_qt",
        "adpcm_ima_wav",
        "adpcm_swf",
        "nellymoser",
    ]
)


@dataclass(frozen=True, slots=True)
class Sound:
    """A decoded recording in an open file of its own, so that an hour takes no memory; `duration` in ms."""

    file: IO[bytes]
    duration: int

    def between(self, start: int, end: int) -> Samples:
        """The samples from `start` to `end`, in milliseconds, as far as they exist."""
        first = max(start, 0) * PER_MS
        count = max(min(end, self.duration) * PER_MS - first, 0)
        found = os.pread(self.file.fileno(), 2 * count, 2 * first)
        return np.frombuffer(found, dtype=np.int16)


def decode(path: Path | str, file: IO[bytes], *, max_seconds: int = MAX_SECONDS) -> Sound:
    """Decode the first sound track of a recording into `file`, which the caller opens and closes.

    Raises CaptionError: no such file or not readable, no sound in it, longer than `max_seconds`.
    """
    count = 0
    for block in blocks(path, max_seconds=max_seconds):
        file.write(block.tobytes())
        count += len(block)
    file.flush()
    if count < PER_MS:
        raise refusal(ErrorCode.NO_SOUND)
    return Sound(file, count // PER_MS)


def blocks(path: Path | str, *, max_seconds: int = MAX_SECONDS) -> Iterator[Samples]:
    """The first sound track as 16-bit samples at 16 kHz, mono, from the first picture of the film on.

    Where the recording says that its sound begins later, or has a hole, there is silence. Raises as
    decode(), and MemoryError where there is too little.
    """
    try:
        with _opened(path) as container:
            stream = _sound_track(container)
            yield from _placed(container, stream, max_seconds * RATE)
    except (av.error.FFmpegError, OSError, ValueError) as error:
        if getattr(error, "errno", None) == errno.ENOMEM:
            raise MemoryError("too little memory for the sound") from error
        raise refusal(ErrorCode.UNREADABLE_SOUND, why=str(error)[:200]) from error


def _opened(path: Path | str) -> InputContainer:
    place = Path(path).resolve()
    options = {"protocol_whitelist": "file", "format_whitelist": FORMATS, "max_streams": "100"}
    return av.open(f"file:{place}", options=options)


def _sound_track(container: InputContainer) -> AudioStream:
    if not container.streams.audio:
        raise refusal(ErrorCode.NO_SOUND)
    stream = container.streams.audio[0]
    # PyAV has no context for a coding that it knows no decoder for
    context = cast(Any, stream).codec_context
    name = context.name if context is not None else "unknown"
    if name not in DECODERS and not name.startswith("pcm_"):
        raise refusal(ErrorCode.UNREADABLE_SOUND, why=f"its sound is coded as {name}")
    return stream


def _zero(container: InputContainer) -> float:
    """The second, on the clock of the container, at which the film begins to be shown."""
    covers = av.stream.Disposition.attached_pic | av.stream.Disposition.timed_thumbnails
    for video in container.streams.video:
        if not video.disposition & covers and video.start_time is not None and video.time_base is not None:
            return float(video.start_time * video.time_base)
    return (container.start_time or 0) / av.time_base


def _placed(container: InputContainer, stream: AudioStream, limit: int) -> Iterator[Samples]:
    """Blocks one after the other, each where its time says that it belongs."""
    zero, position = _zero(container), 0
    for started, block in _resampled(container, stream):
        place = position if started is None else round((started - zero) * RATE)
        if place - position > JUMP_MS * PER_MS:
            _check_length(place, limit)
            yield from _silence(place - position)
            position = place
        elif position - place > JUMP_MS * PER_MS:
            block = block[position - place :]  # before the film begins, or said twice
        position += len(block)
        _check_length(position, limit)
        if len(block):
            yield block


def _silence(count: int) -> Iterator[Samples]:
    for first in range(0, count, RATE):
        yield np.zeros(min(RATE, count - first), dtype=np.int16)


def _check_length(position: int, limit: int) -> None:
    if position > limit:
        raise refusal(ErrorCode.SOUND_TOO_LONG, hours=f"{limit / RATE / 3600:g}")


def _resampled(container: InputContainer, stream: AudioStream) -> Iterator[tuple[float | None, Samples]]:
    """Each decoded piece with the second it begins at, where the file tells."""
    resampler, form = _resampler(), None
    for frame in _frames(container, stream):
        if form not in (None, _form(frame)):  # broadcasts change from stereo to surround on their way
            yield from _pieces(resampler, None)
            resampler = _resampler()
        form = _form(frame)
        yield from _pieces(resampler, frame)
    yield from _pieces(resampler, None)


def _resampler() -> av.AudioResampler:
    return av.AudioResampler(format="s16", layout="mono", rate=RATE)


def _form(frame: AudioFrame) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate


def _pieces(resampler: av.AudioResampler, frame: AudioFrame | None) -> Iterator[tuple[float | None, Samples]]:
    for piece in resampler.resample(frame):
        yield piece.time, piece.to_ndarray()[0]


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """What can be decoded; damaged packets are passed over."""
    for packet in container.demux(stream):
        try:
            yield from packet.decode()
        except av.error.InvalidDataError:
            continue
