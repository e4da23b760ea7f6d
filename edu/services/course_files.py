"""Rows of a course as the records its files are written from: for export, and to tell an edited page."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from edu.courseware import course as files
from edu.courseware.library.judgements import from_plain
from edu.courseware.reference import Author, Verification
from edu.courseware.reference import Reference as ReferenceRecord
from edu.courseware.source import source_hash
from edu.courseware.write import lesson_text, module_text, video_text
from edu.models import (
    Course,
    InstalledFile,
    Lesson,
    Module,
    PageState,
    Question,
    Quiz,
    Reference,
    Video,
    VideoFile,
)
from edu.services import course_words, films, glossary_words, mirroring, terms
from edu.services.gate import OWN_TEXT
from edu.services.lesson_translations import installing as translations
from edu.services.pages import installing as pages
from edu.services.quizzing import publishing, questions
from edu.services.quizzing import quizzes as quiz_service
from edu.services.stations import installing
from edu.services.texts import tracks
from edu.storage import ObjectStore
from quizzes import Audience as QuizAudience
from quizzes import Bloom, Slot, write_bank, write_quiz
from quizzes import Quiz as QuizDocument

SPOOLED = 16 * 1024 * 1024
_PAGE_STATES = {state: files.PageState[state.name] for state in PageState}


def hash_of(text: str) -> str:
    """The hash by which an untouched row is known: that of the file it would be written to."""
    return source_hash(text)


def lesson(row: Lesson) -> files.Lesson:
    """A lesson as a file says it; its path is kept from where it came, or made from its code."""
    more = row.details
    return files.Lesson(
        code=row.code,
        slug=row.slug,
        title=row.title,
        minutes=row.minutes,
        audience=files.Audience(row.audience.value),
        language=row.language,
        objectives=tuple(files.Objective(o["verb"], o["text"], Bloom(o["bloom"])) for o in row.objectives),
        evidence=tuple(files.Grade(grade) for grade in row.evidence),
        body=row.body,
        source=files.Source(more.get("path", f"modules/{row.module.code}/{row.code}-{row.slug}.md"), ""),
        video=row.video.code if row.video else "",
        steps=tuple(more.get("steps", ())),
        quiz=more.get("quiz", ""),
        state=_PAGE_STATES[row.state],
        author=more.get("author", ""),
        review=_review(more.get("review")),
    )


def module(row: Module, lessons: tuple[files.Lesson, ...] = ()) -> files.Module:
    """A module with its lessons."""
    more = row.details
    return files.Module(
        code=row.code,
        slug=more.get("slug", row.code.lower()),
        title=row.title,
        minutes=row.minutes,
        audience=files.Audience(row.audience.value),
        language=more.get("language", "en"),
        summary=row.summary,
        lessons=lessons,
        source=files.Source(f"modules/{row.code}/module.toml", ""),
        quiz=more.get("quiz", ""),
        state=files.PageState(more.get("state", files.PageState.UNDER_CONSTRUCTION)),
        review=_review(more.get("review")),
        review_months=more.get("review_months", 12),
    )


def video(session: Session, row: Video) -> files.VideoEntry:
    """A video with its tracks; the words' times are the renderer's and are not kept."""
    more = row.details
    return files.VideoEntry(
        slug=row.slug,
        code=row.code,
        title=row.title,
        audience=files.Audience(row.audience.value),
        language=row.language,
        description=row.description,
        duration_ms=more.get("duration_ms", row.duration_ms),
        teaching_ms=row.teaching_ms,
        file=f"videos/{row.slug}.mp4",
        tracks=tuple(
            files.TrackEntry(t.track.kind.value, t.track.language, files.Source(track_path(row, t), ""))
            for t in tracks.of_video(session, row.id)
        ),
        steps=(),
        source=files.Source(f"videos/{row.slug}.toml", ""),
        voice=more.get("voice", ""),
        author=more.get("author", ""),
        credits=more.get("credits", ""),
        conflicts=more.get("conflicts", ""),
        licence=more.get("licence", ""),
        mirrored=mirroring.mirrored_steps(session, row.id),
    )


def track_path(row: Video, entry: tracks.CurrentTrack) -> str:
    """Where a track lies in a course folder."""
    return f"videos/{row.slug}.{entry.track.kind}.{entry.track.language}.vtt"


def reference(row: Reference) -> ReferenceRecord:
    """A reference as the library's file says it."""
    return reference_record(row.fields)


