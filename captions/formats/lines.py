"""SRT, SBV and WebVTT as people have them: cues told by their timing lines, each repair and loss listed."""

from dataclasses import replace
from itertools import takewhile

from captions.errors import CaptionError, ErrorCode, refusal
from captions.findings import DropCode, Findings, RepairCode
from captions.formats import markup
from captions.formats.scan import Dialect, Found, scan
from captions.limits import MAX_CUE_CHARACTERS
from captions.track import Cue, TextTrack
from captions.webvtt import settings, vtt

_WORD = "WEBVTT"
_HARMLESS = frozenset({DropCode.COMMENT, DropCode.HEADER, DropCode.STYLE, DropCode.SETTING})


def read_srt(text: str, findings: Findings) -> TextTrack:
    """The cues of SubRip. Raises CaptionError when there is none."""
    return _track(text, Dialect.SRT, findings)


def read_sbv(text: str, findings: Findings) -> TextTrack:
    """The cues of SBV, YouTube's plain form. Raises CaptionError when there is none."""
    return _track(text, Dialect.SBV, findings)


def read_vtt(text: str, findings: Findings) -> TextTrack:
    """The cues of WebVTT: as the specification has them where it loses none, else by the loose scanner."""
    return _conforming(text, findings) or _track(text, Dialect.VTT, findings)


def _track(text: str, dialect: Dialect, findings: Findings) -> TextTrack:
    lines = text.split("\n")
    head = _header(lines, findings) if dialect is Dialect.VTT else TextTrack()
    cues = [_cue(found, dialect, findings) for found in scan(lines, dialect, findings)]
    if not cues and dialect is not Dialect.VTT:
        raise refusal(ErrorCode.NO_CUES)
    return replace(head, cues=tuple(cues))


def _conforming(text: str, findings: Findings) -> TextTrack | None:
    """The track when the specification's parser loses no cue of it, else None."""
    try:
        track = vtt.parse_text(text)
    except CaptionError as error:
        if error.code is ErrorCode.TOO_MANY_CUES:
            raise
        return None
    if any(loss.code not in _HARMLESS for loss in track.dropped):
        return None
    for loss in track.dropped:
        findings.drop(loss.line, loss.code, loss.text)
    cues = tuple(_tidied(cue, findings) for cue in track.cues)
    return replace(track, cues=cues)


def _header(lines: list[str], findings: Findings) -> TextTrack:
    """Take the first line out of a damaged WebVTT file; gives the kind and language that its header names."""
    row = next((row for row, line in enumerate(lines) if line.strip()), 0)
    first = lines[row]
    if first[: len(_WORD)].upper() != _WORD:
        return TextTrack()
    if row or not vtt.is_signature(first):
        findings.repair(row + 1, RepairCode.HEADER, first, _WORD)
    lines[row] = ""
    below = list(takewhile(lambda line: line.strip() and vtt.ARROW not in line, lines[row + 1 :]))
    end = row + 1 + len(below)
    # a header that runs into a cue may be that cue's identifier: the scanner decides
    if end == len(lines) or not lines[end].strip():
        for at in range(row + 1, end):
            findings.drop(at + 1, DropCode.HEADER, lines[at])
            lines[at] = ""
    return vtt.parse_text("\n".join([f"{_WORD} {first[len(_WORD) :]}", *below]))


def _tidied(cue: Cue, findings: Findings) -> Cue:
    if "<" not in cue.text and len(cue.text) < MAX_CUE_CHARACTERS:
        return cue
    text = markup.tidy(cue.text, cue.line, findings)
    return cue if text == cue.text else replace(cue, text=text)


def _cue(found: Found, dialect: Dialect, findings: Findings) -> Cue:
    """A cue of what the scanner found: its text cleaned, what stands after its times made settings."""
    kept, ignored = "", tuple(found.rest.split())
    if found.rest:
        rest = settings.parse(found.rest)
        # a damaged file has lost its regions
        regions = [f"region:{rest.layout.region}"] if rest.layout.region else []
        ignored = (*regions, *rest.ignored)
        kept = " ".join(token for token in rest.text.split(" ") if token not in regions)
    for token in ignored:
        is_place = token[:2].upper() in ("X1", "X2", "Y1", "Y2")
        findings.drop(found.line, DropCode.COORDINATES if is_place else DropCode.SETTING, token)
    if dialect is Dialect.VTT:
        text, mark = markup.tidy(found.text, found.line, findings), ""
        identifier = "" if vtt.ARROW in found.head else found.head
    else:
        text, mark = markup.from_srt(found.text, found.line, findings)
        identifier = ""
    return Cue(found.start, found.end, text, identifier, kept or mark, found.line)
