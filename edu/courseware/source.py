"""Reading the text files of a course and the hash that tells an untouched page from an edited one."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

from edu.courseware.course import Source
from edu.courseware.finding import broken

MAX_BYTES = 1_000_000


def normalised(text: str) -> str:
    """The text in NFC, with LF line ends, no byte order mark, and one line end at its end."""
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff"))
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"


def source_hash(text: str) -> str:
    """SHA-256 (hex) of the normalised text, without comment lines at its head (writing drops those)."""
    lines = normalised(text).split("\n")
    while len(lines) > 1 and lines[0].startswith("# "):
        del lines[0]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def read_text(folder: Path, path: str) -> tuple[str, Source]:
    """The normalised text of a file of the course and where it came from; CourseError when unreadable."""
    try:
        data = (folder / path).read_bytes()
    except FileNotFoundError as error:
        raise broken(path, 0, "the file is missing", "Add it, or remove what names it") from error
    except OSError as error:
        raise broken(path, 0, f"the file cannot be read ({error.strerror})", "Check its rights") from error
    if len(data) > MAX_BYTES:
        raise broken(path, 0, "the file is larger than 1 MB", "Text files of a course are small: split it")
    try:
        text = normalised(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise broken(path, line, "the file is not UTF-8 text", "Save it with the encoding UTF-8") from error
    return text, Source(path, source_hash(text))
