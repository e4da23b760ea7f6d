"""Writing Moodle XML: what Moodle knows in its own elements, the rest as facts in tags."""

from collections.abc import Sequence
from functools import partial

from quizzes.errors import QuizError, Reason, refusal
from quizzes.formats.carried import Form, spelt_facts, to_carry
from quizzes.formats.moodlexml.bodies import BODIES, TYPES, own_hints, report_changes
from quizzes.formats.moodlexml.elements import html_text, plain_text
from quizzes.formats.moodlexml.reading import native, read
from quizzes.formats.naming import Names
from quizzes.formats.prose import Lost
from quizzes.formats.xml_tree import child, parse
from quizzes.item import Item
from quizzes.vocabulary import Kind

_LONGEST_NAME = 60
_COMBINED = frozenset(
    {Kind.SINGLE, Kind.MULTIPLE, Kind.KEYFEATURE, Kind.MATCHING, Kind.EMQ, Kind.ORDERING, Kind.DRAGLABELS}
) | {Kind.HOTSPOT}


def write(items: Sequence[Item], lost: Lost) -> bytes:
    """The Moodle XML file of these items; reading it gives equal items.

    Kinds that Moodle has not are told to `lost`, and where Moodle will mark or show otherwise than we do.
    """
    written = []
    for item in items:
        if item.kind not in BODIES:
            lost(refusal(Reason.UNSUPPORTED_KIND, item.id, kind=item.kind))
            continue
        report_changes(item, lost)
        text = _question(item, to_carry(item, own_hints(item), partial(_reread, item)))
        if read(_file([text]), _ignore) != (item,):
            lost(refusal(Reason.NOT_KEPT, item.id, what="some wording"))
        written.append(text)
    return _file(written)


def _file(questions: Sequence[str]) -> bytes:
    body = "\n".join(questions)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{body}</quiz>\n'.encode()


def _ignore(_: QuizError) -> None:
    """What a reading loses is told by comparing."""


def _reread(item: Item, facts: Form) -> Form:
    element = child(parse(_file([_question(item, facts)])), "question")
    form, _ = native(element, "", Names(), _ignore) if element is not None else ({}, {})
    return form


def _question(item: Item, facts: Form) -> str:
    """The question element, its parts in the order in which Moodle writes them."""
    name = f"{item.id} {' '.join(item.stem.partition('[[')[0].split())}"[:_LONGEST_NAME].strip()
    stem, body = BODIES[item.kind](item)
    parts = [
        f"    <name>\n      {plain_text(name)}\n    </name>\n",
        f'    <questiontext format="html">\n      {stem}\n    </questiontext>\n',
        html_text("generalfeedback", item.feedback.why),
        "" if item.kind is Kind.CLOZE else "    <defaultgrade>1.0000000</defaultgrade>\n",
        "    <penalty>0.0000000</penalty>\n    <hidden>0</hidden>\n",
        f"    <idnumber>{item.id}</idnumber>\n",
        _combined(item),
        body,
        *(html_text("hint", hint) for hint in item.hints),
        _tags(item, facts),
    ]
    return f'  <question type="{TYPES[item.kind]}">\n{"".join(parts)}  </question>\n'


def _combined(item: Item) -> str:
    """What is said to right, partly right and wrong answers, where Moodle has a place for it."""
    if item.kind not in _COMBINED:
        return ""
    said = item.feedback
    texts = {"correct": said.right, "partiallycorrect": said.partly, "incorrect": said.wrong}
    return "".join(html_text(f"{name}feedback", text) for name, text in texts.items())


def _tags(item: Item, facts: Form) -> str:
    texts = [*item.tags, *spelt_facts(facts)]
    tags = "".join(f"      <tag>{plain_text(text)}</tag>\n" for text in texts)
    return f"    <tags>\n{tags}    </tags>\n" if texts else ""
