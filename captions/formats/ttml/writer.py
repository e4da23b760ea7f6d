"""write: a track as a TTML 1 document of the kind that IMSC 1 calls text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from captions import timecode
from captions.formats.ttml import xml
from captions.limits import MAX_TIME, check_count
from captions.track import Cue, TextTrack
from captions.webvtt import cuetext, vtt
from captions.webvtt.cuetext import EndTag, Tag, TagName

_ROOT: Final = (
    '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"'
    ' xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling"'
    ' ttp:timeBase="media" {profile} xml:lang={language}>'
)
_PROFILE: Final = 'ttp:profile="http://www.w3.org/ns/ttml/profile/imsc1/text"'
_RUBY_PROFILE: Final = 'ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/imsc1.1/text"'
_REGIONS: Final = {"": ("bottom", "after"), "line:0": ("top", "before"), "line:50%": ("middle", "center")}
_REGION: Final = (
    '      <region xml:id="{name}" tts:origin="10% 10%" tts:extent="80% 80%"'
    ' tts:displayAlign="{display}" tts:textAlign="center"/>'
)
_AGENT: Final = (
    '      <ttm:agent xml:id="{identifier}" type="person"><ttm:name type="full">{name}</ttm:name></ttm:agent>'
)
_LOOKS: Final = {
    TagName.BOLD: ' tts:fontWeight="bold"',
    TagName.ITALIC: ' tts:fontStyle="italic"',
    TagName.UNDERLINE: ' tts:textDecoration="underline"',
    TagName.RUBY: ' tts:ruby="container"',
    TagName.RUBY_TEXT: ' tts:ruby="text"',
}
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,199}", re.ASCII)
_DEEPEST: Final = 50
"""Spans inside spans; the text of deeper ones stands in the last. Our own reader takes 64 elements in all."""


def write(track: TextTrack) -> bytes:
    """The track as TTML: UTF-8, cues in the order of their starts.

    Bold, italic, underline, voices (as `ttm:agent`), languages, ruby, the plain places (top, middle, bottom,
    alignment) and identifiers that XML allows are kept; classes, times of words and other settings are not.
    Raises CaptionError when there are too many cues, and for a time that is later than any film lasts.
    """
    check_count(len(track.cues))
    body = _Body()
    rows = [
        body.paragraph(number, cue)
        for number, cue in enumerate(sorted(track.cues, key=lambda cue: cue.start), start=1)
    ]
    profile = _RUBY_PROFILE if body.has_ruby else _PROFILE
    document = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        _ROOT.format(profile=profile, language=_attribute(track.language)),
        *_head(body),
        '  <body><div xml:space="preserve">',
        *rows,
        "  </div></body>",
        "</tt>\n",
    ]
    try:
        return "\n".join(document).encode("utf-8")
    except UnicodeEncodeError as error:  # pragma: no cover - such characters have been replaced
        raise vtt.unwritable(0, "a character is half of a pair") from error


def _head(body: "_Body") -> Iterable[str]:
    yield "  <head>"
    if body.agents:
        yield "    <metadata>"
        for name, identifier in body.agents.items():
            yield _AGENT.format(identifier=identifier, name=_text(name))
        yield "    </metadata>"
    yield "    <layout>"
    for name, display in _REGIONS.values():
        yield _REGION.format(name=name, display=display)
    yield "    </layout>"
    yield "  </head>"


@dataclass(slots=True)
class _Body:
    """Writes paragraphs and remembers what the head must define."""

    agents: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=lambda: {name for name, _ in _REGIONS.values()})
    has_ruby: bool = False

    def paragraph(self, number: int, cue: Cue) -> str:
        """A cue as a `p` element."""
        if cue.start > MAX_TIME or cue.end > MAX_TIME:
            raise vtt.unwritable(number, vtt.TOO_LATE)
        settings = cue.settings.split()
        region = next((_REGIONS[each][0] for each in settings if each in _REGIONS), "bottom")
        align = next((each[len("align:") :] for each in settings if each.startswith("align:")), "center")
        attributes = (
            f' begin="{timecode.strict(cue.start)}" end="{timecode.strict(cue.end)}" region="{region}"'
        )
        if align != "center":
            attributes += f' tts:textAlign="{align}"'
        identifier = self._identifier(cue.identifier)
        return f"    <p{identifier}{attributes}>{self._content(cue.text)}</p>"

    def _identifier(self, text: str) -> str:
        """An `xml:id`, where XML allows it and it is the first of its name."""
        if not _IDENTIFIER.fullmatch(text) or text in self.used or text.startswith("speaker."):
            return ""
        self.used.add(text)
        return f' xml:id="{text}"'

    def _content(self, text: str) -> str:
        if "<" not in text:
            return _text(cuetext.decode_entities(text))
        parts: list[str] = []
        opened: list[bool] = []
        ruby: list[bool] = []
        for node in cuetext.walk(cuetext.tree(text)):
            if isinstance(node, str):
                is_base = bool(ruby) and ruby[-1]
                parts.append(f'<span tts:ruby="base">{_text(node)}</span>' if is_base else _text(node))
            elif isinstance(node, Tag):
                attributes = self._span(node) if opened.count(True) < _DEEPEST else ""
                opened.append(bool(attributes))
                ruby.append(node.name is TagName.RUBY)
                if attributes:
                    parts.append(f"<span{attributes}>")
            elif isinstance(node, EndTag):
                ruby.pop()
                parts.append("</span>" if opened.pop() else "")
        return "".join(parts)

    def _span(self, tag: Tag) -> str:
        """The attributes of the span for a tag; nothing for a tag that TTML has nothing for."""
        if tag.name is TagName.VOICE and tag.annotation:
            identifier = self.agents.setdefault(tag.annotation, f"speaker.{len(self.agents) + 1}")
            return f' ttm:agent="{identifier}"'
        if tag.name is TagName.LANGUAGE and tag.annotation:
            return f" xml:lang={_attribute(tag.annotation)}"
        self.has_ruby = self.has_ruby or tag.name is TagName.RUBY
        return _LOOKS.get(tag.name, "")


def _text(text: str) -> str:
    """Text with its line breaks as elements."""
    cleaned = escape(xml.CONTROLS.sub("\ufffd", text))
    return cleaned.replace("\r", "&#13;").replace("\n", "<br/>")


def _attribute(text: str) -> str:
    return quoteattr(xml.CONTROLS.sub("\ufffd", text))
