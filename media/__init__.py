"""Video and sound: what a file holds, and how it becomes a folder that every browser can play from.

A pure library: files in, files and plain values out. It knows nothing of accounts, jobs, storage, databases
or web pages; the caller owns the folders, the settings and the decision what to keep. Captions and their
timing belong to `captions`. Times are integer milliseconds, sizes upright pixels. Everything raised is a
MediaError.
"""

from media.contents import FileRole, Package, PackageFile, PackageKind
from media.errors import (
    MediaCancelled,
    MediaError,
    MediaLimitExceeded,
    ToolFailed,
    ToolMissing,
    ToolTimedOut,
    UnreadableMedia,
    UnsupportedMedia,
)
from media.hls import Variant
from media.info import AudioStream, Chapter, FieldOrder, MediaInfo, SubtitleStream, VideoStream
from media.ladder import Rendition, ladder
from media.loudness import Loudness
from media.package import fast_path, package
from media.probe import probe
from media.remux import is_web_ready
from media.report import Level, Remark, Report
from media.stills import Candidate
from media.tools import Ffmpeg, Tools, examine, find_ffmpeg

__all__ = [
    "AudioStream",
    "Candidate",
    "Chapter",
    "Ffmpeg",
    "FieldOrder",
    "FileRole",
    "Level",
    "Loudness",
    "MediaCancelled",
    "MediaError",
    "MediaInfo",
    "MediaLimitExceeded",
    "Package",
    "PackageFile",
    "PackageKind",
    "Remark",
    "Rendition",
    "Report",
    "SubtitleStream",
    "ToolFailed",
    "ToolMissing",
    "ToolTimedOut",
    "Tools",
    "UnreadableMedia",
    "UnsupportedMedia",
    "Variant",
    "VideoStream",
    "examine",
    "fast_path",
    "find_ffmpeg",
    "is_web_ready",
    "ladder",
    "package",
    "probe",
]
