"""Moodle's matching and ordering questions, as document forms."""

from quizzes.errors import Reason, refusal
from quizzes.formats.carried import Form, by_name, identifiers, letters
from quizzes.formats.moodlexml.question import Question, as_prose, source_of
from quizzes.formats.weighted import pairs_form, read_number
from quizzes.formats.xml_tree import attribute, child
from quizzes.item import MOST_OPTIONS
from quizzes.vocabulary import Kind, OrderScoring

# qtype_ordering's names and numbers of its ways to mark
GRADINGS: dict[OrderScoring, tuple[str, str]] = {
    OrderScoring.ALL: ("ALL_OR_NOTHING", "-1"),
    OrderScoring.ABSOLUTE: ("ABSOLUTE_POSITION", "0"),
    OrderScoring.NEXT: ("RELATIVE_NEXT_EXCLUDE_LAST", "1"),
    OrderScoring.NEXT_LAST: ("RELATIVE_NEXT_INCLUDE_LAST", "2"),
    OrderScoring.NEIGHBOURS: ("RELATIVE_ONE_PREVIOUS_AND_NEXT", "3"),
    OrderScoring.PAIRS: ("RELATIVE_ALL_PREVIOUS_AND_NEXT", "4"),
    OrderScoring.LONGEST: ("LONGEST_ORDERED_SUBSET", "5"),
    OrderScoring.RUN: ("LONGEST_CONTIGUOUS_SUBSET", "6"),
    OrderScoring.DISTANCE: ("RELATIVE_TO_CORRECT", "7"),
}


def matching(question: Question) -> Form:
    """Matching; a subquestion without a text gives an answer that fits none. Raises QuizError."""
    pairs = []
    elements = question.children("subquestion")
    if len(elements) > 2 * MOST_OPTIONS:  # some may have no text
        raise refusal(Reason.TOO_MANY, "subquestion", most=MOST_OPTIONS)
    for element in elements:
        answer = child(element, "answer")
        source = "" if answer is None else source_of(answer)
        pairs.append((question.prose_of(element), as_prose(source, "", question.lost)))
    question.value("shuffleanswers")
    return pairs_form(pairs, question.facts)


def ordering(question: Question) -> Form:
    """An ordering; the fraction of an answer is its place in the right order. Raises QuizError."""
    answers = question.children("answer")
    if len(answers) > MOST_OPTIONS:
        raise refusal(Reason.TOO_MANY, "answer", most=MOST_OPTIONS)
    places = [read_number(attribute(element, "fraction", "1")) for element in answers]
    if len({*places}) == len(places):
        answers = [element for _, element in sorted(zip(places, answers, strict=True), key=_first)]
    texts = [question.prose_of(element) for element in answers]
    ids = identifiers(len(texts), question.facts.get("ids"), letters())
    named = dict(zip(ids, texts, strict=True))
    for element, identifier in zip(answers, ids, strict=True):
        if said := question.feedback_of(element):
            what = f"feedback to {identifier}: {said[:80]}"
            question.lost(refusal(Reason.NOT_KEPT, what=what))
    shown = sorted(ids, key=by_name) if "ids" in question.facts else ids
    return {
        "kind": Kind.ORDERING.value,
        "options": {identifier: named[identifier] for identifier in shown},
        "key": ids,
        "scoring": _grading(question),
    }


def _grading(question: Question) -> str:
    if question.value("selecttype", "ALL") not in {"ALL", "0"}:
        question.lost(refusal(Reason.NOT_KEPT, what="that only some of the answers are shown"))
    for name in ("selectcount", "layouttype", "showgrading", "numberingstyle"):
        question.value(name)
    given = question.value("gradingtype", "ABSOLUTE_POSITION")
    found = next((scoring for scoring, names in GRADINGS.items() if given in names), None)
    if found is None:
        question.lost(refusal(Reason.NOT_KEPT, what=f"marking by {given[:80]}"))
    return (found or OrderScoring.ABSOLUTE).value


def _first(pair: tuple[float, object]) -> float:
    return pair[0]
