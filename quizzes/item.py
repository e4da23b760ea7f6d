"""Item: one question with its key, its scoring, its feedback and its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from quizzes.errors import Reason, refusal
from quizzes.mark import Mark
from quizzes.text import STEP, check_id, check_prose, refuse_duplicates
from quizzes.vocabulary import Audience, Bloom, Kind, OrderScoring, Strength, ToleranceKind, sides

MOST_OPTIONS = 100
LARGEST_SIDE = 20_000  # pixels


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
class Scoring:
    """How the distance from the key counts; `tolerance` is in the item's unit (numeric) or ms (moment)."""

    order: OrderScoring = OrderScoring.PAIRS
    tolerance: float = 0.0
    tolerance_kind: ToleranceKind = ToleranceKind.ABSOLUTE


@dataclass(frozen=True, slots=True)
class Feedback:
    """The explanation `why`, and what to say about single options or prompts: (id, text), sorted."""

    why: str = ""
    options: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", tuple(sorted(self.options)))

    def about(self, identifier: str) -> str:
        """The text for one option or prompt, or an empty one."""
        return dict(self.options).get(identifier, "")


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
    matching question, the cases of an EMQ). `unit` belongs to a number, `limit` is the largest number of
    actions (key feature) or points (hotspot), `video` the film of a moment question, `evidence` the step
    (chapter id) that shows the answer. Raises QuizError.
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

    def __post_init__(self) -> None:
        check_id(self.id, "id")
        check_prose(self.stem, "stem")
        left, right = sides(self.kind)
        _check_options(self.options, right)
        _check_options(self.prompts, left)
        _check_surroundings(self)
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
    known = {*item.option_ids, *item.prompt_ids, *_answers_without_options(item.kind)}
    refuse_duplicates((identifier for identifier, _ in item.feedback.options), "feedback")
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


def _answers_without_options(kind: Kind) -> tuple[str, ...]:
    return ("true", "false") if kind is Kind.TRUEFALSE else ()
