"""Advice about a quiz as it stands in its form: of each question, and of them together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from edu.services.quizzing import questions
from edu.services.quizzing.arranging.bank import Bank
from edu.services.quizzing.arranging.sheet import Sheet
from quizzes import Audience, Item, Quiz, QuizError, Settings
from quizzes.advice import Advice, Severity, advise, advise_quiz
from quizzes.quiz import every_item_once


@dataclass(frozen=True, slots=True)
class Remark:
    """What a rule says; `question` is the number of the question it is about, 0 for the quiz as a whole."""

    question: int
    uid: str
    advice: Advice


def items(session: Session, bank: Bank, wanted: Collection[int]) -> dict[int, Item]:
    """The questions as their authors wrote them, by their numbers; those that are there."""
    versions = {bank.entries[ident].version_id: ident for ident in wanted if ident in bank.entries}
    return {versions[key]: keyed.item for key, keyed in questions.keyed(session, versions).items()}


def advice(sheet: Sheet, known: dict[int, Item], settings: Settings, language: str) -> tuple[Remark, ...]:
    """What the rules say about the fixed questions, the worst first; hints about one question are its own."""
    asked = [ident for ident in sheet.questions if ident in known]
    found = [
        Remark(ident, known[ident].id, each)
        for ident in asked
        for each in advise(known[ident], language=language)
        if each.severity is not Severity.HINT
    ]
    found += _together([known[ident] for ident in asked], asked, settings)
    order = [Severity.BLOCKING, Severity.WARNING, Severity.HINT]
    return tuple(sorted(found, key=lambda remark: order.index(remark.advice.severity)))


def _together(asked: Sequence[Item], numbers: Sequence[int], settings: Settings) -> list[Remark]:
    if not asked:
        return []
    try:
        quiz = Quiz(
            "quiz", "-", tuple(asked), every_item_once(asked), audience=Audience.PRO, settings=settings
        )
    except QuizError:
        return []  # a question that stands twice; the form says so
    remarks = []
    for each in advise_quiz(quiz):
        place = each.place.removeprefix("questions").strip("[]")
        at = int(place) if place.isdecimal() else -1
        remarks.append(Remark(numbers[at] if at >= 0 else 0, asked[at].id if at >= 0 else "", each))
    return remarks


def blocked(known: dict[int, Item]) -> list[tuple[int, Advice]]:
    """The questions that must be mended before anybody is asked them, with the first thing that is wrong."""
    return [
        (ident, first)
        for ident, item in known.items()
        if (first := next((each for each in advise(item) if each.blocks), None)) is not None
    ]
