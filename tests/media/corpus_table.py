"""The files of the video corpus and what has to become of each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Playable:
    """A file that becomes a video of `size` (upright pixels of the largest rendition) and `duration` (ms).

    `likeness` and `noise_ratio` (dB) are the least that its pictures must have in common with ffmpeg's own
    reading. `remarks` are some of those in the report.
    """

    file: str
    size: tuple[int, int]
    duration: int
    remarks: frozenset[str] = frozenset()
    likeness: float = 0.97
    noise_ratio: float = 33.0


def playable(file: str, size: tuple[int, int], duration: int, *remarks: str, **least: float) -> Playable:
    """A row of the table."""
    return Playable(file, size, duration, frozenset(remarks), **least)


ROWS = (
    playable("avchd_1080i.mts", (1920, 1080), 1034, "interlaced"),
    playable("camera_mjpeg.avi", (320, 240), 2733, "low-rate"),
    playable("chaplin.mp4", (640, 360), 9640),
    playable("chapters.mkv", (320, 240), 5000, "chapters-inside", noise_ratio=20.0),
    playable("chapters_qt.mp4", (1080, 720), 1001, "chapters-inside"),
    playable("clip.flv", (268, 156), 717, "no-sound"),
    playable("clip.mxf", (768, 576), 10640),
    playable("clip.rm", (352, 288), 5533),
    playable("clip.wmv", (640, 356), 92, "sound-silent"),
    playable("corrupted.mp4", (1280, 720), 5000, noise_ratio=24.0),
    playable("cursed_vfr.mp4", (2358, 1080), 8726, "uneven-rate"),
    playable("elf.mp4", (720, 480), 8033, "sound-raised"),
    playable("elf.webm", (720, 480), 8033, "sound-raised"),
    playable("failing_audio.mp4", (640, 360), 11200),
    playable("fragmented.mp4", (1080, 720), 1001),
    playable("h263.3gp", (176, 144), 1000, "low-size"),
    playable("hdr10_av1.mp4", (720, 1280), 4238, "tones-mapped", "portrait", likeness=0.9, noise_ratio=12.0),
    playable("hevc.ts", (1920, 1080), 5000),
    playable("iphone_hevc.mov", (720, 1280), 1168, "turned", "portrait"),
    playable("mdat_too_long.mp4", (1080, 720), 1001),
    playable("missing_stsd.mp4", (1080, 720), 1001, "sound-dropped"),
    playable("mpeg2_elementary.m2v", (192, 240), 4967),
    playable("mpeg4.avi", (960, 400), 4087, likeness=0.93, noise_ratio=31.0),
    playable("mediacms_small.mp4", (428, 240), 27200, "sound-lowered"),
    playable("mpeg_ps.mpg", (320, 240), 13981),
    playable("mvhevc_5frames.mov", (1080, 1206), 67),
    playable("no_duration.webm", (1280, 720), 4938, "dark"),
    playable("no_initial_keyframe.ts", (640, 360), 499),
    playable("no_timescale.mp4", (320, 240), 6042),
    playable("phone_hevc_editlist.mp4", (1080, 1920), 2568, "tones-mapped", "turned", noise_ratio=18.0),
    playable("phone_pixel7_1080p.mp4", (1920, 1080), 1205, "turned", "no-sound", likeness=0.93),
    playable("portrait_4k60_300ms.mp4", (1080, 1920), 300, "turned", "size-reduced"),
    playable("realshort.mp4", (320, 240), 1199),
    playable("rot180.mov", (568, 320), 100, "turned"),
    playable("rot90.mov", (320, 568), 100, "turned"),
    playable("rotate_bunny.mp4", (1080, 1920), 1875, "turned"),
    playable("rotate_reflect.mp4", (720, 1080), 1001, "mirrored"),
    playable("sar_2x1.mp4", (1280, 360), 5000, noise_ratio=27.0),
    playable("shorter_audio.mp4", (320, 240), 1200),
    playable("slow_motion_sef.mp4", (320, 240), 2067),
    playable("subs_pgs.mkv", (1080, 720), 1200, "captions-drawn"),
    playable("subs_srt.mkv", (1080, 720), 1000, "captions-inside"),
    playable("video_two_audio.mp4", (720, 480), 8033, "several-sounds"),
    playable("vp8_540p60.webm", (960, 540), 1000),
    playable("vp9_10bit.webm", (426, 240), 3003),
    playable("vp9_alpha.webm", (200, 200), 5000, "see-through"),
    playable("vp9_odd_dims.webm", (160, 120), 1001),
    playable("vp9_square_642.webm", (642, 642), 3000),
)
"""Converted whole."""

LONG_ROWS = (
    playable("bbb_480p_30s.mp4", (854, 480), 30000),
    playable("earth.mov", (480, 270), 30033),
    playable("long_1080p_6min_lowbitrate.mp4", (1920, 1080), 362767),
    playable("silent_black_25s.mp4", (320, 240), 25000),
)
"""Long, and as browsers play them: made watchable without converting."""

SOUND_ROWS = (
    ("audio_only.mp4", 22213),
    ("audio_only_dts.mp4", 38507),
    ("audio_only_two_tracks.mp4", 5013),
    ("eac3.mp4", 1728),
)
"""Become audio lessons of so many milliseconds."""

REFUSED_ROWS = (
    ("bomb_16k_frame.mp4", "frame-too-large", "Export it at 3840 x 2160 or smaller"),
    ("bomb_24h_slow.mp4", "frame-rate-too-low", "Export it at 24 to 60 pictures"),
    ("corrupt.mkv", "damaged-file", "Play it on your own device first"),
    ("evil_dash.mp4", "playlist", "only points to a video elsewhere"),
    ("evil_ffconcat.mp4", "playlist", "only points to a video elsewhere"),
    ("evil_ffconcat_sibling.mp4", "playlist", "only points to a video elsewhere"),
    ("evil_hls_file.mp4", "playlist", "only points to a video elsewhere"),
    ("evil_hls_http.mp4", "playlist", "only points to a video elsewhere"),
    ("evil_hls_sibling.mp4", "playlist", "only points to a video elsewhere"),
    ("html_renamed.mp4", "web-page", "saved from a link that asks to sign in"),
    ("mjpeg.mov", "no-frames", "No picture could be read"),
    ("png_renamed.mp4", "picture", "still picture"),
    ("text_renamed.mp4", "text-file", "Upload the recording itself"),
    ("tiny_262_bytes.mp4", "no-streams", "no picture and no sound"),
    ("truncated_60pct.mp4", "incomplete-file", "its end, which holds the index, is missing"),
    ("vp9_invalid_bitstream.webm", "damaged-file", "Play it on your own device first"),
    ("zero_bytes.mp4", "empty-file", "The file is empty"),
    ("zero_empty_stsc.mp4", "damaged-file", "Play it on your own device first"),
)

FILES = [row.file for row in (*ROWS, *LONG_ROWS)] + [row[0] for row in (*SOUND_ROWS, *REFUSED_ROWS)]
