"""Item: one question with its key, its scoring, its feedback and its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from quizzes.errors import Reason, refusal
from quizzes.gap import Gap
from quizzes.mark import Mark
from quizzes.text import STEP, check_id, check_prose, refuse_duplicates
from quizzes.vocabulary import (
    Audience,
    Bloom,
    IntervalScoring,
    Kind,
    MultipleScoring,
    OrderScoring,
    Strength,
    ToleranceKind,
    sides,
)

MOST_OPTIONS = 100
LARGEST_SIDE = 20_000  # pixels
MOST_HINTS = 10
MOST_TAGS = 20


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose, to put in order, or (as a prompt) to answer; `last` keeps it at the end."""

    id: str
    text: str
    last: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing or picture beside the stem: width and height in pixels, `hidden` layers switched off."""

    name: str
    width: int
    height: int
    alt: str = ""
    hidden: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_prose(self.name, "picture.name")
        check_prose(self.alt, "picture.alt", optional=True)
        for name, size in (("width", self.width), ("height", self.height)):
            if not 1 <= size <= LARGEST_SIDE:
                raise refusal(Reason.OUT_OF_RANGE, f"picture.{name}", low=1, high=LARGEST_SIDE)


@dataclass(frozen=True, slots=True)
class Pin:
    """A named point of the picture, in pixels: a landmark to choose by its name, or a place for a label."""

    id: str
    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Scoring:
    """How the distance from the key counts; `tolerance` is in the item's unit (numeric) or ms (film)."""

    order: OrderScoring = OrderScoring.PAIRS
    tolerance: float = 0.0
    tolerance_kind: ToleranceKind = ToleranceKind.ABSOLUTE
    multiple: MultipleScoring = MultipleScoring.NET
    interval: IntervalScoring = IntervalScoring.OVERLAP


@dataclass(frozen=True, slots=True)
class Feedback:
    """The explanation `why`, and what to say about single options or prompts: (id, text), sorted.

    `right`, `partly` and `wrong` are said before the explanation, by what the answer earned.
    """

    why: str = ""
    options: tuple[tuple[str, str], ...] = ()
    right: str = ""
    partly: str = ""
    wrong: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", tuple(sorted(self.options)))

    def about(self, identifier: str) -> str:
        """The text for one option or prompt, or an empty one."""
        return dict(self.options).get(identifier, "")

    def overall(self, fraction: float) -> str:
        """What is said to an answer that earned this fraction, or an empty text."""
        if fraction >= 1:
            return self.right
        return self.partly if fraction > 0 else self.wrong


class Key(Protocol):
    """What every kind of key can do; one file of `quizzes.kinds` each."""

    KINDS: ClassVar[frozenset[Kind]]

    def check(self, item: "Item") -> None:
        """Raise QuizError where the key does not fit the item."""

    def mark(self, item: "Item", response: Any) -> Mark:
        """Mark a response (never None); raise QuizError when it is malformed."""

    def plain(self) -> Mapping[str, Any]:
        """The document fields that hold this key."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question. It is checked when made: an item that exists can be shown and graded.

    `options` are what one chooses from, `prompts` what is to be answered from them (the left side of a
    matching question, the cases of an EMQ, the places of labels). `unit` belongs to a number, `limit` is the
    largest number of actions (key feature) or points (hotspot), `video` the film of a moment or interval
    question, `evidence` the step (chapter id) that shows the answer. `pins` are the landmarks of a hotspot or
    the places of labels, `gaps` those of a cloze; `hints` are given one by one, `tags` are for pools and for
    finding a sibling. `open_key` is the author's leave to hand the key and the explanation out with the
    question, to be marked where there is no server. Raises QuizError.
    """

    id: str
    kind: Kind
    stem: str
    options: tuple[Option, ...]
    key: Key
    scoring: Scoring = Scoring()
    feedback: Feedback = Feedback()
    critical: bool = False
    evidence: str | None = None
    references: tuple[str, ...] = ()
    prompts: tuple[Option, ...] = field(default=(), kw_only=True)
    picture: Picture | None = field(default=None, kw_only=True)
    video: str | None = field(default=None, kw_only=True)
    unit: str = field(default="", kw_only=True)
    limit: int | None = field(default=None, kw_only=True)
    lesson: str = field(default="", kw_only=True)
    audience: Audience = field(default=Audience.OPEN, kw_only=True)
    strength: Strength | None = field(default=None, kw_only=True)
    bloom: Bloom | None = field(default=None, kw_only=True)
    pins: tuple[Pin, ...] = field(default=(), kw_only=True)
    gaps: tuple[Gap, ...] = field(default=(), kw_only=True)
    hints: tuple[str, ...] = field(default=(), kw_only=True)
    tags: tuple[str, ...] = field(default=(), kw_only=True)
    open_key: bool = field(default=False, kw_only=True)

    def __post_init__(self) -> None:
        check_id(self.id, "id")
        check_prose(self.stem, "stem")
        left, right = sides(self.kind)
        _check_options(self.options, right)
        _check_options(self.prompts, left)
        _check_surroundings(self)
        _check_helps(self)
        _check_pins(self)
        if self.kind not in self.key.KINDS:
            raise refusal(Reason.KEY_KIND, "key", kind=self.kind)
        self.key.check(self)

    @property
    def option_ids(self) -> tuple[str, ...]:
        """The ids of the options, in the order of the document."""
        return tuple(option.id for option in self.options)

    @property
    def prompt_ids(self) -> tuple[str, ...]:
        """The ids of the prompts, in the order of the document."""
        return tuple(prompt.id for prompt in self.prompts)


