"""probe(): what a file is, found out by a child process under limits, or the sentence that refuses it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from media.errors import MediaError, MediaLimitExceeded, ToolFailed, UnreadableMedia, UnsupportedMedia
from media.info import (
    FIELD_CODECS,
    FIELD_DEMUXERS,
    AudioStream,
    FieldOrder,
    MediaInfo,
    SubtitleStream,
    VideoStream,
)
from media.programs import interpreter
from media.reading import warm
from media.reading.chapters import tidy
from media.reading.sniff import Sniffed, sniff
from media.running import limits
from media.running.process import run
from media.running.sandbox import Sandbox, View

UNREADABLE = frozenset({"damaged-file", "no-frames"})
UNSUPPORTED = frozenset({"unsupported-codec", "no-streams"})


def probe(
    path: str | Path,
    *,
    tool_limits: limits.ToolLimits = limits.PROBE,
    cancelled: Callable[[], bool] | None = None,
    sandbox: Sandbox = Sandbox.AUTO,
) -> MediaInfo:
    """Say what the file at `path` holds. Sizes are upright pixels, times milliseconds.

    The first probe of a process starts a helper that stays (see media.reading.warm). Raises UnreadableMedia,
    UnsupportedMedia or MediaLimitExceeded with the sentence for the person who uploaded it, ToolTimedOut when
    reading it took longer than a probe may, or MediaCancelled.
    """
    source = Path(path).absolute()
    sniffed = sniff(source)
    found = _answer(source, request(sniffed.demuxer), tool_limits, cancelled, sandbox)
    if "refused" in found:
        raise _refusal(found["refused"], found["parameters"])
    _check(found)
    return _info(found, sniffed)


def request(demuxer: str) -> dict[str, Any]:
    """What the prober is asked, beside the open file."""
    return {
        "demuxer": demuxer,
        "protocol_whitelist": limits.PROBE_PROTOCOLS,
        "format_whitelist": limits.FORMATS,
        "codec_whitelist": limits.DECODERS,
        "max_pixels": limits.MAX_PIXELS,
        "max_streams": limits.MAX_STREAMS,
        "max_chapters": limits.MAX_CHAPTERS,
    }


def _answer(
    source: Path,
    asked: dict[str, Any],
    tool_limits: limits.ToolLimits,
    cancelled: Callable[[], bool] | None,
    sandbox: Sandbox,
) -> dict[str, Any]:
    """What the prober says about the file, from the warm helper or from a process of its own."""
    try:
        opened = source.open("rb", buffering=0)
    except OSError as error:
        raise UnreadableMedia("missing-file") from error
    with opened:
        try:
            said = _warm_or_cold(asked, opened.fileno(), tool_limits, cancelled, sandbox)
        except ToolFailed as error:
            raise UnreadableMedia("damaged-file", detail="the decoder stopped") from error
    try:
        found: dict[str, Any] = json.loads(said)
    except ValueError as error:  # more findings than are kept
        raise UnreadableMedia("damaged-file", detail="too much is found in it") from error
    return found


def _warm_or_cold(
    asked: dict[str, Any],
    descriptor: int,
    tool_limits: limits.ToolLimits,
    cancelled: Callable[[], bool] | None,
    sandbox: Sandbox,
) -> bytes:
    try:
        return warm.ask(asked, descriptor, limits=tool_limits, cancelled=cancelled, sandbox=sandbox)
    except warm.Unavailable:
        # AUTO has by now tried the helper in every sandbox: what is left is to do without.
        kind = Sandbox.LIMITS if sandbox is Sandbox.AUTO else sandbox
        return cold(asked, descriptor, limits=tool_limits, cancelled=cancelled, sandbox=kind)


def cold(
    asked: dict[str, Any],
    descriptor: int,
    *,
    limits: limits.ToolLimits,
    cancelled: Callable[[], bool] | None = None,
    sandbox: Sandbox = Sandbox.AUTO,
) -> bytes:
    """As `warm.ask`, with an interpreter started for this file alone. Raises as `process.run` does."""
    argv = interpreter.command("prober.py", json.dumps(asked))
    view = View(interpreter.needs(), sandbox=sandbox)
    return run(argv, limits=limits, view=view, cancelled=cancelled, stdin=descriptor).output


def _refusal(code: str, parameters: dict[str, Any]) -> MediaError:
    if code in UNREADABLE:
        return UnreadableMedia(code, **parameters)
    if code in UNSUPPORTED:
        return UnsupportedMedia(code, **parameters)
    return MediaLimitExceeded(code, **parameters)


def _check(found: dict[str, Any]) -> None:
    """Refuse what would take unbounded work, though it can be read."""
    seconds = found["duration"]
    if not found["video"] and not any(stream["codec"] for stream in found["audio"]):
        raise UnsupportedMedia("no-streams")
    if seconds > limits.MAX_SECONDS and not _is_slow(found):
        raise MediaLimitExceeded(
            "too-long", minutes=round(seconds / 60), limit=round(limits.MAX_SECONDS / 60)
        )
    if _is_slow(found):
        raise MediaLimitExceeded("frame-rate-too-low", seconds=round(seconds), rate=round(_rate(found), 3))
    if _rate(found) > limits.MAX_FRAME_RATE and found.get("rate_packets", 0) >= limits.MAX_FRAME_RATE:
        raise MediaLimitExceeded(
            "frame-rate-too-high", rate=round(_rate(found)), limit=round(limits.MAX_FRAME_RATE)
        )


def _rate(found: dict[str, Any]) -> float:
    if not found["video"]:
        return 0.0
    return float(found.get("rate") or found["video"][0]["frame_rate"])


def _is_slow(found: dict[str, Any]) -> bool:
    """Does it claim, or show, far too few pictures for its length? Either is enough to refuse it."""
    if not found["video"] or found["duration"] <= limits.SLOW_SECONDS:
        return False
    rates = [rate for rate in (found["video"][0]["frame_rate"], found.get("rate", 0)) if rate > 0]
    return min(rates, default=0.0) < limits.MIN_FRAME_RATE


def _info(found: dict[str, Any], sniffed: Sniffed) -> MediaInfo:
    video = tuple(_video(stream, found, sniffed.demuxer) for stream in found["video"][:1])
    picture = video[0] if video else None
    return MediaInfo(
        container=found["container"],
        demuxer=sniffed.demuxer,
        size=sniffed.size,
        duration=round(found["duration"] * 1000),
        width=picture.width if picture else 0,
        height=picture.height if picture else 0,
        rotation=picture.rotation if picture else 0,
        frame_rate=picture.frame_rate if picture else 0.0,
        video=video,
        audio=tuple(AudioStream(**stream) for stream in found["audio"]),
        subtitles=tuple(SubtitleStream(**stream) for stream in found["subtitles"]),
        chapters=tidy(_chapters(found), _shown(found, picture)),
    )


def _video(stream: dict[str, Any], found: dict[str, Any], demuxer: str) -> VideoStream:
    facts = dict(stream)
    interlaced = facts.pop("interlaced", False)
    width, height = upright(
        facts["coded_width"], facts["coded_height"], facts["sample_aspect"], facts["rotation"]
    )
    return VideoStream(
        **facts | {"frame_rate": round(_rate(found), 3)},
        width=width,
        height=height,
        field_order=FieldOrder.INTERLACED if interlaced else FieldOrder.PROGRESSIVE,
        from_tape=demuxer in FIELD_DEMUXERS and facts["codec"] in FIELD_CODECS,
    )


def upright(width: int, height: int, sample_aspect: float, rotation: int) -> tuple[int, int]:
    """The size as seen: pixels made square by widening or heightening, never by losing any, then turned."""
    if sample_aspect > 1:
        width = round(width * sample_aspect)
    elif sample_aspect < 1:
        height = round(height / sample_aspect)
    return (height, width) if rotation in (90, 270) else (width, height)


def _chapters(found: dict[str, Any]) -> list[tuple[float, float, str]]:
    return [(chapter["start"], chapter["end"], chapter["title"]) for chapter in found["chapters"]]


def _shown(found: dict[str, Any], picture: VideoStream | None) -> int:
    """Milliseconds from the first picture to the end."""
    seconds: float = found["duration"]
    return round((seconds - (picture.start_seconds if picture else 0.0)) * 1000)
