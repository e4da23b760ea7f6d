"""ffmpeg command lines: the only file that knows ffmpeg-python. It builds arguments and runs nothing."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ffmpeg

from media import limits
from media.info import MediaInfo, VideoStream
from media.ladder import MAX_FRAME_RATE, Rendition
from media.tools import Ffmpeg

KEY_SECONDS = 2
SHORTEST_GAP = 0.0165
"""Seconds between pictures that are kept of a source of more than 60 per second."""
AUDIO_RATE = 48_000
AUDIO_BITS = "128k"
FRAGMENTED = "+cmaf+frag_keyframe+delay_moov+global_sidx+skip_trailer"
"""One moof per closed group of pictures and one index at the start. Not empty_moov: it writes no edit list,
and the picture would start two frames after the sound.
"""
ANONYMOUS: dict[str, Any] = {"map_metadata": -1, "map_chapters": -1, "fflags": "+bitexact"}
"""Nothing of what the camera wrote goes out: place, device, time, titles; nor our own version."""
NO_SEI = {"h264": "filter_units=remove_types=6", "hevc": "filter_units=remove_types=39|40"}
"""Supplemental messages in a copied picture track: encoder settings and, from some cameras, device data."""

FROM_ZERO: Mapping[str, Any] = {"async": 1, "first_pts": 0}
"""aresample's options: what lies before 0 is cut, a late start and gaps are filled with silence."""

Options = dict[str, Any]


def source_options(info: MediaInfo) -> Options:
    """Options for reading a foreign file: one demuxer, one protocol, known decoders, bounded pictures."""
    return {
        "f": info.demuxer,
        "protocol_whitelist": limits.PROTOCOLS,
        "format_whitelist": limits.FORMATS,
        "codec_whitelist": limits.DECODERS,
        "max_pixels": limits.MAX_PIXELS,
    }


def encode_renditions(
    found: Ffmpeg,
    source: Path,
    info: MediaInfo,
    renditions: Sequence[Rendition],
    targets: Sequence[Path],
    *,
    sound: Path | None = None,
    threads: int | None = None,
) -> list[str]:
    """One decode, scalers in a chain, one CMAF file per rendition; `sound` (AAC) is copied into each."""
    video = _video(info)
    read = _input(source, **source_options(info) | _threads(threads))
    audio = _input(sound, f="mov", protocol_whitelist="file")["a:0"] if sound else None
    picture = _prepared(read[str(video.index)], video, renditions[0], found)
    outputs = []
    for number, (rendition, target) in enumerate(zip(renditions, targets, strict=True)):
        if number:
            picture = picture.filter("scale", rendition.width, rendition.height).filter("setsar", 1)
        this = picture
        if number < len(renditions) - 1:
            parts = picture.filter_multi_output("split", 2)
            this, picture = parts[0], parts[1]
        streams = [this, audio] if audio is not None else [this]
        options = _x264(rendition) | _threads(threads) | {"c:a": "copy"} | ANONYMOUS
        outputs.append(ffmpeg.output(*streams, str(target), movflags=FRAGMENTED, f="mp4", **options))
    return _command(found, ffmpeg.merge_outputs(*outputs))


def copy_renditions(
    found: Ffmpeg, source: Path, info: MediaInfo, target: Path, *, with_sound: bool
) -> list[str]:
    """Put picture and sound as they are into one CMAF file: nothing is decoded."""
    video = _video(info)
    read = _input(source, **source_options(info))
    streams = [read[str(video.index)]]
    if with_sound and info.sound is not None:
        streams.append(read[str(info.sound.index)])
    options = {"c": "copy", "bsf:v": NO_SEI[video.codec], "tag:v": "avc1"} | ANONYMOUS
    return _command(found, ffmpeg.output(*streams, str(target), movflags=FRAGMENTED, f="mp4", **options))


def measure_sound(found: Ffmpeg, source: Path, info: MediaInfo, target: Path, *, rate: int) -> list[str]:
    """Loudness on standard error and one channel of 16-bit samples at `rate` in `target`, from one decode."""
    parts = _heard(source, info).filter_multi_output("asplit", 2)
    heard = parts[0].filter("ebur128", peak="true", framelog="quiet")
    drawn = parts[1].filter("aresample", rate, **FROM_ZERO)
    drawn = drawn.filter("aformat", sample_fmts="s16", channel_layouts="mono")
    outputs = (
        ffmpeg.output(heard, "-", f="null"),
        ffmpeg.output(drawn, str(target), f="s16le", **{"c:a": "pcm_s16le"}),
    )
    return _command(found, ffmpeg.merge_outputs(*outputs), loglevel="info")


def encode_sound(found: Ffmpeg, source: Path, info: MediaInfo, target: Path, *, gain: float) -> list[str]:
    """AAC in stereo whose time 0 is the first picture, `gain` decibels louder."""
    sound = _heard(source, info).filter("aresample", AUDIO_RATE, **FROM_ZERO)
    if gain:
        sound = sound.filter("volume", f"{gain:.2f}dB")
    options = {"c:a": "aac", "b:a": AUDIO_BITS, "ac": 2, "movflags": "+faststart", "f": "mp4"} | ANONYMOUS
    return _command(found, ffmpeg.output(sound, str(target), **options))


