"""Blocks of a GIFT file: a question each, with the comments and the category that belong to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_LABEL = re.compile(r"\[(id|tag):([^\]\n]*+)\]")
_CATEGORY = "$CATEGORY:"


@dataclass(slots=True)
class Block:
    """The lines between two empty ones. `line` is that of its first text, counted from 1."""

    line: int = 0
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # what comments say
    category: str | None = None

    @property
    def text(self) -> str:
        """What is no comment."""
        return "\n".join(self.lines).strip()

    def label(self, name: str) -> list[str]:
        """The `[id:...]` or `[tag:...]` of the comments."""
        found = (match for note in self.notes for match in _LABEL.finditer(note, 0, note.rfind("]") + 1))
        return [match[2].strip() for match in found if match[1] == name and match[2].strip()]


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a file in order. A comment by itself belongs to the question that follows."""
    block = Block()
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if not stripped:
            if block.lines or block.category is not None:
                yield block
                block = Block()
        elif stripped.startswith("//"):
            block.notes.append(stripped[2:].strip())
        elif stripped.startswith(_CATEGORY) and not block.lines:
            block.line = block.line or number
            block.category = stripped.removeprefix(_CATEGORY).strip()
        else:
            block.line = block.line if block.lines else number
            block.lines.append(line)
    if block.lines or block.category is not None:
        yield block
