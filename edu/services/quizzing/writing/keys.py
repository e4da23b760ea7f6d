"""What is asked and the key, kind by kind: from the rows of a sheet to the fields of a document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from edu.services.quizzing.writing import rows
from edu.services.quizzing.writing.layout import SCALE
from edu.services.quizzing.writing.places import field_of
from edu.services.quizzing.writing.reading import Faults, texts
from edu.services.quizzing.writing.sheet import Sheet
from quizzes import Kind
from quizzes.vocabulary import sides

Document = dict[str, Any]


def read(sheet: Sheet, faults: Faults) -> Document:
    """The document fields of this kind: options, prompts, places, gaps, scoring, key, feedback of rows."""
    return _READERS[sheet.kind](sheet, faults)


def _single(sheet: Sheet, faults: Faults) -> Document:
    form = rows.options(sheet, faults)
    right = rows.ticked(sheet)
    if len(right) != 1:
        faults.add("Tick the one right option.", "options", "no_key")
    weights = rows.weights(sheet, faults)
    form["weights"] = {option: weight for option, weight in weights.items() if option not in right}
    return {**form, "key": right[0] if right else ""}


def _multiple(sheet: Sheet, faults: Faults) -> Document:
    form = rows.options(sheet, faults)
    right = rows.ticked(sheet)
    if not right:
        faults.add("Tick every right option, at least one.", "options", "no_key")
    form["scoring"] = sheet.said("scoring")
    if sheet.said("scoring") == "weights":
        form["weights"] = rows.weights(sheet, faults)
    return {**form, "key": right}


def _actions(sheet: Sheet, faults: Faults) -> Document:
    """Right actions without a weight share what the others leave."""
    form = rows.options(sheet, faults)
    right = [row["id"] for row in rows.filled(sheet) if row.get("role") == "right"]
    given = {option: weight for option, weight in rows.weights(sheet, faults).items() if option in right}
    left = [option for option in right if option not in given]
    each = (1 - sum(given.values())) / len(left) if left else 0.0
    if not right:
        faults.add("Mark the right actions, at least one.", "options", "no_key")
    elif left and each <= 0:
        faults.add("The shares leave nothing for the other right actions.", "options", "no_share_left")
    return {
        **form,
        "key": {**given, **dict.fromkeys(left, each)},
        "harmful": [row["id"] for row in rows.filled(sheet) if row.get("role") == "harmful"],
        "limit": faults.whole(sheet.said("limit"), "limit", default=max(1, len(right))),
    }


def _ordering(sheet: Sheet, faults: Faults) -> Document:
    """The rows stand in the right order."""
    form = rows.options(sheet, faults)
    order = [row["id"] for row in rows.filled(sheet)]
    # the list of options says nothing of their order, and stays as it was when the order changes
    form["options"] = dict(sorted(form["options"].items()))
    return {**form, "scoring": sheet.said("scoring"), "key": order}


def _pairs(sheet: Sheet, faults: Faults) -> Document:
    form = rows.options(sheet, faults)
    prompts = rows.filled(sheet, "prompts")
    left, _ = sides(sheet.kind)
    key = {row["id"]: texts(row, "key") for row in prompts}
    for row in prompts:
        if not texts(row, "key"):
            faults.add("Choose the answer.", field_of(sheet, f"key.{row['id']}"), "no_key")
    form["feedback"] = {**form["feedback"], **rows.notes(prompts)}
    if sheet.kind is Kind.DRAGLABELS:
        return {**form, left: rows.pins(sheet, "prompts", faults), "key": key}
    return {**form, left: {row["id"]: texts(row, "text") for row in prompts}, "key": key}


def _numeric(sheet: Sheet, faults: Faults) -> Document:
    also = [
        {
            "value": faults.number(texts(row, "value"), f"also-{index}-value"),
            "tolerance": faults.number(texts(row, "tolerance"), f"also-{index}-tolerance", default=0.0),
            "fraction": faults.share(texts(row, "share"), f"also-{index}-share"),
        }
        for index, row in enumerate(sheet.group("also"))
        if any(texts(row, name) for name in ("value", "share", "tolerance"))
    ]
    return {
        "key": faults.number(sheet.said("key"), "key"),
        "unit": sheet.said("unit"),
        "tolerance": faults.number(sheet.said("tolerance"), "tolerance", default=0.0),
        "tolerance_kind": sheet.said("tolerance_kind"),
        "also": also,
    }


def _truth(sheet: Sheet, faults: Faults) -> Document:
    if sheet.said("key") not in ("true", "false"):
        faults.add("Say whether the statement is true.", "key", "no_key")
    notes = {name: sheet.said(f"feedback_{name}") for name in ("true", "false")}
    kept = {name: words for name, words in notes.items() if words}
    return {"key": sheet.said("key") == "true", "feedback": kept}


def _hotspot(sheet: Sheet, faults: Faults) -> Document:
    zones = rows.zones(sheet, faults)
    if not sheet.said("picture"):
        faults.add("Choose the picture to point at.", "picture", "no_picture")
    if not zones:
        faults.add("Draw at least one zone.", "zones", "no_key")
    return {
        "key": zones,
        "landmarks": rows.pins(sheet, "landmarks", faults),
        "limit": faults.whole(sheet.said("limit"), "limit", default=max(1, len(zones))),
    }


def _film(sheet: Sheet, faults: Faults) -> Document:
    if not sheet.said("video"):
        faults.add("Choose the video.", "video", "no_video")
    tolerance = faults.number(sheet.said("tolerance"), "tolerance", default=0.0)
    return {
        "video": sheet.said("video"),
        "key": {
            "start_ms": faults.time(sheet.said("start"), "start"),
            "end_ms": faults.time(sheet.said("end"), "end"),
        },
        "tolerance_ms": round(tolerance * 1000),
        **({"scoring": sheet.said("scoring")} if sheet.kind is Kind.INTERVAL else {}),
    }


def _cloze(sheet: Sheet, faults: Faults) -> Document:
    made = [rows.gap(sheet, index, row, faults) for index, row in enumerate(sheet.group("gaps"))]
    return {
        "gaps": [gap for gap, _ in made],
        "key": [filling for _, filling in made],
        "feedback": rows.notes(sheet.group("gaps")),
    }


def _short(sheet: Sheet, faults: Faults) -> Document:
    answers, notes = [], {}
    for index, row in enumerate(sheet.group("answers")):
        if not texts(row, "text"):
            continue
        fraction = faults.share(texts(row, "share"), f"answers-{index}-share")
        answers.append({"text": texts(row, "text"), "fraction": fraction})
        if texts(row, "feedback"):
            notes[str(len(answers))] = texts(row, "feedback")
    if not answers:
        faults.add("Write at least one answer.", "answers", "no_key")
    return {"key": answers, "feedback": notes}


def _concordance(sheet: Sheet, faults: Faults) -> Document:
    votes = {
        place: faults.whole(sheet.said(f"votes_{n}"), f"votes_{n}", default=0)
        for n, place in enumerate(SCALE)
    }
    notes = {place: words for n, place in enumerate(SCALE) if (words := sheet.said(f"feedback_{n}"))}
    return {"key": {place: count for place, count in votes.items() if count}, "feedback": notes}


_READERS: dict[Kind, Callable[[Sheet, Faults], Document]] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.KEYFEATURE: _actions,
    Kind.ORDERING: _ordering,
    Kind.MATCHING: _pairs,
    Kind.EMQ: _pairs,
    Kind.DRAGLABELS: _pairs,
    Kind.NUMERIC: _numeric,
    Kind.TRUEFALSE: _truth,
    Kind.HOTSPOT: _hotspot,
    Kind.MOMENT: _film,
    Kind.INTERVAL: _film,
    Kind.CLOZE: _cloze,
    Kind.SHORT: _short,
    Kind.CONCORDANCE: _concordance,
}
