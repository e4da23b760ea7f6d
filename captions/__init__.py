"""Captions: text tracks read, checked, written, and what is made of them.

Nothing here knows of edu, Flask or a database: bytes and values come in, bytes and values go out. Pages, jobs
and where a track is kept do not belong here.
"""

from captions.checking.check import Problem, check
from captions.checking.repair import Change, Repaired, repair
from captions.checking.rules import RuleId
from captions.checking.view import Severity
from captions.clamp import clamp
from captions.errors import CaptionError, ErrorCode
from captions.findings import DropCode, Dropped, Repair, RepairCode
from captions.formats.encodings import Guess
from captions.hearing import Hearing, Speech
from captions.limits import MAX_BYTES, MAX_CUES, UPLOAD_MAX_BYTES, UPLOAD_MAX_CUES
from captions.making.align import Aligned, Untimed, align, align_words
from captions.reading import Look, look, read
from captions.terms import Term
from captions.track import Cue, TextTrack, TrackKind
from captions.writing import write

__all__ = [
    "MAX_BYTES",
    "MAX_CUES",
    "UPLOAD_MAX_BYTES",
    "UPLOAD_MAX_CUES",
    "Aligned",
    "CaptionError",
    "Change",
    "Cue",
    "DropCode",
    "Dropped",
    "ErrorCode",
    "Guess",
    "Hearing",
    "Look",
    "Problem",
    "Repair",
    "RepairCode",
    "Repaired",
    "RuleId",
    "Severity",
    "Speech",
    "Term",
    "TextTrack",
    "TrackKind",
    "Untimed",
    "align",
    "align_words",
    "check",
    "clamp",
    "look",
    "read",
    "repair",
    "write",
]
