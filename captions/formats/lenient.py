"""Lenient import of SRT, SBV and WebVTT: every cue people would see, each repair and loss listed."""

from dataclasses import replace
from itertools import takewhile

from captions.errors import CaptionError, ErrorCode, refusal
from captions.findings import DropCode, Findings, RepairCode
from captions.formats import encodings, markup, sniff
from captions.formats.scan import Dialect, Found, scan
from captions.formats.sniff import CaptionFormat
from captions.limits import MAX_CUE_CHARACTERS, check_size
from captions.track import Cue, TextTrack
from captions.webvtt import settings, vtt

_DIALECTS = {
    CaptionFormat.SRT: Dialect.SRT,
    CaptionFormat.SBV: Dialect.SBV,
    CaptionFormat.VTT: Dialect.VTT,
}
_WORD = "WEBVTT"
_HARMLESS = frozenset({DropCode.COMMENT, DropCode.HEADER, DropCode.STYLE, DropCode.SETTING})


def read(data: bytes, format_: CaptionFormat | None = None, encoding: str | None = None) -> TextTrack:
    """Read captions in whatever form people have them.

    `format_` None = told by the content. Raises CaptionError for what is no caption file, for a format that
    is recognised but not handled, and above the limits of the library.
    """
    check_size(len(data))
    sniff.refuse_binaries(data)
    findings = Findings()
    text = _text(data, encoding, findings)
    if not text.strip():
        raise refusal(ErrorCode.EMPTY)
    found = sniff.sniff(text) if format_ is None else format_
    if found not in _DIALECTS:
        raise refusal(ErrorCode.UNSUPPORTED_FORMAT, format=found.upper(), supported="VTT, SRT, SBV")
    return _track(text, _DIALECTS[found], findings)


def _track(text: str, dialect: Dialect, findings: Findings) -> TextTrack:
    if dialect is Dialect.VTT:
        track = _conforming(text, findings)
        if track is not None:
            return track
    lines = text.split("\n")
    head = _header(lines, findings) if dialect is Dialect.VTT else TextTrack()
    cues = [_cue(found, dialect, findings) for found in scan(lines, dialect, findings)]
    if not cues and dialect is not Dialect.VTT:
        raise refusal(ErrorCode.NO_CUES)
    return _finished(replace(head, cues=tuple(cues)), findings)


def _text(data: bytes, encoding: str | None, findings: Findings) -> str:
    """The characters, with line ends as LF, and notes of what had to be mended for that."""
    decoded = encodings.decode(data, encoding)
    if decoded.guessed or decoded.encoding != "utf-8":
        findings.repair(0, RepairCode.ENCODING, decoded.encoding, "utf-8")
    if decoded.damaged:
        findings.repair(0, RepairCode.BAD_BYTES)
    text = decoded.text.removeprefix("\ufeff")
    text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        findings.repair(0, RepairCode.NUL)
        text = text.replace("\0", "")
    return text


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
    return _finished(replace(track, cues=cues), findings)


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


def _finished(track: TextTrack, findings: Findings) -> TextTrack:
    """The track in the order of its starts, with all findings."""
    latest = -1
    for cue in track.cues:
        if cue.start < latest:
            findings.repair(cue.line, RepairCode.UNSORTED, cue.text)
        latest = max(latest, cue.start)
    return replace(
        track,
        cues=tuple(sorted(track.cues, key=lambda cue: cue.start)),
        repairs=tuple(findings.repairs),
        dropped=tuple(findings.dropped),
    )
