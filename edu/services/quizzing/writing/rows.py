"""The rows of a sheet as parts of a document: options, named points, zones, gaps."""

from __future__ import annotations

import string
from collections.abc import Iterable
from typing import Any

from edu.services.quizzing.writing.reading import Faults, texts
from edu.services.quizzing.writing.sheet import Row, Sheet
from quizzes.vocabulary import GapKind, sides

Document = dict[str, Any]


def filled(sheet: Sheet, name: str = "options") -> list[Row]:
    """The rows that have a text."""
    return [row for row in sheet.group(name) if texts(row, "text")]


def options(sheet: Sheet, faults: Faults) -> Document:
    """The options with what is said about each; a row without a text but with a tick or a note is a fault."""
    for index, row in enumerate(sheet.group("options")):
        marks = [name for name in ("right", "weight", "feedback", "role") if texts(row, name)]
        if not texts(row, "text") and marks:
            faults.add("This row has no text.", f"options-{index}-text", "blank")
    kept = filled(sheet)
    if len(kept) < 2:
        faults.add("Write at least two options.", "options", "too_few")
    _, right = sides(sheet.kind)
    form: Document = {right: {row["id"]: texts(row, "text") for row in kept}, "feedback": notes(kept)}
    last = [row["id"] for row in kept if texts(row, "last")]
    return {**form, "last": last} if last else form


def notes(rows: Iterable[Row]) -> dict[str, str]:
    """What is said about rows, by their id."""
    return {row["id"]: words for row in rows if (words := texts(row, "feedback"))}


def ticked(sheet: Sheet) -> list[str]:
    """The ids of the options that are marked as right."""
    return [row["id"] for row in filled(sheet) if texts(row, "right")]


def weights(sheet: Sheet, faults: Faults) -> dict[str, float]:
    """The percentages of options, as fractions, where there are any."""
    return {
        row["id"]: faults.share(texts(row, "weight"), f"options-{index}-weight")
        for index, row in enumerate(sheet.group("options"))
        if texts(row, "text") and texts(row, "weight")
    }


def pins(sheet: Sheet, name: str, faults: Faults) -> list[Document]:
    """Named points of the picture; rows without a name are left out."""
    return [
        {
            "id": row["id"],
            "text": texts(row, "text"),
            "x": faults.number(texts(row, "x"), f"{name}-{index}-x"),
            "y": faults.number(texts(row, "y"), f"{name}-{index}-y"),
        }
        for index, row in enumerate(sheet.group(name))
        if texts(row, "text")
    ]


def zones(sheet: Sheet, faults: Faults) -> list[Document]:
    """Zones by their boxes, in pixels of the picture; a circle's box has its width, polygons have corners."""
    found = []
    for index, row in enumerate(sheet.group("zones")):
        shape = texts(row, "shape") or "circle"
        if shape == "polygon":
            if texts(row, "points"):
                points = faults.points(texts(row, "points"), f"zones-{index}-points")
                found.append({"shape": shape, "points": points})
        elif any(texts(row, side) for side in ("left", "top", "width", "height")):
            found.append(_box(shape, row, index, faults))
    return found


def _box(shape: str, row: Row, index: int, faults: Faults) -> Document:
    left, top, width = (
        faults.number(texts(row, side), f"zones-{index}-{side}") for side in ("left", "top", "width")
    )
    if shape == "circle":
        return {"shape": shape, "x": left + width / 2, "y": top + width / 2, "r": width / 2}
    height = faults.number(texts(row, "height"), f"zones-{index}-height")
    if shape == "rect":
        return {"shape": shape, "x0": left, "x1": left + width, "y0": top, "y1": top + height}
    return {
        "shape": shape, "x": left + width / 2, "y": top + height / 2, "rx": width / 2, "ry": height / 2,
    }  # fmt: skip


def gap(sheet: Sheet, index: int, row: Row, faults: Faults) -> tuple[Document, Document]:
    """A gap of a text, and what fills it."""
    kind = texts(row, "kind") or GapKind.CHOICE
    shown: Document = {"id": row["id"], "kind": kind}
    if texts(row, "label"):
        shown["label"] = texts(row, "label")
    filling: Document = {
        "gap": row["id"],
        "weight": faults.number(texts(row, "weight"), f"gaps-{index}-weight", default=1.0),
    }
    right = faults.shares(row.get("answers", ""))
    if kind == GapKind.NUMERIC:
        filling["value"] = faults.number(texts(row, "value"), f"gaps-{index}-value")
        filling["tolerance"] = faults.number(texts(row, "tolerance"), f"gaps-{index}-tolerance", default=0.0)
        return {**shown, "unit": texts(row, "unit")}, filling
    if not right:
        faults.add("Write at least one answer.", f"gaps-{index}-answers", "no_key")
    if kind == GapKind.SHORT:
        filling["answers"] = [{"text": words, "fraction": fraction} for words, fraction in right]
        return shown, filling
    wrong = [line.strip() for line in row.get("wrong", "").splitlines() if line.strip()]
    named = _named([*(words for words, _ in right), *wrong], row.get("names", ""))
    fractions = dict(right)
    filling["options"] = {name: fractions[words] for name, words in named.items() if words in fractions}
    return {**shown, "options": named}, filling


def _named(texts: list[str], names: str) -> dict[str, str]:
    """The options of a gap by their names; those of before (`A=lightly`) keep their name and place."""
    before = [(name, words) for name, _, words in (line.partition("=") for line in names.splitlines())]
    kept = {name: words for name, words in before if words in texts}
    fresh = (
        letter for letter in string.ascii_uppercase + string.ascii_lowercase if letter not in dict(before)
    )
    return kept | {next(fresh): words for words in dict.fromkeys(texts) if words not in kept.values()}
