"""Reads one foreign file with PyAV, in a process of its own, and prints what it found as JSON.

Run with the request as its argument and the file as its standard input, or called by
media/programs/probe_server.py in a child, under limits either way: a decoder that crashes
takes only this process. It uses the standard library and PyAV alone and decodes one picture.
"""

import json
import math
import os
import struct
import sys
from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise
from typing import Any, cast

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

Found = dict[str, Any]
RATE_PACKETS = 240
SCAN_PACKETS = 2_000_000
ODD_RATE = 120
MOST_ENTRIES = 200_000
BESIDE = "matroska_block_additional"
OWN_CLOCKS = frozenset({"mpegts", "mpeg", "ogg"})
"""Demuxers of streams whose times may jump: ffmpeg counts from the first packet of the tracks it reads."""
HANDLERS = frozenset(
    {"soundhandler", "soundhandle", "subtitlehandler", "coremediaaudio", "audiohandler", "mono", "stereo"}
)


class Refused(Exception):
    """A reason, by its code, not to go on."""

    def __init__(self, code: str, **parameters: str | int | float) -> None:
        super().__init__(code)
        self.found: Found = {"refused": code, "parameters": parameters}


def main(argument: str) -> None:
    """Print the findings about the file that is open as standard input."""
    json.dump(answer(json.loads(argument), sys.stdin.fileno()), sys.stdout)


def answer(request: Found, descriptor: int) -> Found:
    """The findings about the open file `descriptor`, or {"refused": code, "parameters": {…}}."""
    av.logging.set_level(None)
    try:
        return look(request | {"descriptor": descriptor})
    except Refused as refused:
        return refused.found
    except MemoryError:
        return {"refused": "memory-limit", "parameters": {}}
    except av.error.FFmpegError as error:
        return {"refused": "damaged-file", "parameters": {"detail": str(error.strerror or error)[:200]}}


def opened(request: Found, options: dict[str, str]) -> InputContainer:
    """The file from its first byte on, for the one demuxer that may read it; whoever opens it closes it.

    It has no name here, so that nothing can be found beside it.
    """
    os.lseek(request["descriptor"], 0, os.SEEK_SET)
    descriptor = {"fd": str(request["descriptor"])}
    return av.open("fd:", format=request["demuxer"], options=options | descriptor)


def look(request: Found) -> Found:
    """Open the file with the one demuxer that may read it and describe it."""
    options = {
        name: str(request[name]) for name in ("protocol_whitelist", "format_whitelist", "codec_whitelist")
    }
    options["max_pixels"] = str(request["max_pixels"])
    options["max_streams"] = "200"  # so many are counted before the refusal names them
    with opened(request, options) as container:
        refuse_many_streams(container, request)
        videos = [stream for stream in container.streams.video if is_shown(stream)]
        check_pictures(videos, request)
        start = (container.start_time or 0) / av.time_base
        described = [video_stream(stream) for stream in videos]
        shown = start
        if videos:
            seen, shown = first_picture(container, videos[0], request["demuxer"])
            described[0] |= seen
        found: Found = {
            "container": container.format.name,
            "duration": duration(container),
            "video": described,
            "audio": [audio_stream(stream, request) for stream in container.streams.audio],
            "subtitles": [subtitle_stream(stream) for stream in container.streams.subtitles],
            "chapters": list(chapters(container.chapters(), start, request["max_chapters"])),
        }
        count_from(shown - start, found)
        for stream, facts in zip(container.streams.audio, found["audio"], strict=True):
            facts["zero_seconds"] = shown - clock_start(stream, request["demuxer"])
    if described and needs_counting(found):
        found |= counted(request, options, described[0]["index"])
    return found


def refuse_many_streams(container: InputContainer, request: Found) -> None:
    """Data tracks (phones write three or four) are not read and do not count."""
    count = sum(1 for stream in container.streams if stream.type in ("video", "audio", "subtitle"))
    if count > request["max_streams"]:
        raise Refused("too-many-streams", count=count, limit=request["max_streams"])


def is_shown(stream: VideoStream) -> bool:
    """Cover pictures and thumbnails are tracks too, but nothing to watch."""
    covers = av.stream.Disposition.attached_pic | av.stream.Disposition.timed_thumbnails
    return not stream.disposition & covers


def check_pictures(videos: list[VideoStream], request: Found) -> None:
    """Judge the coding and the size in the header before a single picture is decoded."""
    max_pixels = request["max_pixels"]
    for stream in videos[:1]:
        width, height = (
            (stream.codec_context.width, stream.codec_context.height) if stream.codec_context else (0, 0)
        )
        if width * height > max_pixels:
            raise Refused("frame-too-large", width=width, height=height, limit=max_pixels)
        if stream.codec_context is None:
            raise Refused("unsupported-codec", codec="an unknown format")
        if not is_allowed(stream.codec_context, request):
            raise Refused("unsupported-codec", codec=codec_name(stream.codec_context))
        if width == 0 or height == 0:
            raise Refused("no-frames")


