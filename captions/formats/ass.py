"""ASS and SSA (Advanced SubStation Alpha), read: events, the styles they name, and what their tags say."""

import re
from dataclasses import dataclass, field
from typing import Final

from captions import timecode
from captions.errors import ErrorCode, refusal
from captions.findings import DropCode, Findings, RepairCode
from captions.formats import ass_tags, styled
from captions.formats.ass_tags import Look
from captions.formats.markup import ALIGNMENTS
from captions.limits import check_count
from captions.track import Cue, TextTrack

_TIME: Final = re.compile(r"(-?)(\d{1,10}):(\d{1,2}):(\d{1,2})(?:[.:](\d{1,3}))?", re.ASCII)
_EXACT: Final = re.compile(r"\d{1,2}:[0-5]\d:[0-5]\d\.\d{2}", re.ASCII)
_SECTION: Final = re.compile(r"\[([^\]\[]{1,60})\]")
_ON: Final = re.compile(r"-?[1-9]\d{0,3}", re.ASCII)
_PLACE: Final = re.compile(r"\d{1,2}", re.ASCII)
_EVENT_FIELDS: Final = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
_STYLE_FIELDS: Final = (
    "Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, "
    "Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment"
)
_NEEDED: Final = frozenset({"start", "end", "text"})
_USUAL: Final = "default"
_SILENT_EVENTS: Final = frozenset({"picture", "sound", "movie", "command"})


def read(text: str, findings: Findings) -> TextTrack:
    r"""Read the Dialogue events of an ASS (V4+) or SSA (V4) file.

    Bold, italic and underlined stay, from tags and from the style; `\an`, `\a` and the style's alignment
    become settings, the name of the actor a voice. Comments, drawings, effects and the rest of the styles are
    noted as lost. Raises CaptionError when there is no event.
    """
    reader = _Reader(findings)
    for number, row in enumerate(text.split("\n"), start=1):
        reader.row(number, row.lstrip(" \t\ufeff"))
    if not reader.cues and not reader.events:
        raise refusal(ErrorCode.NO_TIMED_TEXT)
    return TextTrack(cues=tuple(reader.cues))


def _fields(format_: str) -> list[str]:
    """The names of a Format line in lower case; `actor` is another word for `name`."""
    names = [name.strip().lower() for name in format_.split(",")]
    return ["name" if name == "actor" else name for name in names]


