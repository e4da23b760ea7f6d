"""Prose: the plain text that items hold, from HTML and back; what plain text cannot hold is reported."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from quizzes.errors import QuizError, Reason, refusal
from quizzes.formats.markup import Raw, Tag, Text, tokens
from quizzes.formats.small_letters import lowered, raised
from quizzes.text import LONGEST_PROSE

Lost = Callable[[QuizError], None]

# A longer source cannot become prose that an item may hold, however much of it is markup.
LONGEST_SOURCE = 10 * LONGEST_PROSE  # letters, pictures that are written into it not counted
MOST_TAGS = 12_000  # of one text: more than the longest prose has written as HTML

# Marks of the flow; as control characters they cannot stand in prose.
_PARAGRAPH, _LINE, _BREAK = "\x02", "\x03", "\x0b"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BLANKS = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")  # what is not one blank already
_PARAGRAPHS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "details", "div", "dl"),
        *("fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "legend", "main"),
        *("nav", "p", "section", "summary", "table", "h1", "h2", "h3", "h4", "h5", "h6"),
    }
)
_LINES = frozenset({"dt", "dd", "tr"})
_LOOKS = frozenset(
    {
        *("b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "mark", "small", "big", "font", "code"),
        *("kbd", "samp", "tt", "var", "cite", "q", "center", "ruby", "table", "blockquote"),
        *("h1", "h2", "h3", "h4", "h5", "h6"),
    }
)
_MEDIA = {
    "img": "picture",
    "video": "video",
    "audio": "sound",
    "iframe": "frame",
    "object": "object",
    "embed": "object",
    "canvas": "drawing",
    "svg": "drawing",
}
_FIELDS = frozenset({"input", "select", "textarea", "button"})
_PICTURE_DATA = re.compile(r"data:([\w.+-]{1,60}/[\w.+-]{1,60});base64,[A-Za-z0-9+/=%\s]++")


def from_html(source: str, lost: Lost) -> str:
    """Plain prose: paragraphs with an empty line between them, lists as "- ", sub- and superscripts in
    Unicode.

    What cannot be kept is told to `lost` as NOT_KEPT, each different thing once: pictures and media (their
    description stays in the text, in brackets), links, formatting, scripts, fields to fill in.

    Raises QuizError (TOO_LONG, HOSTILE) before anything is parsed where the source holds more letters or tags
    than prose could come from.
    """
    source = _bounded(source)
    writer = _Writer(lost)
    for token in tokens(source):
        match token:
            case Text(text):
                writer.write(text)
            case Raw(name):
                writer.leave_out(f"an element <{name}>")
            case Tag():
                writer.tag(token)
    return writer.finish()


def to_html(text: str) -> str:
    """The HTML of plain prose, from which `from_html` makes an equal text without a loss."""
    paragraphs = (_escaped(part).replace("\n", "<br>") for part in text.split("\n\n"))
    simple = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    if from_html(simple, _nothing) == text:
        return simple
    return f"<pre>\n{_escaped(text)}</pre>"  # runs of blanks, and blanks at the ends of lines


def check_source(source: str) -> None:
    """Raise QuizError for a source too long to become prose, before work goes into it."""
    if len(source) > LONGEST_SOURCE:
        raise refusal(Reason.TOO_LONG, limit=LONGEST_PROSE)


def once(lost: Lost) -> Lost:
    """A listener that passes each different loss on once: made anew for each question."""
    told: set[tuple[str, str]] = set()

    def listen(error: QuizError) -> None:
        if (error.place, error.reason) not in told:
            told.add((error.place, error.reason))
            lost(error)

    return listen


def moved(place: str, lost: Lost) -> Lost:
    """A listener that puts `place` before the place of each loss."""
    return lambda error: lost(error.moved(place))


def _nothing(_: QuizError) -> None:
    """Nobody listens."""


def _bounded(source: str) -> str:
    """The source; one that is long, without the data of pictures in it. Raises QuizError for too much."""
    if len(source) > LONGEST_SOURCE:
        source = _PICTURE_DATA.sub(r"data:\1", source)  # of an address that is data no more is asked
    check_source(source)
    if source.count("<") > MOST_TAGS:
        raise refusal(Reason.HOSTILE, detail="a text holds more markup than a question has")
    return source


def _escaped(text: str) -> str:
    """Escaped for HTML; the two characters that XML cannot hold become references."""
    return html.escape(text, quote=False).replace("\ufffe", "&#65534;").replace("\uffff", "&#65535;")


@dataclass
class _Writer:
    """Writes a flow of words and marks; what stands in `pre` is kept apart, letter for letter."""

    lost: Lost
    parts: list[str] = field(default_factory=list)
    flow: list[str] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)  # the number of the last entry, -1 for bullets
    verbatim: bool = False
    is_fresh: bool = False  # a bullet was written and no word behind it
    small: list[str] | None = None  # the words of a subscript or superscript
    drawings: int = 0
    left_out: set[str] = field(default_factory=set)

    def leave_out(self, what: str) -> None:
        """Report something that is not kept: once, for a file may hold it at every word."""
        if what not in self.left_out:
            self.left_out.add(what)
            self.lost(refusal(Reason.NOT_KEPT, what=what))

    def write(self, text: str) -> None:
        """Take words up."""
        if self.drawings:
            return
        if _CONTROLS.search(text):
            self.leave_out("a control character")
            text = _CONTROLS.sub("", text)
        text = text.replace("\r\n", "\n").replace("\r", "\n") if self.verbatim else _BLANKS.sub(" ", text)
        self.is_fresh = self.is_fresh and not text.strip()
        (self.flow if self.small is None else self.small).append(text)

    def tag(self, tag: Tag) -> None:
        """Take a tag up."""
        if tag.name == "svg":
            self.drawings = max(0, self.drawings + (-1 if tag.closes else 1))
        elif self.drawings:
            return
        if not tag.closes:
            self._report(tag)
        if tag.name in {"sub", "sup"}:
            self._small(tag)
        elif tag.name == "pre":
            self._pre(tag)
        elif tag.name in {"ul", "ol"}:
            self._list(tag)
        else:
            self._mark(tag)

    def finish(self) -> str:
        """The whole text."""
        self._end_part()
        parts = [part for part in self.parts if part.strip()]
        return parts[0] if len(parts) == 1 else "\n\n".join(part.strip("\n") for part in parts)

    def _mark(self, tag: Tag) -> None:
        """What a tag leaves in the flow."""
        if tag.name == "br":
            self.flow.append("\n" if self.verbatim else _BREAK)
        elif tag.name == "li" and not tag.closes:
            self._bullet()
        elif tag.name in _PARAGRAPHS and not self.lists:
            self.flow.append(_PARAGRAPH)
        elif (tag.name in _PARAGRAPHS or tag.name in _LINES) and not self.is_fresh:
            self.flow.append(_LINE)
        elif tag.name in {"td", "th"} and tag.closes:
            self.flow.append(" | ")
        elif tag.name in _MEDIA and not tag.closes:
            words = tag.attributes.get("alt") or tag.attributes.get("title") or ""
            if words.strip():
                self.write(f"({words.strip()})")

    def _bullet(self) -> None:
        number = self.lists[-1] if self.lists else -1
        if number >= 0:
            self.lists[-1] = number = number + 1
        self.flow.append(f"{_LINE}- " if number < 0 else f"{_LINE}{number}. ")
        self.is_fresh = True

    def _list(self, tag: Tag) -> None:
        if tag.closes:
            self.lists[-1:] = []
        elif self.lists:
            self.leave_out("the levels of a list")
        self.flow.append(_LINE if self.lists else _PARAGRAPH)
        if not tag.closes:
            self.lists.append(0 if tag.name == "ol" else -1)
        self.is_fresh = False

    def _pre(self, tag: Tag) -> None:
        if tag.closes is not self.verbatim:
            return
        self._end_part()
        self.verbatim = not tag.closes

    def _small(self, tag: Tag) -> None:
        words, self.small = self.small, None if tag.closes else []
        if words:
            text = "".join(words)
            self.flow.append(lowered(text) if tag.name == "sub" else raised(text))

    def _end_part(self) -> None:
        if self.small:
            self.flow.extend(self.small)
        self.small = None
        text = "".join(self.flow)
        self.parts.append(text.removeprefix("\n") if self.verbatim else _flowing(text))
        self.flow = []

    def _report(self, tag: Tag) -> None:
        """Say what of a start tag is lost."""
        marks = tag.attributes
        if tag.name in _LOOKS or "style" in marks:
            self.leave_out("formatting")
        if any(name.startswith("on") for name in marks):
            self.leave_out("a script")
        if tag.name == "a" and marks.get("href"):
            self.leave_out(f"a link to {marks['href'][:200]}")
        if tag.name in _MEDIA:
            name = _file_name(marks.get("src") or marks.get("data") or "")
            self.leave_out(f"a {_MEDIA[tag.name]} {name}".rstrip())
        if tag.name in _FIELDS:
            self.leave_out("a field to fill in")
        if tag.name == "math":
            self.leave_out("the layout of a formula")


def _flowing(text: str) -> str:
    """The flow as paragraphs of lines, without blanks at their ends and without empty paragraphs."""
    paragraphs = ("\n".join(_lines(part)).strip("\n") for part in text.split(_PARAGRAPH))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph.strip())


def _lines(paragraph: str) -> list[str]:
    lines: list[str] = []
    for line in paragraph.split(_LINE):
        line = line.removesuffix(" ").removesuffix(" |")
        if line.strip() or _BREAK in line:
            lines.extend(_BLANKS.sub(" ", piece).strip(" ") for piece in line.split(_BREAK))
    return lines


def _file_name(address: str) -> str:
    """The last part of an address; nothing of data that is written into it."""
    return "" if address.startswith("data:") else PurePosixPath(address.partition("?")[0]).name[:100]
