"""Package: what packaging a recording gives, as plain values."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from media.info import MediaInfo
from media.making.hls import Variant
from media.making.loudness import Loudness
from media.making.report import Report
from media.making.stills import Candidate


class FileRole(StrEnum):
    """What a file of a package is for."""

    MASTER = "master"
    PLAYLIST = "playlist"
    RENDITION = "rendition"
    RENDITION_AV1 = "rendition-av1"
    MASTER_AV1 = "master-av1"
    RENDITION_SOUND = "rendition-sound"
    FRAMES = "frames"
    PREVIEW = "preview"
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
class SoundChoice:
    """A film with another of its sounds: the `file`, the `language` and `label` as the recording says them,
    `codecs` as in RFC 6381, `height` in pixels.
    """

    file: str
    language: str
    label: str
    codecs: str
    height: int


@dataclass(frozen=True, slots=True)
class Package:
    """All that was made in `folder`. `duration` in milliseconds, sizes upright pixels, `frame_rate` pictures
    per second on average, `rate` the same as numerator and denominator when they are evenly spaced.

    `is_final` is False for the copy that the fast path makes, which the ladder later replaces. `master` is
    None for sound alone, whose one file has the role SOUND. `sounds` are further sounds to choose from.
    """

    folder: Path
    kind: PackageKind
    is_final: bool
    duration: int
    width: int
    height: int
    frame_rate: float
    rate: tuple[int, int] | None
    master: str | None
    renditions: tuple[Variant, ...]
    posters: tuple[Candidate, ...]
    files: tuple[PackageFile, ...]
    loudness: Loudness | None
    report: Report
    info: MediaInfo
    sounds: tuple[SoundChoice, ...] = ()

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
    "master-av1.m3u8": FileRole.MASTER_AV1,
    "frames.json": FileRole.FRAMES,
    "preview.mp4": FileRole.PREVIEW,
    "preview.m4a": FileRole.PREVIEW,
    "audio.m4a": FileRole.SOUND,
    "poster.jpg": FileRole.POSTER,
    "storyboard.jpg": FileRole.STORYBOARD,
    "storyboard.vtt": FileRole.STORYBOARD_CUES,
    "waveform.json": FileRole.WAVEFORM,
    "report.json": FileRole.REPORT,
}


NUMBERED = {
    ("", ".mp4"): FileRole.RENDITION,
    ("", ".m3u8"): FileRole.PLAYLIST,
    ("av1-", ".mp4"): FileRole.RENDITION_AV1,
    ("av1-", ".m3u8"): FileRole.PLAYLIST,
    ("sound-", ".mp4"): FileRole.RENDITION_SOUND,
    ("sound-", ".m3u8"): FileRole.PLAYLIST,
    ("poster-", ".jpg"): FileRole.POSTER_CANDIDATE,
}
"""What stands before the number, and the ending."""


def _role(path: Path) -> FileRole | None:
    if not path.is_file():
        return None
    if path.name in NAMED:
        return NAMED[path.name]
    before, dash, number = path.stem.rpartition("-")
    return NUMBERED.get((before + dash, path.suffix)) if number.isdigit() else None
