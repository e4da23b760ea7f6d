"""Reading Canvas's QTI 1.2: every question of every file becomes an item or a loss."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from quizzes.document import MOST_QUESTIONS
from quizzes.errors import QuizError, Reason, refusal
from quizzes.formats.canvas.reading.item import STIMULUS, is_text_only, read_canvas_item
from quizzes.formats.canvas.reading.package import documents
from quizzes.formats.canvas.reading.question import read_metadata, read_question
from quizzes.formats.prose import Lost, moved
from quizzes.formats.telling import Telling
from quizzes.formats.xml_tree import attribute, outermost
from quizzes.item import Item
from quizzes.text import IDENTIFIER


def read(data: bytes, lost: Lost) -> tuple[Item, ...]:
    """The items of a Canvas zip or of one XML file.

    What cannot be taken over is told to `lost` with its place: the identifier of the question, behind the
    name of its file where it stands in a zip. Raises QuizError when nothing can be read or the file is
    hostile.
    """
    items: dict[str, Item] = {}
    count = files = 0
    for name, root in documents(data, lost):
        found = outermost(root, "item")
        count, files = count + len(found), files + 1
        if count > MOST_QUESTIONS:
            raise refusal(Reason.TOO_MANY, name, most=MOST_QUESTIONS)
        for item in _items(found, moved(name, lost) if name else lost, items):
            items[item.id] = item
    if not files:
        raise refusal(Reason.UNREADABLE, detail="the archive holds no questions of QTI 1.2")
    return tuple(items.values())


def _items(elements: list[Element], lost: Lost, taken: dict[str, Item]) -> Iterator[Item]:
    stimuli = _stimuli(elements)
    used = {read_metadata(element).get(STIMULUS, "") for element in elements}
    for number, element in enumerate(elements, start=1):
        ident = attribute(element, "ident")
        place = ident[:200] or f"item {number}"
        telling = Telling(place, lost, attribute(element, "title"))
        if ident in stimuli and ident in used:
            continue  # its words stand before those of its questions
        try:
            stimulus = stimuli.get(read_metadata(element).get(STIMULUS, ""), "")
            item = read_canvas_item(element, _identifier(ident, taken), stimulus, telling.lost)
        except QuizError as error:
            telling.leave_out(error)
        else:
            telling.whose.item = item.id
            yield item


def _stimuli(elements: list[Element]) -> dict[str, str]:
    """The texts between the questions, by identifier."""
    found: dict[str, str] = {}
    for element in elements:
        if is_text_only(read_metadata(element)):
            try:
                found[attribute(element, "ident")] = read_question(element, lambda _: None).stem
            except QuizError:
                continue  # it is read again, and told, as a question
    return found


def _identifier(ident: str, taken: dict[str, Item]) -> str:
    """The identifier of the file where it is a valid one, else Q1, Q2, ...; never one that is taken."""
    if IDENTIFIER.fullmatch(ident) and ident not in taken:
        return ident
    start = f"{ident[:50]}-" if IDENTIFIER.fullmatch(ident) else "Q"
    number = len(taken) + 1
    while f"{start}{number}" in taken:
        number += 1
    return f"{start}{number}"
