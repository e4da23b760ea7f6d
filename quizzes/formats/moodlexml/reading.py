"""Reading Moodle XML: each question by itself; what cannot be kept is told with the place of the question."""

from collections import Counter
from collections.abc import Callable
from xml.etree.ElementTree import Element

from quizzes.document import MOST_QUESTIONS
from quizzes.errors import QuizError, Reason, refusal
from quizzes.formats.carried import Form, made, read_facts
from quizzes.formats.moodlexml.choices import multichoice, numerical, shortanswer, truefalse
from quizzes.formats.moodlexml.embedded import cloze
from quizzes.formats.moodlexml.lists import matching, ordering
from quizzes.formats.moodlexml.pictures import labels, markers
from quizzes.formats.moodlexml.question import Question, source_of
from quizzes.formats.moodlexml.words import gapfill, word_choice
from quizzes.formats.naming import Names, category_tag
from quizzes.formats.prose import Lost
from quizzes.formats.telling import Telling
from quizzes.formats.xml_tree import attribute, child, children, name_of, parse, text_of
from quizzes.item import Item

_READERS: dict[str, Callable[[Question], Form]] = {
    "multichoice": multichoice,
    "truefalse": truefalse,
    "shortanswer": shortanswer,
    "numerical": numerical,
    "matching": matching,
    "ddmatch": matching,
    "ordering": ordering,
    "cloze": cloze,
    "multianswer": cloze,
    "gapselect": word_choice,
    "ddwtos": word_choice,
    "gapfill": gapfill,
    "ddimageortext": labels,
    "ddmarker": markers,
}
_SAID = {
    "why": "generalfeedback",
    "if_right": "correctfeedback",
    "if_partly": "partiallycorrectfeedback",
    "if_wrong": "incorrectfeedback",
}
# how Moodle shows a question; nothing of what it asks
_SHOWING = frozenset({"shownumcorrect", "answernumbering", "showstandardinstruction", "hidden", "length"})


def read(data: bytes, lost: Lost) -> tuple[Item, ...]:
    """The questions of a Moodle XML file; categories become tags.

    `lost` is told of each question or part that cannot be kept, under the place `questions[n]` (counted from
    0). QuizError is raised when the file is hostile, no XML, or no list of questions.
    """
    root = parse(data)
    if name_of(root) not in {"quiz", "question"}:
        raise refusal(Reason.UNREADABLE, detail="it is no quiz of Moodle's")
    elements = [root] if name_of(root) == "question" else list(children(root, "question"))
    if len(elements) > MOST_QUESTIONS:
        raise refusal(Reason.TOO_MANY, most=MOST_QUESTIONS)
    items: list[Item] = []
    names, common = Names(), Counter[str]()
    category, unused = "", ""
    for index, element in enumerate(elements):
        place = f"questions[{index}]"
        telling = Telling(place, lost, _title(element))
        if attribute(element, "type") == "category":
            _report_unused(unused, lost)
            category, unused = _category(element, place, telling.lost)
            continue
        try:
            item = _read_question(element, category, names, common, telling.lost)
        except QuizError as error:
            telling.leave_out(error)
        else:
            telling.whose.item = item.id
            names.take(item.id)
            items.append(item)
            unused = ""
    _report_unused(unused, lost)
    for what, count in common.items():
        lost(refusal(Reason.NOT_KEPT, what=f"{what} (questions: {count})"))
    return tuple(items)


def _title(element: Element) -> str:
    """What Moodle's lists call a question."""
    name = child(element, "name")
    return "" if name is None else source_of(name)


def _category(element: Element, place: str, lost: Lost) -> tuple[str, str]:
    """The tag of a category, and what is to be told when no question follows it."""
    path = child(element, "category")
    tag = "" if path is None else category_tag(source_of(path))
    info = child(element, "info")
    if info is not None and source_of(info).strip():
        lost(refusal(Reason.NOT_KEPT, what="the description of a category"))
    return tag, f"{place}\n{tag}" if tag else ""


def _report_unused(category: str, lost: Lost) -> None:
    """Tell of a category that holds nothing we read: a tag needs a question to stand on."""
    if category:
        place, _, name = category.partition("\n")
        lost(refusal(Reason.NOT_KEPT, place, what=f"category: {name}"))


def _read_question(element: Element, category: str, names: Names, common: Counter[str], lost: Lost) -> Item:
    form, facts = native(element, category, names, lost)
    item = made(form, facts, lost)
    if names.is_taken(item.id):
        raise refusal(Reason.DUPLICATE, "id", value=item.id)
    common.update(_common_losses(element))
    return item


def native(element: Element, category: str, names: Names, lost: Lost) -> tuple[Form, Form]:
    """The document form of what Moodle itself says, and the facts of the tags. Raises QuizError."""
    kind = attribute(element, "type")
    if kind not in _READERS:
        raise refusal(Reason.UNSUPPORTED_KIND, kind=kind[:80] or "none")
    facts, tags = read_facts(_tags(element), lost)
    question = Question(element, facts, lost)
    form = _READERS[kind](question)
    if "stem" not in form:
        form["stem"] = question.prose("questiontext")
    said = {name: question.prose(source) for name, source in _SAID.items() if not form.get(name)}
    form |= {name: text for name, text in said.items() if text}
    form["hints"] = [text for hint in question.children("hint") if (text := question.prose_of(hint))]
    form["tags"] = list(dict.fromkeys([*tags, *([category] if category else [])]))
    title = question.value("name")
    form["id"] = names.suggest(question.value("idnumber"), title, form["stem"], lost)
    _report_unread(question)
    return form, facts


def _tags(element: Element) -> list[str]:
    found = child(element, "tags")
    texts = () if found is None else (source_of(tag).strip() for tag in children(found, "tag"))
    return list(filter(None, texts))


def _common_losses(element: Element) -> list[str]:
    """Settings that nearly every question of Moodle's has: told once for the file."""
    marks = text_of(child(element, "defaultgrade")).strip()
    penalty = text_of(child(element, "penalty")).strip()
    losses = []
    if penalty.strip("0."):
        losses.append("the penalty for further tries")
    if marks and marks.rstrip("0").rstrip(".") != "1":
        losses.append("marks other than 1")
    return losses


def _report_unread(question: Question) -> None:
    """Tell of parts that hold something and that no reader asked for."""
    known = question.used | _SHOWING | {"tags", "defaultgrade", "penalty", "questiontext"}
    for part in question.element:
        name = name_of(part)
        if name and name not in known and text_of(part).strip():
            question.lost(refusal(Reason.NOT_KEPT, what=name[:80]))
