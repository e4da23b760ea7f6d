"""Kinds of recordings that cameras and programs write, each made by ffmpeg in a second or less."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Make = Callable[..., Path]
BURSTS = "0.4*sin(2764*t)*lt(mod(t*t+0.7*t,0.45),0.15)"
"""A sound that never repeats, so that its place in time can be found again."""
X264 = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "25", "-pix_fmt", "yuv420p"]
AAC = ["-c:a", "aac"]


def moving(size: str = "320x180", seconds: float = 1, rate: float = 25, filters: str = "null") -> list[str]:
    """Arguments for a moving picture."""
    return ["-f", "lavfi", "-i", f"testsrc2=s={size}:r={rate}:d={seconds},{filters}"]


def talking(
    seconds: float = 1, rate: int = 48000, expression: str = BURSTS, layout: str = "mono"
) -> list[str]:
    """Arguments for a sound."""
    return ["-f", "lavfi", "-i", f"aevalsrc='{expression}':s={rate}:d={seconds}:c={layout}"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A file of that name, made with these arguments; what it becomes: upright size, milliseconds, remarks.

    `noise_ratio` is the least PSNR (dB) against ffmpeg's own reading, `rate` the pictures per second.
    """

    file: str
    arguments: list[str]
    size: tuple[int, int] = (320, 180)
    duration: int = 1000
    remarks: tuple[str, ...] = ()
    noise_ratio: float = 27.0
    rate: float = 25.0


def both(*codec: str, size: str = "320x180", filters: str = "null") -> list[str]:
    """A second of picture and sound in the given coding."""
    return [*moving(size, filters=filters), *talking(), *codec]


def sound(*codec: str, rate: int = 48000, layout: str = "mono", expression: str = BURSTS) -> list[str]:
    """A second of H.264 with a sound in the given coding."""
    return [*moving(), *talking(rate=rate, layout=layout, expression=expression), *X264, *codec]


PAL = "scale=720:576,setsar=64/45"
FIELDS = "scale=720:576,interlace=lowpass=0"
PROGRAMMES = ["-program", "program_num=1:st=0:st=1", "-program", "program_num=2:st=2:st=3"]
CENTRE = "0|0|" + BURSTS + "|0|0|0"
HALF_SEEN = "format=rgba,colorchannelmixer=aa=0.5"

