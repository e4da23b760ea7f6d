"""XML from strangers: parsed without document types or entities, within limits, and how to look into it."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.sax.saxutils import escape, quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from quizzes.errors import QuizError, Reason, refusal

LARGEST_FILE = 20 * 1024 * 1024  # bytes
DEEPEST = 100
MOST_ELEMENTS = 200_000
MOST_TAGS_IN_TEXT = 200_000  # markup within the texts, written as &lt; or in CDATA, which is read as well


def parse(data: bytes) -> Element:
    """The root of an XML document, in time linear to its length. Raises QuizError.

    HOSTILE for a document type declaration (and with it entities and external files) and for what exceeds the
    limits, TOO_LARGE, UNREADABLE (with the line) for what is not well-formed. XInclude is never followed.
    """
    if len(data) > LARGEST_FILE:
        raise refusal(Reason.TOO_LARGE, limit=LARGEST_FILE)
    builder = _Bounded()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except ParseError as error:
        raise _not_well_formed(error) from error
    except DefusedXmlException as error:
        detail = "it declares a document type or entities"
        raise refusal(Reason.HOSTILE, detail=detail) from error
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        raise refusal(Reason.UNREADABLE, detail="its encoding is not known") from error
    in_text = max(data.count(b"&"), data.count(b"<") - 2 * builder.count)
    if in_text > MOST_TAGS_IN_TEXT:
        raise refusal(Reason.HOSTILE, detail="it holds more markup than a file of questions has")
    return root


def name_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return _local(element.tag)


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children of these names, in order; all of them when no name is given."""
    return (child for child in element if not names or name_of(child) in names)


def child(element: Element, *names: str) -> Element | None:
    """The first child of one of these names."""
    return next(children(element, *names), None)


def descendants(element: Element, *names: str) -> Iterator[Element]:
    """Everything of these names below an element, in the order of the document; it may be itself."""
    return (found for found in element.iter() if name_of(found) in names)


def descendant(element: Element, *names: str) -> Element | None:
    """The first of these names below an element."""
    return next(descendants(element, *names), None)


def outermost(element: Element, *names: str) -> list[Element]:
    """What is found below an element by going down until something has one of these names, in order.

    What such an element holds is not searched: together they are no larger than the document.
    """
    found: list[Element] = []
    waiting = list(reversed(element))
    while waiting:
        nearest = waiting.pop()
        if name_of(nearest) in names:
            found.append(nearest)
        else:
            waiting.extend(reversed(nearest))
    return found


def text_of(element: Element | None) -> str:
    """All the text within an element, as it stands; empty where there is no element."""
    return "" if element is None else "".join(element.itertext())


def attribute(element: Element, name: str, default: str = "") -> str:
    """An attribute by its name, with or without a namespace."""
    if name in element.attrib:
        return element.attrib[name]
    return next((value for key, value in element.attrib.items() if _local(key) == name), default)


def markup(element: Element) -> str:
    """What stands inside an element, as markup without namespaces, for `prose.from_html`."""
    return escape(element.text or "") + "".join(map(_outer, element))


class _Bounded(TreeBuilder):
    """Builds the tree and stops at the first element too many or too deep."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0
        self.count = 0

    def start(self, tag: Any, attrs: dict[Any, Any], /) -> Element:
        self._depth += 1
        self.count += 1
        if self._depth > DEEPEST:
            raise refusal(Reason.HOSTILE, detail=f"its elements are nested more than {DEEPEST} deep")
        if self.count > MOST_ELEMENTS:
            raise refusal(Reason.HOSTILE, detail=f"it holds more than {MOST_ELEMENTS} elements")
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def _not_well_formed(error: ParseError) -> QuizError:
    line, _ = error.position
    detail = str(error).partition(": line ")[0]
    return refusal(Reason.UNREADABLE, f"line {line}", detail=detail)


def _local(name: Any) -> str:
    return name.rpartition("}")[2] if isinstance(name, str) else ""


def _outer(element: Element) -> str:
    name = name_of(element)
    marks = "".join(f" {_local(key)}={quoteattr(value)}" for key, value in element.attrib.items())
    return f"<{name}{marks}>{markup(element)}</{name}>{escape(element.tail or '')}"
