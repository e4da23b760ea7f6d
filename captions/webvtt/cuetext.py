"""Cue text: its tokens, its tree, its plain text (https://www.w3.org/TR/webvtt1/, section 6.4).

Nothing here recurses: tags may nest to any depth.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from html.entities import html5

from captions import timecode

_SPACE = re.compile(r"[ \t\n\f\r]+")
_START_TAG = re.compile(r"([^ \t\n\f.]*)((?:\.[^ \t\n\f.]*)*)(.*)", re.DOTALL)
_REFERENCE = re.compile(r"&(?:#([0-9]+)|#[xX]([0-9a-fA-F]+)|([A-Za-z][A-Za-z0-9]*));?")
_USUAL_TAG = 60
_LONGEST_NAME = max(map(len, html5))


class TagName(StrEnum):
    """The tags that cue text has."""

    CLASS = "c"
    ITALIC = "i"
    BOLD = "b"
    UNDERLINE = "u"
    RUBY = "ruby"
    RUBY_TEXT = "rt"
    VOICE = "v"
    LANGUAGE = "lang"


TAG_NAMES = frozenset(TagName)


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """An element of the tree; `annotation` is the voice's name or the language. Equal only to itself: a
    comparison of deep trees would recurse."""

    name: TagName
    classes: tuple[str, ...] = ()
    annotation: str = ""
    children: tuple["Node", ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A moment inside a cue, in milliseconds of the film, from which the text after it is current."""

    time: int


Node = str | Tag | Timestamp


@dataclass(frozen=True, slots=True)
class StartTag:
    """The token `<name.class.class annotation>`; the name may be unknown."""

    name: str
    classes: tuple[str, ...] = ()
    annotation: str = ""


@dataclass(frozen=True, slots=True)
class EndTag:
    """The token `</name>`; also the end of a tag when a tree is walked."""

    name: str


@dataclass(frozen=True, slots=True)
class TimestampTag:
    """The token `<00:00:01.000>`; what it holds need not be a time."""

    text: str


Token = str | StartTag | EndTag | TimestampTag


def tokens(text: str) -> Iterator[Token]:
    """Split cue text into strings (entities decoded) and tags, as the specification's tokeniser does."""
    at = 0
    while at < len(text):
        opening = text.find("<", at)
        if opening < 0:
            yield decode_entities(text[at:])
            return
        if opening > at:
            yield decode_entities(text[at:opening])
        closing = text.find(">", opening)
        if closing < 0:
            closing = len(text)
        body = text[opening + 1 : closing]
        yield _cached_tag(body) if len(body) <= _USUAL_TAG else _tag(body)
        at = closing + 1


def tree(text: str) -> tuple[Node, ...]:
    """The nodes of a cue text. Text beside text is one string; tags may nest to any depth."""
    builder = Builder()
    for token in tokens(text):
        builder.add(token)
    return builder.finish()


def plain_text(text: str) -> str:
    """What a viewer reads: no markup, entities decoded. It is text, not HTML: a page must still escape it."""
    if "<" not in text:
        return decode_entities(text)
    return "".join(token for token in tokens(text) if isinstance(token, str))


def walk(nodes: tuple[Node, ...]) -> Iterator[str | Tag | EndTag | Timestamp]:
    """The tree in reading order: each tag, what is in it, and an EndTag after it."""
    stack: list[Iterator[Node]] = [iter(nodes)]
    names: list[TagName] = []
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
            if names:
                yield EndTag(names.pop())
            continue
        yield node
        if isinstance(node, Tag):
            stack.append(iter(node.children))
            names.append(node.name)


def voices(text: str) -> tuple[str, ...]:
    """The names in the `<v Name>` tags of a cue, in order, without repetition."""
    if "<v" not in text:
        return ()
    names = [token.annotation for token in tokens(text) if isinstance(token, StartTag) and token.name == "v"]
    return tuple(dict.fromkeys(filter(None, names)))


