"""A question as pages ask it: without a word of the key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import quizzes
from edu.services.players import PlayerView
from edu.services.quizzing.pictures import PictureView
from edu.services.quizzing.views import fields
from edu.services.quizzing.views.feedback import FeedbackView
from quizzes import Kind
from quizzes.gap import parts

OF_FILM = frozenset({Kind.MOMENT, Kind.INTERVAL})


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option under an id that says nothing about the document."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class PromptView:
    """What is to be answered from the options; `x` and `y` are its place on the picture, in per cent."""

    id: str
    label: str
    chosen: str
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class PointView:
    """A point that can be, or is, chosen: `value` is what the form says, `x` and `y` are in per cent.

    `label` is the landmark's name, empty for a point that the learner placed.
    """

    value: str
    label: str
    x: float
    y: float
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class GapView:
    """A gap of a text: `kind` is choice, short or numeric; `label` is its name for a screen reader."""

    id: str
    kind: str
    label: str
    unit: str
    options: tuple[OptionView, ...]
    said: str
    width: int  # of the field, in characters: the same for every gap, or it would tell


@dataclass(frozen=True, slots=True)
class TextPart:
    """Words, and the gap that follows them; the last words have none behind them."""

    words: str
    gap: GapView | None


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question as a page asks it; `feedback` only when it is closed, `error` when its answer was refused.

    `said` is what stands in its fields (see `fields`); `siblings` were given after it to try a similar one.
    """

    id: str
    position: int
    number: int
    kind: str
    stem: str
    options: tuple[OptionView, ...]
    chosen: tuple[str, ...]
    certainty: int | None
    asks_certainty: bool
    is_critical: bool
    rev: int
    error: str
    feedback: FeedbackView | None
    is_answered: bool = False
    prompts: tuple[PromptView, ...] = ()
    points: tuple[PointView, ...] = ()
    text: tuple[TextPart, ...] = ()
    picture: PictureView | None = None
    film: PlayerView | None = None
    unit: str = ""
    limit: int | None = None
    said: Mapping[str, Sequence[str]] = field(default_factory=dict)
    hints: tuple[str, ...] = ()
    hint_count: int = 0
    can_hint: bool = False
    siblings: tuple[QuestionView, ...] = ()
    sibling_of: int | None = None
    can_try_another: bool = False

    @property
    def title(self) -> str:
        """The stem in one line: a gap of its text is an ellipsis."""
        return " … ".join(part.words.strip() for part in self.text).strip() if self.text else self.stem


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with what is known of its answer: all that a view needs and nothing secret.

    `order` is that of the options. `typed` are the fields of a form that could not be read: they are shown
    as they came, in place of the answer that is kept.
    """

    body: Mapping[str, Any]
    order: Sequence[str]
    position: int = 1
    number: int = 1
    response: Any = None
    certainty: int | None = None
    rev: int = 0
    error: str = ""
    typed: fields.Fields | None = None


def view(
    asked: Asked,
    *,
    asks_certainty: bool = False,
    picture: PictureView | None = None,
    film: PlayerView | None = None,
    hints: tuple[str, ...] = (),
    can_hint: bool = False,
    feedback: FeedbackView | None = None,
) -> QuestionView:
    """The question as a page shows it."""
    body, kind = asked.body, Kind(asked.body["kind"])
    said = asked.typed if asked.typed is not None else fields.written(kind, asked.response)
    options = _options(body, asked.order)
    if kind is Kind.ORDERING and asked.response:
        options = tuple(sorted(options, key=lambda option: asked.response.index(option.id)))
    return QuestionView(
        id=slot_id(asked.position),
        position=asked.position,
        number=asked.number,
        kind=kind.value,
        stem=body["stem"],
        options=options,
        chosen=tuple(said.get("", ())),
        certainty=asked.certainty,
        asks_certainty=asks_certainty,
        is_critical=body["critical"],
        rev=asked.rev,
        error=asked.error,
        feedback=feedback,
        is_answered=asked.response not in (None, []),
        prompts=_prompts(body, said),
        points=_points(body, said) if kind is Kind.HOTSPOT else (),
        text=_text(body, options, asked.order, said) if kind is Kind.CLOZE else (),
        picture=picture,
        film=film,
        unit=body["unit"],
        limit=body["limit"],
        said=said,
        hints=hints,
        hint_count=body.get("hint_count", 0),
        can_hint=can_hint and len(hints) < body.get("hint_count", 0),
    )


def slot_id(position: int) -> str:
    """The name of a slot in a page's form."""
    return f"s{position}"


def certainty_in(response: Any) -> int | None:
    """How sure an answer to true or false says that it is."""
    return response.get("certainty") if isinstance(response, dict) and "answer" in response else None


def _options(body: Mapping[str, Any], order: Sequence[str]) -> tuple[OptionView, ...]:
    shown = quizzes.disguise(body, order)
    return tuple(OptionView(option["id"], option["text"]) for option in shown["options"])


def _prompts(body: Mapping[str, Any], said: fields.Fields) -> tuple[PromptView, ...]:
    pins = {pin["id"]: _place(body, pin["x"], pin["y"]) for pin in body.get("pins", ())}
    return tuple(
        PromptView(
            prompt["id"],
            prompt["text"],
            next(iter(said.get(prompt["id"], ())), ""),
            *pins.get(prompt["id"], (None, None)),
        )
        for prompt in body["prompts"]
    )


def _place(body: Mapping[str, Any], x: float, y: float) -> tuple[float, float]:
    picture = body["picture"]
    return round(100 * x / picture["width"], 3), round(100 * y / picture["height"], 3)


def _points(body: Mapping[str, Any], said: fields.Fields) -> tuple[PointView, ...]:
    """The landmarks, then what the learner placed elsewhere on the picture."""
    chosen, found = list(said.get("", ())), []
    for pin in body.get("pins", ()):
        picture = body["picture"]
        value = fields.point(pin["x"] / picture["width"], pin["y"] / picture["height"])
        place = _place(body, pin["x"], pin["y"])
        found.append(PointView(value, pin["text"], *place, value in chosen))
    known = {point.value for point in found}
    for value in chosen:
        if value not in known:
            x, _, y = value.partition(",")
            try:
                found.append(PointView(value, "", round(100 * float(x), 1), round(100 * float(y), 1), True))
            except ValueError:
                continue  # what was no point is not shown as one; the sentence at the question says so
    return tuple(found)


def _text(
    body: Mapping[str, Any], options: tuple[OptionView, ...], order: Sequence[str], said: fields.Fields
) -> tuple[TextPart, ...]:
    gaps = {gap["id"]: gap for gap in body["gaps"]}
    made = {}
    for name, gap in gaps.items():
        own = tuple(o for o, written in zip(options, order, strict=True) if written.startswith(f"{name}."))
        width = 8 if gap["kind"] == "numeric" else 18
        text = next(iter(said.get(name, ())), "")
        label, unit = gap.get("label", ""), gap.get("unit", "")
        made[name] = GapView(name, gap["kind"], label, unit, own, text, width)
    return tuple(TextPart(words, made.get(gap)) for words, gap in parts(body["stem"]))
