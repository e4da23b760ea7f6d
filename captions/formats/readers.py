"""READERS: which function reads which format. A new format is a line here."""

from collections.abc import Callable, Mapping
from typing import Final

from captions.findings import Findings
from captions.formats import ass, lines, lrc, scc, smi, spruce, stl
from captions.formats.sniff import CaptionFormat
from captions.formats.ttml import reader as ttml
from captions.track import TextTrack

Reader = Callable[[str, Findings], TextTrack]
"""Gives the cues of a text in file order and notes repairs and losses in the findings.

The text has LF line ends and no null characters. Raises CaptionError when it holds no cue. The caller sorts,
keeps the limits of time, and puts the findings into the track.
"""

LanguageReader = Callable[[str, Findings, str], TextTrack]
"""The same for a format that may hold several languages: the third is the one that is wanted, or empty."""

BytesReader = Callable[[bytes, Findings], TextTrack]
"""The same for a format that is no text."""

READERS: Final[Mapping[CaptionFormat, Reader]] = {
    CaptionFormat.VTT: lines.read_vtt,
    CaptionFormat.SRT: lines.read_srt,
    CaptionFormat.SBV: lines.read_sbv,
    CaptionFormat.LRC: lrc.read,
    CaptionFormat.ASS: ass.read,
    CaptionFormat.SSA: ass.read,
    CaptionFormat.SCC: scc.read,
    CaptionFormat.STL: spruce.read,
}

LANGUAGE_READERS: Final[Mapping[CaptionFormat, LanguageReader]] = {
    CaptionFormat.TTML: ttml.read,
    CaptionFormat.DFXP: ttml.read,
    CaptionFormat.SMI: smi.read,
}

BYTES_READERS: Final[Mapping[CaptionFormat, BytesReader]] = {CaptionFormat.STL: stl.read}
"""Readers of binary files, which `sniff.binary_format` tells: EBU STL."""