def reference_record(kept: dict[str, Any]) -> ReferenceRecord:
    """The fields of a reference, as the database keeps them, as the library's file says them."""
    fields = {**kept}
    fields.pop("link", None)
    fields["authors"] = tuple(Author(**author) for author in fields["authors"])
    fields["collections"] = tuple(fields["collections"])
    fields["verification"] = Verification(fields["verification"])
    return ReferenceRecord(**fields)


def reference_fields(record: ReferenceRecord) -> dict[str, Any]:
    """A reference as the database keeps it, with the best address to open it."""
    addresses = record.addresses
    fields = json.loads(json.dumps(asdict(record)))
    del fields["line"]  # of the file, where others move it
    return {**fields, "link": addresses[0][1] if addresses else ""}


def question(session: Session, row: Question) -> files.QuestionEntry | None:
    """A question in its latest wording with its key; None when no version may be asked."""
    newest = questions.latest(session, row.id)
    if newest is None:
        return None
    item = questions.keyed(session, {newest.id})[newest.id].item
    return files.QuestionEntry(
        item, write_bank((item,)).decode(), files.Source(f"questions/{row.uid}.toml", "")
    )


def quiz(session: Session, row: Quiz) -> files.QuizEntry:
    """A quiz in its latest version."""
    version = quiz_service.newest_version(session, row)
    film = session.get(Video, row.video_id) if row.video_id else None
    document = QuizDocument(
        id=row.slug,
        title=row.title,
        items=(),
        slots=tuple(
            Slot(place.question.uid if place.question else "", place.mark, place.pool, place.at_ms)
            for place in publishing.places_of(session, version)
        ),
        lesson=row.details.get("lesson", ""),
        audience=QuizAudience(row.audience.value),
        language=row.details.get("language", "en"),
        intro=row.details.get("intro", ""),
        settings=quiz_service.settings_of(version),
        video=film.code if film else "",
    )
    return files.QuizEntry(
        document, write_quiz(document).decode(), files.Source(f"quizzes/{row.slug}.toml", "")
    )


def lesson_hash(row: Lesson) -> str:
    """The hash of a lesson as it is now."""
    return hash_of(lesson_text(lesson(row)))


def module_hash(row: Module) -> str:
    """The hash of a module as it is now."""
    return hash_of(module_text(module(row)))


def video_hash(session: Session, row: Video) -> str:
    """The hash of a video's facts as they are now; which steps are mirrored has a note of its own."""
    return hash_of(video_text(replace(video(session, row), mirrored=())))


def front(row: Course) -> dict[str, Any]:
    """The fields of course.toml as they are now."""
    more = row.notices
    return {
        "slug": row.slug,
        "title": row.title,
        "language": row.language,
        "subtitle": more.get("subtitle", ""),
        "summary": row.summary,
        "honest_summary": row.evidence_summary,
        "evidence_line": more.get("evidence_line", ""),
        "state": _PAGE_STATES[row.state],
        "notices": tuple(files.Notice(**notice) for notice in more.get("notices", ())),
        "gate": files.Gate(**more["gate"]) if "gate" in more else _own_gate(),
        "paths": tuple(_path(entry) for entry in more.get("paths", ())),
        "planned": tuple(
            files.PlannedModule(**{**entry, "audience": files.Audience(entry["audience"])})
            for entry in more.get("planned", ())
        ),
    }


