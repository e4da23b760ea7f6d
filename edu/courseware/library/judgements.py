"""library.toml: the design, the direction and our own summary of entries, as far as somebody judged them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from edu.courseware.fields import Fields, parse
from edu.courseware.finding import CourseError, Finding
from edu.courseware.reference import Design, Direction, Judgement
from edu.courseware.source import read_text
from edu.courseware.toml_text import tables_text

LIBRARY = "library.toml"
HEADER = (
    "# What the library says of the works in references.bib: how each came to what it says, whether it\n"
    "# speaks for or against the idea that it looks into, a summary of our own, and names that it brought.\n"
    "# What nobody has judged is left out, and its page says so. Summaries are open to everyone.\n"
)


def read_judgements(folder: Path, lost: list[Finding]) -> tuple[Judgement, ...]:
    """What the folder's library.toml says, by key, nothing without one; what is wrong goes into `lost`."""
    if not (folder / LIBRARY).is_file():
        return ()
    try:
        text, _ = read_text(folder, LIBRARY)
        fields = parse(text, LIBRARY)
        found: dict[str, Judgement] = {}
        for table in fields.tables("entries"):
            judgement = _judgement(table)
            if judgement.key in found:
                raise table.wrong("key", f"{judgement.key} stands here twice", "Make one of the two")
            found[judgement.key] = judgement
        fields.close()
    except CourseError as error:
        lost.extend(error.findings)
        return ()
    return tuple(found[key] for key in sorted(found))


def _judgement(table: Fields) -> Judgement:
    return Judgement(
        key=table.text("key"),
        design=table.choice("design", Design, Design.UNKNOWN),
        direction=table.choice("direction", Direction, Direction.NOT_JUDGED),
        summary=table.text("summary", ""),
        summary_by=table.text("summary_by", ""),
        names=table.texts("names"),
        line=table.line("key"),
    )


def plain(judgement: Judgement) -> dict[str, Any]:
    """A judgement as a JSON value without its key; what says nothing is left out."""
    row = _row(judgement)
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in row.items()
        if name != "key"
    }


def from_plain(key: str, kept: Mapping[str, Any]) -> Judgement:
    """The judgement in such a value, whatever else is beside it."""
    return Judgement(
        key,
        Design(kept.get("design", Design.UNKNOWN)),
        Direction(kept.get("direction", Direction.NOT_JUDGED)),
        kept.get("summary", ""),
        kept.get("summary_by", ""),
        tuple(kept.get("names", ())),
    )


def judgements_text(judgements: Iterable[Judgement]) -> str:
    """library.toml of the judgements, by key, without those that say nothing; empty without any."""
    ordered = sorted(judgements, key=lambda judgement: judgement.key)
    said = [judgement_text(judgement) for judgement in ordered if judgement.says_something]
    return HEADER + "".join(said) if said else ""


def judgement_text(judgement: Judgement) -> str:
    """One judgement as the file says it, empty when it says nothing."""
    return tables_text("entries", [_row(judgement)]) if judgement.says_something else ""


def _row(judgement: Judgement) -> dict[str, str | tuple[str, ...]]:
    row: dict[str, str | tuple[str, ...]] = {"key": judgement.key}
    if judgement.design is not Design.UNKNOWN:
        row["design"] = judgement.design.value
    if judgement.direction is not Direction.NOT_JUDGED:
        row["direction"] = judgement.direction.value
    texts = {"summary": judgement.summary, "summary_by": judgement.summary_by}
    row |= {name: text for name, text in texts.items() if text}
    return row | ({"names": judgement.names} if judgement.names else {})
