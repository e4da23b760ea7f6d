"""One library reads and writes one WebVTT file in a process of its own; prints seconds and peak memory."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PEERS = "EDU_BENCH_PEERS"
"""Names a folder with the other libraries: pycaption brings a package `tests` that would hide our own."""
ABSENT = 3
"""The status of this program when the library is not installed."""

Reader = Callable[[bytes], Any]
Writer = Callable[[Any], object]


def ours() -> tuple[Reader, Writer]:
    """The strict reader, as the specification has it, and the writer."""
    import captions

    return lambda data: captions.read(data, format="vtt"), lambda track: captions.write(track, "vtt")


def webvtt_py() -> tuple[Reader, Writer]:
    """webvtt-py, from and to a string."""
    import webvtt

    return lambda data: webvtt.from_string(data.decode()), lambda found: found.content.encode()


def pysubs2() -> tuple[Reader, Writer]:
    """pysubs2, from and to a string."""
    import pysubs2

    return (
        lambda data: pysubs2.SSAFile.from_string(data.decode(), format_="vtt"),
        lambda found: found.to_string("vtt").encode(),
    )


def pycaption() -> tuple[Reader, Writer]:
    """pycaption, from and to a string."""
    import pycaption

    return (
        lambda data: pycaption.WebVTTReader().read(data.decode()),
        lambda found: pycaption.WebVTTWriter().write(found).encode(),
    )


LIBRARIES = {"ours": ours, "webvtt-py": webvtt_py, "pysubs2": pysubs2, "pycaption": pycaption}


def main(name: str, path: str) -> int:
    """Print the processor seconds of reading and of writing, and the largest size of the process in MB."""
    sys.path.append(os.environ.get(PEERS, "."))
    try:
        read, write = LIBRARIES[name]()
    except ImportError:
        return ABSENT
    data = Path(path).read_bytes()
    began = time.process_time()
    found = read(data)
    middle = time.process_time()
    write(found)
    end = time.process_time()
    sys.stdout.write(json.dumps({"read": middle - began, "write": end - middle, "peak": peak()}))
    return 0


def peak() -> float:
    """The most memory this process has had, in MB. getrusage would count that of the parent before it too."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
