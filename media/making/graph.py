"""ffmpeg command lines: the only file that knows ffmpeg-python. It builds arguments and runs nothing."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import ffmpeg

from media.info import MOST_TAPE_RATE, MediaInfo, SubtitleStream, VideoStream
from media.making import colours
from media.making.ladder import MAX_FRAME_RATE, Rendition
from media.running import limits
from media.running.tools import Ffmpeg

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

WITH_ALPHA = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
"""The decoders that read the transparency of WebM; ffmpeg's own ones leave it away."""

BOTH = {"left": "0|0", "right": "1|1"}
"""Which channel of the two goes to the left and to the right."""

FROM_ZERO: Mapping[str, Any] = {"async": 1, "first_pts": 0}
"""aresample's options: what lies before 0 is cut, a late start and gaps are filled with silence."""

TIMING: dict[str, Any] = {
    "force_key_frames": f"expr:gte(t,n_forced*{KEY_SECONDS})",
    "g": 600,
    "fps_mode": "vfr",
    "enc_time_base": "1:90000",
}
"""Key frames at the same times whatever the size and the encoder, and each picture at its own time: by
default times are rounded to the mean frame rate, which moves the pictures of a phone clip of uneven rate by
up to seconds.
"""

Options = dict[str, Any]
Coder = Callable[[Rendition], Options]


def source_options(info: MediaInfo) -> Options:
    """Options for reading a foreign file: one demuxer, one protocol, known decoders, bounded pictures."""
    seen = info.picture
    decoder = WITH_ALPHA.get(seen.codec) if seen and seen.has_alpha else None
    chosen = {"c:v": decoder} if decoder else {}
    return chosen | {
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
    hold: float = 0.0,
    threads: int | None = None,
) -> list[str]:
    """One decode, scalers in a chain, one CMAF file per rendition; `sound` (AAC) is copied into each.

    The last picture stays for `hold` seconds more, for a sound that goes on.
    """
    shown = picture(found, source, info, renditions[0], hold=hold, threads=threads)
    return encode_picture(found, shown, renditions, targets, sound=sound, threads=threads)


def picture(
    found: Ffmpeg,
    source: Path,
    info: MediaInfo,
    top: Rendition,
    *,
    hold: float = 0.0,
    threads: int | None = None,
) -> Any:
    """The picture of a recording in the size of `top`, as a stream of a graph."""
    video = _video(info)
    read = opened(source, info, threads=threads)
    return prepared(read[str(video.index)], video, top, found, hold=hold)


def encode_picture(
    found: Ffmpeg,
    shown: Any,
    renditions: Sequence[Rendition],
    targets: Sequence[Path],
    *,
    sound: Path | None = None,
    threads: int | None = None,
    coder: Coder | None = None,
) -> list[str]:
    """As `encode_renditions`, from a stream of the size of the first; `coder` gives an encoder's options."""
    audio = _input(sound, f="mov", protocol_whitelist="file")["a:0"] if sound else None
    outputs = []
    for number, (rendition, target) in enumerate(zip(renditions, targets, strict=True)):
        if number:
            shown = shown.filter("scale", rendition.width, rendition.height).filter("setsar", 1)
        this = shown
        if number < len(renditions) - 1:
            parts = shown.filter_multi_output("split", 2)
            this, shown = parts[0], parts[1]
        streams = [this, audio] if audio is not None else [this]
        coding = (coder or x264)(rendition)
        options = coding | _threads(threads) | {"c:a": "copy"} | ANONYMOUS
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
    return measure_heard(found, _heard(source, info), target, rate=rate)


def measure_heard(found: Ffmpeg, sound: Any, target: Path, *, rate: int) -> list[str]:
    """As `measure_sound`, from a stream of a graph."""
    parts = sound.filter_multi_output("asplit", 2)
    heard = parts[0].filter("astats", measure_perchannel="RMS_level", measure_overall="none")
    heard = heard.filter("ebur128", peak="true", framelog="quiet")
    drawn = parts[1].filter("aresample", rate, **FROM_ZERO)
    drawn = drawn.filter("aformat", sample_fmts="s16", channel_layouts="mono")
    outputs = (
        ffmpeg.output(heard, "-", f="null"),
        ffmpeg.output(drawn, str(target), f="s16le", **{"c:a": "pcm_s16le"}),
    )
    return _command(found, ffmpeg.merge_outputs(*outputs), loglevel="info")


def encode_sound(
    found: Ffmpeg, source: Path, info: MediaInfo, target: Path, *, gain: float, side: str = ""
) -> list[str]:
    """AAC in stereo whose time 0 is the first picture, `gain` decibels louder; what is heard on one `side`
    alone (left, right) goes to both.
    """
    return encode_heard(found, _heard(source, info), target, gain=gain, side=side)


