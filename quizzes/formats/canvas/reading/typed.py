"""What is typed: short answers and numbers as document forms."""

from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from quizzes.errors import Reason, refusal
from quizzes.fields import tidy
from quizzes.formats.canvas.reading.draft import Draft
from quizzes.formats.canvas.reading.rules import Rule, Test
from quizzes.formats.canvas.types import ABOUT_ALL, ABOUT_RIGHT, ABOUT_WRONG

LONGEST_NUMBER = 1000  # characters
EXACT = Context(prec=1000)  # so that the middle of two bounds is the number they were made from
_WHOLE = {ABOUT_ALL, ABOUT_RIGHT, ABOUT_WRONG}


def read_short(draft: Draft) -> None:
    """A short answer: every accepted text, with its share of the highest score."""
    response = draft.only_response()
    scores: dict[str, float] = {}
    for rule in draft.question.rules:
        for test in rule.equal if rule.score else ():
            scores.setdefault(test.value, rule.score or 0.0)
            if test.attribute("case").casefold() == "yes":
                draft.question.not_kept("the difference between capital and small letters")
    top = max(scores.values(), default=0.0)
    if top <= 0:
        raise refusal(Reason.TOO_FEW, "key", least=1)
    for place, value in enumerate(scores, start=1):
        draft.say(str(place), response.ident, value)
    _say_by_order(draft)
    draft.fields |= {
        "kind": "short",
        "key": [pattern(value, score / top) for value, score in scores.items()],
    }


def pattern(text: str, fraction: float = 1.0) -> dict[str, Any]:
    """The document table of an accepted text, in which a star is a star."""
    form: dict[str, Any] = {"text": text.replace("*", "\\*")}
    return form if fraction == 1 else {**form, "fraction": tidy(fraction)}


def _say_by_order(draft: Draft) -> None:
    """Count the feedback of rules that also score as shown, where it says what is said of all."""
    for rule in draft.question.rules:
        draft.mark_shown([link for link in rule.links if link in _WHOLE])


@dataclass(frozen=True, slots=True)
class _Range:
    """A number and how far from it counts, exactly; `share` says that the distance is a share of it."""

    value: Decimal
    tolerance: Decimal
    share: Decimal | None = None


def read_number(draft: Draft) -> None:
    """A number: the first range with the highest score; the others are further accepted numbers."""
    draft.only_response()
    found = [(one, rule.score) for rule in draft.question.rules if rule.score for one in _ranges(rule)]
    top = max((score for _, score in found), default=0.0)
    if top <= 0:
        raise refusal(Reason.TOO_FEW, "key", least=1)
    best = next(one for one, score in found if score == top)
    others = [(one, score / top) for one, score in found if one is not best and score > 0]
    draft.fields |= {
        "kind": "numeric",
        "key": tidy(float(best.value)),
        "tolerance": tidy(float(best.tolerance if best.share is None else best.share)),
        "tolerance_kind": "absolute" if best.share is None else "relative",
        "also": [
            {
                "value": tidy(float(one.value)),
                "tolerance": tidy(float(one.tolerance)),
                "fraction": tidy(fraction),
            }
            for one, fraction in others
        ],
    }


def _ranges(rule: Rule) -> list[_Range]:
    """The ranges of one rule: bounds, and the exact number where it does not lie within them."""
    low = _bound(rule, "vargte", "vargt")
    high = _bound(rule, "varlte", "varlt")
    exact = rule.equal[0] if rule.equal else None
    value = None if exact is None else _number(exact)
    found: list[_Range] = []
    if low is not None and high is not None:
        if low > high:
            raise refusal(Reason.EMPTY_WINDOW, "vargte")
        middle = EXACT.divide(EXACT.add(low, high), Decimal(2))
        half = EXACT.divide(EXACT.subtract(high, low), Decimal(2))
        found.append(_Range(middle, half, _share(exact, value, middle, half)))
    if value is not None and not (found and low is not None and high is not None and low <= value <= high):
        found.insert(0, _Range(value, Decimal(0)))
    if not found and (low is not None or high is not None):
        raise refusal(Reason.MISSING, "conditionvar", field="varlte" if high is None else "vargte")
    return found


def _share(exact: Test | None, value: Decimal | None, middle: Decimal, half: Decimal) -> Decimal | None:
    """The margin as a share, when the question says it as a percentage and the bounds agree."""
    if exact is None or exact.attribute("margintype") != "percent" or value != middle:
        return None
    share = EXACT.divide(_decimal(exact.attribute("margin"), "margin"), Decimal(100))
    distance = EXACT.multiply(share, abs(middle))
    return share if abs(distance - half) <= abs(half) * Decimal("1e-9") else None


def _bound(rule: Rule, *names: str) -> Decimal | None:
    return next((_number(test) for test in rule.tests if test.how in names and not test.denied), None)


def _number(test: Test) -> Decimal:
    return _decimal(test.value, test.how)


def _decimal(text: str, place: str) -> Decimal:
    try:
        number = Decimal(text) if len(text) <= LONGEST_NUMBER else Decimal("NaN")
    except InvalidOperation as error:
        raise refusal(Reason.WRONG_TYPE, place, expected="a number") from error
    if not number.is_finite() or abs(number.adjusted()) > 400:
        raise refusal(Reason.WRONG_TYPE, place, expected="a finite number")
    return number
