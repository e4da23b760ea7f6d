"""WebVTT as its specification parses it (https://www.w3.org/TR/webvtt1/, section 6), and a strict writer."""

import codecs
import re
from dataclasses import dataclass, field
from typing import Final

from captions import timecode
from captions.errors import CaptionError, ErrorCode, refusal
from captions.findings import DropCode, Findings
from captions.limits import MAX_TIME, check_count, check_size
from captions.track import Cue, TextTrack, TrackKind
from captions.webvtt import regions, settings
from captions.webvtt.regions import Region

ARROW: Final = "-->"
TOO_LATE: Final = "its time is later than any film lasts"
_TIMING = re.compile(
    rf"[ \t\f]*{timecode.STRICT}[ \t\f]*-->[ \t\f]*{timecode.STRICT}(.*)", re.ASCII | re.DOTALL
)
_HEADER = re.compile(r"\b(Kind|Language):[ \t]*([A-Za-z0-9-]+)")
_LANGUAGE = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*", re.ASCII)
_SPACES = " \t\f"
_SECOND_LINE = 1
_KINDS = frozenset(TrackKind)


def parse(data: bytes) -> TextTrack:
    """Read a WebVTT file as a browser does.

    `dropped` names what the specification ignores: comments, styles, wrong timings and settings. The kind
    and the language are those of a `Kind:` or `Language:` note in the header. Raises CaptionError when the
    file is not WebVTT at all or passes the limits of the library.
    """
    check_size(len(data))
    return parse_text(decode(data))


