"""Taking questions of a file: each becomes a question of its own, the next version of one, or a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from sqlalchemy.orm import Session

from edu.errors import Conflict, Invalid
from edu.models import Lesson, Question
from edu.policy import Viewer
from edu.services import audit, lesson_editing, typed
from edu.services.audit import Deed
from edu.services.quizzing import questions
from edu.services.quizzing.arranging import form as quiz_form
from edu.services.quizzing.arranging import saving as quiz_saving
from edu.services.quizzing.arranging.sheet import MOST_PLACES, Row
from edu.services.quizzing.exchanging import looking, staging
from edu.services.quizzing.exchanging.fitting import Fitted, Missing, fitted, here
from edu.services.quizzing.writing import saving
from edu.services.quizzing.writing.bonds import bound
from edu.services.quizzing.writing.from_item import sheet_of
from edu.services.quizzing.writing.offers import offers
from edu.services.quizzing.writing.reading import several
from edu.services.quizzing.writing.sheet import Sheet
from quizzes import Item
from quizzes.item import MOST_TAGS

NEW_QUIZ = "new"
MOST_TAG = 100
_LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class Choices:
    """What the maker chose, by the place of a question among those that were looked at.

    `evidence` and `as_next` hold what was said of single questions; `same` is the step of all others. `left`
    is how many questions the file had when it was looked at. `quiz` is "", `new` or the name of a quiz.
    """

    ticked: frozenset[int]
    left: int
    evidence: Mapping[int, str] = field(default_factory=dict)
    as_next: frozenset[int] = frozenset()
    same: str = ""
    tags: str = ""
    lesson: str = ""
    quiz: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the ticked questions; `renamed` are ids that were taken, with those given instead.

    `drafts` need a hand before they can be asked; `left` is what remains of the file; `quiz` the name of the
    quiz that they were put into.
    """

    asked: tuple[Question, ...]
    drafts: tuple[Question, ...]
    renamed: tuple[tuple[str, str], ...]
    missing: tuple[Missing, ...]
    left: int
    quiz: str


def take(session: Session, viewer: Viewer, import_id: int, chosen: Choices, now: datetime) -> Taken:
    """Take the ticked questions of the part that was looked at; the others of that part are left out.

    Conflict when the file was dealt with in another window meanwhile, Invalid when nothing is ticked or for a
    lesson, step or quiz that is not there.
    """
    row = staging.mine(session, viewer, import_id, locked=True)
    found = staging.items(row)
    if len(found) != chosen.left:
        raise Conflict("A part of this file was dealt with meanwhile. Look at the rest.", code="dealt_with")
    part = found[: looking.PART]
    ticked = [place for place in range(len(part)) if place in chosen.ticked]
    if not ticked:
        raise Invalid("Tick at least one question, or leave the file.", code="none_ticked", field="take")
    lesson = _lesson(session, viewer, chosen.lesson)
    made = _Making(session, viewer, now, chosen, lesson, [part[place] for place in ticked])
    for place in ticked:
        made.add(place, part[place])
    staging.keep_rest(session, row, found[looking.PART :], len(ticked))
    audit.record(
        session, Deed.QUESTIONS_IMPORTED, now=now, actor_id=viewer.user_id,
        subject=f"import:{import_id}", questions=len(ticked),
    )  # fmt: skip
    return Taken(
        asked=tuple(made.asked),
        drafts=tuple(made.drafts),
        renamed=tuple(made.renamed),
        missing=tuple(made.missing),
        left=max(0, len(found) - looking.PART),
        quiz=_into_quiz(session, viewer, chosen, made.asked, now),
    )


