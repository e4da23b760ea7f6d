"""A drawing of a course: SVG read strictly, kept as known shapes, and written again from what was understood.

Nothing passes that a browser would run or fetch: shapes, words and groups by an allow-list of elements and
attributes (SVG 1.1), references only to masks of the same drawing. What is not on the list is refused, not
dropped, so that nobody's drawing changes silently.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

from edu.courseware.finding import CourseError, broken

NAMESPACE = "http://www.w3.org/2000/svg"
_ELEMENTS = "svg|g|path|polygon|polyline|line|rect|circle|ellipse|text|tspan|mask|title|desc"
_ATTRIBUTES = (
    r"id|d|points|[xyr]|[xy][12]|c[xy]|r[xy]|width|height|viewBox|fill|fill-opacity|stroke"
    r"|stroke-(?:width|linecap|linejoin|dasharray|opacity)|font-(?:family|size|weight)|text-anchor|maskUnits"
    r"|data-(?:layer|words|scale|origin|crest)"
)
_ELEMENT, _ATTRIBUTE = re.compile(_ELEMENTS), re.compile(_ATTRIBUTES)
_PLAIN = re.compile(r"[\w\s.,#%+-]*", re.ASCII)
_TRANSFORM = re.compile(r"(?:(?:translate|rotate|scale)\([\d\s.,-]+\)\s*)+")
_MASK = re.compile(r"url\(#([\w+-]+)\)", re.ASCII)
_ROOM = "Leave it out: a drawing holds shapes, words and groups only"


@dataclass(slots=True)
class Shape:
    """An element with its attributes in their order, its words before the first child, and its children."""

    name: str
    attributes: dict[str, str]
    line: int
    words: str = ""
    children: list[Shape] = field(default_factory=list)

    def markup(self, prefix: str = "") -> str:
        """It and all in it as SVG; masks get the prefix, for more than one drawing may stand on a page."""
        given = "".join(
            f' {name}="{escape(_local(name, value, self.name, prefix))}"'
            for name, value in self.attributes.items()
            if name != "id" or self.name == "mask"
        )
        inside = escape(self.words, quote=False) + "".join(child.markup(prefix) for child in self.children)
        return f"<{self.name}{given}>{inside}</{self.name}>" if inside else f"<{self.name}{given}/>"


def read_drawing(text: str, path: str) -> Shape:
    """The drawing in the text; CourseError with the line of what does not belong in one."""
    reader = _Reader(path)
    try:
        reader.parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise broken(path, error.lineno, f"the drawing is no XML ({reason})", "Mend the file") from error
    if reader.root is None or reader.root.name != "svg":
        raise broken(path, 1, "the drawing is no SVG", "Begin it with <svg>")
    _check_masks(reader.root, path)
    return reader.root


class _Reader:
    """What expat tells, as shapes; documents with a DTD are refused, so there are no entities."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.root: Shape | None = None
        self._open: list[Shape] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = lambda name: self._open.pop()
        self.parser.CharacterDataHandler = self._said
        self.parser.StartDoctypeDeclHandler = lambda *given: self._refuse("a document type")
        self.parser.ProcessingInstructionHandler = lambda *given: self._refuse("an instruction")

    def _refuse(self, what: str) -> None:
        raise self._error(what)

    def _error(self, what: str) -> CourseError:
        message = f"{what} does not belong in a drawing"
        return broken(self.path, self.parser.CurrentLineNumber, message, _ROOM, rule="drawing")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not _ELEMENT.fullmatch(name):
            raise self._error(f"<{name}>")
        given = dict(attributes)
        if name == "svg" and given.pop("xmlns", NAMESPACE) != NAMESPACE:
            raise self._error("another namespace")
        for key, value in given.items():
            if not _is_known(key, value):
                raise self._error(f'{key}="{value[:40]}"')
        shape = Shape(name, given, self.parser.CurrentLineNumber)
        if self._open:
            self._open[-1].children.append(shape)
        else:
            self.root = shape
        self._open.append(shape)

    def _said(self, words: str) -> None:
        shape = self._open[-1]
        if shape.name in {"text", "tspan", "title", "desc"}:
            shape.words += words
        elif words.strip():
            raise self._error("text outside <text>")


def _is_known(name: str, value: str) -> bool:
    if name == "mask":
        return _MASK.fullmatch(value) is not None
    if name == "transform":
        return _TRANSFORM.fullmatch(value) is not None
    return _ATTRIBUTE.fullmatch(name) is not None and _PLAIN.fullmatch(value) is not None


def _check_masks(root: Shape, path: str) -> None:
    """Masks that are named are there."""
    shapes = list(_all(root))
    known = {shape.attributes.get("id") for shape in shapes if shape.name == "mask"}
    for shape in shapes:
        found = _MASK.fullmatch(shape.attributes.get("mask", ""))
        if found and found[1] not in known:
            message = f"there is no mask {found[1]}"
            raise broken(path, shape.line, message, "Correct the name in url(#…)", rule="drawing")


def _all(shape: Shape) -> list[Shape]:
    return [shape, *(inner for child in shape.children for inner in _all(child))]


def _local(name: str, value: str, element: str, prefix: str) -> str:
    if name == "mask":
        return _MASK.sub(rf"url(#{prefix}\1)", value)
    return f"{prefix}{value}" if name == "id" and element == "mask" else value
