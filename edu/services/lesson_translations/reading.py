"""Which text of a lesson a reader gets: in their language where there is one, else as it was written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from edu.errors import NotFound
from edu.models import Lesson, LessonTranslation, PageState
from edu.policy import Viewer
from edu.services import reviews
from edu.services.reviews import Standing

OPEN = "x-default"
"""What search engines call the address that answers in the reader's language."""


@dataclass(frozen=True, slots=True)
class LessonText:
    """The words of a lesson in one language; `body` is Markdown. `standing` is that of these words.

    `languages` are those in which the lesson can be read, its own first. `is_stale` says of a translation
    that its original has changed since.
    """

    language: str
    title: str
    body: str
    objectives: tuple[str, ...]
    standing: Standing
    languages: tuple[str, ...]
    is_stale: bool = False


def text(
    viewer: Viewer,
    row: Lesson,
    translations: Sequence[LessonTranslation],
    today: date,
    *,
    language: str = "",
    named: str = "",
) -> LessonText:
    """The text for a reader of `language`, or that which an address has `named`; NotFound where it is not.

    A translation that is a draft is there for instructors, and only where it is named.
    """
    there = [each for each in translations if each.state is not PageState.DRAFT]
    languages = (row.language, *sorted(each.language for each in there))
    by_tag = {each.language: each for each in (translations if viewer.is_instructor else there)}
    if named and named != row.language and named not in by_tag:
        raise NotFound("this lesson is not there in that language")
    tag = named or nearest(language, languages)
    if tag == row.language:
        return _original(row, languages, today)
    return _translation(row, by_tag[tag], languages, today)


def nearest(wanted: str, languages: Sequence[str]) -> str:
    """Of the languages the one that was wanted, else another form of the same, else the first."""
    if wanted in languages:
        return wanted
    same = (tag for tag in languages if tag.split("-")[0] == wanted.split("-")[0])
    return next(same, languages[0])


def addresses(path: str, languages: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The languages of a lesson with the lasting address of each text, and that which leaves the choice open.

    The original's is that of the lesson. None of a lesson that is there in one language only.
    """
    if len(languages) < 2:
        return ()
    own, *others = languages
    return ((own, path), *((tag, f"{path}/{tag}") for tag in others), (OPEN, path))


def objectives(said: Iterable[object]) -> tuple[str, ...]:
    """Objectives as sentences: a lesson keeps a verb and what is done, a translation the whole."""
    return tuple(f"{one['verb']} {one['text']}" if isinstance(one, dict) else str(one) for one in said)


def _original(row: Lesson, languages: tuple[str, ...], today: date) -> LessonText:
    return LessonText(
        language=row.language,
        title=row.title,
        body=row.body,
        objectives=objectives(row.objectives),
        standing=reviews.of_lesson(row, today),
        languages=languages,
    )


def _translation(
    row: Lesson, found: LessonTranslation, languages: tuple[str, ...], today: date
) -> LessonText:
    standing = reviews.standing(found.state, found.details, today, found.updated_at)
    if row.state is PageState.DRAFT:
        standing = replace(standing, state=PageState.DRAFT)
    return LessonText(
        language=found.language,
        title=found.title,
        body=found.body,
        objectives=objectives(found.objectives),
        standing=replace(standing, author=standing.author or str(row.details.get("author", ""))),
        languages=languages,
        is_stale=found.source_revision < row.revision,
    )
