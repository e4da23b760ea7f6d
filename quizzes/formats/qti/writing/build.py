"""Building elements with the names of 2.x, and text as QTI holds it."""

import mimetypes
from collections.abc import Iterable
from urllib.parse import quote
from xml.etree.ElementTree import Element

from quizzes.fields import tidy
from quizzes.formats.prose import to_html
from quizzes.formats.qti.names import Version
from quizzes.formats.xml_tree import parse
from quizzes.gap import parts
from quizzes.item import Picture

_NOT_XML = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd"})  # code points that XML 1.0 cannot hold


def make(name: str, attributes: dict[str, str] | None = None, *inside: Element | str) -> Element:
    """An element with text and elements inside."""
    element = Element(name, attributes or {})
    for part in inside:
        if not isinstance(part, str):
            element.append(part)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + clean(part)
        else:
            element.text = (element.text or "") + clean(part)
    return element


def clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return text.translate(_NOT_XML)


def flow(text: str) -> list[Element]:
    """Prose as paragraphs."""
    simple = to_html(clean(text)).replace("<br>", "<br/>")
    return list(parse(f"<div>{simple}</div>".encode()))


def number(value: float) -> str:
    """A number as it is read back."""
    return repr(tidy(value))


def picture(shown: Picture, version: Version) -> Element:
    """The picture: `object` in 2.x, `img` in 3.0."""
    sizes = {"width": str(shown.width), "height": str(shown.height)}
    address = quote(shown.name)
    if version.kebab:
        return make("img", {"src": address, "alt": clean(shown.alt), **sizes})
    kind = mimetypes.guess_type(shown.name)[0] or "image/png"
    return make("object", {"data": address, "type": kind, **sizes}, shown.alt)


def with_gaps(blocks: Iterable[Element], entries: dict[str, list[Element]]) -> list[Element]:
    """The paragraphs with the interactions of gaps in the place of [[gap]]."""
    found = list(blocks)
    for block in found:
        for element in list(block.iter()):
            _fill(element, entries)
    return found


def _fill(element: Element, entries: dict[str, list[Element]]) -> None:
    """Put interactions into the text at the start of an element and into that behind each child."""
    inside: list[Element | str] = [element.text or ""]
    for child in element:
        inside.extend([child, child.tail or ""])
        child.tail = None
    new = make(str(element.tag), dict(element.attrib), *_pieces(inside, entries))
    element.text = new.text
    element[:] = list(new)


def _pieces(inside: Iterable[Element | str], entries: dict[str, list[Element]]) -> Iterable[Element | str]:
    for part in inside:
        if not isinstance(part, str):
            yield part
            continue
        for words, gap in parts(part):
            yield words
            if gap in entries:
                yield from entries[gap]
            elif gap:
                yield f"[[{gap}]]"