def _heard(source: Path, info: MediaInfo) -> Any:
    """The sound that is heard, its times counted from the first picture."""
    if info.sound is None:
        raise ValueError("a recording without a sound has none to work on")
    sound = _input(source, **source_options(info))[str(info.sound.index)]
    start = info.picture.start_seconds if info.picture else 0.0
    return sound.filter("asetpts", f"PTS-{start:.6f}/TB") if start else sound


def tile_pictures(
    found: Ffmpeg, source: Path, target: Path, *, tile: tuple[int, int], grid: tuple[int, int]
) -> list[str]:
    """Key frames of a file of ours as one sheet of tiles; entropy and brightness go to standard output."""
    frames = _input(source, f="mov", protocol_whitelist="file", skip_frame="nokey")["v:0"]
    frames = frames.filter("scale", tile[0], tile[1]).filter("setsar", 1).filter("format", "yuvj420p")
    frames = frames.filter("signalstats").filter("entropy").filter("metadata", mode="print", file="-")
    sheet = frames.filter("tile", f"{grid[0]}x{grid[1]}")
    options = {"frames:v": 1, "q:v": 4, "fps_mode": "passthrough", "f": "image2", "update": 1} | ANONYMOUS
    return _command(found, ffmpeg.output(sheet, str(target), **options), progress=False)


def single_pictures(found: Ffmpeg, source: Path, pattern: Path, *, longest: int) -> list[str]:
    """Each key frame of a file of ours as a JPEG, at most `longest` pixels on a side; `pattern` has %d."""
    frames = _input(source, f="mov", protocol_whitelist="file", skip_frame="nokey")["v:0"].filter(
        "scale",
        f"min(iw,{longest})",
        f"min(ih,{longest})",
        force_original_aspect_ratio="decrease",
        force_divisible_by=2,
    )
    options = {"q:v": 3, "f": "image2", "pix_fmt": "yuvj420p", "fps_mode": "passthrough"} | ANONYMOUS
    return _command(found, ffmpeg.output(frames, str(pattern), **options), progress=False)


def _prepared(stream: Any, video: VideoStream, top: Rendition, found: Ffmpeg) -> Any:
    """The source as progressive, upright, square-pixelled 8-bit BT.709-like pictures of the largest size."""
    if video.is_interlaced:
        # A picture for each field keeps movement smooth; above 30 pictures per second that would be too many.
        mode = "send_field" if video.frame_rate <= MAX_FRAME_RATE / 2 else "send_frame"
        stream = stream.filter("bwdif", mode=mode, deint="interlaced")
    elif video.frame_rate > MAX_FRAME_RATE + 1:
        # This only leaves pictures out; the filter fps would also repeat them, endlessly for a time bomb.
        stream = stream.filter("select", f"isnan(prev_selected_t)+gte(t-prev_selected_t,{SHORTEST_GAP})")
    if video.start_seconds:
        stream = stream.filter("setpts", f"PTS-{video.start_seconds:.6f}/TB")
    stream = stream.filter("scale", top.width, top.height, flags="bicubic", out_range="tv").filter(
        "setsar", 1
    )
    if video.is_hdr and found.can_map_tones:
        stream = stream.filter("zscale", t="linear", p="bt709", npl=100).filter("format", "gbrpf32le")
        stream = stream.filter("tonemap", tonemap="hable", desat=0)
        stream = stream.filter("zscale", t="bt709", m="bt709", r="tv")
    return stream.filter("format", "yuv420p")


def _x264(rendition: Rendition) -> Options:
    """Closed groups of two seconds at the same times in every rendition; each picture keeps its own time.

    The time base matters: by default times are rounded to the mean frame rate, which moves the pictures of a
    phone clip of uneven rate by up to seconds.
    """
    return {
        "c:v": "libx264",
        "preset": rendition.preset,
        "crf": rendition.crf,
        "maxrate": f"{rendition.max_rate}k",
        "bufsize": f"{rendition.buffer_size}k",
        "profile:v": "high",
        "force_key_frames": f"expr:gte(t,n_forced*{KEY_SECONDS})",
        "sc_threshold": 0,
        "g": 600,
        "flags": "+cgop",
        "fps_mode": "vfr",
        "enc_time_base": "1:90000",
    }


def _input(path: Path, **options: Any) -> Any:
    return ffmpeg.input(f"file:{path}", **options)


def _command(found: Ffmpeg, outputs: Any, *, loglevel: str = "error", progress: bool = True) -> list[str]:
    flags = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", loglevel]
    if progress:
        flags += ["-progress", "pipe:1"]
    compiled: list[str] = ffmpeg.compile(
        outputs.global_args(*flags), cmd=str(found.path), overwrite_output=True
    )
    return compiled


def _threads(count: int | None) -> Options:
    return {} if count is None else {"threads": count}


def _video(info: MediaInfo) -> VideoStream:
    if info.picture is None:
        raise ValueError("a recording without a picture has no renditions")
    return info.picture
