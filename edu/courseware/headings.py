"""The headings of a text as places to jump to, and the text between them as plain sentences, for search."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it.token import Token

from edu.courseware.course import CalloutKind
from edu.courseware.glossary import address
from edu.courseware.marks import parser

LONGEST: Final = 240
"""Letters of a line. What is longer is parted, so that no evidence tag is ever cut off where it is shown."""
_TAG = re.compile(r"\s*\[[^\[\]]{1,20}\]")
# A sentence ends before a space and a capital, its evidence tag included, wherever that stands.
_SENTENCE_END = re.compile(r"(?<=[.!?\]])\s+(?=[^\W\d_a-z\[])")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under a heading; `anchor` is its id on the page, empty for what stands before the first.

    `lines` are sentences as they are read, each with its evidence tags, such as `[D, ?]`.
    """

    anchor: str
    heading: str
    lines: tuple[str, ...]


def name_headings(tokens: Sequence[Token]) -> None:
    """Give each heading an id made of its words, its own in the text, so that links can lead to it."""
    seen: set[str] = set()
    for at, token in enumerate(tokens):
        if token.type != "heading_open" or "id" in token.attrs:
            continue
        stem = "s-" + (address(_plain(tokens[at + 1])) or "part")
        name, number = stem, 1
        while name in seen:
            number += 1
            name = f"{stem}-{number}"
        seen.add(name)
        token.attrSet("id", name)


def sections(text: str) -> tuple[Section, ...]:
    """A Markdown text by its headings."""
    tokens = parser().parse(text)
    name_headings(tokens)
    found = [Section("", "", ())]
    lines: list[str] = []
    is_heading = False
    for token in tokens:
        if token.type == "heading_open":
            found[-1] = Section(found[-1].anchor, found[-1].heading, tuple(lines))
            found.append(Section(str(token.attrs["id"]), "", ()))
            lines, is_heading = [], True
        elif token.type == "inline" and is_heading:
            found[-1] = Section(found[-1].anchor, _plain(token), ())
            is_heading = False
        else:
            lines += sentences(_words(token))
    found[-1] = Section(found[-1].anchor, found[-1].heading, tuple(lines))
    return tuple(section for section in found if section.heading or section.lines)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph. Each part of one that is too long ends with its evidence tags."""
    for sentence in _SENTENCE_END.split(" ".join(text.split())):
        tags = "".join(_TAG.findall(sentence))
        while len(sentence) > LONGEST:
            cut = sentence.rfind(" ", 0, LONGEST - len(tags))
            cut = cut if cut > 0 else LONGEST - len(tags)
            yield sentence[:cut] + tags
            sentence = sentence[cut:].strip()
        if sentence:
            yield sentence


def without_tags(line: str) -> str:
    """The words of a line, without its evidence tags."""
    return _TAG.sub("", line)


def _words(token: Token) -> str:
    """What a reader reads of a block: paragraphs, code, the title that was given to a box."""
    if token.type == "inline":
        return _plain(token)
    if token.type in ("fence", "code_block"):
        return token.content
    kind = token.type.removeprefix("container_").removesuffix("_open")
    if token.type.endswith("_open") and kind in set(CalloutKind):
        return token.info.strip().partition(" ")[2]
    return ""


def _plain(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "grade":
            parts.append(f"[{', '.join(child.meta['grades'])}]")
        elif child.type == "step":
            parts.append(child.meta["words"])
    return "".join(parts).strip()
