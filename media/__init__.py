"""Video and sound: what a file holds, and how it becomes a folder that every browser can play from.

A pure library: files in, files and plain values out. It knows nothing of accounts, jobs, storage, databases
or web pages; the caller owns the folders, the settings and the decision what to keep. Captions and their
timing belong to `captions`. Times are integer milliseconds, sizes upright pixels. Everything raised is a
MediaError, or an EditError for an edit that cannot be made.
"""

from media.contents import FileRole, Package, PackageFile, PackageKind, SoundChoice
from media.edit import ORIGINAL, Cover, Edit, EditError, Mute, Segment
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
from media.info import AudioStream, Chapter, FieldOrder, MediaInfo, SubtitleStream, VideoStream
from media.making.av1 import Av1Version, encode_av1, encoder_version
from media.making.describe import Described, describe, read_voice
from media.making.frames import Frames
from media.making.hls import Variant
from media.making.ladder import Rendition, ladder
from media.making.loudness import Loudness
from media.making.preview import Preview, preview
from media.making.remux import is_web_ready
from media.making.report import Level, Remark, Report
from media.making.shots import shots
from media.making.stills import Candidate
from media.package import fast_path, package
from media.reading.probe import probe
from media.running.sandbox import Sandbox
from media.running.tools import Ffmpeg, Tools, examine, find_ffmpeg
from media.timemap import Stretch, TimeMap

__all__ = [
    "ORIGINAL",
    "AudioStream",
    "Av1Version",
    "Candidate",
    "Chapter",
    "Cover",
    "Described",
    "Edit",
    "EditError",
    "Ffmpeg",
    "FieldOrder",
    "FileRole",
    "Frames",
    "Level",
    "Loudness",
    "MediaCancelled",
    "MediaError",
    "MediaInfo",
    "MediaLimitExceeded",
    "Mute",
    "Package",
    "PackageFile",
    "PackageKind",
    "Preview",
    "Remark",
    "Rendition",
    "Report",
    "Sandbox",
    "Segment",
    "SoundChoice",
    "Stretch",
    "SubtitleStream",
    "TimeMap",
    "ToolFailed",
    "ToolMissing",
    "ToolTimedOut",
    "Tools",
    "UnreadableMedia",
    "UnsupportedMedia",
    "Variant",
    "VideoStream",
    "describe",
    "encode_av1",
    "encoder_version",
    "examine",
    "fast_path",
    "find_ffmpeg",
    "is_web_ready",
    "ladder",
    "package",
    "preview",
    "probe",
    "read_voice",
    "shots",
]
