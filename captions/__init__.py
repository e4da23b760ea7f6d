"""Captions: text tracks read, checked, written, and what is made of them.

Nothing here knows of edu, Flask or a database: bytes and values come in, bytes and values go out. Pages, jobs
and where a track is kept do not belong here.
"""

from captions.checking.check import Problem, RuleId, Severity, check
from captions.clamp import clamp
from captions.errors import CaptionError, ErrorCode
from captions.findings import DropCode, Dropped, Repair, RepairCode
from captions.limits import MAX_BYTES, MAX_CUES, UPLOAD_MAX_BYTES, UPLOAD_MAX_CUES
from captions.reading import read
from captions.track import Cue, TextTrack, TrackKind
from captions.writing import write

__all__ = [
    "MAX_BYTES",
    "MAX_CUES",
    "UPLOAD_MAX_BYTES",
    "UPLOAD_MAX_CUES",
    "CaptionError",
    "Cue",
    "DropCode",
    "Dropped",
    "ErrorCode",
    "Problem",
    "Repair",
    "RepairCode",
    "RuleId",
    "Severity",
    "TextTrack",
    "TrackKind",
    "check",
    "clamp",
    "read",
    "write",
]
