"""Installing a course from its files: what is new is added, what was edited in the studio is left alone."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import captions
from edu.courseware import course as files
from edu.courseware.terms import TERMS, terms_text
from edu.courseware.write import course_text
from edu.errors import Conflict
from edu.models import (
    Audience,
    Course,
    Lesson,
    Module,
    PageState,
    Question,
    Quiz,
    TrackKind,
    Video,
    Visibility,
)
from edu.services import course_files as records
from edu.services import course_words, films, layers, mirroring, terms, videos, words_installing
from edu.services.authoring import versions
from edu.services.ledger import Ledger, Report
from edu.services.lesson_translations import installing as translations
from edu.services.library import installing as library
from edu.services.pages import installing as pages
from edu.services.quizzing import publishing, questions
from edu.services.quizzing import quizzes as quiz_service
from edu.services.quizzing.lesson_questions import EMPTIED
from edu.services.stations import installing
from edu.services.texts import tracks
from edu.storage import StoredObject


@dataclass(slots=True)
class Installation:
    """One run: the transaction, the course as read, and the originals that the store already holds."""

    session: Session
    course: files.Course
    folder: Path
    originals: dict[str, StoredObject]
    now: datetime
    row: Course = field(init=False)
    ledger: Ledger = field(init=False)

    def run(self) -> Report:
        """Install everything, in the order in which things name each other."""
        self.row = self._course()
        self.ledger = Ledger(self.session, self.row.id, self.now)
        self._front()
        library.take(self.session, self.ledger.report, self.course, self.row.id)
        self._terms()
        words_installing.take_all(self.session, self.ledger, self.row, self.course)
        for entry in self.course.videos:
            self._video(entry)
        for position, module in enumerate(self.course.modules):
            self._module(module, position)
        for question in self.course.questions:
            self._question(question)
        for quiz in self.course.quizzes:
            self._quiz(quiz)
        for checklist in self.course.checklists:
            installing.take(self.session, self.ledger, checklist, self.row.id, self.now)
        pages.take_all(self.session, self.ledger, self.course.pages, self.row.id, self.now)
        self._publish_waiting()
        self.session.flush()
        return self.ledger.report

    def _course(self) -> Course:
        row = self.session.scalar(select(Course).where(Course.slug == self.course.slug))
        if row is None:
            row = Course(
                slug=self.course.slug, title=self.course.title, created_at=self.now, updated_at=self.now
            )
            self.session.add(row)
            self.session.flush()
        return row

    def _front(self) -> None:
        def row_hash() -> str | None:
            if not self.row.notices:
                return None
            return records.hash_of(course_text(replace(self.course, **records.front(self.row))))

        def write() -> None:
            course, row = self.course, self.row
            row.title, row.language = course.title, course.language
            row.summary, row.evidence_summary = course.summary, course.honest_summary
            row.state = PageState[course.state.name]
            row.updated_at = self.now
            row.notices = {
                **{key: kept for key, kept in row.notices.items() if key == course_words.KEPT},
                "subtitle": course.subtitle,
                "evidence_line": course.evidence_line,
                "gate": asdict(course.gate),
                "notices": [asdict(notice) for notice in course.notices],
                "paths": [_plain(asdict(path)) for path in course.paths],
                "planned": [_plain(asdict(module)) for module in course.planned],
            }

        self.ledger.take(self.course.source.path, self.course.source.hash, row_hash, write)

    def _terms(self) -> None:
        """The terms as the file has them, unless they were edited in the studio since."""
        found = self.course.terms
        if not found and not terms.entries(self.session, self.row):
            return

        def row_hash() -> str | None:
            kept = terms.entries(self.session, self.row)
            return records.hash_of(terms_text(kept)) if kept else None

        source = records.hash_of(terms_text(found))
        self.ledger.take(TERMS, source, row_hash, lambda: terms.keep_entries(self.session, self.row, found))

    def _video(self, entry: files.VideoEntry) -> None:
        def find() -> Video | None:
            return self.session.scalar(select(Video).where(Video.slug == entry.slug))

        def row_hash() -> str | None:
            row = find()
            return records.video_hash(self.session, row) if row else None

        def write() -> None:
            self._refuse_taken(entry)
            row = find() or videos.receive(
                self.session,
                self.originals[entry.slug],
                title=entry.title,
                name=Path(entry.file).name,
                slug=entry.slug,
                now=self.now,
            )
            row.code, row.title, row.description = entry.code, entry.title, entry.description
            row.audience, row.language = Audience(entry.audience.value), entry.language
            row.teaching_ms = entry.teaching_ms
            # what is free to be copied may be taken along, until a maker says no
            if row.published_at is None:
                row.may_download = entry.licence.upper().startswith("CC")
            row.visibility, row.published_at = Visibility.PUBLISHED, row.published_at or self.now
            row.details = {
                "voice": entry.voice,
                "author": entry.author,
                "credits": entry.credits,
                "conflicts": entry.conflicts,
                "licence": entry.licence,
                "duration_ms": entry.duration_ms,
            }

        self.ledger.take(entry.source.path, entry.source.hash, row_hash, write)
        video = find()
        if video is not None:
            self._film(video, entry)
            for track in entry.tracks:
                self._track(video, track)
            mirroring.take(self.session, self.ledger, video, entry)

    def _refuse_taken(self, entry: files.VideoEntry) -> None:
        """Step ids begin with the code of their video, so no two videos of a site can have the same."""
        taken = select(Video.title).where(Video.code == entry.code, Video.slug != entry.slug)
        if title := self.session.scalar(taken):
            raise Conflict(
                f'{entry.source.path}: the code {entry.code} is that of the video "{title}" already; '
                "give this one another, and its steps with it",
                code="video_code_taken",
            )

    def _film(self, video: Video, entry: files.VideoEntry) -> None:
        original = self.originals[entry.slug]

        def write() -> None:
            videos.replace_original(self.session, video, original, name=Path(entry.file).name, now=self.now)

        self.ledger.take(entry.file, original.sha256, lambda: films.recording_of(self.session, video), write)

    def _track(self, video: Video, entry: files.TrackEntry) -> None:
        kind = TrackKind(entry.kind)

        def row_hash() -> str | None:
            for current in tracks.of_video(self.session, video.id):
                if current.track.kind is kind and current.track.language == entry.language:
                    return records.hash_of(current.document)
            return None

        def write() -> None:
            tracks.keep(
                self.session,
                video,
                captions.read((self.folder / entry.source.path).read_bytes(), format="vtt"),
                kind=kind,
                language=entry.language,
                label=LABELS.get(entry.kind) or LABELS.get(entry.language, entry.language),
                now=self.now,
                note="course file",
            )

        self.ledger.take(entry.source.path, entry.source.hash, row_hash, write)

    def _module(self, module: files.Module, position: int) -> None:
        def find() -> Module | None:
            return self.session.scalar(
                select(Module).where(Module.course_id == self.row.id, Module.code == module.code)
            )

        def row_hash() -> str | None:
            row = find()
            return records.module_hash(row) if row else None

        def write() -> None:
            row = find()
            if row is None:
                row = Module(course_id=self.row.id, code=module.code, title=module.title)
                self.session.add(row)
            row.title, row.summary, row.minutes = module.title, module.summary, module.minutes
            row.audience, row.position = Audience(module.audience.value), position
            row.details = {
                "slug": module.slug,
                "language": module.language,
                "quiz": module.quiz,
                "state": module.state.value,
                "review_months": module.review_months,
                "review": _plain(asdict(module.review)) if module.review else None,
            }

        self.ledger.take(module.source.path, module.source.hash, row_hash, write)
        parent = find()
        for place, lesson in enumerate(module.lessons):
            if parent is not None:
                self._lesson(parent, lesson, place)

    def _lesson(self, module: Module, lesson: files.Lesson, position: int) -> None:
        def find() -> Lesson | None:
            return self.session.scalar(
                select(Lesson).where(Lesson.course_id == self.row.id, Lesson.slug == lesson.slug)
            )

        def row_hash() -> str | None:
            row = find()
            return records.lesson_hash(row) if row else None

        video = self._video_of(lesson.video)

        def write() -> None:
            row = find()
            if row is None:
                row = Lesson(course_id=self.row.id, slug=lesson.slug, created_at=self.now)
            else:
                versions.keep_before(self.session, row, self.now)
                row.revision += 1
            row.module = module
            row.position, row.code, row.title = position, lesson.code, lesson.title
            row.body, row.minutes, row.language = lesson.body, lesson.minutes, lesson.language
            row.audience, row.state = Audience(lesson.audience.value), PageState[lesson.state.name]
            row.objectives = [_plain(asdict(objective)) for objective in lesson.objectives]
            row.evidence = [grade.value for grade in lesson.evidence]
            row.video = video
            row.updated_at = self.now
            row.details = {
                "path": lesson.source.path,
                "steps": list(lesson.steps),
                "quiz": lesson.quiz,
                "author": lesson.author,
                "review": _plain(asdict(lesson.review)) if lesson.review else None,
            }
            self.session.add(row)
            versions.keep(self.session, row, note=pages.NOTE, maker_id=None, now=self.now)

        self.ledger.take(lesson.source.path, lesson.source.hash, row_hash, write)
        if lesson.translations and (kept := find()):
            for text in lesson.translations:
                translations.take(self.session, self.ledger, kept, text, self.now)

    def _video_of(self, code: str) -> Video | None:
        return self.session.scalar(select(Video).where(Video.code == code)) if code else None

    def _question(self, entry: files.QuestionEntry) -> None:
        def row_hash() -> str | None:
            row = self.session.scalar(select(Question).where(Question.uid == entry.item.id))
            found = records.question(self.session, row) if row else None
            return records.hash_of(found.document) if found else None

        def write() -> None:
            questions.keep(self.session, entry.item, now=self.now)

        self.ledger.take(entry.source.path, entry.source.hash, row_hash, write)

    def _quiz(self, entry: files.QuizEntry) -> None:
        document = entry.quiz

        def find() -> Quiz | None:
            return self.session.scalar(select(Quiz).where(Quiz.slug == document.id))

        def row_hash() -> str | None:
            row = find()
            return records.hash_of(records.quiz(self.session, row).document) if row else None

        def write() -> None:
            known = {
                row.uid: row
                for row in self.session.scalars(
                    select(Question).where(Question.uid.in_([slot.question for slot in document.slots]))
                )
            }
            lesson, film = self._lesson_with_quiz(document.id), self._video_of(document.video)
            row = publishing.publish(
                self.session,
                slug=document.id,
                title=document.title,
                places=[publishing.place_of(slot, known) for slot in document.slots],
                settings=document.settings,
                audience=Audience(document.audience.value),
                lesson_id=lesson.id if lesson else None,
                video_id=film.id if film else None,
                is_waiting=film is None and not self._is_named(document.id),
                now=self.now,
            )
            row.details = {
                "lesson": document.lesson,
                "language": document.language,
                "intro": document.intro,
            }

        self.ledger.take(entry.source.path, entry.source.hash, row_hash, write)

    def _lesson_with_quiz(self, slug: str) -> Lesson | None:
        code = next((lesson.code for lesson in self.course.lessons if lesson.quiz == slug), None)
        return self.session.scalar(
            select(Lesson).where(Lesson.course_id == self.row.id, Lesson.code == code)
        ) if code else None  # fmt: skip

    def _is_named(self, slug: str) -> bool:
        """Whether a module, be it planned, or a lesson shows this quiz; others wait, if no film asks."""
        named = [module.quiz for module in self.course.modules]
        named += [module.quiz for module in self.course.planned]
        return slug in named or slug in [lesson.quiz for lesson in self.course.lessons]

    def _publish_waiting(self) -> None:
        """Publish the quizzes whose module or lesson has arrived since they were installed."""
        slugs = [entry.quiz.id for entry in self.course.quizzes if self._is_named(entry.quiz.id)]
        for row in self.session.scalars(select(Quiz).where(Quiz.slug.in_(slugs), Quiz.current == 0)).all():
            if row.details.get(EMPTIED):
                continue  # its last question was removed in the studio, and stays so
            row.current = quiz_service.newest_version(self.session, row).number
            lesson = self._lesson_with_quiz(row.slug)
            row.lesson_id = lesson.id if lesson else row.lesson_id
        early = {module.quiz for module in self.course.planned}
        known = [entry.quiz.id for entry in self.course.quizzes]
        for row in self.session.scalars(select(Quiz).where(Quiz.slug.in_(known))).all():
            row.details = {**row.details, "is_early": row.slug in early}


LABELS = {"en": "English", "es": "Español", "fr": "Français", "metadata": layers.LABEL}


def install(
    session: Session, course: files.Course, folder: Path, originals: dict[str, StoredObject], *, now: datetime
) -> Report:
    """Install a course that was read from `folder`; `originals` are its films in the store, by slug."""
    return Installation(session, course, folder, originals, now).run()


def _plain(value: Any) -> Any:
    """Tuples as lists, words as text, dates as ISO 8601: what JSON gives back unchanged."""
    if isinstance(value, dict):
        return {name: _plain(entry) for name, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
