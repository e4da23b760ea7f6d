"""Looking at a file of questions before it is taken: each question, what it meets here, what was lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

import quizzes
from edu.models import Question
from edu.policy import Action, Facts, Viewer, can
from edu.services.quizzing import questions
from edu.services.quizzing.exchanging import staging
from edu.services.quizzing.exchanging.fitting import Fitted, fitted, here
from edu.services.quizzing.writing.offers import Offers, offers
from quizzes import Item, Loss

PART = 50
"""Questions that are looked at together; the rest of a file follows when these are dealt with."""


class Meeting(StrEnum):
    """Whether a question under the same id is here already.

    `same`: word for word; `next`: an earlier wording of one's own; `other`: one's own that asks something
    else; `foreign`: somebody else's, which is never written over.
    """

    NONE = "none"
    SAME = "same"
    NEXT = "next"
    OTHER = "other"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Line:
    """A question of the file; `place` is its number in what is left of the file, from 0."""

    place: int
    fitted: Fitted
    meeting: Meeting

    @property
    def item(self) -> Item:
        """The question as it can stand here."""
        return self.fitted.item


@dataclass(frozen=True, slots=True)
class LookPage:
    """A file before it is taken: the first part of what is left of it."""

    id: int
    name: str
    format: str
    lines: tuple[Line, ...]
    left: int
    taken: int
    losses: tuple[Loss, ...]
    offers: Offers


def page(session: Session, viewer: Viewer, import_id: int) -> LookPage:
    """How a file is read, and what its questions meet here."""
    row = staging.mine(session, viewer, import_id)
    found = staging.items(row)
    offered = offers(session, viewer)
    return LookPage(
        id=row.id,
        name=row.name,
        format=row.format,
        lines=lines(session, viewer, found[:PART], offered),
        left=len(found),
        taken=row.taken,
        losses=staging.losses(row),
        offers=offered,
    )


def lines(session: Session, viewer: Viewer, items: Sequence[Item], offered: Offers) -> tuple[Line, ...]:
    """The lines of these questions."""
    site = here(session, viewer, items, offered)
    rows = existing(session, [item.id for item in items])
    known = newest(session, rows)
    made = []
    for place, item in enumerate(items):
        fit = fitted(item, site)
        made.append(Line(place, fit, _meeting(viewer, fit.item, rows.get(item.id), known.get(item.id))))
    return tuple(made)


def existing(session: Session, uids: Collection[str]) -> dict[str, Question]:
    """The questions of this site under these ids."""
    found = session.scalars(select(Question).where(Question.uid.in_(uids)))
    return {question.uid: question for question in found}


def newest(session: Session, rows: Mapping[str, Question]) -> dict[str, Item]:
    """The newest wording of each question that has one."""
    versions = {}
    for uid, question in rows.items():
        if (version := questions.latest(session, question.id)) is not None:
            versions[version.id] = uid
    found = questions.keyed(session, versions) if versions else {}
    return {versions[key]: keyed.item for key, keyed in found.items()}


def is_own(viewer: Viewer, question: Question) -> bool:
    """Whether the viewer may give a question another version."""
    return can(viewer, Action.EDIT, Facts(question.audience, True, question.owner_id))


def _meeting(viewer: Viewer, item: Item, question: Question | None, before: Item | None) -> Meeting:
    if question is None:
        return Meeting.NONE
    if before is not None and _content(before) == _content(item):
        return Meeting.SAME
    if not is_own(viewer, question):
        return Meeting.FOREIGN
    is_alike = before is not None and before.kind is item.kind and before.stem == item.stem
    return Meeting.NEXT if is_alike else Meeting.OTHER


def _content(item: Item) -> str:
    return questions.content_hash(quizzes.body(item), quizzes.secret(item))
