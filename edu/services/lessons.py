"""A lesson as a page, with all that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import takewhile

from sqlalchemy import Integer, Select, bindparam, literal, select
from sqlalchemy.orm import Session, joinedload

from edu.errors import NotFound
from edu.models import (
    Audience,
    Course,
    Lesson,
    LessonTranslation,
    LessonVisit,
    Module,
    PageState,
    Quiz,
    QuizVersion,
    Video,
)
from edu.policy import Action, Viewer, can, require
from edu.services import players, reviews
from edu.services.contents import LessonLink, contents, facts, lesson_link, links
from edu.services.course_words import Worded, Wording, wording
from edu.services.coursing.walking import Walk, walk
from edu.services.delivery import Addresses
from edu.services.lesson_translations import reading
from edu.services.messages import corrected
from edu.services.quizzing import drawing, in_film, quizzes, reach


@dataclass(frozen=True, slots=True)
class QuizLink:
    """A self-assessment under a lesson; its questions are in `language`."""

    title: str
    url: str
    start_url: str
    question_count: int
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Ways:
    """The lessons before and after that the reader may open.

    What is closed in between, which is for professionals, is told as the module that it is in. Who came from
    the first lessons of a path has them before and after: `walk`.
    """

    before: LessonLink | None
    after: LessonLink | None
    closed_before: LessonLink | None
    closed_after: LessonLink | None
    walk: Walk | None = None


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A lesson as a reader sees it; `body` is Markdown, `seen_at` when this account opened it last.

    Title, text, objectives, state and standing are those of the words that are shown, in `language`; `path`
    is the lesson's own address, and `languages` are those in which it can be read, its own first.
    """

    course_slug: str
    course_title: str
    module_title: Worded
    module_url: str
    code: str
    title: str
    language: str
    body: str
    minutes: int
    state: str
    is_gated: bool
    updated_at: datetime
    objectives: tuple[str, ...]
    screening: players.Screening | None
    asked: in_film.FilmQuestions | None
    quizzes: tuple[QuizLink, ...]
    standing: reviews.Standing
    corrections: tuple[int, ...]  # by their numbers in the public log
    grades: tuple[str, ...]
    course_id: int
    lesson_id: int
    seen_at: datetime | None
    ways: Ways
    edit_url: str | None
    path: str
    languages: tuple[str, ...]
    is_stale: bool  # a translation whose original has changed since

    @property
    def is_translation(self) -> bool:
        """Whether it is shown in another language than it was written in."""
        return self.language != self.languages[0]

    @property
    def url(self) -> str:
        """The lasting address of these words; the original's is that of the lesson."""
        return self.way(self.language) if self.is_translation else self.path

    @property
    def asking(self) -> str:
        """What an address of its papers has behind it, so that they are in the language that is shown."""
        return f"?text={self.language}" if self.is_translation or len(self.languages) > 1 else ""

    @property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """Its languages with the lasting addresses; none where there is one."""
        return reading.addresses(self.path, self.languages)

    def way(self, language: str) -> str:
        """The address that shows the lesson in this language, whoever opens it."""
        return f"{self.path}/{language}"


def page(
    session: Session, viewer: Viewer, course_slug: str, slug: str, addresses: Addresses, *,
    words: str = "", start: str = "", language: str = "", text: str = "", path: str = "",
) -> LessonPage:  # fmt: skip
    """A lesson's page; NotFound, or GateClosed for what only professionals may read.

    `words` is the language of the transcript and `start` the time to begin at, as a link asks for them.
    `language` is the reader's: the lesson is in it where it can be. With `text` it is in that or not found.
    `path` is the one from whose page the reader came.
    """
    found, translations, (times, seen_at, numbers) = _row(session, viewer, course_slug, slug)
    require(viewer, Action.READ, facts(found))
    today = addresses.now.date()
    reviews.require_open(session, viewer, found.module, today)
    shown = reading.text(viewer, found, translations, today, language=language, named=text)
    screening = _screening(session, viewer, found.video, addresses, words, start)
    said = wording(found.module.course, language)
    return LessonPage(
        course_slug=course_slug,
        course_title=found.module.course.title,
        module_title=said.say("modules", found.module.code, "title", found.module.title),
        module_url=f"/courses/{course_slug}#{found.module.code}",
        code=found.code,
        title=shown.title,
        language=shown.language,
        body=shown.body,
        minutes=found.minutes,
        state=shown.standing.state.value,
        is_gated=facts(found).audience is Audience.PRO,
        updated_at=shown.standing.updated_at or found.updated_at,
        objectives=shown.objectives,
        screening=screening,
        asked=in_film.moments(screening.player.slug, times) if screening else None,
        quizzes=_quizzes(session, viewer, found.id),
        standing=shown.standing,
        corrections=corrected.numbers(numbers),
        grades=tuple(found.evidence),
        course_id=found.course_id,
        lesson_id=found.id,
        seen_at=seen_at,
        ways=_ways(session, viewer, course_slug, found, said, path),
        edit_url=_edit_url(viewer, found, shown.language),
        path=f"/courses/{course_slug}/{slug}",
        languages=shown.languages,
        is_stale=shown.is_stale,
    )