def is_allowed(context: Any, request: Found) -> bool:
    """Is the decoder one we trust? libav heeds its whitelist on opening only, not when it decodes later."""
    return context.name in request["codec_whitelist"].split(",")


def duration(container: InputContainer) -> float:
    """Seconds, from the container or its longest track; 0 when neither knows."""
    if container.duration:
        return container.duration / av.time_base
    known = []
    for stream in container.streams:
        if stream.duration is not None and stream.time_base is not None:
            known.append(float(stream.duration * stream.time_base))
    return max(known, default=0.0)


def video_stream(stream: VideoStream) -> Found:
    """The facts in the header of a picture track."""
    context = stream.codec_context
    rate = stream.average_rate or stream.guessed_rate or 0
    return {
        "index": stream.index,
        "codec": codec_name(context),
        "profile": context.profile or "",
        "coded_width": context.width,
        "coded_height": context.height,
        "pixel_format": context.pix_fmt or "",
        "frame_rate": float(rate),
        "variable_rate": is_variable(stream.average_rate, stream.base_rate),
        "sample_aspect": float(stream.sample_aspect_ratio or context.sample_aspect_ratio or 1) or 1.0,
        "transfer": int(context.color_trc),
        "matrix": int(context.colorspace),
        "full_range": int(context.color_range) == 2 or (context.pix_fmt or "").startswith("yuvj"),
        "bit_rate": context.bit_rate or 0,
        "end_seconds": end(stream),
        "key_gap": key_gap(stream),
    }


def key_gap(stream: VideoStream) -> float:
    """The longest time between key frames in the index, in seconds; 0 where there is none, or a huge one."""
    entries = stream.index_entries
    if not 1 < len(entries) <= MOST_ENTRIES or not stream.time_base:
        return 0.0
    keys = [entry.timestamp for entry in entries if entry.is_keyframe]
    if (
        len(keys) == len(entries) and not stream.frames
    ):  # an index of key frames alone, which may leave some out
        return 0.0
    times = [*keys, entries[-1].timestamp]
    return float(max(after - before for before, after in pairwise(times)) * stream.time_base) if keys else 0.0


def end(stream: Any) -> float:
    """Seconds from the start of the file to the end of the track, as the header says; 0 when it does not."""
    start = stream.start_time or 0
    if stream.duration and stream.time_base:
        first = (stream.container.start_time or 0) / av.time_base
        return max(float((start + stream.duration) * stream.time_base) - first, 0.0)
    written = str(stream.metadata.get("DURATION", ""))  # Matroska
    parts = written.split(":")
    try:
        return int(parts[0]) * 3600.0 + int(parts[1]) * 60.0 + float(parts[2])
    except (ValueError, IndexError):
        return 0.0


def count_from(first: float, found: Found) -> None:
    """Count chapters and the ends of tracks from the first picture, as everything that is shown is."""
    for track in (*found["video"], *found["audio"]):
        track["end_seconds"] = max(track.get("end_seconds", 0.0) - first, 0.0)
    for chapter in found["chapters"]:
        chapter["start"] -= first
        chapter["end"] -= first


def codec_name(context: Any) -> str:
    """The name of the coding, not of the library that reads it (av1, not libdav1d)."""
    return str(context.codec.canonical_name)


def is_variable(average: Fraction | None, base: Fraction | None) -> bool:
    """The base rate is the finest grid all times fall on: much finer than the average means uneven times."""
    return bool(average and base) and not math.isclose(average or 0, base or 0, rel_tol=0.02)


def clock_start(stream: Any, demuxer: str) -> float:
    """What ffmpeg calls 0 when it reads this track alone, in seconds of the file's own times."""
    if demuxer in OWN_CLOCKS and stream.start_time is not None:
        return float(stream.start_time * stream.time_base)
    return (stream.container.start_time or 0) / av.time_base


def first_picture(container: InputContainer, stream: VideoStream, demuxer: str) -> tuple[Found, float]:
    """Decode one picture: rotation, mirror, interlace and the true first time are only known from it.

    Gives the facts and that time, in seconds as written in the file.
    """
    stream.thread_type = "NONE"
    frame, see_through = first_frame(container, stream)
    zero = clock_start(stream, demuxer)
    shown = max((frame.time or 0.0) if frame.pts is not None else zero, zero)
    rotation, mirrored = orientation(frame)
    facts: Found = {
        "rotation": rotation,
        "mirrored": mirrored,
        "interlaced": bool(frame.interlaced_frame),
        "transfer": int(frame.color_trc),
        "matrix": int(frame.colorspace),
        "primaries": int(frame.color_primaries),
        "start_seconds": shown - zero,
        "pixel_format": frame.format.name,
        "has_alpha": see_through or has_alpha(frame),
    }
    return facts, shown


