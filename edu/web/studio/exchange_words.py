"""Words for files of questions: formats, what could not be kept and where, what this site lacks, answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from edu.services.quizzing.attempt_feedback import right_options
from edu.services.quizzing.exchanging.exporting import Left, Leftover
from edu.services.quizzing.exchanging.fitting import Lack, Missing
from edu.services.quizzing.exchanging.looking import Meeting
from edu.services.quizzing.views import solution
from edu.web.studio.quiz_words import kind_name
from edu.web.words import gettext as _
from edu.web.words import ngettext
from quizzes import Format, Item, Kind, Loss
from quizzes.advice import SENTENCES as ADVICE
from quizzes.advice import Severity, advise
from quizzes.errors import SENTENCES

Choices = list[tuple[str, str]]
_QUESTION = re.compile(r"questions\[([0-9]+)\]")
_LINE = re.compile(r"line ([0-9]+)")
_HASH = re.compile(r"([0-9a-f]{6})[0-9a-f]{26,}")  # names that programs make; six signs tell them apart
_STEP = re.compile(r"([A-Za-z_]+)(?:\[([0-9]+)\])?")


@dataclass(frozen=True, slots=True)
class LossLine:
    """What could not be kept: where, in plain words, and why."""

    place: str
    sentence: str


def formats() -> Choices:
    """Every format that can be read, by the names that people know them by."""
    return [
        (Format.MOODLEXML.value, _("Moodle XML")),
        (Format.GIFT.value, _("GIFT (Moodle's text format)")),
        (Format.AIKEN.value, _("Aiken (text)")),
        (Format.QTI21.value, _("QTI 2.1 or 2.2")),
        (Format.QTI30.value, _("QTI 3.0")),
        (Format.QTI12CANVAS.value, _("Canvas (QTI 1.2)")),
        (Format.H5P.value, _("H5P")),
        (Format.CSV.value, _("Table (CSV)")),
        (Format.TOML.value, _("Document of this site (TOML)")),
    ]


def writable() -> list[tuple[str, str, str]]:
    """Every format that can be written: value, name, and what it is good for."""
    uses = {
        Format.TOML.value: _("Holds everything. For safekeeping, and for another site like this."),
        Format.MOODLEXML.value: _("For the question bank of Moodle."),
        Format.GIFT.value: _("Text to read and to change by hand, for Moodle and others."),
        Format.QTI21.value: _("For most other learning platforms."),
        Format.QTI30.value: _("For newer platforms and item banks."),
        Format.QTI12CANVAS.value: _("For Canvas, as its quizzes take it."),
        Format.CSV.value: _("For a spreadsheet. Holds everything."),
        Format.AIKEN.value: _("Plain text, for questions with one best answer only."),
    }
    return [(value, name, uses[value]) for value, name in formats() if value in uses]


def format_name(value: str) -> str:
    """The name of a format."""
    return dict(formats()).get(value, value)


def losses(found: Sequence[Loss]) -> list[LossLine]:
    """What could not be kept, in the reader's language."""
    return [LossLine(place(loss.place), sentence(loss)) for loss in found]


def sentence(loss: Loss) -> str:
    """Why, from the code and its parameters; the English sentence where they do not fit."""
    known = {
        name: kind_name(value) if name == "kind" and isinstance(value, str) else value
        for name, value in loss.parameters.items()
    }
    try:
        return _(SENTENCES[loss.code]) % known
    except KeyError:
        return loss.reason


def place(path: str) -> str:
    """A place such as `questions[3].options.B` or `line 12` in plain words.

    A name in a zip stays itself, without its folders and with hashes cut short.
    """
    if found := _QUESTION.match(path):
        head = _("Question %(n)s", n=int(found[1]) + 1)
    elif found := _LINE.match(path):
        head = _("Line %(n)s", n=found[1])
    else:
        name = path.rpartition("/")[2] if _HASH.search(path) else path
        return _HASH.sub(r"\1…", name) or _("The whole file")
    rest = path[found.end() :].lstrip(".")
    return f"{head}, {_inside(rest)}" if rest else head


