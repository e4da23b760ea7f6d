"""XML by expat, made safe for strangers' files: no DOCTYPE, no entities, bounded depth, names bare."""

import re
from html.entities import html5
from typing import Protocol
from xml.parsers import expat

from captions.errors import ErrorCode, refusal
from captions.findings import DropCode, Findings, RepairCode
from captions.limits import MAX_XML_DEPTH, MAX_XML_ELEMENTS

_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)(?:([A-Za-z][A-Za-z0-9]{1,30});)?"
)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that XML cannot hold."""


class Listener(Protocol):
    """Who is told of elements and text. Names have no prefix: files with wrong namespaces are common."""

    def opened(self, name: str, attributes: dict[str, str], line: int) -> None:
        """An element begins on the line."""

    def closed(self, name: str) -> None:
        """The element that was opened last and not closed ends."""

    def text(self, text: str) -> None:
        """Text; one run of it may come in several pieces."""


def walk(document: str, listener: Listener, findings: Findings) -> None:
    """Tell the listener of a document. A document that breaks off is told up to there, and that is noted.

    Raises CaptionError for a DOCTYPE, which is where entities could come from, for a document that breaks off
    before its first element, and for too many elements or some nested more than 64 deep.
    """
    if document.count("<") - document.count("</") > MAX_XML_ELEMENTS:
        raise refusal(ErrorCode.XML_ELEMENTS, limit=MAX_XML_ELEMENTS)
    body = document.lstrip()
    walker = _Walker(listener, document.count("\n", 0, len(document) - len(body)))
    body = _mended(body, walker.line_offset, findings)
    try:
        walker.parser.Parse(body.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        line = error.lineno + walker.line_offset
        why = expat.ErrorString(error.code)
        if not walker.seen:
            raise refusal(ErrorCode.XML, line, why=why) from error
        findings.drop(line, DropCode.BROKEN, why)
        walker.finish()


def _mended(body: str, line_offset: int, findings: Findings) -> str:
    """Bare ampersands and the entities of HTML as XML can have them, without characters that it cannot."""
    body = CONTROLS.sub("\ufffd", body)
    wrong = _AMPERSAND.search(body)
    if wrong is None:
        return body
    line = body.count("\n", 0, wrong.start()) + 1 + line_offset
    findings.repair(line, RepairCode.MARKUP, wrong[0], _entity(wrong))
    return _AMPERSAND.sub(_entity, body)


def _entity(match: re.Match[str]) -> str:
    named = html5.get(f"{match[1]};", "") if match[1] else ""
    return named if named and named not in "&<>" else f"&amp;{match[0][1:]}"


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2] if ":" in name else name


class _Walker:
    """Listens to expat and tells the listener."""

    def __init__(self, listener: Listener, line_offset: int) -> None:
        self.listener = listener
        self.line_offset = line_offset
        self.seen = False
        self.open: list[str] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = listener.text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype

    def finish(self) -> None:
        """Close what a broken document left open."""
        # switching the buffer off hands on what is in it
        self.parser.buffer_text = False
        while self.open:
            self.listener.closed(self.open.pop())

    def _line(self) -> int:
        return self.parser.CurrentLineNumber + self.line_offset

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.seen = True
        self.open.append(local(name))
        if len(self.open) > MAX_XML_DEPTH:
            raise refusal(ErrorCode.XML_DEPTH, self._line(), limit=MAX_XML_DEPTH)
        if attributes:
            attributes = {local(key): value for key, value in attributes.items()}
        self.listener.opened(self.open[-1], attributes, self._line())

    def _end(self, name: str) -> None:
        self.listener.closed(self.open.pop())

    def _doctype(self, *_: object) -> None:
        raise refusal(ErrorCode.XML_DOCTYPE, self._line())
