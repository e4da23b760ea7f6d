"""Archive: a zip from strangers, looked into but never unpacked."""

import stat
import zipfile
import zlib
from collections.abc import Sequence
from io import BytesIO

from quizzes.errors import QuizError, Reason, refusal

LARGEST_FILE = 20 * 1024 * 1024  # bytes, of the archive
LARGEST_MEMBER = 20 * 1024 * 1024  # bytes, of what is read of it at a time
LARGEST_UNPACKED = 200 * 1024 * 1024  # bytes, all members together as they say of themselves
LARGEST_READ = 40 * 1024 * 1024  # bytes, all that is read of one archive
MOST_ENTRIES = 2000
STEEPEST = 100  # unpacked bytes for one packed byte
SMALL = 1024 * 1024  # bytes; below, a run of blanks may be packed as tightly as it likes
_SIGNATURE = b"PK\x03\x04"
_ENTRY = b"PK\x01\x02"
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


class Archive:
    """The members of a zip by name; everything about them is checked before the first is read.

    Raises QuizError: TOO_LARGE, UNREADABLE for what is no zip, HOSTILE for what a zip of questions never has:
    too many or too large members, absolute paths, `..`, backslashes, links, twice the same name, encryption.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) > LARGEST_FILE:
            raise refusal(Reason.TOO_LARGE, limit=LARGEST_FILE)
        if data.count(_ENTRY) > MOST_ENTRIES:  # before the standard library makes an object of each
            raise _hostile(f"it holds more than {MOST_ENTRIES} files")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _FAULTS as error:
            raise refusal(Reason.UNREADABLE, detail="it is not a zip archive") from error
        entries = self._zip.infolist()
        _check_sizes(entries, len(data))
        self._members: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            _check_entry(entry)
            if entry.filename in self._members:
                raise _hostile("two files have the same name", entry.filename)
            self._members[entry.filename] = entry
        self._left = LARGEST_READ

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files, in the order of the archive; folders are left out."""
        return tuple(name for name in self._members if not name.endswith("/"))

    def read(self, name: str) -> bytes:
        """The bytes of a member. Raises QuizError, with the name as its place."""
        member = self._members.get(name)
        if member is None:
            raise refusal(Reason.UNREADABLE, name, detail="there is no such file in the archive")
        if member.file_size > min(LARGEST_MEMBER, self._left):
            raise refusal(Reason.TOO_LARGE, name, limit=LARGEST_MEMBER)
        self._left -= member.file_size
        try:
            return self._zip.read(member)  # at most what the entry says: the rest would fail the checksum
        except _FAULTS as error:
            raise refusal(Reason.UNREADABLE, name, detail="this file of the archive is damaged") from error


def is_archive(data: bytes) -> bool:
    """Whether this begins as a zip does."""
    return data.startswith(_SIGNATURE)


def _check_sizes(entries: Sequence[zipfile.ZipInfo], packed: int) -> None:
    whole = sum(entry.file_size for entry in entries)
    if whole > LARGEST_UNPACKED:
        raise _hostile(f"unpacked it would take more than {LARGEST_UNPACKED} bytes")
    if whole > max(SMALL, STEEPEST * packed):
        raise _hostile(f"unpacked it would be more than {STEEPEST} times as large")
    for entry in entries:
        if entry.file_size > max(SMALL, STEEPEST * entry.compress_size):
            raise _hostile(f"unpacked it would be more than {STEEPEST} times as large", entry.filename)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    if name[:1] == "/" or name[1:2] == ":" or ".." in name.split("/") or "\\" in name or "\0" in name:
        raise _hostile("a file would be written outside the archive", name)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise _hostile("it holds a link or a device", name)
    if entry.flag_bits & 0x41:
        raise _hostile("a file is encrypted", name)
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise _hostile("a file is packed in an unusual way", name)


def _hostile(detail: str, name: str = "") -> QuizError:
    place = name.encode("ascii", "backslashreplace").decode().replace("\0", "\\0")[:200]
    return refusal(Reason.HOSTILE, place, detail=detail)
