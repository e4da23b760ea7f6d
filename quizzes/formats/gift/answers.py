"""What stands in the braces of a GIFT question: the answers, as a document form."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from quizzes.errors import Reason, refusal
from quizzes.formats.carried import Form
from quizzes.formats.gift.signs import prose, show
from quizzes.formats.prose import Lost
from quizzes.formats.weighted import (
    Answer,
    Number,
    allowed_grade,
    choice_form,
    middle,
    number_form,
    pairs_form,
    read_number,
    short_form,
    truth_form,
)
from quizzes.item import MOST_OPTIONS
from quizzes.vocabulary import Kind

MOST_PARTS = 2 * MOST_OPTIONS  # of one question: pairs may come without a prompt
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{0,9})?)%")
_TRUTHS = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_SPELT_KINDS = {Kind.SHORT: "short", Kind.MATCHING: "matching", Kind.EMQ: "matching"}


@dataclass(frozen=True, slots=True)
class Braces:
    """The hidden text between the braces, the format of its texts, and the facts that may say the kind."""

    text: str
    format: str
    facts: Form
    lost: Lost

    def prose(self, hidden: str) -> str:
        """One of its texts as plain prose."""
        return prose(hidden, self.format, self.lost)

    def answer(self, hidden: str, fraction: float) -> Answer:
        """An answer, which may begin with its weight and end with its feedback."""
        match = _WEIGHT.match(hidden)
        if match:
            fraction, hidden = _fraction(match[1]), hidden[match.end() :]
        text, _, feedback = hidden.partition("#")
        return Answer(self.prose(text), fraction, self.prose(feedback))


def read_answers(braces: Braces) -> Form:
    """The document fields that the answers make. Raises QuizError."""
    return _READERS[_sort(braces)](braces)


def _sort(braces: Braces) -> str:
    """What sort of question it is; the order of the tests is Moodle's."""
    text, said = braces.text, _SPELT_KINDS.get(braces.facts.get("kind", ""))
    if not text:
        return "essay"
    if text.startswith("#"):
        return "numeric"
    if said:
        return said
    if "~" in text:
        return "choice"
    if "=" in text and "->" in text:
        return "matching"
    return "truth" if text.partition("#")[0].strip() in _TRUTHS else "short"


def _parts(text: str) -> list[tuple[str, str]]:
    """The answers with the sign before each; the first may have none. Raises QuizError for too many."""
    if text.count("~") + text.count("=") > MOST_PARTS:
        raise refusal(Reason.TOO_MANY, "options", most=MOST_OPTIONS)
    cut = re.split(r"([~=])", text)
    first = [("", cut[0])] if cut[0].strip() else []
    return [*first, *zip(cut[1::2], cut[2::2], strict=True)]


def _choice(braces: Braces) -> Form:
    parts = _parts(braces.text)
    answers = [braces.answer(hidden, 1.0 if sign == "=" else 0.0) for sign, hidden in parts]
    return choice_form(answers, any(sign == "=" for sign, _ in parts), braces.facts, braces.lost)


def _short(braces: Braces) -> Form:
    return short_form([braces.answer(hidden, 1.0) for _, hidden in _parts(braces.text)])


def _truth(braces: Braces) -> Form:
    word, *said = braces.text.split("#", 2)
    wrong, right = [*map(braces.prose, said), "", ""][:2]
    return truth_form(_TRUTHS[word.strip()], right, wrong)


def _matching(braces: Braces) -> Form:
    pairs = []
    for _, hidden in _parts(braces.text):
        prompt, arrow, option = hidden.partition("->")
        if not arrow:
            raise refusal(Reason.UNREADABLE, detail=f"no -> stands in the pair {show(hidden).strip()[:80]}")
        pairs.append((braces.prose(prompt), show(option).strip()))
    return pairs_form(pairs, braces.facts)


def _numeric(braces: Braces) -> Form:
    text, tilde, wrong = braces.text[1:].partition("~")
    said = wrong.partition("#")[2] if tilde else ""
    numbers = []
    for _, hidden in _parts(text):
        answer = braces.answer(hidden, 1.0)
        if answer.text == "*":
            said = hidden.partition("#")[2]
        else:
            value, tolerance = _number(answer.text)
            numbers.append(Number(value, tolerance, answer.fraction, answer.feedback))
    return number_form(numbers, braces.prose(said), braces.lost)


def _number(text: str) -> tuple[float, float]:
    """A number and its tolerance from `3`, `3:0.5` or `2.5..3.5`."""
    low, dots, high = text.partition("..")
    if dots:
        return middle(low, high)
    value, colon, tolerance = text.partition(":")
    return read_number(value), read_number(tolerance) if colon else 0.0


def _essay(braces: Braces) -> Form:
    raise refusal(Reason.UNSUPPORTED_KIND, kind="essay")


def _fraction(percent: str) -> float:
    """The fraction of a percentage; 33.33333 stands for a third."""
    fraction = float(percent) / 100
    grade = allowed_grade(fraction)
    return fraction if grade is None else grade


_READERS: dict[str, Callable[[Braces], Form]] = {
    "choice": _choice,
    "short": _short,
    "truth": _truth,
    "matching": _matching,
    "numeric": _numeric,
    "essay": _essay,
}
