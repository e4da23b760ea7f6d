"""An item as an assessmentItem, and what of it the XML does not say."""

from xml.etree.ElementTree import Element, tostring

from quizzes.errors import QuizError
from quizzes.form import plain
from quizzes.formats.qti.facts import Facts, facts_of
from quizzes.formats.qti.names import Version, identifier, renamed, unify
from quizzes.formats.qti.reading.body import PICTURE
from quizzes.formats.qti.reading.question import read_item
from quizzes.formats.qti.reading.telling import PARTLY, RIGHT, WHY, WRONG
from quizzes.formats.qti.writing.build import clean, flow, make, picture
from quizzes.formats.qti.writing.marking import SCORE, condition, value, variable, word
from quizzes.formats.qti.writing.placed import draglabels, hotspot, matching
from quizzes.formats.qti.writing.question import (
    Question,
    Writer,
    concordance,
    keyfeature,
    multiple,
    ordering,
    single,
    truefalse,
)
from quizzes.formats.qti.writing.typed import cloze, interval, moment, numeric, short
from quizzes.formats.xml_tree import parse
from quizzes.gap import parts
from quizzes.item import Item
from quizzes.vocabulary import Kind

WRITERS: dict[Kind, Writer] = {
    Kind.SINGLE: single,
    Kind.MULTIPLE: multiple,
    Kind.ORDERING: ordering,
    Kind.NUMERIC: numeric,
    Kind.HOTSPOT: hotspot,
    Kind.MOMENT: moment,
    Kind.MATCHING: matching,
    Kind.TRUEFALSE: truefalse,
    Kind.EMQ: matching,
    Kind.KEYFEATURE: keyfeature,
    Kind.CLOZE: cloze,
    Kind.SHORT: short,
    Kind.DRAGLABELS: draglabels,
    Kind.INTERVAL: interval,
    Kind.CONCORDANCE: concordance,
}
_FEEDBACK = "FEEDBACK"
_HEADER = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_LONGEST_TITLE = 80


def write_item(item: Item, version: Version) -> bytes:
    """The XML document of an item."""
    question = WRITERS[item.kind](item, item.key, version)
    feedbacks = _feedbacks(item, question)
    root = make(
        "assessmentItem",
        {
            "identifier": identifier(item.id),
            "title": title(item),
            "adaptive": "false",
            "timeDependent": "false",
        },
        *question.declarations,
        *_outcomes(bool(feedbacks)),
        make("itemBody", {}, *_body(item, question, version)),
        _processing(question, feedbacks, version),
        *(_modal(name, text, version) for name, text in feedbacks.items()),
    )
    return document(renamed(root, version))


def facts_beside(item: Item, data: bytes) -> Facts:
    """What must stand beside the XML of an item, so that the item is read from both."""
    try:
        drafts = read_item(unify(parse(data)), _nothing)
    except QuizError:
        drafts = []
    return facts_of(drafts[0].form if len(drafts) == 1 else {}, plain(item))


def document(root: Element) -> bytes:
    """The bytes of an XML document."""
    return _HEADER + tostring(root, encoding="unicode").encode() + b"\n"


def title(item: Item) -> str:
    """The beginning of the stem on one line; a gap is a line to write on."""
    words = "".join(part + ("____" if gap and item.gaps else "") for part, gap in parts(item.stem))
    return clean(" ".join((words if item.gaps else item.stem).split())[:_LONGEST_TITLE])


def _body(item: Item, question: Question, version: Version) -> list[Element]:
    """The stem, the picture where the interaction has none of it, and the interaction."""
    stem = flow(item.stem) if question.stem is None else question.stem
    shown = []
    inside = any(found.tag in {"object", "img"} for part in question.interaction for found in part.iter())
    if item.picture is not None and not inside:
        shown = [make("p", {"class": PICTURE}, picture(item.picture, version))]
    return [*stem, *shown, *question.interaction]


def _outcomes(with_feedback: bool) -> list[Element]:
    zero = make("defaultValue", {}, make("value", {}, "0"))
    score = {"identifier": SCORE, "cardinality": "single", "baseType": "float", "normalMaximum": "1"}
    said = {"identifier": _FEEDBACK, "cardinality": "multiple", "baseType": "identifier"}
    outcomes = [make("outcomeDeclaration", score, zero)]
    return [*outcomes, make("outcomeDeclaration", said)] if with_feedback else outcomes


def _feedbacks(item: Item, question: Question) -> dict[str, str]:
    """What is said, by its identifier; about single choices only where they are choices."""
    said = item.feedback
    options = said.options if question.chosen else ()
    found = {identifier(name): text for name, text in options}
    found |= {RIGHT: said.right, PARTLY: said.partly, WRONG: said.wrong, WHY: said.why}
    return {name: text for name, text in found.items() if text.strip()}


def _processing(question: Question, feedbacks: dict[str, str], version: Version) -> Element:
    if question.template and not feedbacks:
        address = f"{version.templates}{question.template}{version.template_ending}"
        return make("responseProcessing", {"template": address})
    rules = question.spelt_out()
    if any(name not in {RIGHT, PARTLY, WRONG, WHY} for name in feedbacks):
        rules = [*rules, _say(variable())]
    whole = make("gte", {}, variable(SCORE), value(1))
    some = make("gt", {}, variable(SCORE), value(0))
    named = {name: [_say(word(name))] for name in (RIGHT, PARTLY, WRONG) if name in feedbacks}
    if named:
        branches = ((whole, named.get(RIGHT, [])), (some, named.get(PARTLY, [])))
        rules = [*rules, condition(*branches, otherwise=named.get(WRONG, []))]
    return make("responseProcessing", {}, *rules, *([_say(word(WHY))] if WHY in feedbacks else []))


def _say(what: Element) -> Element:
    """Show one feedback more."""
    both = make("multiple", {}, variable(_FEEDBACK), what)
    return make("setOutcomeValue", {"identifier": _FEEDBACK}, both)


def _modal(name: str, text: str, version: Version) -> Element:
    attributes = {"outcomeIdentifier": _FEEDBACK, "identifier": name, "showHide": "show"}
    inside = [make("contentBody", {}, *flow(text))] if version.kebab else flow(text)
    return make("modalFeedback", attributes, *inside)


def _nothing(_: QuizError) -> None:
    """Nobody listens: what is lost stands in the facts."""