@dataclass(slots=True)
class _Reader:
    findings: Findings
    section: str = ""
    fields: list[str] = field(default_factory=lambda: _fields(_EVENT_FIELDS))
    style_fields: list[str] = field(default_factory=lambda: _fields(_STYLE_FIELDS))
    styles: dict[str, Look] = field(default_factory=dict)
    is_legacy: bool = False
    """SSA, where alignments have other numbers and both line breaks are real."""
    wrap_style: str = ""
    cues: list[Cue] = field(default_factory=list)
    events: int = 0

    def row(self, number: int, row: str) -> None:
        if not row.strip():
            return
        section = _SECTION.match(row)
        if section:
            self._enter(number, section[1].strip())
        elif row.startswith((";", "!:")):
            self._comment(number, row)
        elif self.section == "events":
            self._event(number, row)
        elif self.section.endswith("styles"):
            self._style(number, row)
        elif self.section == "script info":
            self._info(row)
        elif not self.section:
            self.findings.drop(number, DropCode.NOT_A_CUE, row)

    def _enter(self, number: int, name: str) -> None:
        """A section begins. Those that say nothing of captions are noted once, as a whole."""
        self.section = name.lower()
        if self.section.endswith("styles"):
            self.is_legacy = "+" not in self.section
            self.findings.drop(number, DropCode.STYLE, f"[{name}]")
        elif self.section in ("fonts", "graphics"):
            self.findings.drop(number, DropCode.PICTURE, f"[{name}]")
        elif self.section != "events":
            self.findings.drop(number, DropCode.HEADER, f"[{name}]")

    def _comment(self, number: int, row: str) -> None:
        # comments of the head go with it
        if self.section == "events":
            self.findings.drop(number, DropCode.COMMENT, row)

    def _info(self, row: str) -> None:
        name, _, value = row.partition(":")
        if name.strip().lower() == "wrapstyle":
            self.wrap_style = value.strip()
        elif name.strip().lower() == "scripttype":
            self.is_legacy = "+" not in value

    def _style(self, number: int, row: str) -> None:
        kind, _, value = row.partition(":")
        if kind.strip().lower() == "format":
            self.style_fields = _fields(value)
        elif kind.strip().lower() == "style":
            said = dict(zip(self.style_fields, (part.strip() for part in value.split(",")), strict=False))
            name = said.get("name", "").lstrip("*")
            words = {"b": "bold", "i": "italic", "u": "underline"}
            tags = tuple(tag for tag, word in words.items() if _is_on(said.get(word, "")))
            self.styles[name.lower()] = Look(tags, self._alignment(number, said.get("alignment", "")))
        else:
            self.findings.drop(number, DropCode.NOT_A_CUE, row)

    def _alignment(self, number: int, said: str) -> int:
        if not _PLACE.fullmatch(said):
            return 0
        place = ass_tags.from_legacy(int(said)) if self.is_legacy else int(said)
        if ALIGNMENTS.get(place):
            self.findings.repair(number, RepairCode.POSITION, f"Alignment {said}", ALIGNMENTS[place])
        return place

    def _event(self, number: int, row: str) -> None:
        kind, colon, value = row.partition(":")
        word = kind.strip().lower()
        if word == "dialogue" and colon:
            self._dialogue(number, value, row)
        elif word == "format" and colon:
            fields = _fields(value)
            if fields.count("text") == 1 and set(fields) >= _NEEDED:
                self.fields = fields
            else:
                self.findings.drop(number, DropCode.HEADER, row)
        elif word == "comment" and colon:
            self.findings.drop(number, DropCode.COMMENT, value.strip())
        else:
            code = DropCode.PICTURE if word in _SILENT_EVENTS else DropCode.NOT_A_CUE
            self.findings.drop(number, code, row)

    def _dialogue(self, number: int, value: str, row: str) -> None:
        parts = value.split(",", len(self.fields) - 1)
        if len(parts) < len(self.fields):
            self.findings.drop(number, DropCode.BAD_TIMING, row)
            return
        said = dict(zip(self.fields, parts, strict=True))
        start, end = self._time(number, said["start"]), self._time(number, said["end"])
        if start is None or end is None:
            self.findings.drop(number, DropCode.BAD_TIMING, row)
            return
        self.events += 1
        self._leave_out(number, said)
        look = self._look(number, said.get("style", ""))
        soft = "\n" if self.is_legacy or self.wrap_style == "2" else " "
        heard = ass_tags.read(said["text"], look, self.styles, soft, number, self.findings)
        if heard.is_drawing:
            return
        text = styled.cue_text(heard.runs, number, self.findings, voice=said.get("name", "").strip())
        self.cues.append(Cue(start, end, text, "", heard.settings, number))
        check_count(len(self.cues), number)

    def _leave_out(self, number: int, said: dict[str, str]) -> None:
        """Note the fields of an event that a cue has no place for."""
        if said.get("effect", "").strip():
            self.findings.drop(number, DropCode.MARKUP, said["effect"].strip())
        margins = [said[name].strip() for name in ("marginl", "marginr", "marginv") if name in said]
        if any(margin.strip("0") for margin in margins):
            self.findings.drop(number, DropCode.COORDINATES, ",".join(margins))

    def _look(self, number: int, name: str) -> Look:
        """The style of an event; one that is not in the file is the usual one, as players do it."""
        wanted = name.strip().lstrip("*").lower()
        if wanted in self.styles:
            return self.styles[wanted]
        if self.styles and wanted not in ("", _USUAL):
            self.findings.drop(number, DropCode.STYLE, name.strip())
        return self.styles.get(_USUAL, Look())

    def _time(self, number: int, written: str) -> int | None:
        match = _TIME.fullmatch(written.strip())
        if match is None:
            return None
        sign, hours, minutes, seconds, fraction = match.groups()
        ms = int(hours) * 3_600_000 + int(minutes) * 60_000 + int(seconds) * 1000
        ms += int((fraction or "0").ljust(3, "0"))
        if sign and ms:
            self.findings.repair(number, RepairCode.NEGATIVE_TIME, written.strip(), "0")
            return 0
        if not _EXACT.fullmatch(written.strip()):
            self.findings.repair(number, RepairCode.TIME, written.strip(), timecode.strict(ms))
        return ms


def _is_on(value: str) -> bool:
    """Is a style's bold, italic or underline on? Usually -1, by some programs 1."""
    return _ON.fullmatch(value) is not None
