"""The document form of an item: plain tables, lists, texts and numbers, and back.

TOML documents hold just this form; `quizzes.disclosure` cuts it into what may be seen and what may not.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from quizzes.errors import Reason, refusal
from quizzes.fields import Fields, tidy
from quizzes.gap import Gap
from quizzes.item import Feedback, Item, Option, Picture, Pin, Scoring
from quizzes.kinds.table import KEYS
from quizzes.vocabulary import (
    Audience,
    Bloom,
    GapKind,
    IntervalScoring,
    Kind,
    MultipleScoring,
    OrderScoring,
    Strength,
    ToleranceKind,
    sides,
)

WITHOUT_OPTIONS = frozenset(
    {
        Kind.TRUEFALSE,
        Kind.NUMERIC,
        Kind.HOTSPOT,
        Kind.MOMENT,
        Kind.CLOZE,
        Kind.SHORT,
        Kind.INTERVAL,
        Kind.CONCORDANCE,
    }
)
WITH_PROMPTS = frozenset({Kind.MATCHING, Kind.EMQ})
PINS = {Kind.HOTSPOT: "landmarks", Kind.DRAGLABELS: "places"}
OF_FILM = frozenset({Kind.MOMENT, Kind.INTERVAL})
SAID = ("right", "partly", "wrong")  # fields if_right, if_partly, if_wrong


def read_item(fields: Fields, *, lesson: str = "", audience: Audience = Audience.OPEN) -> Item:
    """An item from its document form; `lesson` and `audience` are those of a quiz that it stands in.

    Raises QuizError with a place relative to the item.
    """
    kind = fields.word("kind", Kind)
    left, right = sides(kind)
    pins = _read_pins(kind, fields)
    gaps, fillers = _read_gaps(fields) if kind is Kind.CLOZE else ((), ())
    last = fields.texts("last", ()) if kind not in WITHOUT_OPTIONS else ()
    options = () if kind in WITHOUT_OPTIONS else fields.table_of_texts(right).items()
    prompts = tuple(fields.table_of_texts(left).items()) if kind in WITH_PROMPTS else ()
    if kind is Kind.DRAGLABELS:
        prompts = tuple((pin.id, pin.text) for pin in pins)
    return Item(
        fields.text("id"),
        kind,
        fields.text("stem"),
        (*(Option(identifier, text, identifier in last) for identifier, text in options), *fillers),
        KEYS[kind].read(fields),
        _read_scoring(kind, fields),
        _read_feedback(fields),
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
        strength=_read_strength(fields),
        bloom=fields.optional_word("bloom", Bloom),
        pins=pins,
        gaps=gaps,
        hints=fields.texts("hints", ()),
        tags=fields.texts("tags", ()),
        open_key=fields.flag("open_key", False),
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
        "tags": list(item.tags),
        "hints": list(item.hints),
        "open_key": item.open_key,
        "why": item.feedback.why,
        **{f"if_{name}": getattr(item.feedback, name) for name in SAID},
        "last": [option.id for option in item.options if option.last],
        left: _texts(item.prompts),
        right: _texts(option for option in item.options if not item.gaps),
        "gaps": [plain_gap(gap, item.options) for gap in item.gaps],
        **({PINS[item.kind]: [plain_pin(pin) for pin in item.pins]} if item.kind in PINS else {}),
        "feedback": dict(item.feedback.options),
    }
    if isinstance(form["key"], dict) or item.gaps:
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
    if kind is Kind.MULTIPLE:
        return Scoring(multiple=fields.word("scoring", MultipleScoring, MultipleScoring.NET))
    if kind in OF_FILM:
        interval = IntervalScoring.OVERLAP
        if kind is Kind.INTERVAL:
            interval = fields.word("scoring", IntervalScoring, interval)
        return Scoring(tolerance=fields.integer("tolerance_ms", 0), interval=interval)
    return Scoring()


def _plain_scoring(item: Item) -> dict[str, Any]:
    standard, scoring = Scoring(), item.scoring
    form: dict[str, Any] = {}
    for name in ("order", "multiple", "interval"):
        if getattr(scoring, name) is not getattr(standard, name):
            form["scoring"] = getattr(scoring, name).value
    if scoring.tolerance:
        name = "tolerance_ms" if item.kind in OF_FILM else "tolerance"
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


def plain_pin(pin: Pin) -> dict[str, Any]:
    """The document table of a landmark or a place."""
    return {"id": pin.id, "text": pin.text, "x": tidy(pin.x), "y": tidy(pin.y)}


def plain_gap(gap: Gap, options: Iterable[Option]) -> dict[str, Any]:
    """The document table of a gap, with those of the options that are its own."""
    own = {option.id.partition(".")[2]: option.text for option in options if gap.owns(option.id)}
    form = {"id": gap.id, "kind": gap.kind.value, "label": gap.label, "unit": gap.unit, "options": own}
    return {name: value for name, value in form.items() if value}


def _read_pins(kind: Kind, fields: Fields) -> tuple[Pin, ...]:
    if kind not in PINS or (kind is Kind.HOTSPOT and not fields.has(PINS[kind])):
        return ()
    return fields.each(PINS[kind], _read_pin)


def _read_pin(fields: Fields) -> Pin:
    return Pin(fields.text("id"), fields.text("text"), fields.number("x"), fields.number("y"))


def _read_gaps(fields: Fields) -> tuple[tuple[Gap, ...], tuple[Option, ...]]:
    """The gaps, and the options of those that are filled from a list."""
    found = fields.each("gaps", _read_gap)
    options = (Option(gap.option_id(name), text) for gap, own in found for name, text in own.items())
    return tuple(gap for gap, _ in found), tuple(options)


def _read_gap(fields: Fields) -> tuple[Gap, Mapping[str, str]]:
    kind = fields.word("kind", GapKind)
    gap = Gap(fields.text("id"), kind, fields.text("label", ""), fields.text("unit", ""))
    return gap, fields.table_of_texts("options") if kind is GapKind.CHOICE else {}


def _read_feedback(fields: Fields) -> Feedback:
    said = {name: fields.text(f"if_{name}", "") for name in SAID}
    return Feedback(fields.text("why", ""), tuple(fields.table_of_texts("feedback", {}).items()), **said)


def _read_strength(fields: Fields) -> Strength | None:
    if fields.has("grade") and fields.text("grade") == "?":
        raise refusal(Reason.UNSETTLED, "grade")
    return fields.optional_word("grade", Strength)


def _texts(options: Iterable[Option]) -> dict[str, str]:
    return {option.id: option.text for option in options}
