"""Opening the XML of an item: what is too large to be a question is refused before it takes time."""

from xml.etree.ElementTree import Element

from quizzes.errors import Reason, refusal
from quizzes.formats.qti.names import unify
from quizzes.formats.xml_tree import parse

MOST_ELEMENTS = 20_000  # of one item; our longest questions have some 500
LONGEST_TEXT = 1_000_000  # characters of one item


def open_item(data: bytes) -> Element:
    """The tree of an item (or of what stands in its place) with the names of 2.x. Raises QuizError."""
    root = parse(data)
    characters = 0
    for number, element in enumerate(root.iter(), start=1):
        characters += len(element.text or "") + len(element.tail or "")
        if number > MOST_ELEMENTS:
            raise refusal(Reason.TOO_MANY, most=MOST_ELEMENTS)
        if characters > LONGEST_TEXT:
            raise refusal(Reason.TOO_LONG, limit=LONGEST_TEXT)
    return unify(root)