def first_frame(container: InputContainer, stream: VideoStream) -> tuple[VideoFrame, bool]:
    """The first picture, and whether its transparency lies beside it, as VP8 and VP9 do it in WebM.

    The header alone is not believed: browsers mark all that they record as transparent.
    """
    beside = False
    for packet in container.demux(stream):
        beside = beside or any(data.data_type == BESIDE for data in packet.iter_sidedata())
        for frame in packet.decode():
            return frame, beside and stream.metadata.get("alpha_mode") == "1"
    raise Refused("no-frames")


def has_alpha(frame: VideoFrame) -> bool:
    """Can parts of the picture be transparent?"""
    return any(component.is_alpha for component in frame.format.components)


def orientation(frame: VideoFrame) -> tuple[int, bool]:
    """Clockwise quarter turns in degrees and whether the picture is mirrored, from the display matrix."""
    try:
        matrix = frame.side_data.get("DISPLAYMATRIX")
    except ValueError:  # PyAV does not know every kind of side data (spatial video has a new one)
        return round(-frame.rotation / 90) * 90 % 360, False
    if matrix is None:
        return 0, False
    a, b, _, c, d = struct.unpack_from("=5i", memoryview(cast(Any, matrix)))
    if a * d - b * c == 0:  # a damaged matrix, which would flatten the picture
        return 0, False
    return round(-frame.rotation / 90) * 90 % 360, a * d - b * c < 0


def audio_stream(stream: Any, request: Found) -> Found:
    """The facts in the header of a sound track; an empty codec says that nothing here reads it."""
    context = stream.codec_context
    if context is None or not context.sample_rate or not is_allowed(context, request):
        return {"index": stream.index, "codec": "", "profile": "", "channels": 0, "sample_rate": 0}
    return {
        "index": stream.index,
        "codec": codec_name(context),
        "profile": context.profile or "",
        "channels": context.channels,
        "sample_rate": context.sample_rate,
        "language": language(stream),
        "is_default": bool(stream.disposition & av.stream.Disposition.default),
        "bit_rate": context.bit_rate or 0,
        "title": title(stream),
        "end_seconds": end(stream),
    }


def subtitle_stream(stream: Any) -> Found:
    """The facts about a subtitle track; pictures of text (PGS, DVD) cannot become captions."""
    name = codec_name(stream.codec_context) if stream.codec_context else ""
    text = name in ("subrip", "srt", "ass", "ssa", "mov_text", "webvtt", "text")
    return {
        "index": stream.index,
        "codec": name,
        "language": language(stream),
        "title": title(stream),
        "is_text": text,
    }


def title(stream: Any) -> str:
    """What the file calls the track; the names that programs give to every track are none."""
    written = str(stream.metadata.get("title") or stream.metadata.get("handler_name") or "").strip()
    return "" if written.casefold().replace(" ", "") in HANDLERS else written[:200]


def language(stream: Any) -> str:
    """The code in the file; "und" means that none was given."""
    code = str(stream.language or "")[:35]
    return "" if code == "und" else code


def chapters(written: list[Any], start: float, most: int) -> Iterable[Found]:
    """Chapters in seconds; untitled ones keep an empty title."""
    for chapter in written[:most]:
        base = chapter["time_base"]
        yield {
            "start": float(chapter["start"] * base) - start,
            "end": float(chapter["end"] * base) - start,
            "title": str(chapter["metadata"].get("title", ""))[:300],
        }


def needs_counting(found: Found) -> bool:
    """Is the header silent or hard to believe about length or rate?"""
    rate = found["video"][0]["frame_rate"]
    return not found["duration"] or not 1 <= rate <= ODD_RATE


def counted(request: Found, options: dict[str, str], index: int) -> Found:
    """Length and rate from the packets themselves: a second, undecoded reading."""
    times: list[float] = []
    with opened(request, options) as container:
        stream = container.streams[index]
        known = duration(container)
        most = RATE_PACKETS if known else SCAN_PACKETS
        for number, packet in enumerate(container.demux(stream)):
            if packet.pts is not None and packet.time_base is not None:
                times.append(float(packet.pts * packet.time_base))
            if number >= most:
                break
    span = max(times, default=0.0) - min(times, default=0.0)
    if len(times) < 2 or span <= 0:
        return {"duration": known}
    rate = (len(times) - 1) / span
    return {"duration": known or span + 1 / rate, "rate": rate, "rate_packets": len(times)}


if __name__ == "__main__":
    main(sys.argv[1])
