"""The document form of an item: plain tables, lists, texts and numbers, and back.

TOML documents hold just this form; `quizzes.disclosure` cuts it into what may be seen and what may not.
"""

from collections.abc import Iterable
from typing import Any

from quizzes.fields import Fields, tidy
from quizzes.item import Feedback, Item, Option, Picture, Scoring
from quizzes.kinds.table import KEYS
from quizzes.vocabulary import Audience, Bloom, Kind, OrderScoring, Strength, ToleranceKind, sides

WITHOUT_OPTIONS = frozenset({Kind.TRUEFALSE, Kind.NUMERIC, Kind.HOTSPOT, Kind.MOMENT})
WITH_PROMPTS = frozenset({Kind.MATCHING, Kind.EMQ})


def read_item(fields: Fields, *, lesson: str = "", audience: Audience = Audience.OPEN) -> Item:
    """An item from its document form; `lesson` and `audience` are those of a quiz that it stands in.

    Raises QuizError with a place relative to the item.
    """
    kind = fields.word("kind", Kind)
    left, right = sides(kind)
    last = fields.texts("last", ()) if kind not in WITHOUT_OPTIONS else ()
    options = () if kind in WITHOUT_OPTIONS else fields.table_of_texts(right).items()
    prompts = fields.table_of_texts(left).items() if kind in WITH_PROMPTS else ()
    return Item(
        fields.text("id"),
        kind,
        fields.text("stem"),
        tuple(Option(identifier, text, identifier in last) for identifier, text in options),
        KEYS[kind].read(fields),
        _read_scoring(kind, fields),
        Feedback(fields.text("why", ""), tuple(fields.table_of_texts("feedback", {}).items())),
        fields.flag("critical", False),
        fields.text("evidence") if fields.has("evidence") else None,
        fields.texts("references", ()),
        prompts=tuple(Option(identifier, text) for identifier, text in prompts),
        picture=_read_picture(fields),
        video=fields.text("video") if fields.has("video") else None,
        unit=fields.text("unit", "") if kind is Kind.NUMERIC else "",
        limit=_read_limit(kind, fields),
        lesson=fields.text("lesson", lesson),
        audience=fields.word("audience", Audience, audience),
        strength=fields.optional_word("grade", Strength),
        bloom=fields.optional_word("bloom", Bloom),
    )


def plain(item: Item) -> dict[str, Any]:
    """The document form of an item; fields that hold nothing are left out."""
    left, right = sides(item.kind)
    form: dict[str, Any] = {
        "id": item.id,
        "kind": item.kind.value,
        "lesson": item.lesson,
        "audience": item.audience.value,
        "evidence": item.evidence,
        "stem": item.stem,
        "picture": _plain_picture(item.picture),
        "video": item.video,
        "limit": item.limit,
        **item.key.plain(),
        **_plain_scoring(item),
        "unit": item.unit,
        "critical": item.critical,
        "grade": item.strength and item.strength.value,
        "bloom": item.bloom and item.bloom.value,
        "references": list(item.references),
        "why": item.feedback.why,
        "last": [option.id for option in item.options if option.last],
        left: _texts(item.prompts),
        right: _texts(item.options),
        "feedback": dict(item.feedback.options),
    }
    if isinstance(form["key"], dict):
        form["key"] = form.pop("key")  # after the options, where an author looks for it
    kept = {"key", "lesson", "audience"}
    return {
        name: value for name, value in form.items() if name in kept or value not in (None, "", [], {}, False)
    }


def _read_scoring(kind: Kind, fields: Fields) -> Scoring:
    if kind is Kind.ORDERING:
        return Scoring(order=fields.word("scoring", OrderScoring, OrderScoring.PAIRS))
    if kind is Kind.NUMERIC:
        tolerance_kind = fields.word("tolerance_kind", ToleranceKind, ToleranceKind.ABSOLUTE)
        return Scoring(tolerance=fields.number("tolerance", 0.0), tolerance_kind=tolerance_kind)
    if kind is Kind.MOMENT:
        return Scoring(tolerance=fields.integer("tolerance_ms", 0))
    return Scoring()


def _plain_scoring(item: Item) -> dict[str, Any]:
    standard, scoring = Scoring(), item.scoring
    form: dict[str, Any] = {}
    if scoring.order is not standard.order:
        form["scoring"] = scoring.order.value
    if scoring.tolerance:
        name = "tolerance_ms" if item.kind is Kind.MOMENT else "tolerance"
        form[name] = tidy(scoring.tolerance)
    if scoring.tolerance_kind is not standard.tolerance_kind:
        form["tolerance_kind"] = scoring.tolerance_kind.value
    return form


def _read_limit(kind: Kind, fields: Fields) -> int | None:
    if kind is Kind.HOTSPOT:
        return fields.integer("limit", 1)
    return fields.integer("limit") if kind is Kind.KEYFEATURE else None


def _read_picture(fields: Fields) -> Picture | None:
    if not fields.has("picture"):
        return None
    with fields.table("picture") as table:
        return Picture(
            table.text("name"),
            table.integer("width"),
            table.integer("height"),
            table.text("alt", ""),
            table.texts("hidden", ()),
        )


def _plain_picture(picture: Picture | None) -> dict[str, Any] | None:
    if picture is None:
        return None
    form: dict[str, Any] = {"name": picture.name, "width": picture.width, "height": picture.height}
    if picture.alt:
        form["alt"] = picture.alt
    if picture.hidden:
        form["hidden"] = list(picture.hidden)
    return form


def _texts(options: Iterable[Option]) -> dict[str, str]:
    return {option.id: option.text for option in options}
