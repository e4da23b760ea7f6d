"""Reads one foreign file with PyAV, in a process of its own, and prints what it found as JSON.

Run as `python -I prober.py '{"path": …}'` by media.probe under its limits: a decoder that crashes takes only
this process. It uses the standard library and PyAV alone and decodes one picture.
"""

import json
import math
import struct
import sys
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, cast

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

Found = dict[str, Any]
RATE_PACKETS = 240
SCAN_PACKETS = 2_000_000
ODD_RATE = 120


class Refused(Exception):
    """A reason, by its code, not to go on."""

    def __init__(self, code: str, **parameters: str | int | float) -> None:
        super().__init__(code)
        self.found: Found = {"refused": code, "parameters": parameters}


def main(argument: str) -> None:
    """Print the findings, or {"refused": code, "parameters": {…}}."""
    request = json.loads(argument)
    av.logging.set_level(None)
    try:
        found = look(request)
    except Refused as refused:
        found = refused.found
    except av.error.FFmpegError as error:
        found = {"refused": "damaged-file", "parameters": {"detail": str(error.strerror or error)[:200]}}
    json.dump(found, sys.stdout)


def look(request: Found) -> Found:
    """Open the file with the one demuxer that may read it and describe it."""
    options = {
        name: str(request[name]) for name in ("protocol_whitelist", "format_whitelist", "codec_whitelist")
    }
    options["max_pixels"] = str(request["max_pixels"])
    options["max_streams"] = "200"  # so many are counted before the refusal names them
    with av.open("file:" + request["path"], format=request["demuxer"], options=options) as container:
        refuse_many_streams(container, request)
        videos = [stream for stream in container.streams.video if is_shown(stream)]
        check_pictures(videos, request)
        start = container.start_time or 0
        described = [video_stream(stream) for stream in videos]
        if videos:
            described[0] |= first_picture(container, videos[0], start)
        found = {
            "container": container.format.name,
            "duration": duration(container),
            "video": described,
            "audio": [audio_stream(stream, request) for stream in container.streams.audio],
            "subtitles": [subtitle_stream(stream) for stream in container.streams.subtitles],
            "chapters": list(chapters(container.chapters(), start, request["max_chapters"])),
        }
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
        "full_range": int(context.color_range) == 2 or (context.pix_fmt or "").startswith("yuvj"),
        "bit_rate": context.bit_rate or 0,
    }


def codec_name(context: Any) -> str:
    """The name of the coding, not of the library that reads it (av1, not libdav1d)."""
    return str(context.codec.canonical_name)


def is_variable(average: Fraction | None, base: Fraction | None) -> bool:
    """The base rate is the finest grid all times fall on: much finer than the average means uneven times."""
    return bool(average and base) and not math.isclose(average or 0, base or 0, rel_tol=0.02)


def first_picture(container: InputContainer, stream: VideoStream, start: int) -> Found:
    """Decode one picture: rotation, mirror, interlace and the true first time are only known from it."""
    stream.thread_type = "NONE"
    frame = next(container.decode(stream), None)
    if frame is None:
        raise Refused("no-frames")
    first = (frame.time or 0.0) - start / av.time_base if frame.pts is not None else 0.0
    rotation, mirrored = orientation(frame)
    return {
        "rotation": rotation,
        "mirrored": mirrored,
        "interlaced": bool(frame.interlaced_frame),
        "transfer": int(frame.color_trc),
        "start_seconds": max(first, 0.0),
        "pixel_format": frame.format.name,
    }


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
    }


def subtitle_stream(stream: Any) -> Found:
    """The facts about a subtitle track; pictures of text (PGS, DVD) cannot become captions."""
    name = codec_name(stream.codec_context) if stream.codec_context else ""
    text = name in ("subrip", "srt", "ass", "ssa", "mov_text", "webvtt", "text")
    title = str(stream.metadata.get("title", ""))[:200]
    return {
        "index": stream.index,
        "codec": name,
        "language": language(stream),
        "title": title,
        "is_text": text,
    }


def language(stream: Any) -> str:
    """The code in the file; "und" means that none was given."""
    code = str(stream.language or "")[:35]
    return "" if code == "und" else code


def chapters(written: list[Any], start: int, most: int) -> Iterable[Found]:
    """Chapters in seconds; untitled ones keep an empty title."""
    for chapter in written[:most]:
        base = chapter["time_base"]
        yield {
            "start": max(float(chapter["start"] * base) - start / av.time_base, 0.0),
            "end": max(float(chapter["end"] * base) - start / av.time_base, 0.0),
            "title": str(chapter["metadata"].get("title", ""))[:300],
        }


def needs_counting(found: Found) -> bool:
    """Is the header silent or hard to believe about length or rate?"""
    rate = found["video"][0]["frame_rate"]
    return not found["duration"] or not 1 <= rate <= ODD_RATE


def counted(request: Found, options: dict[str, str], index: int) -> Found:
    """Length and rate from the packets themselves: a second, undecoded reading."""
    times: list[float] = []
    with av.open("file:" + request["path"], format=request["demuxer"], options=options) as container:
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
