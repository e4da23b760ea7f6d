"""Exporting: questions, or the questions of a quiz, as a file for another program or for safekeeping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

import quizzes
from edu.errors import Invalid
from edu.models import Quiz, QuizVersion
from edu.policy import Viewer
from edu.services.quizzing import drawing, publishing, questions
from edu.services.quizzing import quizzes as quiz_service
from edu.services.quizzing.arranging import saving
from edu.services.quizzing.publishing import Place
from edu.services.quizzing.writing import listing
from edu.services.quizzing.writing.listing import Filters
from quizzes import Audience, Format, Item, Loss, Settings, Slot
from quizzes.document import write_quiz
from quizzes.formats.archive import is_archive

QUESTIONS = "questions"  # the name of a file that holds no quiz
_ENDINGS = {Format.TOML: "toml", Format.GIFT: "gift", Format.CSV: "csv", Format.AIKEN: "txt"}
_TYPES = {
    "toml": "application/toml", "csv": "text/csv; charset=utf-8", "gift": "text/plain; charset=utf-8",
    "txt": "text/plain; charset=utf-8", "xml": "application/xml", "zip": "application/zip",
}  # fmt: skip


class Left(StrEnum):
    """What belongs to a quiz, or to the list, and does not go into a file; pages have words for it."""

    SETTINGS = "settings"
    MARKS = "marks"
    POOLS = "pools"
    TIMES = "times"
    DRAFTS = "drafts"


@dataclass(frozen=True, slots=True)
class Leftover:
    """One such thing, and how often where that can be counted."""

    what: Left
    count: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be written: the questions, and for a quiz of its own what stands around them.

    `version` is None for a list of questions.
    """

    name: str
    title: str
    items: tuple[Item, ...]
    quiz: Quiz | None = None
    version: QuizVersion | None = None
    places: tuple[Place, ...] = ()
    drafts: int = 0


@dataclass(frozen=True, slots=True)
class File:
    """A file, and what of the questions it does not hold."""

    name: str
    type: str
    data: bytes
    losses: tuple[Loss, ...]
    leftovers: tuple[Leftover, ...]
    count: int

    @property
    def is_whole(self) -> bool:
        """Whether it holds all there is."""
        return not (self.losses or self.leftovers)


def of_quiz(session: Session, viewer: Viewer, slug: str) -> Source:
    """The newest version of a quiz that the viewer may edit."""
    quiz = saving.mine(session, viewer, slug)
    version = quiz_service.newest_version(session, quiz)
    places = tuple(publishing.places_of(session, version))
    asked = [place.question.id for place in places if place.question]
    return Source(quiz.slug, quiz.title, _items(session, asked), quiz, version, places)


def of_list(session: Session, viewer: Viewer, filters: Filters) -> Source:
    """The questions that the list of the studio shows under these filters, in its order."""
    lines = listing.matching(session, viewer, filters)
    asked = [line.id for line in lines if line.version]
    return Source(QUESTIONS, "", _items(session, asked), drafts=len(lines) - len(asked))


def _items(session: Session, asked: Sequence[int]) -> tuple[Item, ...]:
    wordings = drawing.latest_of(session, asked)
    versions = [wordings[number].id for number in asked if number in wordings]
    known = questions.keyed(session, versions) if versions else {}
    return tuple(known[key].item for key in versions)


def formats() -> tuple[Format, ...]:
    """The formats that can be written."""
    return quizzes.WRITABLE


def file_of(source: Source, said: str) -> File:
    """The file in that format; needs no transaction. Invalid for another word, or with no question in it."""
    try:
        format_ = Format(said)
    except ValueError as error:
        raise Invalid("Choose one of the list.", code="not_one_of", field="format") from error
    if format_ not in formats():
        raise Invalid("Choose one of the list.", code="not_one_of", field="format")
    losses: tuple[Loss, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    if format_ is Format.TOML and source.quiz is not None and source.version is not None:
        data = _document(source, source.quiz, source.version)
    else:
        made = quizzes.export(source.items, format_)
        data, losses, leftovers = made.data, made.losses, _leftovers(source)
    ending = "zip" if is_archive(data) else _ENDINGS.get(format_, "xml")
    drafts = (Leftover(Left.DRAFTS, source.drafts),) if source.drafts else ()
    return File(
        f"{source.name}.{ending}", _TYPES[ending], data, losses, (*leftovers, *drafts), len(source.items)
    )


def _document(source: Source, quiz: Quiz, version: QuizVersion) -> bytes:
    """The document of the whole quiz: settings, marks, pools and times beside the questions."""
    pro = Audience.PRO in {Audience(quiz.audience.value), *(item.audience for item in source.items)}
    return write_quiz(
        quizzes.Quiz(
            id=quiz.slug,
            title=quiz.title,
            items=source.items,
            slots=tuple(_slot(place) for place in source.places),
            lesson=str(quiz.details.get("lesson", "")),
            audience=Audience.PRO if pro else Audience.OPEN,
            language=str(quiz.details.get("language", "en")),
            intro=str(quiz.details.get("intro", "")),
            settings=quiz_service.settings_of(version),
        )
    )


def _slot(place: Place) -> Slot:
    uid = place.question.uid if place.question else ""
    return Slot(uid, place.mark, place.pool, place.at_ms)


def _leftovers(source: Source) -> tuple[Leftover, ...]:
    if source.version is None:
        return ()
    found = [Leftover(Left.SETTINGS)] if quiz_service.settings_of(source.version) != Settings() else []
    counted = {
        Left.MARKS: sum(place.mark != 1 for place in source.places),
        Left.POOLS: sum(place.pool is not None for place in source.places),
        Left.TIMES: sum(place.at_ms is not None for place in source.places),
    }
    return (*found, *(Leftover(what, count) for what, count in counted.items() if count))
