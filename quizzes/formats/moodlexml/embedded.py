"""Moodle's cloze questions (embedded answers): a text with codes becomes a text with gaps."""

from collections.abc import Sequence
from itertools import islice

from quizzes.errors import Reason, refusal
from quizzes.fields import tidy
from quizzes.formats.carried import Form, identifiers, letters, numbered
from quizzes.formats.moodlexml.codes import Code, codes
from quizzes.formats.moodlexml.question import Question, as_prose, source_of
from quizzes.formats.prose import Lost
from quizzes.formats.weighted import Answer, allowed_grade, read_number
from quizzes.formats.xml_tree import attribute
from quizzes.item import MOST_OPTIONS
from quizzes.vocabulary import GapKind, Kind


def cloze(question: Question) -> Form:
    """A text with gaps. Raises QuizError for an embedded question that we have no kind of gap for."""
    element = question.child("questiontext")
    if element is None:
        raise refusal(Reason.MISSING, "stem", field="questiontext")
    source = source_of(element)
    found = list(islice(codes(source), MOST_OPTIONS + 1))  # one too many is refused below
    if not found:
        raise refusal(Reason.MISSING, "stem", field="{1:SHORTANSWER:=...}")
    ids = identifiers(len(found), question.facts.get("ids"), numbered("g"))
    pieces, at = [], 0
    for name, code in zip(ids, found, strict=True):
        pieces += [source[at : code.start], f"[[{name}]]"]
        at = code.end
    stem = as_prose("".join([*pieces, source[at:]]), attribute(element, "format"), question.lost)
    question.report_files(element)
    gaps = [_gap(name, code, question.lost) for name, code in zip(ids, found, strict=True)]
    return gaps_form(stem, gaps)


def gaps_form(stem: str, gaps: Sequence[tuple[Form, Form]]) -> Form:
    """The form of a cloze from its text and from each gap with its filling."""
    return {
        "kind": Kind.CLOZE.value,
        "stem": stem,
        "gaps": [gap for gap, _ in gaps],
        "key": [filling for _, filling in gaps],
    }


def choice_gap(name: str, answers: Sequence[Answer], weight: int = 1) -> tuple[Form, Form]:
    """A gap that is filled from a list."""
    ids = identifiers(len(answers), None, letters())
    options = {identifier: answer.text for identifier, answer in zip(ids, answers, strict=True)}
    right = {i: tidy(answer.fraction) for i, answer in zip(ids, answers, strict=True) if answer.fraction > 0}
    gap: Form = {"id": name, "kind": GapKind.CHOICE.value, "options": options}
    return gap, _weighted({"gap": name, "options": right}, weight)


def short_gap(name: str, answers: Sequence[Answer], weight: int = 1) -> tuple[Form, Form]:
    """A gap that is filled with words."""
    patterns = [{"text": answer.text, "fraction": tidy(answer.fraction)} for answer in answers]
    return {"id": name, "kind": GapKind.SHORT.value}, _weighted({"gap": name, "answers": patterns}, weight)


def _weighted(filling: Form, weight: int) -> Form:
    return filling if weight == 1 else {**filling, "weight": weight}


def _gap(name: str, code: Code, lost: Lost) -> tuple[Form, Form]:
    answers = [_settled(name, answer, lost) for answer in code.answers]
    if code.counts_case:
        lost(refusal(Reason.NOT_KEPT, what=f"that capital letters count in gap {name}"))
    match code.kind:
        case GapKind.CHOICE:
            return choice_gap(name, answers, code.weight)
        case GapKind.SHORT:
            return short_gap(name, answers, code.weight)
        case GapKind.NUMERIC:
            return _numeric_gap(name, answers, code.weight, lost)


def _settled(name: str, answer: Answer, lost: Lost) -> Answer:
    """An answer with a fraction we can hold; what is said to it is told as a loss."""
    if answer.feedback:
        lost(refusal(Reason.NOT_KEPT, what=f"feedback in gap {name}: {answer.feedback[:80]}"))
    if answer.fraction < 0:
        lost(refusal(Reason.NOT_KEPT, what=f"a mark below 0 in gap {name}"))
    grade = allowed_grade(answer.fraction)
    fraction = answer.fraction if grade is None else grade
    return Answer(answer.text, max(0.0, fraction))


def _numeric_gap(name: str, answers: Sequence[Answer], weight: int, lost: Lost) -> tuple[Form, Form]:
    full = [answer for answer in answers if answer.fraction == 1 and answer.text != "*"]
    if not full:
        raise refusal(Reason.MISSING, f"gaps.{name}", field="key")
    for answer in answers:
        if answer is not full[0] and answer.text != "*":
            lost(refusal(Reason.NOT_KEPT, what=f"the answer {answer.text[:80]} in gap {name}"))
    value, colon, tolerance = full[0].text.partition(":")
    filling: Form = {"gap": name, "value": tidy(read_number(value))}
    if colon and (around := read_number(tolerance)):
        filling["tolerance"] = tidy(around)
    return {"id": name, "kind": GapKind.NUMERIC.value}, _weighted(filling, weight)
