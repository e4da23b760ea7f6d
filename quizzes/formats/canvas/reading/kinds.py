"""Which type a question has, and the document form that is made of it."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from quizzes.errors import Reason, refusal
from quizzes.formats.canvas.reading.blanks import read_blanks
from quizzes.formats.canvas.reading.choices import (
    TRUTHS,
    read_multiple,
    read_ordering,
    read_single,
    read_truth,
)
from quizzes.formats.canvas.reading.draft import Draft
from quizzes.formats.canvas.reading.pairs import read_pairs
from quizzes.formats.canvas.reading.question import Question, Response
from quizzes.formats.canvas.reading.typed import read_number, read_short
from quizzes.formats.canvas.types import PROFILES, QuestionType


def read_kind(draft: Draft) -> None:
    """Fill the draft. Raises QuizError, UNSUPPORTED_KIND for a type that has no kind here."""
    question = draft.question
    found = question.metadata.get("question_type") or _profile(question) or _guessed(question)
    read = _READERS.get(found)
    if read is None:
        raise refusal(Reason.UNSUPPORTED_KIND, kind=found[:80])
    read(draft)


_READERS: Mapping[str, Callable[[Draft], None]] = MappingProxyType(
    {
        QuestionType.MULTIPLE_CHOICE: read_single,
        QuestionType.TRUE_FALSE: read_truth,
        QuestionType.MULTIPLE_ANSWERS: read_multiple,
        QuestionType.SHORT_ANSWER: read_short,
        QuestionType.BLANKS: lambda draft: read_blanks(draft, from_lists=False),
        QuestionType.DROPDOWNS: lambda draft: read_blanks(draft, from_lists=True),
        QuestionType.MATCHING: read_pairs,
        QuestionType.NUMERICAL: read_number,
        QuestionType.ORDERING: read_ordering,
    }
)


def _profile(question: Question) -> str:
    """The type that a Common Cartridge profile such as `cc.fib.v0p1` stands for."""
    name = question.metadata.get("cc_profile", "").rpartition(".")[0]
    return PROFILES.get(name, name)


def _guessed(question: Question) -> str:
    """The type of a question without metadata, by its shape."""
    if question.is_calculated:
        return QuestionType.CALCULATED
    if not question.responses:
        return QuestionType.TEXT_ONLY
    first = question.responses[0]
    if first.kind != "response_lid":
        return _typed(question, first)
    if any(response.prompt for response in question.responses):
        return _placed(question)
    return _chosen(first)


def _typed(question: Question, first: Response) -> str:
    if len(question.responses) > 1 or first.kind in {"response_xy", "response_grp"}:
        return f"several {first.kind}" if len(question.responses) > 1 else first.kind
    if first.is_number:
        return QuestionType.NUMERICAL
    scored = any(rule.score and rule.equal for rule in question.rules)
    return QuestionType.SHORT_ANSWER if scored else QuestionType.ESSAY


def _chosen(first: Response) -> str:
    if first.cardinality == "Ordered":
        return QuestionType.ORDERING
    if first.cardinality == "Multiple":
        return QuestionType.MULTIPLE_ANSWERS
    words = sorted(label.text.strip().casefold() for label in first.labels)
    return QuestionType.TRUE_FALSE if words == sorted(TRUTHS) else QuestionType.MULTIPLE_CHOICE


def _placed(question: Question) -> str:
    """Several places with words of their own: blanks where the text names them all, else pairs.

    Blanks to type into list ways to write one answer; drop-down lists offer different ones.
    """
    if not all(f"[{response.name}]" in question.stem for response in question.responses):
        return QuestionType.MATCHING
    spellings = [{label.text.casefold() for label in response.labels} for response in question.responses]
    return QuestionType.BLANKS if all(len(found) == 1 for found in spellings) else QuestionType.DROPDOWNS