def escape(text: str) -> str:
    """Plain text as cue text. `-->` cannot stand in a file, so each `>` is written as an entity too."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def decode_entities(text: str) -> str:
    """Replace HTML character references, also the old ones without a semicolon, as HTML does in text."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name is None:
        return (
            _numbered(int((decimal or "").lstrip("0")[:8] or "0")) if decimal else _hexadecimal(hexadecimal)
        )
    whole = match[0][1:]
    if whole in html5:
        return html5[whole]
    # names that once needed no semicolon may run into the letters after them: the longest counts
    for length in range(min(len(whole), _LONGEST_NAME), 1, -1):
        if whole[:length] in html5:
            return html5[whole[:length]] + whole[length:]
    return match[0]


def _hexadecimal(digits: str) -> str:
    return _numbered(int(digits.lstrip("0")[:8] or "0", 16))


def _numbered(number: int) -> str:
    """A character by number as HTML has it: no null, no surrogate, 128 to 159 are Windows-1252."""
    if number == 0 or number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return "\ufffd"
    if 0x80 <= number <= 0x9F:
        mapped = bytes([number]).decode("cp1252", "ignore")
        return mapped or chr(number)
    return chr(number)


def _tag(body: str) -> Token:
    """The tag between `<` and `>`."""
    if body.startswith("/"):
        return EndTag(body[1:])
    if body[:1].isascii() and body[:1].isdigit():
        return TimestampTag(body)
    match = _START_TAG.match(body)
    if match is None:  # pragma: no cover - the pattern matches any text
        return StartTag("")
    name, classes, annotation = match.groups()
    words = _SPACE.sub(" ", decode_entities(annotation)).strip(" ") if annotation else ""
    return StartTag(name, tuple(filter(None, classes.split("."))), words)


# a file repeats few tags; long ones are not kept, so that hostile files cannot fill the memory
_cached_tag = lru_cache(maxsize=4096)(_tag)


@dataclass(slots=True)
class _Open:
    """A tag that is being built."""

    tag: StartTag
    children: list[Node] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def join(self) -> list[Node]:
        """The children, the text that was gathered last among them as one string."""
        if self.text:
            self.children.append("".join(self.text))
            self.text = []
        return self.children


@dataclass(slots=True)
class Builder:
    """Builds the tree of tokens; the last of `opened` is the current node, the first the root."""

    opened: list[_Open] = field(default_factory=lambda: [_Open(StartTag(""))])

    def add(self, token: Token) -> None:
        """Take the next token."""
        if isinstance(token, str):
            self.opened[-1].text.append(token)
        elif isinstance(token, StartTag):
            self._open(token)
        elif isinstance(token, EndTag):
            self._end(token.name)
        else:
            # every browser takes a time with text after it, where the specification wants the time alone
            time = timecode.parse_leading(token.text)
            if time is not None:
                self.opened[-1].join().append(Timestamp(time))

    def finish(self) -> tuple[Node, ...]:
        """The nodes; what is still open ends here."""
        while len(self.opened) > 1:
            self._close()
        return tuple(self.opened[0].join())

    def _open(self, token: StartTag) -> None:
        if token.name not in TAG_NAMES:
            return
        # ruby text is a tag only directly inside ruby
        if token.name != TagName.RUBY_TEXT or self.opened[-1].tag.name == TagName.RUBY:
            self.opened.append(_Open(token))

    def _end(self, name: str) -> None:
        current = self.opened[-1].tag.name
        if name and name == current:
            self._close()
        elif name == TagName.RUBY and current == TagName.RUBY_TEXT:
            self._close()
            self._close()

    def _close(self) -> None:
        done = self.opened.pop()
        name = TagName(done.tag.name)
        annotation = done.tag.annotation if name in (TagName.VOICE, TagName.LANGUAGE) else ""
        self.opened[-1].join().append(Tag(name, done.tag.classes, annotation, tuple(done.join())))
