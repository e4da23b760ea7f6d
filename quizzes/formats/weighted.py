"""Answers with what each earns, as most formats write them, and the document forms they make."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from quizzes.errors import Reason, refusal
from quizzes.fields import tidy
from quizzes.formats.carried import Form, by_name, identifiers, letters, numbered
from quizzes.formats.prose import Lost
from quizzes.vocabulary import Kind, sides

# What Moodle lets an answer earn, and nothing else (question/engine/bank.php, fraction options)
GRADES: tuple[float, ...] = (1.0, 0.9, 5 / 6, 0.8, 0.75, 0.7, 2 / 3, 0.6, 0.5, 0.4, 1 / 3, 0.3, 0.25, 0.2)
GRADES += (1 / 6, 1 / 7, 1 / 8, 1 / 9, 0.1, 0.05, 0.0)
CLOSE = 1e-5  # how near a decimal comes that stands for a third; 33.333 % is not near enough for Moodle
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, what choosing or typing it earns (1 is all), and what is said to it."""

    text: str
    fraction: float
    feedback: str = ""


def allowed_grade(fraction: float) -> float | None:
    """Moodle's grade for a fraction, exactly; None when it has none."""
    near = (grade for grade in GRADES if math.isclose(abs(fraction), grade, abs_tol=CLOSE))
    found = next(near, None)
    return found if found is None else math.copysign(found, fraction) if found else 0.0


def nearest_grade(fraction: float) -> float:
    """The grade of Moodle's that is nearest to a fraction."""
    return math.copysign(min(GRADES, key=lambda grade: abs(grade - abs(fraction))), fraction) or 0.0


def read_number(text: str) -> float:
    """A finite number. Raises QuizError."""
    stripped = text.strip()
    if not _NUMBER.fullmatch(stripped) or not math.isfinite(float(stripped)):
        raise refusal(Reason.WRONG_TYPE, expected="a number")
    return float(stripped)


def middle(low: str, high: str) -> tuple[float, float]:
    """The number in the middle of a range and its distance from the ends, without binary noise."""
    read_number(low), read_number(high)
    try:
        first, second = sorted((Decimal(low.strip()), Decimal(high.strip())))
    except InvalidOperation as error:
        raise refusal(Reason.WRONG_TYPE, expected="a number") from error
    return float((first + second) / 2), float((second - first) / 2)


def choice_form(answers: Sequence[Answer], single: bool, facts: Form, lost: Lost) -> Form:
    """One best answer, or all that apply; key features where the facts say so. Raises QuizError."""
    ids = identifiers(len(answers), facts.get("ids"), letters())
    earned = {identifier: answer.fraction for identifier, answer in zip(ids, answers, strict=True)}
    form: Form = {
        "options": {identifier: answer.text for identifier, answer in zip(ids, answers, strict=True)},
        "feedback": {i: answer.feedback for i, answer in zip(ids, answers, strict=True) if answer.feedback},
    }
    if single:
        return {**form, "kind": Kind.SINGLE.value, **_best(earned, lost)}
    right = {identifier: fraction for identifier, fraction in earned.items() if fraction > 0}
    if facts.get("kind") == Kind.KEYFEATURE:
        harmful = [identifier for identifier, fraction in earned.items() if fraction < 0]
        return {**form, "kind": Kind.KEYFEATURE.value, "key": _tidy(right), "harmful": harmful}
    form |= {"kind": Kind.MULTIPLE.value, "key": list(right)}
    if _is_net(earned.values()):
        return form
    return {**form, "scoring": "weights", "weights": _tidy({i: f for i, f in earned.items() if f})}


def _tidy(weights: dict[str, float]) -> Form:
    return {identifier: tidy(weight) for identifier, weight in weights.items()}


def _best(earned: dict[str, float], lost: Lost) -> Form:
    key = next((i for i, fraction in earned.items() if math.isclose(fraction, 1, abs_tol=CLOSE)), None)
    if key is None:
        raise refusal(Reason.MISSING, "key", field="key")
    others = {i: fraction for i, fraction in earned.items() if i != key and fraction}
    for identifier, fraction in others.items():
        if fraction < 0:
            lost(refusal(Reason.NOT_KEPT, f"options.{identifier}", what="a mark below 0"))
    weights = {identifier: tidy(fraction) for identifier, fraction in others.items() if fraction > 0}
    return {"key": key, "weights": weights} if weights else {"key": key}


