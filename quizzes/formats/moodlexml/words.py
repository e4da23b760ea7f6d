"""Moodle's gaps to choose or drag words into (gapselect, ddwtos) and the plug-in gapfill, as cloze forms."""

import html
import re
from collections.abc import Sequence
from itertools import product
from xml.etree.ElementTree import Element

from quizzes.errors import Reason, refusal
from quizzes.formats.carried import Form
from quizzes.formats.moodlexml.embedded import choice_gap, gaps_form, short_gap
from quizzes.formats.moodlexml.question import Question, as_prose, source_of
from quizzes.formats.weighted import Answer
from quizzes.formats.xml_tree import attribute, child, text_of

_SLOT = re.compile(r"\[\[(\d{1,3})\]\]", re.ASCII)
_EMPTY = "!!"  # gapfill's sign for a gap that is to stay empty
_LONGEST_GAP = 200
_SPECIAL = r"[][(){}^$.*+?\\]"
_PART = re.compile(
    rf"(?P<space>\\s[+*]?)|\\(?P<literal>[^A-Za-z0-9])|(?P<special>{_SPECIAL})|(?P<plain>.)", re.S
)
MOST_WAYS = 32  # spellings that one regular expression may stand for


def word_choice(question: Question) -> Form:
    """Words to choose or to drag: [[2]] is a gap whose right answer is the second word of the list."""
    words = [*question.children("selectoption"), *question.children("dragbox")]
    listed = [(_word(element, question), _group(element)) for element in words]
    element = _text(question)
    right: list[int] = []

    def named(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        if not 0 <= place < len(listed):
            raise refusal(Reason.UNKNOWN_OPTION, "stem", value=match[0])
        right.append(place)
        return f"[[g{len(right)}]]"

    stem = _prose(_SLOT.sub(named, source_of(element)), element, question)
    question.value("shuffleanswers")
    gaps = []
    for number, place in enumerate(right, start=1):
        group = [index for index, (_, group) in enumerate(listed) if group == listed[place][1]]
        answers = [Answer(listed[index][0], 1.0 if index == place else 0.0) for index in group]
        gaps.append(choice_gap(f"g{number}", answers))
    return gaps_form(stem, gaps)


def gapfill(question: Question) -> Form:
    """Text whose gaps hold their answers: typed, or chosen from all the answers and some wrong ones."""
    element = _text(question)
    delimiters = (question.value("delimitchars") or "[]").ljust(2)
    opens, closes = re.escape(delimiters[0]), re.escape(delimiters[1])
    gap = re.compile(rf"{opens}([^{opens}{closes}]{{1,{_LONGEST_GAP}}}){closes}")
    found: list[str] = []

    def named(match: re.Match[str]) -> str:
        found.append(_plain(match[1], question))
        return f"[[g{len(found)}]]"

    stem = _prose(gap.sub(named, source_of(element)), element, question)
    _report(question)
    if _EMPTY in found:
        raise refusal(Reason.NOT_ALLOWED, "stem", value=_EMPTY)
    wrong = _wrong(question)
    if question.value("answerdisplay", "dragdrop") == "gapfill":
        if wrong:
            question.lost(refusal(Reason.NOT_KEPT, what=f"wrong answers: {', '.join(wrong)[:80]}"))
        literal = question.is_on("disableregex")
        typed = [short_gap(f"g{n}", _typed(text, literal)) for n, text in enumerate(found, start=1)]
        return gaps_form(stem, typed)
    return gaps_form(stem, _listed(found, wrong))


def _text(question: Question) -> Element:
    element = question.child("questiontext")
    if element is None:
        raise refusal(Reason.MISSING, "stem", field="questiontext")
    question.report_files(element)
    return element


def _prose(source: str, element: Element, question: Question) -> str:
    return as_prose(source, attribute(element, "format"), question.lost)


def _word(element: Element, question: Question) -> str:
    if child(element, "infinite") is not None:
        question.lost(refusal(Reason.NOT_KEPT, what="that a word can be used more than once"))
    return as_prose(source_of(element), "", question.lost)


def _group(element: Element) -> str:
    """The group of a word; a gap takes words of one group."""
    return text_of(child(element, "group")).strip() or "1"


def _plain(source: str, question: Question) -> str:
    """The text of a gap or an answer, which may hold references and tags."""
    return as_prose(source, "html" if "<" in source or "&" in source else "", question.lost)


def _report(question: Question) -> None:
    """Tell of the settings that change what is right."""
    if question.is_on("casesensitive"):
        question.lost(refusal(Reason.NOT_KEPT, what="that capital letters count"))
    if question.is_on("noduplicates"):
        question.lost(refusal(Reason.NOT_KEPT, what="that each answer counts once"))
    for name in ("fixedgapsize", "optionsaftertext", "letterhints", "singleuse", "disableregex"):
        question.value(name)


def _wrong(question: Question) -> list[str]:
    """The wrong answers of the list."""
    wrong = []
    for element in question.children("answer"):
        if said := question.feedback_of(element):
            question.lost(refusal(Reason.NOT_KEPT, what=f"feedback: {said[:80]}"))
        if _is_zero(attribute(element, "fraction", "0")):
            wrong.append(_plain(source_of(element), question).replace("\\,", ","))
    return wrong


def _is_zero(text: str) -> bool:
    """Whether a fraction is none at all, however many places it has."""
    return not text.strip(" 0.")


def _listed(found: Sequence[str], wrong: Sequence[str]) -> list[tuple[Form, Form]]:
    """Gaps that are filled from one list: the answers of all gaps, and the wrong ones."""
    rights = [[part.strip() for part in text.split("|") if part.strip()] for text in found]
    words = list(dict.fromkeys([word for right in rights for word in right] + list(filter(None, wrong))))
    return [
        choice_gap(f"g{number}", [Answer(word, 1.0 if word in right else 0.0) for word in words])
        for number, right in enumerate(rights, start=1)
    ]


def _typed(text: str, literal: bool) -> list[Answer]:
    """The accepted spellings of a gap. Raises QuizError for a regular expression that is none of a few."""
    parts = [part.strip() for part in text.split("|") if part.strip()]
    spellings = parts if literal else [spelling for part in parts for spelling in _spellings(part)]
    return [Answer(spelling.replace("*", "\\*"), 1.0) for spelling in dict.fromkeys(spellings)]


def _spellings(expression: str) -> list[str]:
    """What a simple regular expression matches: letters, optional ones (colou?r), blanks, escaped signs."""
    choices: list[tuple[str, ...]] = []
    for match in _PART.finditer(expression):
        if match["special"] == "?" and choices and choices[-1] != ("",):
            choices[-1] = ("", *choices[-1])
        elif match["special"]:
            raise refusal(Reason.NOT_ALLOWED, "stem", value=expression[:80])
        else:
            choices.append((" " if match["space"] else match["literal"] or match["plain"],))
    ways = 2 ** sum(len(choice) > 1 for choice in choices)
    if ways > MOST_WAYS:
        raise refusal(Reason.NOT_ALLOWED, "stem", value=expression[:80])
    return [html.unescape("".join(way)) for way in product(*choices)]
