"""Markup cut into text, tags and what is skipped, in one pass: linear for any input, however broken."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

_OPENS = re.compile(r"<(?=/?[A-Za-z]|[!?])")  # another "<" is a letter
_TAG = re.compile(r"</?([A-Za-z][^\s/>]*)")
# the rest of a tag; what stands in quotes may hold a ">". Possessive: it never goes back.
_REST = re.compile(r"""(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++))?+""")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};?)")
_RAW = {"script", "style", "template", "noscript", "title"}
MOST_ATTRIBUTES = 100  # of one tag; the others are passed over, as a browser passes over one given twice


@dataclass(frozen=True, slots=True)
class Text:
    """Words between tags, references resolved."""

    text: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A start tag, or an end tag (`closes`); names in lower case."""

    name: str
    closes: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Raw:
    """An element whose content is no prose (a script, a style sheet): left out with all it holds."""

    name: str


def tokens(source: str) -> Iterator[Text | Tag | Raw]:
    """The parts of a piece of HTML in order; comments and declarations are passed over.

    A tag that is never closed is text, as an author who writes `a <b` means it.
    """
    reader = _Reader(source)
    while reader.at < len(source):
        match = _OPENS.search(source, reader.at)
        opens = match.start() if match else len(source)
        if opens > reader.at:
            yield Text(resolve(source[reader.at : opens]))
        reader.at = opens
        if opens < len(source):
            yield from reader.bracket()


def resolve(text: str) -> str:
    """The text with its references to characters resolved; one that means no character stays as it is."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    reference = match[0]
    if reference[1] != "#":
        return html.unescape(reference)
    digits = reference[2:-1]
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    if 0x80 <= code < 0xA0:
        return html.unescape(reference)  # these numbers are meant in Windows' code page
    printable = code in {9, 10, 13} or 32 <= code < 0xD800 or 0xDFFF < code < 0x110000
    return chr(code) if printable else reference


class _Reader:
    """Reads what begins with a "<" at `at`, and moves `at` behind it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self._has_quotes_closed = True  # where one search for a quote went to the very end, no other is tried

    def bracket(self) -> Iterator[Text | Tag | Raw]:
        """The part, or none for a comment."""
        source, opens = self.source, self.at
        if source.startswith(("<!", "<?"), opens):
            text, self.at = _passed_over(source, opens)
            yield from [Text(text)] if text else []
            return
        match = _TAG.match(source, opens)
        end = self._end(match.end()) if match else 0
        self.at = end or len(source)
        if match and end:
            yield self._part(_tag(match, source[match.end() : end - 1]))
        else:
            yield Text(resolve(source[opens:]))

    def _end(self, at: int) -> int:
        """The place behind the tag whose name ends at `at`; 0 when it never ends."""
        rest = _REST.match(self.source, at) if self._has_quotes_closed else None
        self._has_quotes_closed = rest is not None
        return rest.end() if rest else self.source.find(">", at) + 1

    def _part(self, tag: Tag) -> Tag | Raw:
        if tag.closes or tag.name not in _RAW:
            return tag
        self.at = _behind_raw(self.source, self.at, tag.name)
        return Raw(tag.name)


def _passed_over(source: str, at: int) -> tuple[str, int]:
    """What a comment, a declaration or a CDATA section leaves, and where it ends."""
    if source.startswith("<![CDATA[", at):
        end = source.find("]]>", at)
        return (source[at + 9 : end], end + 3) if end >= 0 else (source[at + 9 :], len(source))
    if source.startswith("<!--", at):
        end = source.find("-->", at + 2)
        return ("", end + 3) if end >= 0 else (source[at:], len(source))
    end = source.find(">", at)
    return ("", end + 1) if end >= 0 else (source[at:], len(source))


def _tag(match: re.Match[str], rest: str) -> Tag:
    closes = match[0].startswith("</")
    attributes: dict[str, str] = {}
    for found in () if closes else islice(_ATTRIBUTE.finditer(rest), MOST_ATTRIBUTES):
        name, value = found[1], found[2] or ""
        bare = value[1:-1] if value[:1] in {'"', "'"} else value
        attributes.setdefault(name.lower(), resolve(bare))
    return Tag(match[1].lower(), closes, attributes)


def _behind_raw(source: str, at: int, name: str) -> int:
    """Where the element ends; the end of the source when it is never closed."""
    closing = re.compile(rf"</{name}", re.IGNORECASE).search(source, at)
    end = source.find(">", closing.end()) if closing else -1
    return end + 1 if end >= 0 else len(source)
