"""Moodle's multiple choice, true or false, short answer and numerical questions, as document forms."""

import math
from xml.etree.ElementTree import Element

from quizzes.errors import Reason, refusal
from quizzes.formats.carried import Form
from quizzes.formats.moodlexml.question import Question, read_grade, source_of
from quizzes.formats.weighted import Number, choice_form, number_form, read_number, short_form, truth_form
from quizzes.formats.xml_tree import attribute, child, children, text_of
from quizzes.kinds.units import converted


def multichoice(question: Question) -> Form:
    """One best answer or all that apply. Answers that are not shuffled all stay where they are."""
    single = question.is_on("single", True)
    form = choice_form(list(question.answers()), single, question.facts, question.lost)
    return form if question.is_on("shuffleanswers", True) else {**form, "last": list(form["options"])}


def truefalse(question: Question) -> Form:
    """True or false."""
    said: dict[str, str] = {}
    value: str | None = None
    for index, element in enumerate(question.children("answer")):
        word = source_of(element).strip().casefold()
        if word not in {"true", "false"}:
            raise refusal(Reason.WRONG_TYPE, f"answer[{index}]", expected="true or false")
        said[word] = question.feedback_of(element)
        if read_grade(attribute(element, "fraction", "0"), f"answer[{index}].fraction") == 1:
            value = word
    if value is None:
        raise refusal(Reason.MISSING, "key", field="key")
    other = "false" if value == "true" else "true"
    return truth_form(value == "true", said.get(value, ""), said.get(other, ""))


def shortanswer(question: Question) -> Form:
    """A typed answer."""
    if question.is_on("usecase"):
        question.lost(refusal(Reason.NOT_KEPT, what="that capital letters count"))
    return short_form(list(question.answers(plain=True)))


def numerical(question: Question) -> Form:
    """A number with its unit."""
    numbers: list[Number] = []
    wrong = ""
    for element, answer in zip(question.children("answer"), question.answers(plain=True), strict=True):
        if answer.text == "*":
            wrong = answer.feedback
            continue
        tolerance = text_of(child(element, "tolerance")).strip() or "0"
        value = read_number(answer.text)
        numbers.append(Number(value, abs(read_number(tolerance)), answer.fraction, answer.feedback))
    return {**number_form(numbers, wrong, question.lost), "unit": _unit(question)}


def _unit(question: Question) -> str:
    """The unit whose multiplier is 1; others are known to us by their names, or told as losses."""
    found = question.child("units")
    units = {} if found is None else dict(map(_read_unit, children(found, "unit")))
    if question.value("unitgradingtype", "0") != "0":
        question.lost(refusal(Reason.NOT_KEPT, what="marks taken off for the unit"))
    for name in ("unitpenalty", "showunits", "unitsleft"):
        question.value(name)
    own = next((name for name, multiplier in units.items() if multiplier == 1), "")
    for name, multiplier in units.items():
        ours = converted(1.0, own, name) if name != own else multiplier
        if ours is None or not math.isclose(ours, multiplier, rel_tol=1e-6):
            question.lost(refusal(Reason.NOT_KEPT, what=f"the unit {name[:80]}"))
    return own


def _read_unit(element: Element) -> tuple[str, float]:
    name = text_of(child(element, "unit_name")).strip()
    return name, read_number(text_of(child(element, "multiplier")))
