"""Quiz: a document with its settings, its questions, and the slots that say what is asked."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from quizzes.errors import Reason, refusal
from quizzes.item import Item
from quizzes.text import SLUG, check_id, check_prose, refuse_duplicates
from quizzes.vocabulary import Audience, Kind, Mode, Review

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
MOST_ATTEMPTS = 1000
LONGEST_TIME_MS = 7 * 24 * 3600 * 1000
LARGEST_MARK = 1000
LARGEST_POOL = 100


@dataclass(frozen=True, slots=True)
class Settings:
    """How a quiz is taken. `pass_mark` is in per cent; 0 attempts and a time limit of 0 ms mean no limit.

    `certainty` asks how sure the learner is; `hints` gives hints in practice; `review` is what may be read of
    an attempt that was handed in.
    """

    mode: Mode = Mode.PRACTICE
    pass_mark: int = 60
    attempts: int = 0
    time_limit_ms: int = 0
    shuffle: bool = True
    certainty: bool = False
    hints: bool = True
    review: Review = Review.EXPLANATIONS

    def __post_init__(self) -> None:
        for name, value, high in (
            ("pass_mark", self.pass_mark, 100),
            ("attempts", self.attempts, MOST_ATTEMPTS),
            ("time_limit_ms", self.time_limit_ms, LONGEST_TIME_MS),
        ):
            if not 0 <= value <= high:
                raise refusal(Reason.OUT_OF_RANGE, f"settings.{name}", low=0, high=high)


@dataclass(frozen=True, slots=True)
class Pool:
    """Questions of which `count` are drawn for each attempt: those that fit every filter which is given.

    `tags` and `kinds` are fitted by any one of them, `lesson` and `video` (the code before the step in the
    evidence, such as V1) exactly; `critical` limits to critical questions.
    """

    count: int = 1
    tags: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    lesson: str = ""
    video: str = ""
    critical: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.count <= LARGEST_POOL:
            raise refusal(Reason.OUT_OF_RANGE, "pool.count", low=1, high=LARGEST_POOL)
        for index, tag in enumerate(self.tags):
            check_prose(tag, f"pool.tags[{index}]")
        check_prose(self.lesson, "pool.lesson", optional=True)
        check_prose(self.video, "pool.video", optional=True)


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a quiz: the question asked there, or a pool to draw from, and the mark each can earn.

    `at_ms` is the time in the film at which it is asked, in a quiz that stands inside a video.
    """

    question: str = ""
    mark: float = 1.0
    pool: Pool | None = None
    at_ms: int | None = None

    def __post_init__(self) -> None:
        if self.pool is None:
            check_id(self.question, "question")
        elif self.question:
            raise refusal(Reason.POOL_OR_QUESTION, "question")
        if self.at_ms is not None and not 0 <= self.at_ms <= LONGEST_TIME_MS:
            raise refusal(Reason.OUT_OF_RANGE, "at_ms", low=0, high=LONGEST_TIME_MS)
        if not 0 < self.mark <= LARGEST_MARK:
            raise refusal(Reason.OUT_OF_RANGE, "mark", low="above 0", high=LARGEST_MARK)


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz as its author wrote it. It is checked when made. Raises QuizError.

    A slot may name a question of another document of the same course: `elsewhere` lists those. `video` is the
    code of the film that its questions stand in, each at the `at_ms` of its slot.
    """

    id: str
    title: str
    items: tuple[Item, ...]
    slots: tuple[Slot, ...]
    lesson: str = ""
    audience: Audience = Audience.OPEN
    language: str = "en"
    intro: str = ""
    settings: Settings = Settings()
    video: str = ""

    def __post_init__(self) -> None:
        check_id(self.id, "id", SLUG)
        check_id(self.language, "language", LANGUAGE)
        check_prose(self.title, "title")
        check_prose(self.intro, "intro", optional=True)
        check_prose(self.lesson, "lesson", optional=True)
        check_prose(self.video, "video", optional=True)
        refuse_duplicates((item.id for item in self.items), "questions")
        if not self.slots:
            raise refusal(Reason.TOO_FEW, "slots", least=1)
        refuse_duplicates((slot.question for slot in self.slots if slot.pool is None), "slots")
        for index, item in enumerate(self.items):
            if item.audience is Audience.PRO and self.audience is Audience.OPEN:
                raise refusal(Reason.PRO_IN_OPEN, f"questions[{index}].audience")

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """The questions that slots name and that are not in this document."""
        here = {item.id for item in self.items}
        return tuple(slot.question for slot in self.slots if slot.pool is None and slot.question not in here)

    def joined(self, bank: Mapping[str, Item]) -> "Quiz":
        """The quiz with the items that its slots name elsewhere, taken from `bank` by their id.

        Raises QuizError for one that is not there, and for a question for professionals in an open quiz.
        """
        for index, slot in enumerate(self.slots):
            if slot.question in self.elsewhere and slot.question not in bank:
                raise refusal(Reason.UNKNOWN_QUESTION, f"slots[{index}].question", value=slot.question)
        return replace(self, items=(*self.items, *(bank[identifier] for identifier in self.elsewhere)))


def every_item_once(items: Iterable[Item]) -> tuple[Slot, ...]:
    """The slots of a quiz that does not list any: each question in order, for a mark of 1."""
    return tuple(Slot(item.id) for item in items)