def _inside(path: str) -> str:
    names = {
        "stem": _("its text"), "options": _("option %(name)s"), "key": _("its key"), "why": _("explanation"),
        "feedback": _("feedback on %(name)s"), "hints": _("hint %(name)s"), "tags": _("tags"),
        "answer": _("answer %(name)s"), "gaps": _("gap %(name)s"), "picture": _("its picture"),
        "id": _("its name"), "evidence": _("its step"), "references": _("references"),
    }  # fmt: skip
    head, _dot, rest = path.partition(".")
    match = _STEP.fullmatch(head)
    known = names.get(match[1]) if match else None
    if match is None or known is None:
        return path
    name = str(int(match[2]) + 1) if match[2] else rest
    return (known % {"name": name} if "%(name)s" in known else known).strip()


def missing(found: Missing) -> str:
    """What a question names and this site has not, and what becomes of it."""
    said = {
        Lack.STEP: _("There is no step %(name)s here: choose another one."),
        Lack.REFERENCE: _("The library has no reference %(name)s: it is left out."),
        Lack.LESSON: _("There is no lesson %(name)s of yours: it is left out."),
        Lack.PICTURE: _("The picture %(name)s does not come with the file."),
        Lack.VIDEO: _("There is no video %(name)s here."),
    }
    return said[found.lack] % {"name": found.name[:80]}


def meeting(met: Meeting) -> str:
    """What a question meets under its id."""
    return {
        Meeting.NONE: "",
        Meeting.SAME: _("It is here already, word for word."),
        Meeting.NEXT: _("An earlier wording of it is here."),
        Meeting.OTHER: _("A question of yours has this name and asks something else."),
        Meeting.FOREIGN: _("Somebody else's question has this name: this one gets a name of its own."),
    }[met]


def leftover(found: Leftover) -> str:
    """What belongs to a quiz, or to the list, and does not go into the file."""
    if found.what is Left.SETTINGS:
        return _("Settings of the quiz, such as its pass mark: set them there again.")
    if found.what is Left.MARKS:
        return ngettext(
            "The mark of %(num)s place, which is not 1.", "The marks of %(num)s places, which are not 1.",
            found.count,
        )  # fmt: skip
    if found.what is Left.POOLS:
        return ngettext(
            "%(num)s pool: only fixed questions are written.",
            "%(num)s pools: only fixed questions are written.", found.count,
        )  # fmt: skip
    if found.what is Left.TIMES:
        return ngettext(
            "The time in the video of %(num)s place.", "The times in the video of %(num)s places.",
            found.count,
        )  # fmt: skip
    return ngettext(
        "%(num)s draft that was never published.", "%(num)s drafts that were never published.", found.count
    )


def advice(item: Item) -> list[tuple[str, str]]:
    """What the rules say about a question, hints left out: how much it matters, and the sentence."""
    return [
        (each.severity.value, _(ADVICE[each.rule]) % dict(each.parameters))
        for each in advise(item)
        if each.severity is not Severity.HINT
    ]


def answers(item: Item) -> list[str]:
    """What counts as right, in the words of the question."""
    if item.kind is Kind.TRUEFALSE:
        return [_("True") if "true" in right_options(item) else _("False")]
    if chosen := right_options(item):
        return [option.text for option in item.options if option.id in chosen]
    found = solution.of(item, None)
    if found.order:
        return [row.label for row in found.order]
    if found.pairs:
        return [f"{row.label} → {row.right}" for row in found.pairs]
    if found.zones:
        return [ngettext("%(num)s zone of the picture", "%(num)s zones of the picture", len(found.zones))]
    if found.window:
        return [_("from %(start)s to %(end)s", start=found.window.right[0], end=found.window.right[1])]
    if found.votes:
        return [_("%(count)s of the panel said %(value)s", count=row.count, value=row.value)
                for row in found.votes if row.count]  # fmt: skip
    return [f"{said} {found.tolerance}".strip() for said in found.accepted]
