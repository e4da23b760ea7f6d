"""From a sheet to the document form of an item: what surrounds the key; `keys` adds the rest."""

from __future__ import annotations

from typing import Any

from edu.errors import EduError, Invalid, InvalidFields
from edu.services import typed
from edu.services.quizzing.writing import keys
from edu.services.quizzing.writing.layout import LAYERS
from edu.services.quizzing.writing.places import field_of
from edu.services.quizzing.writing.reading import Faults, several, texts
from edu.services.quizzing.writing.reading import keys as reference_keys
from edu.services.quizzing.writing.sheet import MOST_TEXT, Sheet
from edu.services.quizzing.writing.still import sizes
from quizzes import Item, QuizError, Reason
from quizzes.errors import SENTENCES
from quizzes.fields import Fields
from quizzes.form import read_item


def item(sheet: Sheet, uid: str) -> Item:
    """The checked item of a sheet. Raises InvalidFields that name every field that is wrong."""
    faults = Faults()
    form = document(sheet, uid, faults)
    faults.require_none()
    try:
        with Fields(form) as fields:
            return read_item(fields)
    except QuizError as error:
        raise InvalidFields([_fault(sheet, error)]) from error


def _fault(sheet: Sheet, error: QuizError) -> Invalid:
    name = field_of(sheet, error.place)
    if error.code is Reason.MISSING:
        return Invalid("Please fill this in.", code=error.code, field=name)
    known = {key: value for key, value in error.parameters.items() if key != "field"}
    return Invalid(SENTENCES[error.code], code=error.code, **{**known, "field": name})


def document(sheet: Sheet, uid: str, faults: Faults) -> dict[str, Any]:
    """The document form; what cannot be read is noted among the faults and left out or empty."""
    form: dict[str, Any] = {
        "id": uid,
        "kind": sheet.kind.value,
        "stem": _prose(sheet, "stem", faults, optional=False),
        "why": _prose(sheet, "why", faults),
        "critical": bool(sheet.said("critical")),
        "references": reference_keys(sheet.said("references")),
        "tags": several(sheet.said("tags")),
        "hints": [words for row in sheet.group("hints") if (words := texts(row, "text"))],
    }
    for name in ("if_right", "if_partly", "if_wrong"):
        form[name] = _prose(sheet, name, faults)
    for name in ("evidence", "grade", "bloom", "lesson", "audience"):
        if sheet.said(name):
            form[name] = sheet.said(name)
    if picture := _picture(sheet, faults):
        form["picture"] = picture
    form |= keys.read(sheet, faults)
    if sheet.said("open_key"):
        form["open_key"] = True
        _refuse_open_key(sheet, faults)
    return {name: value for name, value in form.items() if value not in ("", [], {}) or name == "key"}


def _refuse_open_key(sheet: Sheet, faults: Faults) -> None:
    if sheet.said("critical") or sheet.said("audience") not in ("", "open"):
        faults.add(
            "The key stays closed where a question must be right to pass or is for professionals.",
            "open_key",
            "open_key",
        )


def _prose(sheet: Sheet, name: str, faults: Faults, *, optional: bool = True) -> str:
    try:
        return typed.text(sheet.values.get(name, ""), name, most=MOST_TEXT, optional=optional)
    except EduError as error:
        faults.add(
            error.template, name, error.code, **{k: v for k, v in error.parameters.items() if k != "field"}
        )
        return ""


def _picture(sheet: Sheet, faults: Faults) -> dict[str, Any] | None:
    name = sheet.said("picture")
    if not name:
        return None
    size = sizes(name)
    if size is None:
        faults.add("There is no such picture. Choose another one.", "picture", "no_picture")
        return None
    form: dict[str, Any] = {"name": name, "width": size[0], "height": size[1]}
    if alt := _prose(sheet, "picture_alt", faults):
        form["alt"] = alt
    hidden = [layer for layer in LAYERS if sheet.said(f"hidden_{layer}")]
    if hidden and name == "board":
        form["hidden"] = hidden
    return form
