"""read: the cues of a TTML document, by its times, styles, voices and languages."""

import re
from dataclasses import dataclass, field

from captions import timecode
from captions.errors import ErrorCode, refusal
from captions.findings import DropCode, Findings, RepairCode
from captions.formats import guesses, markup
from captions.formats.ttml import paragraphs, styles, xml
from captions.formats.ttml.paragraphs import Found, Paragraph
from captions.formats.ttml.runs import BREAK, Run, TagKey
from captions.formats.ttml.times import Clock, clock
from captions.limits import MAX_CUE_CHARACTERS, check_count
from captions.track import Cue, TextTrack

_INLINE: dict[str, styles.Style] = {
    "p": {},
    "span": {},
    "b": {"fontWeight": "bold"},
    "i": {"fontStyle": "italic"},
    "u": {"textDecoration": "underline"},
}
"""The elements in which text is shown; those of HTML, which TTML does not have, are common mistakes."""

_TIMES = frozenset({"begin", "end", "dur"})
_RUBY = {"container": "ruby", "text": "rt"}
_PARAGRAPH = re.compile(r"<(?:\w{1,20}:)?p[\s/>]")
_MOST_LEVELS = 20
"""Languages and rubies in each other, up to which the text of a paragraph is well-formed for sure."""
_PICTURES = frozenset({"image", "img"})
_IN_HEAD = frozenset({"style", "region"})


def read(text: str, findings: Findings, language: str = "") -> TextTrack:
    """The cues of a TTML document; where it holds several languages at once, those of the one that is wanted,
    else of the one with most.

    Raises CaptionError for XML that cannot be read or is hostile, and when no text has a time.
    """
    check_count(len(_PARAGRAPH.findall(text)))
    document = _Document(findings)
    xml.walk(text, document, findings)
    if not document.found:
        raise refusal(ErrorCode.NO_TIMED_TEXT)
    chosen, found = paragraphs.one_language(document.found, language, findings)
    starts = sorted({each.start for each in found})
    cues = tuple(_cue(each, starts, findings) for each in found)
    return TextTrack(language=guesses.tag(chosen), cues=cues)


def _cue(found: Found, starts: list[int], findings: Findings) -> Cue:
    text = found.text
    if len(text) > MAX_CUE_CHARACTERS or "<rt" in text or text.count("<lang") > _MOST_LEVELS:
        text = markup.tidy(text, found.line, findings)
    end = found.end
    if end is None:
        end = guesses.next_end(found.start, starts, text)
        findings.repair(found.line, RepairCode.END, text, str(end))
    return Cue(found.start, max(end, 0), text, found.identifier, found.settings, found.line)


@dataclass(slots=True)
class _Frame:
    """An open element and what it hands down; times in milliseconds, an end of None is open."""

    name: str
    start: int = 0
    end: int | None = None
    is_timed: bool = False
    is_sequence: bool = False
    cursor: int = 0
    is_lost: bool = False
    keeps_space: bool = False
    style: styles.Style = field(default_factory=dict)
    region: str = ""
    language: str = ""
    tags: tuple[TagKey, ...] = ()


