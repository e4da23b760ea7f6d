"""SAMI (.smi): points in time, each with the text from there on, often in several languages by class."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from captions import timecode
from captions.errors import ErrorCode, refusal
from captions.findings import EXCERPT, DropCode, Findings, RepairCode
from captions.formats import guesses, markup
from captions.limits import MAX_CUE_CHARACTERS, check_count
from captions.track import Cue, TextTrack
from captions.webvtt import cuetext

_STRUCTURE = re.compile(r"<(/?)(sync|p|body|sami)\b([^<>]*)>", re.I)
_START = re.compile(r"\bstart\s{0,9}=\s{0,9}[\"']?\s{0,9}(-?)(\d{1,10})", re.I | re.ASCII)
_CLASS = re.compile(r"\bclass\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.-]{1,80})", re.I)
_RULE = re.compile(r"\.([\w-]{1,80})\s{0,99}\{([^{}]{0,2000})\}")
_LANGUAGE = re.compile(r"\blang\s{0,9}:\s{0,9}([A-Za-z0-9_-]{2,20})", re.I)
_SPACES = re.compile(r"[ \t\n]+")
_REFERENCE = re.compile(r"&#?[0-9A-Za-z]{1,32};?")
_BREAK = re.compile(r" ?<br\b[^<>]*> ?", re.I)
_BLANK_LINES = re.compile(r"\n[ \n]*")
MOST_RAW: Final = 10 * MAX_CUE_CHARACTERS
"""HTML of one caption that is looked at; it may hold more markup than text."""

_NO_BREAK: Final = "\xa0"


@dataclass(frozen=True, slots=True)
class _Point:
    """What a class shows from `start` (milliseconds) on; nothing when the text is empty."""

    start: int
    text: str
    line: int


@dataclass(slots=True)
class _Body:
    """The points of each class (lower case), in file order."""

    findings: Findings
    points: dict[str, list[_Point]] = field(default_factory=dict)
    start: int | None = None
    name: str = ""

    def tag(self, match: re.Match[str], line: int) -> None:
        """Take a tag that says when, or in which class."""
        closing, name, attributes = match[1], match[2].lower(), match[3]
        if name == "sync" and not closing:
            self.name = ""
            self.start = self._time(attributes, line)
        elif name == "p" and not closing:
            found = _CLASS.search(attributes)
            self.name = found[1].lower() if found else ""
        elif name in ("body", "sami"):
            self.start = None

    def text(self, raw: str, line: int) -> None:
        """Take what stands between such tags; blank text with a no-break space is a point too."""
        if self.start is None or not raw.strip(" \t\n"):
            return
        points = self.points.setdefault(self.name, [])
        before = points[-1].text if points and points[-1].start == self.start else None
        if before is not None and len(before) > MAX_CUE_CHARACTERS:
            return
        text = _cue_text(raw, line, self.findings)
        if before is not None:
            points.pop()
            text = f"{before}\n{text}".strip("\n")
        points.append(_Point(self.start, text, line))

    def _time(self, attributes: str, line: int) -> int | None:
        found = _START.search(attributes)
        if found is None:
            self.findings.drop(line, DropCode.BAD_TIMING, attributes.strip())
            return None
        if found[1] and int(found[2]):
            self.findings.repair(line, RepairCode.NEGATIVE_TIME, f"-{found[2]}", "0")
            return 0
        return int(found[2])


def read(text: str, findings: Findings, language: str = "") -> TextTrack:
    """The cues of one class: that of the wanted language, else the one with most captions.

    A caption lasts until the next point of its class; blank text (`&nbsp;`) only ends the one before.
    Raises CaptionError when nothing has a time.
    """
    languages = {name.lower(): _language(rule) for name, rule in _RULE.findall(_style(text))}
    body = _body(text, findings)
    counts = {name: sum(bool(point.text) for point in points) for name, points in body.points.items()}
    counts = {name: count for name, count in counts.items() if count}
    if not counts:
        raise refusal(ErrorCode.NO_TIMED_TEXT)
    spoken: Counter[str] = Counter()
    for name, count in counts.items():
        spoken[languages.get(name, "") or name] += count
    wanted = guesses.language(spoken, language)
    named = [name for name in counts if (languages.get(name, "") or name) == wanted]
    chosen = max(named, key=lambda name: counts[name])
    for name in counts:
        if name != chosen:
            findings.drop(body.points[name][0].line, DropCode.OTHER_LANGUAGE, f"{name}: {counts[name]}")
    cues = _cues(body.points[chosen], findings)
    check_count(len(cues))
    return TextTrack(language=guesses.tag(languages.get(chosen, "")), cues=cues)


def _style(text: str) -> str:
    """What stands in the style element, which names the languages of the classes."""
    lower = text[:20_000].lower()
    start = lower.find("<style")
    end = lower.find("</style", start)
    return text[start:end] if 0 <= start < end else ""


def _language(rule: str) -> str:
    found = _LANGUAGE.search(rule)
    return found[1] if found else ""


def _body(text: str, findings: Findings) -> _Body:
    body = _Body(findings)
    at, line, counted = 0, 1, 0
    for match in _STRUCTURE.finditer(text):
        first = at + len(text[at : match.start()]) - len(text[at : match.start()].lstrip())
        line += text.count("\n", counted, first)
        counted = first
        body.text(text[at : match.start()], line)
        line += text.count("\n", counted, match.start())
        counted = match.start()
        body.tag(match, line)
        at = match.end()
    body.text(text[at:], line)
    return body


def _cue_text(raw: str, line: int, findings: Findings) -> str:
    """HTML as cue text: white space joined, `<br>` the only line break, characters for entities."""
    if len(raw) > MOST_RAW:
        findings.drop(line, DropCode.TOO_LONG, raw[MOST_RAW : MOST_RAW + EXCERPT])
    joined = _BREAK.sub("\n", _SPACES.sub(" ", raw[:MOST_RAW]))
    plain = _REFERENCE.sub(_character, joined)
    text, _ = markup.from_srt(plain, line, findings)
    return _BLANK_LINES.sub("\n", text.replace(_NO_BREAK, " ").replace(" \n", "\n")).strip(" \n")


def _character(match: re.Match[str]) -> str:
    return markup.escaped(cuetext.decode_entities(match[0]))


def _cues(points: list[_Point], findings: Findings) -> tuple[Cue, ...]:
    starts = sorted({point.start for point in points})
    cues = []
    for point in points:
        if not point.text:  # it ends the caption before it
            place = bisect_right(starts, point.start)
            end = starts[place] if place < len(starts) else point.start
            cues.append(Cue(point.start, end, "", line=point.line))
            continue
        end = guesses.next_end(point.start, starts, point.text)
        if bisect_right(starts, point.start) == len(starts):
            findings.repair(point.line, RepairCode.END, point.text, timecode.strict(end))
        cues.append(Cue(point.start, end, point.text, line=point.line))
    return tuple(cues)
