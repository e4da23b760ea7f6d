"""Words of the studio's pages about quizzes: settings as a learner meets them, fields, advice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edu.services.quizzing.arranging.advising import Remark
from edu.services.quizzing.arranging.sheet import Row
from edu.web.studio import question_words
from edu.web.words import gettext as _
from quizzes import Kind, Mode, Review, certainty_mark
from quizzes.advice import SENTENCES, SOURCES

Choices = list[tuple[str, str]]
SURE = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """One piece of advice: how much it matters, what it says and who says so.

    `about` are the questions it is about, each with the place on the page; none: the quiz as a whole.
    """

    about: tuple[tuple[str, str], ...]
    severity: str
    sentence: str
    source: str


def remarks(found: Sequence[Remark], places: Mapping[int, int]) -> tuple[RemarkLine, ...]:
    """Advice in the reader's language, what is said of several questions once.

    `places` tells at which place of the form a question stands.
    """
    lines: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for each in found:
        advice = each.advice
        said = _(SENTENCES[advice.rule]) % dict(advice.parameters)
        about = lines.setdefault((advice.severity.value, said, SOURCES[advice.rule]), [])
        if each.question in places:
            about.append((each.uid, f"field-place-{places[each.question]}"))
    return tuple(RemarkLine(tuple(about), *words) for words, about in lines.items())


def modes() -> list[tuple[str, str, str]]:
    """The two ways of taking a quiz: value, name, and what a learner meets."""
    return [
        (Mode.PRACTICE.value, _("Practice"),
         _("Learners may check each answer at once, read why, and watch the step that shows it.")),
        (Mode.TEST.value, _("Test"),
         _("Nothing is told before everything is handed in.")),
    ]  # fmt: skip


def reviews() -> Choices:
    """What is told after handing in."""
    return [
        (Review.EXPLANATIONS.value, _("Result, right answers and explanations")),
        (Review.LAST.value, _("The same, once no attempt is left; before that the result alone")),
        (Review.MARKS.value, _("Result, and which answers were right")),
        (Review.SCORE.value, _("The result alone")),
    ]


def certainties() -> list[tuple[str, str, str]]:
    """What certainty earns: how sure, for a right answer, for a wrong one."""
    said = {1: _("a guess"), 2: _("fairly sure"), 3: _("certain")}
    return [
        (f"{sure}: {said[sure]}", f"{certainty_mark(1.0, sure):g}", _signed(certainty_mark(0.0, sure)))
        for sure in SURE
    ]


def _signed(mark: float) -> str:
    return f"{mark:g}".replace("-", "\N{MINUS SIGN}")


def pool_line(row: Row) -> str:
    """A pool in a few words, for its heading: "2 of: palpation, anatomy · One best answer"."""
    kinds = dict(question_words.kinds())
    parts = [row.tags.strip(), ", ".join(kinds[kind] for kind in row.kinds), row.lesson, row.film]
    if row.critical:
        parts.append(_("must be right to pass"))
    said = " · ".join(part for part in parts if part)
    return said or _("any question of the bank")


def kinds() -> Choices:
    """Every kind of question."""
    return question_words.kinds()


class FieldNames(question_words.FieldNames):
    """Labels of fields; those of a place, `places-2-mark` or `place-2`, are named by its number from 1."""

    def __missing__(self, name: str) -> str:
        """The label of a place's field."""
        group, _dash, rest = name.partition("-")
        number = rest.partition("-")[0]
        if group in ("places", "place") and number.isdecimal():
            return _("Place %(n)s", n=int(number) + 1)
        return super().__missing__(name)


def fields(known: dict[str, str]) -> FieldNames:
    """The labels by which a summary of errors names fields of these pages, beside those of the studio."""
    own = {
        "intro": _("Introduction"), "lesson": _("Lesson"), "mode": _("How it is taken"),
        "pass_mark": _("Passed with"), "attempts": _("Attempts"), "minutes": _("Time"),
        "review": _("Told afterwards"), "places": _("Questions"), "format": _("Format"),
        "email": _("E-mail address"), "extra_percent": _("More time"), "extra_attempts": _("More attempts"),
        "tags": _("Tags"), "quiz": _("Quiz"), "same": _("Step for all"), "take": _("Questions"),
    }  # fmt: skip
    return FieldNames({**known, **own})


def kind_name(kind: str) -> str:
    """A kind of question in words; the word itself for one that is not known."""
    return dict(question_words.kinds()).get(kind, kind) if kind in set(Kind) else kind
