"""The key of a cloze: what belongs in each gap of the text."""

import math
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from quizzes.errors import Reason, refusal, within
from quizzes.fields import Fields, tidy
from quizzes.gap import Gap, gaps_in
from quizzes.item import Item, Scoring
from quizzes.kinds.choice import known_option
from quizzes.kinds.pattern import Pattern, check_patterns, first_fit, plain_pattern, read_pattern
from quizzes.kinds.quantity import check_number, is_near, read_number
from quizzes.kinds.response import malformed, one_of
from quizzes.mark import Mark
from quizzes.vocabulary import GapKind, Kind


@dataclass(frozen=True, slots=True)
class Filling:
    """What one gap takes: options with what they earn, patterns, or a number with a distance around it."""

    gap: str
    weight: float = 1.0
    options: tuple[tuple[str, float], ...] = ()
    patterns: tuple[Pattern, ...] = ()
    value: float | None = None
    tolerance: float = 0.0

    def plain(self) -> dict[str, Any]:
        """The document table of this gap's key."""
        form: dict[str, Any] = {"gap": self.gap}
        if self.weight != 1:
            form["weight"] = tidy(self.weight)
        if self.options:
            form["options"] = {option: tidy(fraction) for option, fraction in self.options}
        if self.patterns:
            form["answers"] = [plain_pattern(pattern) for pattern in self.patterns]
        if self.value is not None:
            form["value"] = tidy(self.value)
        if self.tolerance:
            form["tolerance"] = tidy(self.tolerance)
        return form


@dataclass(frozen=True, slots=True)
class Fillings:
    """A filling for each gap: the weighted mean of what the gaps earn.

    The response is an object from gap to what was chosen or typed (an option's id, a text, a number as text);
    a gap left out earns nothing.
    """

    KINDS: ClassVar[frozenset[Kind]] = frozenset({Kind.CLOZE})

    fillings: tuple[Filling, ...]

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """The key from its document fields. Raises QuizError."""
        return cls(fields.each("key", _read_filling))

    def plain(self) -> dict[str, Any]:
        """The document fields of this key."""
        return {"key": [filling.plain() for filling in self.fillings]}

    def check(self, item: Item) -> None:
        """Refuse an item that this key does not fit. Raises QuizError."""
        gaps = {gap.id: gap for gap in item.gaps}
        named = [filling.gap for filling in self.fillings]
        if sorted(named) != sorted(gaps):
            raise refusal(
                Reason.KEY_INCOMPLETE, "key", value=", ".join({*named} ^ {*gaps}) or "each gap once"
            )
        if sorted(gaps_in(item.stem)) != sorted(gaps):
            raise refusal(Reason.GAPS, "stem", value=", ".join({*gaps_in(item.stem)} ^ {*gaps}))
        for index, filling in enumerate(self.fillings):
            with within(f"key[{index}]"):
                _check_filling(filling, gaps[filling.gap], item)

    def mark(self, item: Item, response: Any) -> Mark:
        """Mark a response; a malformed one raises QuizError."""
        if not isinstance(response, dict):
            raise malformed("an object from gap to answer")
        gaps = {gap.id: gap for gap in item.gaps}
        for gap in response:
            one_of(gap, tuple(gaps))
        earned = {
            filling.gap: _earned(filling, gaps[filling.gap], item, response.get(filling.gap))
            for filling in self.fillings
        }
        whole = math.fsum(filling.weight for filling in self.fillings)
        total = math.fsum(filling.weight * earned[filling.gap] for filling in self.fillings)
        wrong = tuple(gap for gap, fraction in earned.items() if fraction < 1)
        return Mark(1.0 if not wrong else total / whole, about=wrong)


def _read_filling(fields: Fields) -> Filling:
    return Filling(
        fields.text("gap"),
        fields.number("weight", 1.0),
        tuple(fields.table_of_numbers("options").items()) if fields.has("options") else (),
        fields.each("answers", read_pattern) if fields.has("answers") else (),
        fields.number("value") if fields.has("value") else None,
        fields.number("tolerance", 0.0),
    )


def _check_filling(filling: Filling, gap: Gap, item: Item) -> None:
    if not 0 < filling.weight < math.inf:
        raise refusal(Reason.OUT_OF_RANGE, "weight", low="above 0", high="infinity")
    match gap.kind:
        case GapKind.CHOICE:
            _check_options(filling, gap, item)
        case GapKind.SHORT:
            check_patterns(filling.patterns, "answers")
        case GapKind.NUMERIC:
            if filling.value is None:
                raise refusal(Reason.MISSING, "value", field="value")
            check_number(filling.value, Scoring(tolerance=filling.tolerance))


def _check_options(filling: Filling, gap: Gap, item: Item) -> None:
    for option, fraction in filling.options:
        known_option(gap.option_id(option), item, f"options.{option}")
        if not 0 <= fraction <= 1:
            raise refusal(Reason.OUT_OF_RANGE, f"options.{option}", low=0, high=1)
    if not any(fraction == 1 for _, fraction in filling.options):
        raise refusal(Reason.TOO_FEW, "options", least=1)


def _earned(filling: Filling, gap: Gap, item: Item, given: Any) -> float:
    place = f"response.{gap.id}"
    if given is None or given == "":
        return 0.0
    if gap.kind is GapKind.CHOICE:
        chosen = one_of(given, tuple(option for option in item.option_ids if gap.owns(option)), place)
        return {gap.option_id(option): fraction for option, fraction in filling.options}.get(chosen, 0.0)
    if gap.kind is GapKind.SHORT:
        fit = first_fit(filling.patterns, given, place)
        return 0.0 if fit is None else filling.patterns[fit].fraction
    near = is_near(
        read_number(given, gap.unit, place), filling.value or 0.0, Scoring(tolerance=filling.tolerance)
    )
    return 1.0 if near else 0.0