class _Document:
    """Listens to a document and gathers what it finds."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.found: list[Found] = []
        self.frames = [_Frame("")]
        self.clock = Clock()
        self.sheet = styles.Sheet()
        self.places = paragraphs.Places(self.sheet, findings)
        self.agents = paragraphs.Agents()
        self.paragraph: Paragraph | None = None
        self.count = 0
        self.line = 0

    def opened(self, name: str, attributes: dict[str, str], line: int) -> None:
        """An element begins."""
        self.count += 1
        self.line = line
        if name == "tt":
            self.clock = clock(attributes)
        self._head(name, attributes)
        if name in _PICTURES or "backgroundImage" in attributes:
            self._picture(attributes, line)
        outer = self._outside(line) if name == "p" else self.frames[-1]
        if self.paragraph is not None and (name == "br" or self.paragraph.is_full):
            self.paragraph.add(Run(BREAK, outer.tags, outer.start, outer.end, keeps_space=True))
            self.frames.append(outer)
            return
        frame = self._frame(outer, name, attributes, line)
        self.frames.append(frame)
        if name == "p":
            self._begin_paragraph(outer, frame, attributes, line)

    def _picture(self, attributes: dict[str, str], line: int) -> None:
        source = attributes.get("src") or attributes.get("backgroundImage", "")
        self.findings.drop(line, DropCode.PICTURE, source)
        if self.paragraph is not None:
            self.paragraph.has_picture = True

    def closed(self, name: str) -> None:
        """The element that was opened last ends."""
        frame = self.frames.pop()
        parent = self.frames[-1]
        parent.cursor = frame.end if frame.end is not None else frame.start
        self.agents.closed(name)
        if self.paragraph is not None and self.paragraph.depth == len(self.frames):
            self._finish_paragraph()

    def text(self, text: str) -> None:
        """Text counts inside a paragraph, and names a speaker in the head."""
        frame = self.frames[-1]
        if self.paragraph is not None and frame.name in _INLINE:
            self.paragraph.add(Run(text, frame.tags, frame.start, frame.end, keeps_space=frame.keeps_space))
        elif frame.name in _INLINE and text.strip():
            self.findings.drop(self.line, DropCode.NOT_A_CUE, text)
        else:
            self.agents.text(frame.name, text)

    def _outside(self, line: int) -> _Frame:
        """What a new paragraph is in. One that was never closed ends where the next begins."""
        if self.paragraph is not None:
            self.findings.repair(line, RepairCode.MARKUP, "<p>", "</p><p>")
            self._finish_paragraph()
        return next(frame for frame in reversed(self.frames) if frame.name not in _INLINE)

    def _finish_paragraph(self) -> None:
        if self.paragraph is not None:
            self.found.extend(self.paragraph.finish(self.findings))
            self.paragraph = None
            check_count(len(self.found), self.line)

    def _head(self, name: str, attributes: dict[str, str]) -> None:
        """What the head defines: styles, regions with the styles inside them, speakers."""
        identifier = attributes.get("id", "")
        parent = self.frames[-1]
        if name == "region" or (name == "style" and parent.name != "region"):
            self.sheet.add(identifier, attributes)
        elif name == "style":
            self.sheet.add(f"{parent.region} {self.count}", attributes)
            self.sheet.references[parent.region].append(f"{parent.region} {self.count}")
        elif name == "agent":
            self.agents.opened(identifier)

    def _frame(self, parent: _Frame, name: str, attributes: dict[str, str], line: int) -> _Frame:
        frame = _Frame(name, parent.start, parent.end, parent.is_timed, keeps_space=parent.keeps_space)
        inherited = {key: value for key, value in parent.style.items() if key in styles.INHERITED}
        # a style in the head may refer to a later one, so that none is resolved before the body
        own = self.sheet.style(attributes) if attributes and name not in _IN_HEAD else {}
        frame.style = inherited | _INLINE.get(name, {}) | own
        frame.region = attributes.get("id" if name == "region" else "region", parent.region)
        if "space" in attributes:
            frame.keeps_space = attributes["space"] == "preserve"
        language = attributes.get("lang", parent.language)
        self._time(parent, frame, attributes, line)
        if self.paragraph is not None or name == "p":
            base = self.places.inherited(frame.region) if self.paragraph is None else {}
            frame.style = base | frame.style
            frame.tags = self._tags(parent, frame, attributes, language)
        frame.language = language
        return frame

    def _tags(
        self, parent: _Frame, frame: _Frame, attributes: dict[str, str], language: str
    ) -> tuple[TagKey, ...]:
        """The tags around the text of an element: voices and languages outermost, then ruby, then looks."""
        outer = [tag for tag in parent.tags if tag[0] not in ("b", "i", "u")]
        voice = self.agents.names.get(attributes.get("agent", "").strip(), "")
        if voice:
            outer = [tag for tag in outer if tag[0] != "v"]
            outer.append(("v", voice, self.count))
        is_named = bool(parent.language) or self.paragraph is not None
        if language and language != parent.language and is_named:
            outer.append(("lang", language, self.count))
        ruby = _RUBY.get(attributes.get("ruby", ""))
        if ruby:
            outer.append((ruby, "", self.count))
        return (*outer, *((name, "", 0) for name in styles.tags(frame.style)))

    def _time(self, parent: _Frame, frame: _Frame, attributes: dict[str, str], line: int) -> None:
        """When an element is active, within its parent: section 10.4, and SMIL's par and seq."""
        base = parent.cursor if parent.is_sequence else parent.start
        frame.is_sequence = attributes.get("timeContainer") == "seq"
        frame.is_lost = parent.is_lost
        frame.cursor = frame.start = base
        if _TIMES.isdisjoint(attributes):
            if parent.is_sequence:
                frame.end = base
                frame.is_lost = frame.name == "p" or frame.is_lost
            return
        begin, end, duration = (self._milliseconds(attributes, key, line) for key in ("begin", "end", "dur"))
        frame.cursor = frame.start = base + (begin or 0)
        ends = [] if parent.end is None else [parent.end]
        if end is not None:
            ends.append(base + end)
        if duration is not None:
            ends.append(frame.start + duration)
        frame.end = min(ends, default=None)
        frame.is_timed = True
        is_after = parent.end is not None and frame.start >= parent.end and frame.start > parent.start
        frame.is_lost = parent.is_lost or is_after or ("begin" in attributes and begin is None)

    def _milliseconds(self, attributes: dict[str, str], key: str, line: int) -> int | None:
        if key not in attributes:
            return None
        time = self.clock.milliseconds(attributes[key])
        if time is not None:
            return time
        time = self.clock.beginning(attributes[key])
        if time is None:
            self.findings.drop(line, DropCode.BAD_TIMING, f"{key}={attributes[key]}")
        else:
            self.findings.repair(line, RepairCode.TIME, attributes[key], timecode.strict(time))
        return time

    def _begin_paragraph(self, outer: _Frame, frame: _Frame, attributes: dict[str, str], line: int) -> None:
        self.paragraph = Paragraph(
            line=line,
            depth=len(self.frames) - 1,
            start=frame.start,
            end=frame.end,
            is_timed=frame.is_timed,
            is_lost=frame.is_lost,
            identifier=paragraphs.identifier(attributes.get("id", "")),
            settings=self.places.settings(frame.region, frame.style, line),
            language=outer.language or frame.language,
        )