def whole(session: Session, row: Course) -> files.Course:
    """A course with all that belongs to it, as it is now."""
    lessons = session.scalars(
        select(Lesson)
        .where(Lesson.course_id == row.id)
        .order_by(Lesson.position)
        .options(joinedload(Lesson.video), joinedload(Lesson.module))
    ).all()
    modules = session.scalars(select(Module).where(Module.course_id == row.id).order_by(Module.position))
    asked = select(Reference).where(Reference.course_id == row.id).order_by(Reference.id)
    entries = session.scalars(asked).all()
    texts = translations.of_course(session, row.id)
    records = {le.id: replace(lesson(le), translations=texts.get(le.id, ())) for le in lessons}
    return files.Course(
        **front(row),
        modules=tuple(
            module(entry, tuple(records[le.id] for le in lessons if le.module_id == entry.id))
            for entry in modules
        ),
        videos=tuple(video(session, entry) for entry in _videos(session, row)),
        quizzes=tuple(
            quiz(session, entry) for entry in _named(session, row, Quiz, Quiz.slug, "quizzes/") if entry
        ),
        questions=tuple(
            found
            for entry in _named(session, row, Question, Question.uid, "questions/")
            if (found := question(session, entry))
        ),
        references=tuple(reference(entry) for entry in entries),
        judgements=tuple(
            judged
            for entry in sorted(entries, key=lambda entry: entry.key)
            if (judged := from_plain(entry.key, entry.details)).says_something
        ),
        source=files.Source("course.toml", ""),
        terms=terms.entries(session, row),
        words=course_words.of_course(row),
        glossaries=glossary_words.of_course(session, row),
        checklists=installing.of_course(session, row.id),
        pages=pages.of_course(session, row.id),
    )


def _videos(session: Session, row: Course) -> list[Video]:
    return sorted(_named(session, row, Video, Video.slug, "videos/"), key=lambda video: video.code)


def _named(session: Session, row: Course, model: Any, name: Any, prefix: str) -> list[Any]:
    """The rows that came with the course, by the names of its installed files."""
    paths = session.scalars(
        select(InstalledFile.path).where(
            InstalledFile.course_id == row.id,
            InstalledFile.path.startswith(prefix),
            InstalledFile.path.endswith(".toml"),
        )
    )
    names = sorted(path.removeprefix(prefix).removesuffix(".toml") for path in paths)
    return list(session.scalars(select(model).where(name.in_(names)).order_by(name)))


def _own_gate() -> files.Gate:
    """The gate of a course that has no text of its own: the studio writes none."""
    return files.Gate(OWN_TEXT.text, OWN_TEXT.version, OWN_TEXT.confirm, OWN_TEXT.refuse)


def _path(entry: dict[str, Any]) -> files.LearningPath:
    tuples = {key: tuple(entry.get(key, ())) for key in ("modules", "checklists", "start")}
    return files.LearningPath(**{**entry, **tuples, "audience": files.Audience(entry["audience"])})


def _review(entry: dict[str, Any] | None) -> files.Review | None:
    if entry is None:
        return None
    dates = {key: date.fromisoformat(entry[key]) for key in ("reviewed_on", "due_on")}
    return files.Review(**{**entry, **dates})


def _film_key(session: Session, row: Video) -> str:
    """The recording as it came; the film as it is served where it was cut, covered, or its original deleted.

    The times of its tracks are those of the film, and what was made unrecognisable must stay so.
    """
    if row.original_key and films.edit_of(session, row).is_plain:
        return row.original_key
    asked = select(VideoFile).where(VideoFile.video_id == row.id, VideoFile.version == row.version)
    files = [file for file in session.scalars(asked) if file.role in ("rendition", "sound")]
    largest = max(files, key=lambda file: int(file.detail.get("height", 0)), default=None)
    return largest.key if largest else row.original_key


@dataclass(frozen=True, slots=True)
class Carried:
    """What a course carries as it is: the key of a film in the store, or the text of a track."""

    key: str = ""
    text: str = ""

    def open(self, store: ObjectStore) -> IO[bytes]:
        """Its bytes, from the start; the caller closes it."""
        if not self.key:
            return BytesIO(self.text.encode())
        spooled = SpooledTemporaryFile(max_size=SPOOLED)  # noqa: SIM115 (the caller closes it)
        for block in store.blocks(self.key):
            spooled.write(block)
        spooled.seek(0)
        return cast(IO[bytes], spooled)


def carried(session: Session, course: files.Course) -> dict[str, Carried]:
    """The films and text tracks of a course as they are now, by their paths in its folder."""
    found = {}
    slugs = [entry.slug for entry in course.videos]
    for row in session.scalars(select(Video).where(Video.slug.in_(slugs))):
        if key := _film_key(session, row):
            found[f"videos/{row.slug}.mp4"] = Carried(key=key)
        for track in tracks.of_video(session, row.id):
            found[track_path(row, track)] = Carried(text=track.document)
    return found