def _check_options(options: tuple[Option, ...], place: str) -> None:
    if len(options) > MOST_OPTIONS:
        raise refusal(Reason.TOO_MANY, place, most=MOST_OPTIONS)
    refuse_duplicates((option.id for option in options), place)
    for option in options:
        check_id(option.id, f"{place}.{option.id}")
        check_prose(option.text, f"{place}.{option.id}")


def _check_surroundings(item: Item) -> None:
    """Check what stands around the key: feedback, evidence, references, picture, video, unit."""
    check_prose(item.feedback.why, "why", optional=True)
    known = {*item.option_ids, *item.prompt_ids, *(gap.id for gap in item.gaps), *_unlisted_answers(item)}
    refuse_duplicates((identifier for identifier, _ in item.feedback.options), "feedback")
    for name in ("right", "partly", "wrong"):
        check_prose(getattr(item.feedback, name), f"if_{name}", optional=True)
    for identifier, text in item.feedback.options:
        if identifier not in known:
            raise refusal(Reason.UNKNOWN_OPTION, f"feedback.{identifier}", value=identifier)
        check_prose(text, f"feedback.{identifier}")
    if item.evidence is not None:
        check_id(item.evidence, "evidence", STEP)
    if item.video is not None:
        check_id(item.video, "video")
    for index, reference in enumerate(item.references):
        check_id(reference, f"references[{index}]")
    check_prose(item.unit, "unit", optional=True)
    check_prose(item.lesson, "lesson", optional=True)


def _check_helps(item: Item) -> None:
    """Check hints, tags, gaps, and whose key may be open."""
    for name, texts, most in (("hints", item.hints, MOST_HINTS), ("tags", item.tags, MOST_TAGS)):
        if len(texts) > most:
            raise refusal(Reason.TOO_MANY, name, most=most)
        for index, text in enumerate(texts):
            check_prose(text, f"{name}[{index}]")
    refuse_duplicates(item.tags, "tags")
    refuse_duplicates((gap.id for gap in item.gaps), "gaps")
    if item.open_key and (item.critical or item.audience is not Audience.OPEN):
        raise refusal(Reason.NOT_ALLOWED, "open_key", value="open_key")
    if item.gaps and item.kind is not Kind.CLOZE:
        raise refusal(Reason.UNKNOWN_FIELD, "gaps", field="gaps")


def _check_pins(item: Item) -> None:
    """Check that landmarks and places lie on the picture."""
    place = "landmarks" if item.kind is Kind.HOTSPOT else "places"
    if len(item.pins) > MOST_OPTIONS:
        raise refusal(Reason.TOO_MANY, place, most=MOST_OPTIONS)
    refuse_duplicates((pin.id for pin in item.pins), place)
    for index, pin in enumerate(item.pins):
        check_id(pin.id, f"{place}[{index}].id")
        check_prose(pin.text, f"{place}[{index}].text")
        if item.picture is None:
            raise refusal(Reason.MISSING, "picture", field="picture")
        if not (0 <= pin.x <= item.picture.width and 0 <= pin.y <= item.picture.height):
            raise refusal(Reason.OUTSIDE_PICTURE, f"{place}[{index}]")


def _unlisted_answers(item: Item) -> tuple[str, ...]:
    """The names of answers that are not options: true and false, a panel's scale, the places of patterns."""
    if item.kind is Kind.TRUEFALSE:
        return ("true", "false")
    if item.kind is Kind.CONCORDANCE:
        return ("-2", "-1", "0", "1", "2")
    if item.kind is Kind.SHORT:
        return tuple(str(place) for place in range(1, MOST_OPTIONS + 1))
    return ()