CODINGS = [
    Kind("prores.mov", both("-c:v", "prores_ks", "-profile:v", "2", "-c:a", "pcm_s24le")),
    Kind("prores4444.mov", both("-c:v", "prores_ks", "-profile:v", "4444", "-pix_fmt", "yuva444p10le",
                                filters=HALF_SEEN), remarks=("see-through",)),
    Kind("dnxhr.mov", both("-c:v", "dnxhd", "-profile:v", "dnxhr_lb", "-pix_fmt", "yuv422p",
                           "-c:a", "pcm_s16be")),
    Kind("dnxhr.mxf", both("-c:v", "dnxhd", "-profile:v", "dnxhr_lb", "-pix_fmt", "yuv422p",
                           "-c:a", "pcm_s16le")),
    Kind("dv.avi", both("-c:v", "dvvideo", "-pix_fmt", "yuv420p", "-c:a", "pcm_s16le", filters=PAL),
         (1024, 576), rate=50.0, remarks=("interlaced",)),
    Kind("theora.ogv", both("-c:v", "libtheora", "-q:v", "8", "-c:a", "libvorbis"), (320, 180)),
    Kind("wmv.asf", both("-c:v", "wmv2", "-b:v", "1M", "-c:a", "wmav2")),
    Kind("dvd.vob", [*moving(rate=50, filters=FIELDS), *talking(), "-c:v", "mpeg2video", "-b:v", "4M",
                     "-flags", "+ildct+ilme", "-c:a", "ac3", "-f", "vob"],
         (1024, 576), rate=50.0, remarks=("interlaced",)),
    Kind("gray.mkv", both("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "gray", *AAC)),
    Kind("rgb.mkv", both("-c:v", "libx264rgb", "-preset", "ultrafast", *AAC), noise_ratio=24.0),
    Kind("high422.mkv", both("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv422p10le", *AAC)),
    Kind("high444.mkv", both("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p10le", *AAC)),
    Kind("av1.mp4", both("-c:v", "libsvtav1", "-preset", "12", "-crf", "30", *AAC)),
    Kind("av1.mkv", both("-c:v", "libsvtav1", "-preset", "12", "-crf", "30", "-c:a", "libopus")),
    Kind("full_range.mp4", both(*X264[:-1], "yuvj420p", "-color_range", "pc", *AAC)),
]  # fmt: skip
SOUNDS = [
    Kind("flac.mkv", sound("-c:a", "flac")),
    Kind("alac.mov", sound("-c:a", "alac")),
    Kind("pcm.mov", sound("-c:a", "pcm_s16le")),
    Kind("mp3.mp4", sound("-c:a", "libmp3lame")),
    Kind("ac3.mp4", sound("-c:a", "ac3")),
    Kind("8khz.mov", sound("-c:a", "pcm_s16le", rate=8000)),
    Kind("96khz.mkv", sound("-c:a", "flac", rate=96000)),
    Kind("six.mkv", sound("-c:a", "ac3", "-b:a", "448k", layout="5.1", expression=CENTRE),
         remarks=("sound-mixed",)),
    Kind("left.mov", sound("-c:a", "pcm_s16le", layout="stereo", expression=BURSTS + "|0"),
         remarks=("sound-one-side",)),
    Kind("amr.3gp", [*moving("176x144", rate=15), *talking(rate=8000), "-c:v", "h263", "-c:a",
                     "libopencore_amrnb", "-b:a", "12.2k", "-ac", "1"],
         (176, 144), rate=15.0, noise_ratio=25.0),
]  # fmt: skip
TIMES = [
    Kind("late.ts", [*both(*X264, *AAC), "-output_ts_offset", "36000"]),
    Kind("sound_later.ts", [*moving(seconds=2), "-itsoffset", "0.9", *talking(), *X264, *AAC], duration=2000),
    Kind("sound_earlier.ts", ["-itsoffset", "0.6", *moving(), *talking(1.6), *X264, *AAC]),
    Kind("wrap.ts", [*both(*X264, *AAC), "-output_ts_offset", "95443.2"]),
    Kind("sound_later.mkv", [*moving(seconds=2), "-itsoffset", "1", *talking(), *X264, *AAC], duration=2000),
    Kind("sound_earlier.mkv", ["-itsoffset", "0.6", *moving(), *talking(1.6), *X264, *AAC]),
    Kind("sound_longer.mp4", [*moving(), *talking(3), *X264, *AAC], duration=3000,
         remarks=("picture-ends-early",)),
    Kind("sound_shorter.mp4", [*moving(seconds=4), *talking(), *X264, *AAC], duration=4000,
         remarks=("sound-ends-early",)),
    Kind("fast.mp4", [*moving(rate=120), *X264], rate=60.0, remarks=("rate-reduced",)),
    Kind("tenth.mp4", [*moving(seconds=0.12), *X264], duration=120),
    Kind("single.mp4", [*moving(), *X264, "-frames:v", "1"], duration=40),
    Kind("programmes.ts", [*both(), *both(size="160x90"), "-map", "0", "-map", "1", "-map", "2", "-map", "3",
                           *X264, *AAC, *PROGRAMMES]),
    Kind("fragmented.mp4", both(*X264, *AAC, "-movflags", "+frag_keyframe+empty_moov+default_base_moof"),
         duration=1021, rate=24.5),
    Kind("timecode.mov", both(*X264, "-c:a", "pcm_s16le", "-timecode", "01:00:00:00")),
    Kind("index_last.mp4", both(*X264, *AAC)),
]  # fmt: skip
SHAPES = [
    Kind("odd.webm", [*moving("161x121"), "-c:v", "libvpx-vp9", "-deadline", "realtime"], (160, 120)),
    Kind("tiny.mkv", [*moving("2x2"), "-c:v", "libx264", "-qp", "10", "-pix_fmt", "yuv420p"], (16, 16),
         noise_ratio=15.0),
    Kind("cinema.mp4", [*moving("4096x2160", 0.08), *X264], (2048, 1080), duration=80, noise_ratio=25.0,
         remarks=("size-reduced",)),
    Kind("ribbon.mp4", [*moving("7680x100", 0.2), *X264], (2534, 32), duration=200),
    Kind("portrait.mp4", [*moving("180x320"), *X264], (180, 320), remarks=("portrait",)),
    Kind("wide_points.mp4", [*moving("160x180", filters="setsar=2/1"), *X264], (320, 180)),
    Kind("tall_points.mp4", [*moving("320x90", filters="setsar=1/2"), *X264], (320, 180)),
]  # fmt: skip
