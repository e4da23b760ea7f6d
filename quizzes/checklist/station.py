"""Checklist: a practical station as its author wrote it: items, branches, rating scales, pass rule."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizzes.checklist.vocabulary import Use
from quizzes.errors import Reason, refusal
from quizzes.quiz import LANGUAGE
from quizzes.text import SLUG, STEP, check_id, check_prose, refuse_duplicates
from quizzes.vocabulary import Audience

PRACTICE = "practice"
"""In place of a reference: accepted clinical practice, to be confirmed by the clinical editor."""
FULL = 2  # points for an item done well, before its weight
LARGEST_WEIGHT = 10
MOST_ITEMS = 100
LONGEST_MS = 4 * 3600 * 1000
RATINGS = range(1, 6)


@dataclass(frozen=True, slots=True)
class Item:
    """Something the examiner looks for. `step` is the chapter that shows it, `branch` when it is looked for.

    `references` are keys of the library, or PRACTICE.
    """

    id: str
    text: str
    weight: int = 1
    critical: bool = False
    step: str = ""
    references: tuple[str, ...] = ()
    branch: str = ""

    def __post_init__(self) -> None:
        check_id(self.id, "id")
        check_prose(self.text, "text")
        if not 1 <= self.weight <= LARGEST_WEIGHT:
            raise refusal(Reason.OUT_OF_RANGE, "weight", low=1, high=LARGEST_WEIGHT)
        if self.step:
            check_id(self.step, "step", STEP)
        for index, reference in enumerate(self.references):
            check_id(reference, f"references[{index}]")

    @property
    def worth(self) -> int:
        """The points of the item done well."""
        return FULL * self.weight


@dataclass(frozen=True, slots=True)
class Branch:
    """What happens when the patient says the trigger; its items count whether it came to that or not.

    `when` tells the examiner the moment, `after` how the station goes on.
    """

    id: str
    trigger: str
    when: str = ""
    after: str = ""

    def __post_init__(self) -> None:
        check_id(self.id, "id")
        check_prose(self.trigger, "trigger")
        check_prose(self.when, "when", optional=True)
        check_prose(self.after, "after", optional=True)


@dataclass(frozen=True, slots=True)
class Scale:
    """A rating from 1 to 5; `anchors` are (value, words) for some or all of the values, ascending."""

    id: str
    title: str
    use: Use
    anchors: tuple[tuple[int, str], ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        check_id(self.id, "id")
        check_prose(self.title, "title")
        check_prose(self.note, "note", optional=True)
        refuse_duplicates((str(value) for value, _ in self.anchors), "anchors")
        for value, words in self.anchors:
            if value not in RATINGS:
                raise refusal(Reason.OUT_OF_RANGE, f"anchors.{value}", low=RATINGS[0], high=RATINGS[-1])
            check_prose(words, f"anchors.{value}")
        object.__setattr__(self, "anchors", tuple(sorted(self.anchors)))

    @property
    def words(self) -> Mapping[int, str]:
        """The anchors by their value."""
        return dict(self.anchors)


@dataclass(frozen=True, slots=True)
class PassRule:
    """All critical items, this share of the points in per cent, and this global rating (0: none asked).

    `points` takes the place of the share once a group has been examined: see `quizzes.checklist.cut`.
    """

    share: int
    rating: int = 0
    points: int = 0

    def __post_init__(self) -> None:
        for name, value, high in (("share", self.share, 100), ("rating", self.rating, RATINGS[-1])):
            if not 0 <= value <= high:
                raise refusal(Reason.OUT_OF_RANGE, name, low=0, high=high)
        if self.points < 0:
            raise refusal(Reason.OUT_OF_RANGE, "points", low=0, high="the maximum")

    def needed(self, maximum: int) -> int:
        """The points needed of so many: a share of 70 of 68 is 48."""
        return self.points or -(-maximum * self.share // 100)


@dataclass(frozen=True, slots=True)
class Checklist:
    """A station or a plain list of steps. It is checked when made. Raises QuizError.

    Times are in milliseconds, 0 where the list sets none. `patient` and `hidden` are for the examiner only.
    Without `passing` there are points and critical items, and no verdict.
    """

    id: str
    title: str
    items: tuple[Item, ...]
    slug: str = ""
    language: str = "en"
    audience: Audience = Audience.OPEN
    level: str = ""
    time_ms: int = 0
    warning_ms: int = 0
    feedback_ms: int = 0
    task: str = ""
    room: str = ""
    patient: str = ""
    hidden: str = ""
    branches: tuple[Branch, ...] = ()
    scales: tuple[Scale, ...] = ()
    errors: tuple[str, ...] = ()
    passing: PassRule | None = None

    def __post_init__(self) -> None:
        check_id(self.id, "id")
        check_id(self.slug or "a", "slug", SLUG)
        check_id(self.language, "language", LANGUAGE)
        check_prose(self.title, "title")
        for name in ("level", "task", "room", "patient", "hidden"):
            check_prose(getattr(self, name), name, optional=True)
        for index, error in enumerate(self.errors):
            check_prose(error, f"errors[{index}]")
        _check_times(self)
        _check_items(self)
        refuse_duplicates((branch.id for branch in self.branches), "branches")
        refuse_duplicates((scale.id for scale in self.scales), "scales")
        if self.passing and self.passing.points > self.maximum:
            raise refusal(Reason.OUT_OF_RANGE, "pass.points", low=0, high=self.maximum)
        if self.passing and self.passing.rating and not self.judged_by:
            raise refusal(Reason.TOO_FEW, "scales", least=1)

    @property
    def maximum(self) -> int:
        """The points of a station done well: 2 x the sum of all weights, branches included."""
        return sum(item.worth for item in self.items)

    @property
    def judged_by(self) -> tuple[Scale, ...]:
        """The scales whose mean is the global rating: the one global scale, or the domains."""
        return tuple(scale for scale in self.scales if scale.use in (Use.GLOBAL, Use.DOMAIN))

    @property
    def main_items(self) -> tuple[Item, ...]:
        """The items outside of branches."""
        return tuple(item for item in self.items if not item.branch)

    def items_of(self, branch: str) -> tuple[Item, ...]:
        """The items of a branch."""
        return tuple(item for item in self.items if item.branch == branch)


def _check_times(checklist: Checklist) -> None:
    for name in ("time_ms", "warning_ms", "feedback_ms"):
        if not 0 <= getattr(checklist, name) <= LONGEST_MS:
            raise refusal(Reason.OUT_OF_RANGE, name, low=0, high=LONGEST_MS)
    if checklist.warning_ms and checklist.warning_ms >= checklist.time_ms:
        raise refusal(Reason.OUT_OF_RANGE, "warning_ms", low=0, high=checklist.time_ms - 1)


def _check_items(checklist: Checklist) -> None:
    if not checklist.items:
        raise refusal(Reason.TOO_FEW, "items", least=1)
    if len(checklist.items) > MOST_ITEMS:
        raise refusal(Reason.TOO_MANY, "items", most=MOST_ITEMS)
    refuse_duplicates((item.id for item in checklist.items), "items")
    branches = [branch.id for branch in checklist.branches]
    for index, item in enumerate(checklist.items):
        if item.branch and item.branch not in branches:
            allowed = ", ".join(branches)
            place = f"items[{index}].branch"
            raise refusal(Reason.NOT_ONE_OF, place, value=item.branch, allowed=allowed)