def _is_net(fractions: Iterable[float]) -> bool:
    """Whether these are the marks of NET: 1/n for each of n right answers, -1/n for a wrong one."""
    given = list(fractions)
    share = 1 / max(1, sum(fraction > 0 for fraction in given))
    return all(math.isclose(abs(fraction), share, abs_tol=CLOSE) for fraction in given)


def short_form(answers: Sequence[Answer]) -> Form:
    """A typed answer. Raises QuizError in `carried.made` where none earns all."""
    return {
        "kind": Kind.SHORT.value,
        "key": [{"text": answer.text, "fraction": tidy(answer.fraction)} for answer in answers],
        "feedback": {str(n): answer.feedback for n, answer in enumerate(answers, start=1) if answer.feedback},
    }


def truth_form(value: bool, right: str, wrong: str) -> Form:
    """True or false, with what is said to the right and to the wrong answer."""
    said = {"true": right if value else wrong, "false": wrong if value else right}
    return {
        "kind": Kind.TRUEFALSE.value,
        "key": value,
        "feedback": {name: text for name, text in said.items() if text},
    }


@dataclass(frozen=True, slots=True)
class Number:
    """A number that earns something within a tolerance around it."""

    value: float
    tolerance: float
    fraction: float
    feedback: str = ""


def number_form(numbers: Sequence[Number], wrong: str, lost: Lost) -> Form:
    """A number: the first that earns all is the key. `wrong` is said to any other. Raises QuizError."""
    key = next((number for number in numbers if math.isclose(number.fraction, 1, abs_tol=CLOSE)), None)
    if key is None:
        raise refusal(Reason.MISSING, "key", field="key")
    also = [number for number in numbers if number is not key and number.fraction > 0]
    partly = [number for number in also if number.fraction < 1]
    said: Form = {"if_right": key.feedback, "if_wrong": wrong}
    if len(partly) == 1 and len(also) == 1:
        said["if_partly"] = partly[0].feedback
    for number in numbers:
        if number is key:
            continue
        if number.fraction <= 0:
            lost(
                refusal(
                    Reason.NOT_KEPT,
                    what=f"the wrong answer {tidy(number.value)} {number.feedback[:80]}".strip(),
                )
            )
        elif number.feedback and number.feedback != said.get("if_partly"):
            lost(refusal(Reason.NOT_KEPT, what=f"feedback to {tidy(number.value)}: {number.feedback[:80]}"))
    return {
        "kind": Kind.NUMERIC.value,
        "key": tidy(key.value),
        "tolerance": tidy(key.tolerance),
        "also": [
            {name: tidy(getattr(number, name)) for name in ("value", "tolerance", "fraction")}
            for number in also
        ],
        **{name: text for name, text in said.items() if text},
    }


def standard_sides(kind: Kind) -> tuple[Iterable[str], Iterable[str]]:
    """The names given to prompts and options where a format has none: L1, R1 or, for an EMQ, 1 and A."""
    return (numbered(""), letters()) if kind is Kind.EMQ else (numbered("L"), numbered("R"))


def pairs_form(pairs: Sequence[tuple[str, str]], facts: Form) -> Form:
    """Matching, or EMQ where the facts say so; a pair with an empty prompt is an answer that fits none."""
    kind = Kind.EMQ if facts.get("kind") == Kind.EMQ else Kind.MATCHING
    texts = list(dict.fromkeys(option for _, option in pairs))
    prompts = [prompt for prompt, _ in pairs if prompt]
    standard_prompts, standard_options = standard_sides(kind)
    ids = identifiers(len(texts), facts.get("ids"), standard_options)
    prompt_ids = identifiers(len(prompts), facts.get("prompt_ids"), standard_prompts)
    named = dict(zip(texts, ids, strict=True))
    left, right = sides(kind)
    order = sorted(named, key=lambda text: by_name(named[text])) if "ids" in facts else texts
    asked = [option for prompt, option in pairs if prompt]
    return {
        "kind": kind.value,
        left: dict(zip(prompt_ids, prompts, strict=True)),
        right: {named[text]: text for text in order},
        "key": {identifier: named[option] for identifier, option in zip(prompt_ids, asked, strict=True)},
    }
