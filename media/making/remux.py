"""The fast path: a recording that browsers can play already is put into our layout without decoding it."""

from pathlib import Path

from media.errors import ToolFailed
from media.info import AudioStream, MediaInfo, VideoStream
from media.making import graph
from media.making.encode import Job
from media.reading.boxes import fragments
from media.running.process import Ticker

PROFILES = frozenset({"Constrained Baseline", "Baseline", "Main", "High"})
PIXEL_FORMATS = frozenset({"yuv420p", "yuvj420p"})
TOP_SIDE, TOP_LONG_SIDE = 1088, 2560
TOP_RATE = 61.0
TOP_BITS_PER_SECOND = 25_000_000
"""What a phone writes at 1080p; a slower line waits for the ladder."""
LONGEST_GROUP = 12.5
"""Seconds between key frames: a seek waits for so much data. x264 left to itself writes 250 pictures."""
SHORTEST_GROUP = 0.4
"""Mean seconds; recordings of key frames alone would give thousands of byte ranges."""
LATEST_START = 0.5
TOP_CHANNELS = 6


def is_web_ready(info: MediaInfo) -> bool:
    """Could every browser play the tracks as they are? (Whether key frames are near enough is seen after
    copying.)
    """
    picture, sound = info.picture, info.sound
    if picture is None or info.duration <= 0:
        return False
    if sound is None and info.audio:  # a damaged sound track: the ladder decides what to do
        return False
    rate = info.size * 8000 / info.duration
    return rate <= TOP_BITS_PER_SECOND and _plays(picture) and (sound is None or _sounds(sound))


def copy(job: Job, target: Path, tick: Ticker | None = None) -> bool:
    """Copy picture and sound of a web-ready source into `target`; say whether the result can be streamed.

    Raises as `process.run` does, but for ToolFailed: a source that cannot be copied is left to the ladder.
    """
    argv = graph.copy_renditions(
        job.found, job.source, job.info, target, with_sound=job.info.sound is not None
    )
    try:
        job.run(argv, tick, writes=(target.parent,))
    except ToolFailed:
        return False
    groups = [piece.seconds for piece in fragments(target)]
    if not groups or max(groups) > LONGEST_GROUP:
        return False
    return len(groups) == 1 or sum(groups) / len(groups) >= SHORTEST_GROUP


def _plays(picture: VideoStream) -> bool:
    return (
        picture.codec == "h264"
        and picture.profile in PROFILES
        and picture.pixel_format in PIXEL_FORMATS
        and _has_plain_shape(picture)
        and picture.frame_rate <= TOP_RATE
        and picture.start_seconds <= LATEST_START
        and not picture.is_interlaced
        and not picture.is_hdr
    )


def _has_plain_shape(picture: VideoStream) -> bool:
    """Square pixels, not mirrored (a quarter turn is carried by the file and done by the player), not too
    large.
    """
    short, long = sorted((picture.width, picture.height))
    return (
        picture.sample_aspect == 1.0 and not picture.mirrored and short <= TOP_SIDE and long <= TOP_LONG_SIDE
    )


def _sounds(sound: AudioStream) -> bool:
    return sound.codec == "aac" and sound.profile in ("LC", "HE-AAC") and sound.channels <= TOP_CHANNELS
