"""Reading QTI of any version: the XML of an item, or a zip of items."""

from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.document import MOST_QUESTIONS
from quizzes.errors import QuizError, Reason, refusal
from quizzes.fields import Fields
from quizzes.form import read_item as item_of_form
from quizzes.formats.archive import Archive, is_archive
from quizzes.formats.prose import Lost
from quizzes.formats.qti.facts import is_untouched, with_facts
from quizzes.formats.qti.names import free, own_id
from quizzes.formats.qti.reading.draft import Draft
from quizzes.formats.qti.reading.opening import open_item
from quizzes.formats.qti.reading.package import ITEM, Entry, find_items
from quizzes.formats.qti.reading.question import read_item
from quizzes.formats.whose import OwnLoss, Whose
from quizzes.item import Item

_KNOWN = {
    "assessmentTest": "it is a test, which only names its questions: bring the zip that holds them",
    "assessmentSection": "it is a section of a test, which only names its questions",
    "assessmentStimulus": "it is a text that questions share, without a question",
    "assessmentResult": "it holds results, not questions",
    "responseProcessing": "it holds rules, not questions",
    "manifest": "it is the manifest of a package: bring the zip",
}


def read(data: bytes, lost: Lost) -> tuple[Item, ...]:
    """The questions of a QTI 2.1, 2.2 or 3.0 item or package, in the order of its test.

    What cannot be kept is told to `lost`, with the file or the item as its place. Raises QuizError when there
    is no item at all or the file is hostile.
    """
    items: list[Item] = []
    taken: set[str] = set()
    titled = False
    for entry in _entries(data, lost):
        if len(items) >= MOST_QUESTIONS:
            lost(refusal(Reason.TOO_MANY, entry.place, most=MOST_QUESTIONS))
            break
        found = _items(entry, taken, lost)
        titled = titled or (not entry.facts and _says_more(entry.root.get("title", ""), found))
        taken |= {item.id for item in found}
        items += found
    if titled:
        lost(refusal(Reason.NOT_KEPT, "title", what="the titles of the questions"))
    return tuple(items)


def _says_more(title: str, found: list[Item]) -> bool:
    """Whether a title says something that the question does not."""
    words = " ".join(title.split()).casefold()
    return bool(found) and words not in " ".join(found[0].stem.split()).casefold()


def _entries(data: bytes, lost: Lost) -> Iterator[Entry]:
    if is_archive(data):
        yield from find_items(Archive(data), lost)
        return
    root = open_item(data)
    if root.tag != ITEM:
        detail = _KNOWN.get(str(root.tag), f"it is no QTI item but begins with {str(root.tag)[:80]}")
        raise refusal(Reason.UNREADABLE, detail=detail)
    yield Entry(root.get("identifier", "")[:80] or ITEM, root)


def _items(entry: Entry, taken: set[str], lost: Lost) -> list[Item]:
    """The questions of one item under ids that are not taken."""
    losses: list[QuizError] = []
    whose = Whose()
    whose.call(entry.root.get("title", ""), entry.root.get("identifier", ""))
    try:
        drafts = read_item(entry.root, losses.append)
    except QuizError as error:
        losses.append(OwnLoss(error, whose, is_whole=True))
        drafts = []
    name = own_id(entry.root.get("identifier", ""))
    whole = _with_facts(entry, drafts, free(name, taken), losses) if entry.facts else None
    found = [whole] if whole is not None else []
    for number, draft in enumerate(drafts if whole is None else (), start=1):
        wanted = name if len(drafts) == 1 else f"{name[:58]}-{number}"
        try:
            found.append(_built(draft.form, free(wanted, [*taken, *(item.id for item in found)])))
        except QuizError as error:
            losses.append(OwnLoss(error, Whose(whose.name), is_whole=True))
    whose.item = found[0].id if found else ""
    for loss in _owned(losses, whose):
        lost(loss.moved(entry.place))
    return found


def _owned(losses: list[QuizError], whose: Whose) -> list[OwnLoss]:
    """The losses of an item. Where nothing of it is kept, the last one is why: parts are lost one by one."""
    owned = [each if isinstance(each, OwnLoss) else OwnLoss(each, whose, is_whole=False) for each in losses]
    if owned and not whose.item and not any(each.is_whole for each in owned):
        owned[-1] = OwnLoss(owned[-1], whose, is_whole=True)
    return owned


def _with_facts(entry: Entry, drafts: list[Draft], name: str, losses: list[QuizError]) -> Item | None:
    """The item that we wrote, or None where our own facts no longer fit the file."""
    native = drafts[0].form if len(drafts) == 1 else {}
    form, stale = with_facts(native, entry.facts)
    try:
        item = _built(form, name)
    except QuizError as error:
        what = f"our own notes, which no longer fit ({error.place}: {error.reason})"
        losses.append(refusal(Reason.NOT_KEPT, what=what))
        return None
    if is_untouched(native, entry.facts):
        losses.clear()  # what the QTI could not hold stands in the facts
    losses.extend(stale)
    return item


def _built(form: Mapping[str, Any], name: str) -> Item:
    with Fields({**form, "id": name}) as fields:
        return item_of_form(fields)