class _Making:
    """What the questions of one taking have in common, and what became of them."""

    def __init__(
        self,
        session: Session,
        viewer: Viewer,
        now: datetime,
        chosen: Choices,
        lesson: Lesson | None,
        items: list[Item],
    ) -> None:
        self.session, self.viewer, self.now, self.chosen, self.lesson = session, viewer, now, chosen, lesson
        offered = offers(session, viewer)
        self.steps = offered.steps
        site = here(session, viewer, items, offered, lesson)
        self.site = replace(site, lessons=site.lessons | {lesson.code}) if lesson else site
        self.tags = [tag[:MOST_TAG] for tag in several(chosen.tags)]
        self.rows = looking.existing(session, [item.id for item in items])
        self.before = looking.newest(session, self.rows)
        self.named = {item.id for item in items}
        self.asked: list[Question] = []
        self.drafts: list[Question] = []
        self.renamed: list[tuple[str, str]] = []
        self.missing: list[Missing] = []

    def add(self, place: int, item: Item) -> None:
        """Keep one question."""
        own = self.rows.get(item.id)
        fit = fitted(self._finished(place, item), self.site)
        self.missing += fit.missing
        goes_on = own is not None and looking.is_own(self.viewer, own) and self._goes_on(place, fit.item)
        if not fit.is_ready:
            self.drafts.append(self._draft(fit, own.id if own and goes_on else 0))
            return
        before = self.before.get(item.id) if goes_on else None
        kept = bound(self.session, self.viewer, Sheet(item.kind, {}, {}), fit.item, before)
        if own is not None and not goes_on:
            kept = replace(kept, id=self._free_name(kept.id))
            self.renamed.append((item.id, kept.id))
        question, _ = questions.keep(self.session, kept, now=self.now, author_id=self.viewer.user_id)
        self.asked.append(question)

    def _free_name(self, taken: str) -> str:
        """A name for a question whose own is another's: Q1 becomes Q1-2, or what comes after it."""
        stem = taken[:_LONGEST_ID]
        tries = (f"{stem}-{number}" for number in count(2))
        free = (
            name for name in tries if name not in self.named and not looking.existing(self.session, [name])
        )
        found = next(free)
        self.named.add(found)
        return found

    def _finished(self, place: int, item: Item) -> Item:
        """The question with what the maker chose for it."""
        evidence = self.chosen.evidence.get(place) or self.chosen.same
        if evidence and evidence not in self.steps:
            raise Invalid("Choose a step of a video.", code="not_there", field=f"evidence-{place}")
        tags = tuple(dict.fromkeys([*item.tags, *self.tags]))[:MOST_TAGS]
        lesson = self.lesson.code if self.lesson else item.lesson
        return replace(item, tags=tags, evidence=evidence or item.evidence, lesson=lesson)

    def _goes_on(self, place: int, item: Item) -> bool:
        before = self.before.get(item.id)
        return place in self.chosen.as_next and (before is None or before.kind is item.kind)

    def _draft(self, fit: Fitted, question_id: int) -> Question:
        lacking = {missing.lack.value: "" for missing in fit.missing if missing.lack.value in _EMPTIED}
        sheet = sheet_of(fit.item).having(**lacking)
        return saving.keep_draft(self.session, self.viewer, question_id, sheet, self.now)


_EMPTIED = ("picture", "video")


def _lesson(session: Session, viewer: Viewer, value: str) -> Lesson | None:
    if not value:
        return None
    number = typed.row_id(value)
    if number is None:
        raise Invalid("Choose one of your lessons.", code="not_there", field="lesson")
    return lesson_editing.mine(session, viewer, number)


def _into_quiz(session: Session, viewer: Viewer, chosen: Choices, made: list[Question], now: datetime) -> str:
    """Put them at the end of a quiz: into its draft, which nobody gets before it is published."""
    if not chosen.quiz or not made:
        return ""
    if chosen.quiz == NEW_QUIZ:
        title = " ".join(chosen.title.split())[: quiz_form.MOST_TITLE]
        sheet, slug, base = quiz_form.blank(lesson_id=typed.row_id(chosen.lesson) or 0, title=title), "", 0
    else:
        work = quiz_saving.work(session, viewer, chosen.quiz)
        sheet, slug = work.sheet, work.slug
        base = quiz_saving.base_of(session, viewer, slug)
    there = set(sheet.questions)
    fresh = [Row(question.id) for question in made if question.id not in there]
    if len(sheet.places) + len(fresh) > MOST_PLACES:
        raise Invalid("There may be at most %(most)s.", code="too_many", field="quiz", most=MOST_PLACES)
    sheet = replace(sheet, places=(*sheet.places, *fresh))
    return quiz_saving.keep_draft(session, viewer, slug, sheet, base, now).slug
