"""Feedback: which of a file's feedbacks belong to an option, to a right or a wrong answer, or explain."""

import re
from collections.abc import Iterable, Sequence

from quizzes.errors import Reason, refusal
from quizzes.formats.prose import Lost
from quizzes.formats.qti.reading.draft import Draft, Said
from quizzes.formats.qti.reading.processing import Processing

RIGHT, PARTLY, WRONG, WHY = "edu-right", "edu-partly", "edu-wrong", "edu-why"
MOST_FEEDBACKS = 500  # of one item
_FIELDS = {RIGHT: "if_right", PARTLY: "if_partly", WRONG: "if_wrong", WHY: "why"}
_WORDS = (
    ("hints", re.compile(r"hint", re.IGNORECASE)),
    ("if_wrong", re.compile(r"incorrect|wrong", re.IGNORECASE)),
    ("if_partly", re.compile(r"partial|partly", re.IGNORECASE)),
    ("if_right", re.compile(r"correct|right", re.IGNORECASE)),
    ("why", re.compile(r"solution|explanation|general|rationale", re.IGNORECASE)),
)


def tell(drafts: Sequence[Draft], given: Iterable[Said], rules: Processing, lost: Lost) -> None:
    """Put feedbacks where our questions hold them, and tell of those that have no place.

    Raises QuizError for an item with too many of them.
    """
    for place, each in enumerate(given):
        if place >= MOST_FEEDBACKS:
            raise refusal(Reason.TOO_MANY, "feedback", most=MOST_FEEDBACKS)
        if not each.text.strip():
            continue
        placed = not each.hides and (_about_option(drafts, each) or _overall(drafts, each, rules))
        if not placed:
            lost(refusal(Reason.NOT_KEPT, each.outcome, what=f"the feedback {each.identifier[:80]}"))


def _about_option(drafts: Sequence[Draft], said: Said) -> bool:
    name = said.owner or said.identifier
    found = [draft for draft in drafts if name in draft.names]
    if len(found) != 1:
        return False
    feedback = found[0].form.setdefault("feedback", {})
    own = found[0].names[name]
    feedback[own] = _joined(feedback.get(own, ""), said.text)
    return True


def _overall(drafts: Sequence[Draft], said: Said, rules: Processing) -> bool:
    """The feedback about a whole answer; of several questions it cannot be said whose it is."""
    if len(drafts) != 1:
        return False
    form, field = drafts[0].form, _FIELDS.get(said.identifier, "")
    if not field:
        known = rules.said.get((said.outcome, said.identifier), rules.said.get((said.outcome, ""), ""))
        field = f"if_{known}" if known else _by_words(said.identifier)
    if field == "hints":
        form["hints"] = [*form.get("hints", ()), said.text]
    elif field:
        form[field] = _joined(form.get(field, ""), said.text)
    return bool(field)


def _by_words(identifier: str) -> str:
    return next((field for field, pattern in _WORDS if pattern.search(identifier)), "")


def _joined(before: str, text: str) -> str:
    if text in before:
        return before
    return f"{before}\n\n{text}" if before else text
