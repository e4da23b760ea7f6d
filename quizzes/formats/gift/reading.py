"""Reading GIFT: a file of text becomes items; what cannot be used is told with its line."""

import re
from dataclasses import dataclass
from itertools import islice

from quizzes.document import MOST_QUESTIONS
from quizzes.errors import QuizError, Reason, refusal
from quizzes.formats.carried import Form, made, read_facts
from quizzes.formats.gift.answers import Braces, read_answers
from quizzes.formats.gift.blocks import Block, blocks
from quizzes.formats.gift.signs import hide, prose, show, text_format
from quizzes.formats.naming import Names, category_tag
from quizzes.formats.prose import Lost
from quizzes.formats.telling import Telling
from quizzes.formats.text_file import decoded
from quizzes.item import MOST_TAGS, Item
from quizzes.text import LONGEST_PROSE

BLANK = "_____"  # where the answers stood inside the sentence
# What one file may hold of answers and of markup, together with what it may hold of questions.
MOST_SIGNS = 60_000  # signs before answers
MOST_MARKUP = 100_000  # tags
MOST_LABELS = 2 * MOST_TAGS  # tags and ids of one question
_STRAY = re.compile(r"[\"';\s]*")


@dataclass(frozen=True, slots=True)
class _Parts:
    """A question taken apart, its texts still hidden; `answers` is None for a description."""

    title: str
    stem: str
    answers: str | None
    general: str
    stray: str


def read(data: bytes, lost: Lost) -> tuple[Item, ...]:
    """The questions of a GIFT file.

    `lost` is told of what cannot be kept, with its line; categories become tags. QuizError is raised when the
    file is no text, too large, empty or holds more than a file of questions has.
    """
    items: list[Item] = []
    names = Names()
    category, unused = "", ""
    text = decoded(data)
    if not text.strip():
        raise refusal(Reason.UNREADABLE, detail="it is empty")
    for block in _counted(text):
        telling = Telling(f"line {block.line}", lost, _beginning(block))
        if block.category is not None:
            _report_unused(unused, lost)
            category = category_tag(block.category)
            unused = f"line {block.line}\n{category}" if category else ""
        if not block.text:
            continue
        try:
            item = _read_block(block, category, names, telling.lost)
        except QuizError as error:
            telling.leave_out(error)
        else:
            telling.whose.item = item.id
            names.take(item.id)
            items.append(item)
            unused = ""
    _report_unused(unused, lost)
    return tuple(items)


def _beginning(block: Block) -> str:
    """The title of a question, else the words that it begins with."""
    first = next(iter(block.lines), "").strip()
    title, colons, _rest = first.removeprefix("::").partition("::")
    return title if first.startswith("::") and colons else first.partition("{")[0] or first


def _counted(text: str) -> list[Block]:
    """The blocks of a file, once it is sure that they are few enough to be read. Raises QuizError."""
    found = list(islice(blocks(text), MOST_QUESTIONS + 1))
    if len(found) > MOST_QUESTIONS:
        raise refusal(Reason.TOO_MANY, f"line {found[-1].line}", most=MOST_QUESTIONS)
    hidden = [hide(line) for block in found for line in block.lines]
    if sum(line.count("~") + line.count("=") for line in hidden) > MOST_SIGNS:
        raise refusal(Reason.HOSTILE, detail="it holds more answers than a file of questions has")
    if text.count("<") > MOST_MARKUP:
        raise refusal(Reason.HOSTILE, detail="it holds more markup than a file of questions has")
    return found


def _report_unused(category: str, lost: Lost) -> None:
    """Tell of a category that holds nothing we read: a tag needs a question to stand on."""
    if category:
        place, _, name = category.partition("\n")
        lost(refusal(Reason.NOT_KEPT, place, what=f"category: {name}"))


def native(block: Block, category: str, names: Names, lost: Lost) -> tuple[Form, Form]:
    """The document form of what GIFT itself says, and the facts of the comments. Raises QuizError."""
    parts = _take_apart(hide(block.text))
    facts, _ = read_facts(block.notes, lost)
    form = _native(parts, facts, lost)
    tags, own = block.label("tag"), block.label("id")
    if len(tags) + len(own) > MOST_LABELS:
        raise refusal(Reason.TOO_MANY, "tags", most=MOST_TAGS)
    tags += [category] if category else []
    title = show(parts.title).strip()
    if len(title) > LONGEST_PROSE:
        raise refusal(Reason.TOO_LONG, "title", limit=LONGEST_PROSE)
    form["id"] = names.suggest(next(iter(own), ""), title, form["stem"], lost)
    return {**form, "tags": list(dict.fromkeys(tags))}, facts


def _read_block(block: Block, category: str, names: Names, lost: Lost) -> Item:
    item = made(*native(block, category, names, lost), lost)
    if names.is_taken(item.id):
        raise refusal(Reason.DUPLICATE, "id", value=item.id)
    return item


def _native(parts: _Parts, facts: Form, lost: Lost) -> Form:
    named, _ = text_format(parts.stem, "moodle")
    if parts.answers is None:
        raise refusal(Reason.UNSUPPORTED_KIND, kind="description")
    if parts.stray:
        lost(refusal(Reason.NOT_KEPT, what=f"{parts.stray} behind the answers"))
    form = read_answers(Braces(parts.answers, named, facts, lost))
    form["stem"] = prose(parts.stem, "moodle", lost)
    why = prose(parts.general, named, lost)
    return {**form, "why": why} if why else form


def _take_apart(text: str) -> _Parts:
    """Cut a hidden text into title, question, answers and general feedback. Raises QuizError."""
    title = ""
    if text.startswith("::"):
        found, colons, rest = text[2:].partition("::")
        title, text = (found, rest.strip()) if colons else ("", text)
    opens, closes = text.find("{"), text.find("}")
    if opens < 0 and closes < 0:
        return _Parts(title, text, None, "", "")
    if not 0 <= opens < closes:
        raise refusal(Reason.UNREADABLE, detail="a brace is not closed or not opened")
    answers, _, general = _split_last(text[opens + 1 : closes])
    before, after = text[:opens], text[closes + 1 :].rstrip()
    if _STRAY.fullmatch(after):
        return _Parts(title, before, answers.strip(), general, after.strip())
    return _Parts(title, f"{before}{BLANK}{after}", answers.strip(), general, "")


def _split_last(text: str) -> tuple[str, str, str]:
    """The text before and behind the last `####`."""
    before, mark, after = text.rpartition("####")
    return (before, mark, after) if mark else (after, "", "")
