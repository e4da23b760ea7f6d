"""One item as a Canvas question, with what Canvas has no field for in the metadata."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from quizzes.errors import QuizError, Reason, refusal
from quizzes.fields import Fields
from quizzes.form import plain, read_item
from quizzes.formats.canvas.own_fields import differences
from quizzes.formats.canvas.reading.item import native_form
from quizzes.formats.canvas.reading.question import read_question
from quizzes.formats.canvas.types import ABOUT_ALL, ABOUT_WRONG, OWN
from quizzes.formats.canvas.writing import elements as xml
from quizzes.formats.canvas.writing.asking import Asked, Sheet
from quizzes.formats.canvas.writing.choices import write_multiple, write_single, write_truth
from quizzes.formats.canvas.writing.places import is_of_one_sort, write_blanks, write_pairs
from quizzes.formats.canvas.writing.typed import write_number, write_short
from quizzes.formats.prose import Lost
from quizzes.item import Item
from quizzes.kinds.choice import Choice, Choices
from quizzes.kinds.gaps import Fillings
from quizzes.kinds.pairs import Pairs
from quizzes.kinds.quantity import Quantity
from quizzes.kinds.short import Words
from quizzes.kinds.truth import Truth
from quizzes.vocabulary import Kind

# fields that change what a learner meets and that Canvas does not know
NOTICED = ("key", "weights", "scoring", "tolerance_kind", "unit", "if_partly", "hints", "picture", "last")
AS_BOUNDS = ("key", "tolerance_kind")  # of a number: the bounds in Canvas are right all the same


def write_canvas_item(item: Item, lost: Lost) -> Element:
    """The `item` element. Raises QuizError for a kind that Canvas does not have."""
    element = Element("item", ident=item.id, title="Question")
    place = SubElement(element, "itemmetadata")
    presentation = SubElement(element, "presentation")
    processing = SubElement(element, "resprocessing")
    xml.leaf(
        xml.leaf(processing, "outcomes"),
        "decvar",
        maxvalue="100",
        minvalue="0",
        varname="SCORE",
        vartype="Decimal",
    )
    if item.feedback.why:
        xml.shows_always(processing, ABOUT_ALL)
    asked = _ask(Sheet(item, presentation, processing))
    stem = Element("presentation")
    xml.material(stem, asked.stem or item.stem)
    presentation.insert(0, stem[0])
    if item.feedback.wrong:
        xml.shows_always(processing, ABOUT_WRONG)
    said = xml.general(item.feedback.right, item.feedback.wrong, item.feedback.why)
    xml.said(element, said | asked.said)
    entries = _metadata(item, asked)
    fields = xml.metadata(place, entries)
    own = _own_fields(item, element)
    place.remove(fields)
    xml.metadata(place, entries | own)
    for name in NOTICED:
        if f"{OWN}{name}" in own and not (item.kind is Kind.NUMERIC and name in AS_BOUNDS):
            lost(refusal(Reason.NOT_KEPT, item.id, what=f"{name}, other than for this platform"))
    return element


def _ask(sheet: Sheet) -> Asked:
    """Write the part that depends on the kind."""
    match sheet.item.key:
        case Choice() as key:
            return write_single(sheet, key)
        case Choices() as key:
            return write_multiple(sheet, key)
        case Truth() as key:
            return write_truth(sheet, key)
        case Words() as key:
            return write_short(sheet, key)
        case Quantity() as key:
            return write_number(sheet, key)
        case Pairs() as key if sheet.item.kind is not Kind.DRAGLABELS:
            return write_pairs(sheet, key)
        case Fillings() as key if is_of_one_sort(sheet.item):
            return write_blanks(sheet, key)
    raise refusal(Reason.UNSUPPORTED_KIND, sheet.item.id, kind=sheet.item.kind.value)


def _metadata(item: Item, asked: Asked) -> dict[str, str]:
    digest = sha256(item.id.encode()).hexdigest()[:32]
    return {
        "question_type": asked.type.value,
        "points_possible": "1",
        "original_answer_ids": ",".join(asked.answers),
        "assessment_question_identifierref": f"edu_question_ref_{digest}",
    }


def _own_fields(item: Item, element: Element) -> dict[str, str]:
    """The fields that would be lost or changed if the question were read as it now stands."""
    form = plain(item)
    native: Mapping[str, Any] = {}
    try:
        question = read_question(element, lambda _: None)
        native = native_form(question, item.id)
        with Fields(native) as fields:
            native = plain(read_item(fields))
    except QuizError:
        return differences(form, native) | {f"{OWN}kind": f'"{item.kind.value}"'}
    return differences(form, native)