def encode_heard(found: Ffmpeg, sound: Any, target: Path, *, gain: float, side: str = "") -> list[str]:
    """As `encode_sound`, from a stream of a graph."""
    if side:
        sound = sound.filter("channelmap", map=BOTH[side], channel_layout="stereo")
    sound = sound.filter("aresample", AUDIO_RATE, **FROM_ZERO)
    if gain:
        sound = sound.filter("volume", f"{gain:.2f}dB")
    options = {"c:a": "aac", "b:a": AUDIO_BITS, "ac": 2, "movflags": "+faststart", "f": "mp4"} | ANONYMOUS
    return _command(found, ffmpeg.output(sound, str(target), **options))


def _heard(source: Path, info: MediaInfo) -> Any:
    """The sound that is heard, its times counted from the first picture."""
    if info.sound is None:
        raise ValueError("a recording without a sound has none to work on")
    sound = _input(source, **source_options(info))[str(info.sound.index)]
    if info.sound.zero_seconds:
        sound = sound.filter("asetpts", f"PTS-({info.sound.zero_seconds:.6f})/TB")
    # Before anything is measured: the sum of six channels can be louder than each of them.
    return sound.filter("aformat", channel_layouts="stereo")


def subtitle_track(
    found: Ffmpeg, source: Path, info: MediaInfo, track: SubtitleStream, target: Path
) -> list[str]:
    """A track of text as a WebVTT file whose time 0 is the first picture; what ends before it is left out."""
    start = info.picture.start_seconds if info.picture else 0.0
    read = _input(source, **source_options(info) | ({"itsoffset": f"{-start:.6f}"} if start else {}))
    options = {"c:s": "webvtt", "f": "webvtt"} | ANONYMOUS
    return _command(found, ffmpeg.output(read[str(track.index)], str(target), **options), progress=False)


def with_sound(found: Ffmpeg, picture: Path, sound: Path, target: Path) -> list[str]:
    """A rendition of ours with another sound, both copied."""
    streams = [_input(file, f="mov", protocol_whitelist="file") for file in (picture, sound)]
    options = {"c": "copy"} | ANONYMOUS
    output = ffmpeg.output(
        streams[0]["v:0"], streams[1]["a:0"], str(target), movflags=FRAGMENTED, f="mp4", **options
    )
    return _command(found, output)


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


def prepared(stream: Any, video: VideoStream, top: Rendition, found: Ffmpeg, *, hold: float = 0.0) -> Any:
    """The source as progressive, upright, square-pixelled 8-bit BT.709 pictures of the size of `top`; the
    last one stays for `hold` seconds more.
    """
    if video.may_be_interlaced:
        # A picture for each field keeps movement smooth; above 30 pictures per second that would be too many.
        mode = "send_field" if video.frame_rate <= MOST_TAPE_RATE else "send_frame"
        stream = stream.filter("bwdif", mode=mode, deint="interlaced")
    if hold:
        stream = stream.filter("tpad", stop_mode="clone", stop_duration=f"{hold:.3f}")
    if not video.may_be_interlaced and video.frame_rate > MAX_FRAME_RATE + 1:
        # This only leaves pictures out; the filter fps would also repeat them, endlessly for a time bomb.
        stream = stream.filter("select", f"isnan(prev_selected_t)+gte(t-prev_selected_t,{SHORTEST_GAP})")
    if video.start_seconds:
        stream = stream.filter("setpts", f"PTS-{video.start_seconds:.6f}/TB")
    options = {"flags": "bicubic"} | colours.scaling(video)
    stream = colours.named(stream, video)
    stream = stream.filter("scale", top.width, top.height, **options).filter("setsar", 1)
    if video.has_alpha and not video.is_hdr:
        stream = _over_white(stream)
    return colours.plain(stream, video, can_map_tones=found.can_map_tones)


def _over_white(stream: Any) -> Any:
    """Transparent parts show white, as paper does; each picture keeps its own time."""
    parts = stream.filter("format", "yuva444p").filter_multi_output("split", 2)
    paper = parts[0].filter("drawbox", x=0, y=0, w="iw", h="ih", color="white", t="fill", replace=1)
    return merged([paper, parts[1]], "overlay", format="yuv444")


def x264(rendition: Rendition) -> Options:
    """Closed groups of two seconds at the same times in every rendition."""
    return {
        "c:v": "libx264",
        "preset": rendition.preset,
        "crf": rendition.crf,
        "maxrate": f"{rendition.max_rate}k",
        "bufsize": f"{rendition.buffer_size}k",
        "profile:v": "high",
        "sc_threshold": 0,
        "flags": "+cgop",
    } | TIMING


def opened(source: Path, info: MediaInfo, *, threads: int | None = None, **options: Any) -> Any:
    """A foreign file as an input of a graph, with all that fences it in; its streams by their index."""
    return _input(source, **source_options(info) | _threads(threads) | options)


def drawn(source: str) -> Any:
    """What a generator of ffmpeg's makes, as a stream of a graph."""
    return ffmpeg.input(source, f="lavfi")


def merged(streams: Sequence[Any], name: str, **options: Any) -> Any:
    """One stream from several, by the filter `name`."""
    return ffmpeg.filter(list(streams), name, **options)


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