def decode(data: bytes) -> str:
    """Characters of the file. The specification knows UTF-8 only; as browsers do, we honour a UTF-16 mark."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")


def is_signature(line: str) -> bool:
    """Is this the first line of a WebVTT file?"""
    return line == "WEBVTT" or line.startswith(("WEBVTT ", "WEBVTT\t"))


def parse_text(text: str) -> TextTrack:
    """Read the characters of a WebVTT file, without its byte order mark."""
    text = text.replace("\0", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if not is_signature(lines[0]):
        raise refusal(ErrorCode.NOT_WEBVTT, 1)
    parser = _Parser(lines)
    parser.header()
    while parser.at < len(lines):
        parser.block()
    return parser.track()


@dataclass(slots=True)
class _Parser:
    """One walk over the lines: `at` is the index of the next line."""

    lines: list[str]
    at: int = 1
    identifier: str = ""
    kind: TrackKind = TrackKind.CAPTIONS
    language: str = ""
    cues: list[Cue] = field(default_factory=list)
    regions: dict[str, Region] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)

    def track(self) -> TextTrack:
        return TextTrack(
            self.kind,
            self.language,
            tuple(self.cues),
            dropped=tuple(self.findings.dropped),
            regions=tuple(self.regions.values()),
        )

    def header(self) -> None:
        """Pass over the header. A header without a blank line after it runs into the first cue.

        A header of one line is then that cue's identifier, which is what browsers do, although the letter of
        the specification gives the cue none; white space, STYLE and a line of several are none in either.
        """
        self._describe(self.lines[0][len("WEBVTT") :])
        last = ""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if ARROW in line:
                is_one = self.at == _SECOND_LINE + 1 and last.strip(_SPACES) not in ("", "STYLE")
                self.identifier = last if is_one else ""
                return
            self.at += 1
            if not line:
                return
            self._describe(line)
            self.findings.drop(self.at, DropCode.HEADER, line)
            last = line

    def block(self) -> None:
        """Collect one block: a cue, a style, a region, a comment or nothing known."""
        lines = self.lines
        first, identifier = self.at, self.identifier
        self.identifier = ""
        if not lines[first]:
            self.at += 1
        elif ARROW in lines[first]:
            self._cue(first, identifier)
        elif first + 1 < len(lines) and ARROW in lines[first + 1]:
            self._cue(first + 1, lines[first])
        else:
            self._other(first)

    def _cue(self, row: int, identifier: str) -> None:
        text = self._collect(row + 1)
        line = self.lines[row]
        match = _TIMING.match(line)
        start = end = None
        if match is not None:
            start = timecode.milliseconds(match[1], match[2], match[3], match[4])
            end = timecode.milliseconds(match[5], match[6], match[7], match[8])
        if match is None or start is None or end is None:
            self.findings.drop(row + 1, DropCode.BAD_TIMING, line)
            return
        rest = match[9]
        kept = self._settings(rest, row + 1) if rest else ""
        self.cues.append(Cue(start, end, text, identifier, kept, row + 1))
        check_count(len(self.cues), row + 1)

    def _settings(self, rest: str, line: int) -> str:
        """The valid settings of a timing line; a region must be known and goes with no other placing."""
        found = settings.parse(rest)
        for token in found.ignored:
            self.findings.drop(line, DropCode.SETTING, token)
        layout = found.layout
        if not layout.region:
            return found.text
        placed = layout.line is not None or layout.size != 100 or layout.vertical
        if layout.region in self.regions and not placed:
            return found.text
        self.findings.drop(line, DropCode.SETTING, f"region:{layout.region}")
        return " ".join(token for token in found.text.split(" ") if not token.startswith("region:"))

    def _collect(self, row: int) -> str:
        """Text from `row` up to a blank line or a line with an arrow, which begins the next block."""
        lines, end = self.lines, row
        while end < len(lines) and lines[end] and ARROW not in lines[end]:
            end += 1
        # the blank line belongs to this block, a line with an arrow does not
        self.at = end + 1 if end < len(lines) and not lines[end] else end
        return "\n".join(lines[row:end])

    def _other(self, first: int) -> None:
        """A block without a time. Its first line stays with it, even when an arrow comes third."""
        head = self.lines[first]
        body = self._collect(first + 1)
        if not self.findings.has_room and not head.startswith("REGION"):
            return
        whole = f"{head}\n{body}" if body else head
        if head.startswith("REGION") and not head[len("REGION") :].strip(_SPACES) and not self.cues and body:
            region = regions.parse(body)
            # of two regions with one name the later counts
            self.regions.pop(region.identifier, None)
            self.regions[region.identifier] = region
        elif head.startswith("STYLE") and not head[len("STYLE") :].strip(_SPACES):
            self.findings.drop(first + 1, DropCode.STYLE, whole)
        elif head == "NOTE" or head.startswith(("NOTE ", "NOTE\t")):
            self.findings.drop(first + 1, DropCode.COMMENT, whole)
        else:
            self.findings.drop(first + 1, DropCode.NOT_A_CUE, whole)

    def _describe(self, line: str) -> None:
        """Take the kind and language that a header line names."""
        for name, value in _HEADER.findall(line):
            if name == "Language" and _LANGUAGE.fullmatch(value):
                self.language = value
            elif name == "Kind" and value in _KINDS:
                self.kind = TrackKind(value)


def write(track: TextTrack) -> bytes:
    """The track as a WebVTT file: UTF-8, LF, cues in the order of their starts.

    Kind and language stand on the first line, where the specification allows free text, when they are not the
    usual ones. Raises CaptionError (`unwritable`) for a cue that would not be read back as it is: an arrow
    or a blank line in its text, a line break in its identifier, settings that are not valid. An end before
    the start is written, so that a draft can be kept: `check` finds it.
    """
    check_count(len(track.cues))
    blocks = [_signature(track), *(regions.block(region) for region in track.regions)]
    names = {region.identifier for region in track.regions}
    if any(ARROW in name or len(name.split()) > 1 for name in names):
        raise unwritable(0, "the name of a region has a space or an arrow")
    clock = timecode.strict
    for number, cue in enumerate(sorted(track.cues, key=lambda cue: cue.start), start=1):
        why = _fault(cue, names)
        if why:
            raise unwritable(number, why)
        head = f"{cue.identifier}\n" if cue.identifier else ""
        tail = f" {cue.settings}" if cue.settings else ""
        body = f"\n{cue.text}" if cue.text else ""
        blocks.append(f"{head}{clock(cue.start)} --> {clock(cue.end)}{tail}{body}")
    try:
        return ("\n\n".join(blocks) + "\n").encode("utf-8")
    except UnicodeEncodeError as error:
        raise unwritable(0, "a character is half of a pair") from error


def unwritable(number: int, why: str) -> CaptionError:
    """The refusal of the writers: caption `number` (from 1, in the order of the starts) and why."""
    return refusal(ErrorCode.UNWRITABLE, number=number, why=why)


def _signature(track: TextTrack) -> str:
    notes = []
    if track.kind is not TrackKind.CAPTIONS:
        notes.append(f"Kind: {track.kind}")
    if track.language:
        if not _LANGUAGE.fullmatch(track.language):
            raise unwritable(0, f"{track.language!r} is not a language")
        notes.append(f"Language: {track.language}")
    return " ".join(("WEBVTT", "; ".join(notes))) if notes else "WEBVTT"


def _fault(cue: Cue, region_names: set[str]) -> str:
    """Why a cue cannot be written, or nothing."""
    if cue.start > MAX_TIME or cue.end > MAX_TIME:
        return TOO_LATE
    if ARROW in cue.text or ARROW in cue.identifier:
        return "it contains -->"
    if any(character in cue.identifier for character in "\n\r\0"):
        return "its identifier has a line break or a control character"
    return _text_fault(cue.text) or (_settings_fault(cue.settings, region_names) if cue.settings else "")


def _text_fault(text: str) -> str:
    if "\n\n" in text or text.startswith("\n") or text.endswith("\n"):
        return "its text has a blank line"
    return "its text has a control character" if "\r" in text or "\0" in text else ""


def _settings_fault(text: str, region_names: set[str]) -> str:
    found = settings.parse(text)
    if found.text != text:
        return "its settings are not valid"
    region = found.layout.region
    return "its region is not defined" if region and region not in region_names else ""
