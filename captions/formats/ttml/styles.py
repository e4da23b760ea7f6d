"""Styles and regions of TTML: what a reference means, through chains of references."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

KEPT: Final = frozenset(
    {"fontStyle", "fontWeight", "textDecoration", "textAlign", "displayAlign", "origin", "extent"}
)
"""The properties that are looked at; colours, fonts and the rest are of no use to captions."""

INHERITED: Final = frozenset({"fontStyle", "fontWeight", "textDecoration", "textAlign"})
_ALIGNS: Final = frozenset({"left", "right", "start", "end"})
_TOP, _BOTTOM = 40.0, 50.0

Style = dict[str, str]


@dataclass(slots=True)
class Sheet:
    """The styles of a document by their id: their own properties and the ids that they refer to."""

    own: dict[str, Style] = field(default_factory=dict)
    references: dict[str, list[str]] = field(default_factory=dict)
    known: dict[str, Style] = field(default_factory=dict)

    def add(self, identifier: str, attributes: Mapping[str, str]) -> None:
        """Take a `style` element, or a region, which has style properties too."""
        self.own[identifier] = properties(attributes)
        self.references[identifier] = attributes.get("style", "").split()

    def style(self, attributes: Mapping[str, str]) -> Style:
        """The properties of an element: those of its references in turn, then its own."""
        own = properties(attributes)
        names = attributes.get("style")
        return self._joined(names.split()) | own if names else own

    def _joined(self, identifiers: Iterable[str]) -> Style:
        style: Style = {}
        for identifier in dict.fromkeys(identifiers):
            style |= self.known.get(identifier) or self.resolved(identifier)
        return style

    def resolved(self, identifier: str) -> Style:
        """The properties of a style with those that it refers to; a style that refers to itself adds none."""
        if identifier in self.known:
            return self.known[identifier]
        waiting = [identifier]
        opened: set[str] = set()
        while waiting:
            name = waiting[-1]
            if name not in opened:
                opened.add(name)
                others = self.references.get(name, ())
                waiting.extend(other for other in others if other not in self.known and other not in opened)
                continue
            waiting.pop()
            if name not in self.known:
                style: Style = {}
                for other in self.references.get(name, ()):
                    style |= self.known.get(other, {})
                self.known[name] = style | self.own.get(name, {})
        return self.known[identifier]


def properties(attributes: Mapping[str, str]) -> Style:
    """The properties among the attributes that are looked at."""
    return {name: value.strip() for name, value in attributes.items() if name in KEPT}


def tags(style: Mapping[str, str]) -> tuple[str, ...]:
    """The tags of cue text that say what the style says."""
    decorations = style.get("textDecoration", "").split()
    found = []
    if style.get("fontWeight") == "bold":
        found.append("b")
    if style.get("fontStyle") in ("italic", "oblique"):
        found.append("i")
    if "underline" in decorations:
        found.append("u")
    return tuple(found)


def alignment(style: Mapping[str, str]) -> str:
    """The WebVTT setting for where the lines of a text are aligned, or nothing for the middle."""
    align = style.get("textAlign", "")
    return f"align:{align}" if align in _ALIGNS else ""


def line(region: Mapping[str, str]) -> str | None:
    """The WebVTT setting for the height of a region: nothing at the bottom, None where the place is
    not a plain one (top, middle, bottom)."""
    display = region.get("displayAlign")
    if display is None and "origin" not in region:
        # nobody who leaves both out wants the top, where the specification has it
        return ""
    top = _percent(region.get("origin", "auto"), 0.0)
    height = _percent(region.get("extent", "auto"), 100.0)
    if top is None or height is None:
        return "" if display == "after" else None
    if display == "after":
        return "" if top + height > _BOTTOM else None
    if display == "center":
        return "line:50%" if abs(top + height / 2 - 50) < 10 else None
    if top >= _BOTTOM:
        return ""
    return "line:0" if top < _TOP and display == "before" else None


def _percent(pair: str, auto: float) -> float | None:
    """The second, vertical, of two percentages."""
    if pair == "auto":
        return auto
    parts = pair.split()
    if len(parts) != 2 or not parts[1].endswith("%"):
        return None
    try:
        return float(parts[1][:-1])
    except ValueError:
        return None
