"""Lenient import: captions in whatever form and encoding people have them, each repair and loss listed."""

from dataclasses import dataclass, replace

from captions.errors import ErrorCode, refusal
from captions.findings import DropCode, Findings, RepairCode
from captions.formats import encodings, sniff
from captions.formats.encodings import Decoded
from captions.formats.readers import BYTES_READERS, LANGUAGE_READERS, READERS
from captions.formats.sniff import CaptionFormat
from captions.limits import MAX_EXPANSION, MAX_IMPORT_TIME, check_count, check_size
from captions.track import Cue, TextTrack


@dataclass(frozen=True, slots=True)
class Source:
    """A file whose format is known: its encoding and characters, or the bytes of a format that is no text."""

    format: CaptionFormat
    encoding: str = ""
    text: str = ""
    data: bytes = b""


def read(
    data: bytes, format_: CaptionFormat | None = None, encoding: str | None = None, language: str = ""
) -> TextTrack:
    """Read captions in whatever form people have them.

    `format_` None = told by the content. `encoding` is what a person chose, `language` (BCP 47) what the
    captions are said to be in: it helps to guess the encoding, and chooses among several languages. Raises
    CaptionError for what is no caption file, for a format that is not read, and above the library's limits.
    """
    findings = Findings()
    return parse(identify(data, findings, format_, encoding, language), findings, language)


def identify(
    data: bytes,
    findings: Findings,
    format_: CaptionFormat | None = None,
    encoding: str | None = None,
    language: str = "",
) -> Source:
    """What the file is; notes what had to be mended to read its characters. Raises CaptionError."""
    check_size(len(data))
    binary = sniff.binary_format(data)
    if binary is not None and binary in BYTES_READERS and format_ in (None, binary):
        return Source(binary, data=data)
    sniff.refuse_binaries(data)
    decoded = encodings.decode(data, encoding, language)
    text = _mended(decoded, len(data), findings)
    if not text.strip():
        raise refusal(ErrorCode.EMPTY)
    if format_ is None:
        return Source(sniff.sniff(text), decoded.encoding, text)
    sniff.refuse_pages(text)
    return Source(format_, decoded.encoding, text)


def parse(source: Source, findings: Findings, language: str = "") -> TextTrack:
    """The track of a file, with all findings. Raises CaptionError."""
    if source.data:
        return _finished(BYTES_READERS[source.format](source.data, findings), findings)
    if source.format in LANGUAGE_READERS:
        track = LANGUAGE_READERS[source.format](source.text, findings, language)
    elif source.format in READERS:
        track = READERS[source.format](source.text, findings)
    else:
        supported = ", ".join(known.upper() for known in (*READERS, *LANGUAGE_READERS))
        raise refusal(ErrorCode.UNSUPPORTED_FORMAT, format=source.format.upper(), supported=supported)
    return _finished(track, findings)


def _mended(decoded: Decoded, size: int, findings: Findings) -> str:
    """The characters, with line ends as LF, and notes of what had to be mended for that."""
    if len(decoded.text) > MAX_EXPANSION * size:
        raise refusal(ErrorCode.TOO_LARGE, size=len(decoded.text), limit=MAX_EXPANSION * size)
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


def _finished(track: TextTrack, findings: Findings) -> TextTrack:
    """The track in the order of its starts, its times within what a film can have, with all findings."""
    check_count(len(track.cues))
    latest = -1
    kept: list[Cue] = []
    for cue in track.cues:
        if cue.start >= MAX_IMPORT_TIME:
            findings.drop(cue.line, DropCode.TOO_LATE, cue.text)
            continue
        if cue.start < latest:
            findings.repair(cue.line, RepairCode.UNSORTED, cue.text)
        latest = max(latest, cue.start)
        kept.append(cue if cue.end < MAX_IMPORT_TIME else _shortened(cue, findings))
    if track.cues and not kept:
        hours = MAX_IMPORT_TIME // 3_600_000
        raise refusal(ErrorCode.TOO_LATE, track.cues[0].line or None, hours=hours)
    return replace(
        track,
        cues=tuple(sorted(kept, key=lambda cue: cue.start)),
        repairs=tuple(findings.repairs),
        dropped=tuple(findings.dropped),
    )


def _shortened(cue: Cue, findings: Findings) -> Cue:
    """A cue that ends later than any film lasts ends where films do."""
    findings.repair(cue.line, RepairCode.END, str(cue.end), str(MAX_IMPORT_TIME - 1))
    return replace(cue, end=MAX_IMPORT_TIME - 1)
