"""Atom: the smallest piece of cue text that a break leaves whole, with the markup that clings to it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from captions.checking import phrases
from captions.checking.view import width
from captions.webvtt import cuetext

_PIECE: Final = re.compile(r"<[^>]*>?|[^< \t\n\f\r]+|[ \t\n\f\r]+")
_SPACES: Final = " \t\n\f\r"
_LETTER: Final = re.compile(r"&#?[A-Za-z0-9]{1,31};|.", re.DOTALL)
_NAME: Final = re.compile(r"<([^ \t\n\f\r.>]*)")
_NO_START: Final = frozenset(
    "、。，．・：；？！ー〜ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々ゝ」』）］｝〉》】〕”’…,.!?:;)]}%"
)
_NO_END: Final = frozenset("「『（［｛〈《【〔“‘([{")


@dataclass(frozen=True, slots=True)
class Atom:
    """A word, or a letter of a script without spaces.

    `raw` is cue text with the tags at its edges, `plain` what is read, `glue` what stands after it when the
    line goes on ("" or a space), `is_broken` says that a person broke the line after it.
    """

    raw: str
    plain: str
    glue: str = " "
    is_broken: bool = False

    @property
    def width(self) -> int:
        """Columns, without the glue."""
        return width(self.plain)


def atoms(text: str) -> tuple[Atom, ...]:
    """The atoms of a cue text; no atom lacks letters or signs to be read."""
    gathered = _Gathered()
    for piece in _PIECE.findall(text):
        if piece[0] == "<":
            gathered.raw += piece
        elif piece[0] in _SPACES:
            gathered.end(is_broken="\n" in piece)
        else:
            gathered.add(_units(gathered.plain, piece))
    gathered.end()
    if gathered.raw and gathered.done:
        last = gathered.done[-1]
        gathered.done[-1] = replace(last, raw=last.raw + gathered.raw)
    return tuple(_glued(gathered.done))


@dataclass(slots=True)
class _Gathered:
    """The atoms so far, and what is known of the next."""

    done: list[Atom] = field(default_factory=list)
    raw: str = ""
    plain: str = ""

    def add(self, units: Sequence[str]) -> None:
        """Text without white space; between its units a line may be broken."""
        for place, unit in enumerate(units):
            if place:
                self.end()
                self.done[-1] = replace(self.done[-1], glue="")
            self.raw += unit
            self.plain += cuetext.decode_entities(unit)

    def end(self, *, is_broken: bool = False) -> None:
        """The atom is whole; tags without text wait for the next."""
        if self.plain:
            self.done.append(Atom(self.raw, self.plain))
            self.raw = self.plain = ""
        if is_broken and self.done:
            self.done[-1] = replace(self.done[-1], is_broken=True)


def joined(pieces: Sequence[Atom], breaks: Sequence[int] = ()) -> str:
    """The cue text of atoms, with line breaks after those counted in `breaks` (1 = after the first)."""
    parts = []
    for count, piece in enumerate(pieces, start=1):
        after = "\n" if count in breaks else piece.glue
        parts.append(piece.raw + (after if count < len(pieces) else ""))
    return "".join(parts)


def plain_of(pieces: Sequence[Atom]) -> str:
    """What is read of atoms that stand in one line."""
    return "".join(piece.plain + piece.glue for piece in pieces).rstrip()


def parted(pieces: Sequence[Atom], breaks: Sequence[Sequence[int]], at: Sequence[int]) -> tuple[str, ...]:
    """Cue texts of the atoms parted after the places `at`, each with its own line breaks.

    A tag that is open at a parting is closed there and opened anew.
    """
    texts: list[str] = []
    opened: list[str] = []
    edges = (0, *at, len(pieces))
    for number, (start, end) in enumerate(pairwise(edges)):
        text = "".join(opened) + joined(pieces[start:end], breaks[number])
        opened = open_tags(text)
        texts.append(text + (closing(opened) if end < len(pieces) else ""))
    return tuple(texts)


def open_tags(text: str) -> list[str]:
    """The start tags, as written, that are still open at the end of a cue text."""
    opened: list[str] = []
    for piece in _PIECE.findall(text):
        if piece[0] != "<" or piece[1:2].isdigit():
            continue
        if piece[1:2] != "/":
            opened.append(piece)
        elif opened and _tag_name(opened[-1]) == piece[2:-1].strip():
            opened.pop()
    return opened


def closing(opened: Sequence[str]) -> str:
    """The end tags for open ones; a voice that holds all may stay open, as the specification writes it."""
    rest = opened[1:] if opened and _tag_name(opened[0]) == "v" else opened
    return "".join(f"</{_tag_name(tag)}>" for tag in reversed(rest))


def merged(first: str, second: str) -> str:
    """Two cue texts as one, the second on a new line; a voice that goes on is named once."""
    opened = open_tags(first)
    first += closing(opened)
    if opened and _tag_name(opened[0]) == "v":
        if second.startswith(opened[0]):
            second = second[len(opened[0]) :].lstrip()
        else:
            first += "</v>"
    return f"{first}\n{second}"


def _tag_name(tag: str) -> str:
    match = _NAME.match(tag)
    return match[1] if match else ""


def _glued(pieces: list[Atom]) -> Iterator[Atom]:
    """Letters of a script without spaces stay together where only a line break was between them."""
    for place, piece in enumerate(pieces):
        following = pieces[place + 1].plain[:1] if place + 1 < len(pieces) else ""
        if piece.is_broken and phrases.is_unspaced(piece.plain[-1]) and phrases.is_unspaced(following):
            piece = Atom(piece.raw, piece.plain, "", is_broken=True)
        yield piece


def _units(before: str, chunk: str) -> list[str]:
    """A chunk without white space cut where its script may be broken; the first goes on with `before`."""
    if chunk.isascii() or not any(map(phrases.is_unspaced, chunk)):
        return [chunk]
    units = [""]
    last = before[-1:]
    for letter in _LETTER.findall(chunk):
        if last and _may_part(last, letter):
            units.append("")
        units[-1] += letter
        last = letter[-1]
    return units


def _may_part(before: str, after: str) -> bool:
    if not (phrases.is_unspaced(before) or phrases.is_unspaced(after[0])):
        return False
    return after[0] not in _NO_START and before not in _NO_END