def _edit_url(viewer: Viewer, found: Lesson, language: str) -> str | None:
    """Where these words are written, for the lesson's makers."""
    if not can(viewer, Action.EDIT, facts(found)):
        return None
    own = f"/studio/lessons/{found.id}"
    return own if language == found.language else f"{own}/translations/{language}"


def _row(
    session: Session, viewer: Viewer, course: str, slug: str
) -> tuple[Lesson, tuple[LessonTranslation, ...], tuple[str | None, datetime | None, str | None]]:
    """The lesson, its translations; the times of questions in its film, when this account opened it last, the
    numbers of its corrections. NotFound.
    """
    wanted = {"course": course, "lesson": slug, "reader": viewer.user_id, in_film.GATE: viewer.passes_gate}
    rows = session.execute(_asked(), wanted).all()
    if not rows or (rows[0][0].module.course.state is PageState.DRAFT and not viewer.is_instructor):
        raise NotFound("there is no such lesson")
    found, _translation, times, seen_at, numbers = rows[0]
    return found, tuple(row[1] for row in rows if row[1] is not None), (times, seen_at, numbers)


def _ways(
    session: Session, viewer: Viewer, course_slug: str, found: Lesson, said: Wording, path: str
) -> Ways:
    rows = contents(session, found.course_id, viewer, only_ways=True)
    if path and (on_path := walk(found.module.course, rows, viewer, found.code, path, said)):
        return Ways(on_path.before, on_path.after, None, None, on_path)
    at = next((place for place, row in enumerate(rows) if row.id == found.id), 0)
    before, closed_before = _neighbours(course_slug, rows[:at][::-1], viewer, said)
    after, closed_after = _neighbours(course_slug, rows[at + 1 :], viewer, said)
    return Ways(before, after, closed_before, closed_after)


def _neighbours(
    course_slug: str, rows: Sequence[Lesson], viewer: Viewer, said: Wording
) -> tuple[LessonLink | None, LessonLink | None]:
    """The nearest of the lessons that the viewer may read, and what is locked on the way to it."""
    locked = tuple(takewhile(lambda row: not can(viewer, Action.READ, facts(row)), rows))
    nearest = rows[len(locked) : len(locked) + 1]
    closed = next(iter(links(course_slug, locked, viewer)), None)
    if closed:  # a module, which stands for its lessons
        title = said.say("modules", closed.code, "title", closed.title)
        closed = replace(closed, title=title, language=title.language)
    return (lesson_link(course_slug, nearest[0], viewer) if nearest else None, closed)


@cache
def _asked() -> Select[Lesson, LessonTranslation | None, str | None, datetime | None, str | None]:
    """The lesson once for each of its translations: they are few, and so cost no statement."""
    seen = select(LessonVisit.seen_at).where(
        LessonVisit.user_id == bindparam("reader", type_=Integer), LessonVisit.lesson_id == Lesson.id
    )
    path = literal("/courses/") + Course.slug + "/" + Lesson.slug
    return (
        select(
            Lesson,
            LessonTranslation,
            in_film.times(Lesson.video_id).correlate(Lesson),
            seen.scalar_subquery(),
            corrected.written(path).correlate(Lesson, Course),
        )
        .join(Course, Course.id == Lesson.course_id)
        .outerjoin(LessonTranslation, LessonTranslation.lesson_id == Lesson.id)
        .where(Course.slug == bindparam("course"), Lesson.slug == bindparam("lesson"))
        .options(joinedload(Lesson.video), joinedload(Lesson.module).joinedload(Module.course))
    )


def _screening(
    session: Session, viewer: Viewer, video: Video | None, addresses: Addresses, words: str, start: str
) -> players.Screening | None:
    if video is None or not can(viewer, Action.READ, video):
        return None
    shown = players.screening(session, video, addresses, language=video.language, words=words)
    return players.starting(shown, start)


def _quizzes(session: Session, viewer: Viewer, lesson_id: int) -> tuple[QuizLink, ...]:
    return tuple(
        QuizLink(
            quiz.title,
            f"/quizzes/{quiz.slug}",
            f"/quizzes/{quiz.slug}/attempts",
            asked_in_it,
            str(quiz.details.get("language") or "en"),
        )
        for quiz, asked_in_it, is_gated in session.execute(_quizzes_asked(), {"lesson": lesson_id})
        if asked_in_it and (viewer.passes_gate or not is_gated)
    )


@cache
def _quizzes_asked() -> Select[Quiz, int, bool]:
    """The published quizzes of a lesson, each with how many questions it asks and whether it is gated."""
    asked = select(Quiz, drawing.asked_in(Quiz), reach.is_gated()).join(QuizVersion, quizzes.is_current())
    return asked.where(Quiz.lesson_id == bindparam("lesson"), Quiz.current > 0).order_by(Quiz.id)
