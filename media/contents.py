"""Package: what packaging a recording gives, as plain values."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from media.hls import Variant
from media.info import MediaInfo
from media.loudness import Loudness
from media.report import Report
from media.stills import Candidate


class FileRole(StrEnum):
    """What a file of a package is for."""

    MASTER = "master"
    PLAYLIST = "playlist"
    RENDITION = "rendition"
    SOUND = "sound"
    POSTER = "poster"
    POSTER_CANDIDATE = "poster-candidate"
    STORYBOARD = "storyboard"
    STORYBOARD_CUES = "storyboard-cues"
    WAVEFORM = "waveform"
    REPORT = "report"


class PackageKind(StrEnum):
    """A recording with a picture, or of sound alone."""

    VIDEO = "video"
    SOUND = "sound"


CONTENT_TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".mp4": "video/mp4",
    ".m4a": "audio/mp4",
    ".jpg": "image/jpeg",
    ".vtt": "text/vtt; charset=utf-8",
    ".json": "application/json",
}


@dataclass(frozen=True, slots=True)
class PackageFile:
    """One file: its `name` in the folder, its size in `bytes`, and what to send as its content type."""

    name: str
    bytes: int
    content_type: str
    role: FileRole


@dataclass(frozen=True, slots=True)
class Package:
    """All that was made in `folder`. `duration` in milliseconds, sizes upright pixels, `frame_rate` per
    second.

    `is_final` is False for the copy that the fast path makes, which the ladder later replaces. `master` is
    None for sound alone, whose one file has the role SOUND.
    """

    folder: Path
    kind: PackageKind
    is_final: bool
    duration: int
    width: int
    height: int
    frame_rate: float
    master: str | None
    renditions: tuple[Variant, ...]
    posters: tuple[Candidate, ...]
    files: tuple[PackageFile, ...]
    loudness: Loudness | None
    report: Report
    info: MediaInfo

    @property
    def bytes(self) -> int:
        """The size of all files together."""
        return sum(file.bytes for file in self.files)


def list_files(folder: Path) -> tuple[PackageFile, ...]:
    """The finished files in `folder`, by name. Anything that is not part of a package is not listed."""
    found = []
    for path in sorted(folder.iterdir()):
        role = _role(path)
        if role is not None:
            found.append(PackageFile(path.name, path.stat().st_size, CONTENT_TYPES[path.suffix], role))
    return tuple(found)


NAMED = {
    "master.m3u8": FileRole.MASTER,
    "audio.m4a": FileRole.SOUND,
    "poster.jpg": FileRole.POSTER,
    "storyboard.jpg": FileRole.STORYBOARD,
    "storyboard.vtt": FileRole.STORYBOARD_CUES,
    "waveform.json": FileRole.WAVEFORM,
    "report.json": FileRole.REPORT,
}


def _role(path: Path) -> FileRole | None:
    if not path.is_file():
        return None
    if path.name in NAMED:
        return NAMED[path.name]
    if path.stem.isdigit():
        return {".mp4": FileRole.RENDITION, ".m3u8": FileRole.PLAYLIST}.get(path.suffix)
    return FileRole.POSTER_CANDIDATE if path.name.startswith("poster-") else None
