"""Pipes the frames to ffmpeg, which joins them with the narration into a web-ready MP4."""

import subprocess
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryFile

from imageio_ffmpeg import get_ffmpeg_exe

WIDTH, HEIGHT, RATE = 1280, 720, 25

CODEC = ("-c:v", "libx264", "-preset", "slow", "-tune", "animation", "-profile:v", "high")
PICTURE = (*CODEC, "-pix_fmt", "yuv420p", "-crf", "27")  # keeps each film under 4 MB
KEY_FRAMES = ("-g", "50", "-keyint_min", "25", "-flags", "+cgop")  # every 2 s, closed: can be cut uncoded
RATIO = ("-x264-params", "ipratio=1.1")  # key frames are most of the file, as the ground stands still
COLOURS = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv")
SOUND = ("-c:a", "aac", "-b:a", "64k", "-ar", "48000", "-ac", "1")


def encode(frames: Iterable[bytes], narration: Path, target: Path, *, title: str) -> None:
    """Write `target`: H.264 and AAC, index at the front. Frames are BGRA, 1280 x 720, 25 a second."""
    command = [get_ffmpeg_exe(), "-hide_banner", "-loglevel", "error", "-y"]
    command += ["-f", "rawvideo", "-pix_fmt", "bgra", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE), "-i", "-"]
    command += ["-i", str(narration), "-map", "0:v", "-map", "1:a"]
    command += ["-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", *PICTURE]
    command += [*KEY_FRAMES, *RATIO, *COLOURS, *SOUND, "-threads", "2"]
    command += ["-metadata", f"title={title}", "-movflags", "+faststart", "-fflags", "+bitexact", str(target)]
    with TemporaryFile() as complaints:
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=complaints) as process:  # noqa: S603 - our own argv
            if process.stdin is None:
                raise RuntimeError("ffmpeg has no input pipe")
            for frame in frames:
                process.stdin.write(frame)
            process.stdin.close()
        if process.returncode != 0:
            complaints.seek(0)
            raise RuntimeError(f"ffmpeg: {complaints.read()[-800:]!r}")
