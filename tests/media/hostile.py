"""Makers of hostile files, and what their tests need: the sandboxes that work here, and who is running."""

import os
import select
import shutil
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from struct import pack

from media.running.sandbox import Sandbox, examine_machine

WORKING = [Sandbox.LIMITS, *([Sandbox.BWRAP] if examine_machine().program else [])]
"""Limits work everywhere; bubblewrap where it is installed and the machine allows it."""


def descendants(pid: int) -> list[int]:
    """The processes under one, the youngest generation last."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            parents.setdefault(parent, []).append(int(stat.parent.name))
    found = [pid]
    for each in found:  # grows while it is walked
        found += parents.get(each, [])
    return found[1:]


def has_ended(pid: int, seconds: float) -> bool:
    """Wait for a process that is no child of ours."""
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], seconds)[0])
    finally:
        os.close(watched)


def texts(victim: Path, port: int) -> dict[str, str]:
    """Texts with the name of a video, each of which makes some reader open another file or a connection."""
    head = "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n"
    return {
        "hls-file.mp4": f"{head}file://{victim}\n#EXT-X-ENDLIST\n",
        "hls-http.mp4": f"{head}http://127.0.0.1:{port}/secret.ts\n#EXT-X-ENDLIST\n",
        "ffconcat.mp4": f"ffconcat version 1.0\nfile {victim}\n",
        "sdp.mp4": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\n"
        f"m=video {port} RTP/AVP 96\na=rtpmap:96 H264/90000\n",
        "dash.mp4": '<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
        f'mediaPresentationDuration="PT3S"><BaseURL>http://127.0.0.1:{port}/</BaseURL><Period><AdaptationSet>'
        '<Representation id="1" bandwidth="1" mimeType="video/mp4"><BaseURL>secret.mp4</BaseURL>'
        "</Representation></AdaptationSet></Period></MPD>\n",
        "page.mp4": "<!doctype html><html><script>alert(document.domain)</script></html>\n",
    }


def large_png(width: int, height: int) -> bytes:
    """A grey picture of zeros, packed row by row: about a megabyte that unpacks to `width` x `height`."""
    packer = zlib.compressobj(1)
    row = bytes(width + 1)
    rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    parts = [(b"IHDR", pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b"")]
    chunks = (
        pack(">I", len(body)) + kind + body + pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


ODD_NAMES = ("-i.mp4", "a;touch pwned.mp4", "$(id).mp4", "x\N{RIGHT-TO-LEFT OVERRIDE}4pm.mp4")
VICTIM_COLOUR = "0xff00ff"
CODED = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p")
PLAIN = ("-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=1", "-f", "lavfi", "-i", "sine=d=1")
Make = Callable[..., Path]


def write_all(folder: Path, make: Make, port: int) -> dict[str, Path]:
    """The two good files and the 21 hostile kinds in one folder, by name.

    `make` runs ffmpeg and writes into its own folder; `port` is where a connection would be noticed.
    """
    good = make("good.mp4", *PLAIN, *CODED, "-c:a", "aac")
    picture = ["-f", "lavfi", "-i", f"color={VICTIM_COLOUR}:s=320x180:r=25:d=1"]
    victim = make("victim.ts", *picture, "-f", "lavfi", "-i", "sine=f=1234:d=1", *CODED, "-c:a", "aac")
    made = [good, victim, *bombs(make, folder), *odd_shapes(make)]
    files = {path.name: Path(shutil.copy(path, folder)) for path in made}
    files |= {name: Path(shutil.copy(good, folder / name)) for name in ODD_NAMES}
    bodies = {name: text.encode() for name, text in texts(folder / "victim.ts", port).items()}
    for name, body in (bodies | damaged(good.read_bytes())).items():
        (folder / name).write_bytes(body)
        files[name] = folder / name
    return files


def bombs(make: Make, folder: Path) -> list[Path]:
    """Small files that would unpack to very much: pixels, time, pictures per second, tracks."""
    (png := folder / "large.png").write_bytes(large_png(15000, 15000))
    pixels = make("bomb-pixels.mkv", "-f", "png_pipe", "-i", str(png), "-c", "copy")
    png.unlink()
    late = ["-vf", "setpts='if(eq(N,1),36000/TB,PTS)'", "-fps_mode", "vfr"]
    tracks = ["-t", "0.2", "-map", "0:v", *["-map", "1:a"] * 60]
    return [
        pixels,
        make("bomb-time.mp4", "-f", "lavfi", "-i", "color=s=160x90:r=10:d=0.2", *late, *CODED),
        make("bomb-rate.mp4", "-f", "lavfi", "-i", "color=s=64x64:r=10000", "-frames:v", "3000", *CODED),
        make("bomb-tracks.mp4", *PLAIN, *tracks, *CODED, "-c:a", "aac"),
    ]


def odd_shapes(make: Make) -> list[Path]:
    """Honest files that a careless pipeline stumbles over."""
    deep = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p10le"]
    return [
        make("sound-alone.mp4", "-f", "lavfi", "-i", "sine=d=1", "-c:a", "aac"),
        make("odd-10-bit.mkv", "-f", "lavfi", "-i", "testsrc2=s=641x361:r=25:d=0.4", *deep),
        make("portrait.mp4", "-f", "lavfi", "-i", "testsrc2=s=360x640:r=25:d=0.4", *CODED),
    ]


def damaged(whole: bytes) -> dict[str, bytes]:
    """A good file cut short, and with 400 bytes of its middle inverted; noise; nothing."""
    middle = len(whole) // 2
    rotten = bytes(byte ^ 0xFF for byte in whole[middle : middle + 400])
    return {
        "cut.mp4": whole[:20_000],
        "noise.mp4": Random(7).randbytes(300_000),
        "empty.mp4": b"",
        "rotten.mp4": whole[:middle] + rotten + whole[middle + 400 :],
    }
