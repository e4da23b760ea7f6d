"""One Canvas question as an item."""

from typing import Any
from xml.etree.ElementTree import Element

from quizzes.errors import QuizError, Reason, refusal
from quizzes.fields import Fields
from quizzes.form import read_item
from quizzes.formats.canvas.own_fields import with_own_fields
from quizzes.formats.canvas.reading.draft import Draft
from quizzes.formats.canvas.reading.kinds import read_kind
from quizzes.formats.canvas.reading.question import RESPONSES, Question, read_question
from quizzes.formats.canvas.types import OWN, QuestionType
from quizzes.formats.prose import Lost, once
from quizzes.formats.xml_tree import descendants
from quizzes.item import Item

MOST_PARTS = 30_000  # answers, rules and feedback of one question
STIMULUS = "parent_stimulus_item_ident"
# fields that repeat what the question says already, or say how it is shown
_SILENT = {
    "question_type",
    "original_answer_ids",
    "assessment_question_identifierref",
    "cc_profile",
    STIMULUS,
}
_SILENT |= {"points_possible", "scoring_algorithm", "qmd_computerscored", "cc_weighting"}


def read_canvas_item(element: Element, identifier: str, stimulus: str, lost: Lost) -> Item:
    """The item of an `item` element; `stimulus` is the text that it belongs to. Raises QuizError."""
    _refuse_endless(element)
    question = read_question(element, once(lost))
    form = native_form(question, identifier)
    if stimulus:
        form["stem"] = f"{stimulus}\n\n{form.get('stem', '')}".strip()
    with Fields(with_own_fields(form, question.metadata)) as fields:
        item = read_item(fields)
    _report_metadata(question)
    return item


def native_form(question: Question, identifier: str) -> dict[str, Any]:
    """The document form that Canvas's own fields give. Raises QuizError."""
    draft = Draft(question, identifier)
    try:
        read_kind(draft)
    except QuizError:
        if f"{OWN}kind" not in question.metadata:
            raise
    return draft.finish()


def _refuse_endless(element: Element) -> None:
    """Refuse what would take memory beyond its worth."""
    count = sum(
        1
        for _ in descendants(
            element, "response_label", "respcondition", "varequal", "itemfeedback", *RESPONSES
        )
    )
    if count > MOST_PARTS:
        raise refusal(Reason.TOO_MANY, "presentation", most=MOST_PARTS)


def _report_metadata(question: Question) -> None:
    for label, entry in question.metadata.items():
        if label not in _SILENT and not label.startswith(OWN) and entry not in {"", "none"}:
            question.not_kept(f"{label[:80]} = {entry[:80]}")
    points = question.metadata.get("points_possible", "")
    if points not in {"", "1", "1.0"}:
        question.not_kept(f"{points[:20]} points")


def is_text_only(metadata: dict[str, str]) -> bool:
    """Whether this is a text between the questions."""
    return metadata.get("question_type") == QuestionType.TEXT_ONLY
