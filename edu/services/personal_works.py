"""What an account made, and did for others, beside its films and lessons: for the export of the account."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from edu.models import (
    Admission,
    Attempt,
    Checklist,
    Course,
    CourseVisit,
    Declaration,
    InvitationCode,
    KeyRevision,
    Lesson,
    LessonTranslation,
    LessonVersion,
    LessonVisit,
    OneTimeLink,
    PackReturn,
    Page,
    PageVersion,
    Question,
    QuestionImport,
    QuestionVersion,
    Quiz,
    QuizAllowance,
    QuizDraft,
    QuizVersion,
    ReviewRequest,
    TermVersion,
    Track,
    TrackImport,
    TrackVersion,
    Video,
)

Asked = Mapping[str, Select[*tuple[Any, ...]]]


def export(session: Session, user_id: int) -> dict[str, list[dict[str, Any]]]:
    """Each work by its name and time, each deed for others without them: that is their data."""
    made = {**_courses(user_id), **_texts(user_id), **_questions(user_id), **_tracks(user_id)}
    asked = {**made, **_gate(user_id)}
    return {name: _rows(session, rows) for name, rows in asked.items()}


def packs(session: Session, user_id: int) -> list[dict[str, Any]]:
    """The answers that came home from lesson packs; the answers themselves stand among the attempts."""
    asked = (
        select(Quiz.slug.label("quiz"), Attempt.number.label("attempt"), PackReturn.returned_at)
        .join(Attempt, Attempt.id == PackReturn.attempt_id)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .join(Quiz, Quiz.id == QuizVersion.quiz_id)
        .where(Attempt.user_id == user_id)
        .order_by(PackReturn.id)
    )
    return _rows(session, asked)


def visits(session: Session, user_id: int) -> dict[str, list[dict[str, Any]]]:
    """When the account was in a course, and at each of its lessons."""
    courses = (
        select(Course.title, CourseVisit.since_at, CourseVisit.seen_at)
        .join(Course, Course.id == CourseVisit.course_id)
        .where(CourseVisit.user_id == user_id)
        .order_by(CourseVisit.course_id)
    )
    lessons = (
        select(Lesson.title, LessonVisit.begun_at, LessonVisit.seen_at)
        .join(Lesson, Lesson.id == LessonVisit.lesson_id)
        .where(LessonVisit.user_id == user_id)
        .order_by(LessonVisit.lesson_id)
    )
    return {"courses": _rows(session, courses), "lessons": _rows(session, lessons)}


def links(session: Session, user_id: int) -> list[dict[str, Any]]:
    """The one-time links that were made for the account; their tokens are kept nowhere."""
    asked = select(OneTimeLink.purpose, OneTimeLink.created_at, OneTimeLink.used_at)
    return _rows(session, asked.where(OneTimeLink.user_id == user_id).order_by(OneTimeLink.id))


def admissions(session: Session, user_id: int) -> list[dict[str, Any]]:
    """What the account stated to be let through the professional gate, and when that was granted."""
    asked = select(Admission.mode, Admission.stated, Admission.admitted_at, Declaration.declared_at)
    own = asked.join(Declaration, Declaration.id == Admission.declaration_id)
    return _rows(session, own.where(Declaration.user_id == user_id).order_by(Declaration.id))


def _courses(user_id: int) -> Asked:
    return {
        "courses": select(Course.title).where(Course.owner_id == user_id).order_by(Course.id),
        "checklists": (
            select(Checklist.title, Checklist.created_at)
            .where(Checklist.owner_id == user_id)
            .order_by(Checklist.id)
        ),
        "pages": select(Page.title, Page.created_at).where(Page.owner_id == user_id).order_by(Page.id),
        "page_versions": (
            select(PageVersion.title, PageVersion.revision, PageVersion.note, PageVersion.made_at)
            .where(PageVersion.maker_id == user_id)
            .order_by(PageVersion.page_id, PageVersion.revision)
        ),
    }


def _texts(user_id: int) -> Asked:
    """Versions of lessons and words, and reviews: what was asked, and what was decided in whose name."""
    lesson, term, review = LessonVersion, TermVersion, ReviewRequest
    return {
        "lesson_versions": (
            select(lesson.title, lesson.revision, lesson.note, lesson.made_at)
            .where(lesson.maker_id == user_id)
            .order_by(lesson.lesson_id, lesson.revision)
        ),
        "lesson_translations": (
            select(LessonTranslation.title, LessonTranslation.language, LessonTranslation.updated_at)
            .where(LessonTranslation.maker_id == user_id)
            .order_by(LessonTranslation.lesson_id, LessonTranslation.language)
        ),
        "word_versions": (
            select(term.title, term.revision, term.note, term.made_at)
            .where(term.maker_id == user_id)
            .order_by(term.term_id, term.revision)
        ),
        "reviews_asked": (
            select(review.subject, review.note, review.asked_at)
            .where(review.asked_by == user_id)
            .order_by(review.id)
        ),
        "reviews_decided": (
            select(
                review.subject, review.decision, review.remarks, review.reviewer, review.interests,
                review.decided_at,
            )
            .where(review.decided_by == user_id)
            .order_by(review.id)
        ),
    }  # fmt: skip


def _questions(user_id: int) -> Asked:
    version = QuestionVersion
    return {
        "question_versions": (
            select(Question.uid.label("question"), version.number, version.created_at)
            .join(Question, Question.id == version.question_id)
            .where(version.created_by == user_id)
            .order_by(version.id)
        ),
        "corrected_keys": (
            select(Question.uid.label("question"), KeyRevision.reason, KeyRevision.created_at)
            .join(version, version.id == KeyRevision.question_version_id)
            .join(Question, Question.id == version.question_id)
            .where(KeyRevision.author_id == user_id)
            .order_by(KeyRevision.id)
        ),
        "question_files": (
            select(QuestionImport.name, QuestionImport.format, QuestionImport.created_at)
            .where(QuestionImport.owner_id == user_id)
            .order_by(QuestionImport.id)
        ),
        "quizzes": select(Quiz.title, Quiz.created_at).where(Quiz.owner_id == user_id).order_by(Quiz.id),
        "quiz_drafts": (
            select(Quiz.title, QuizDraft.saved_at)
            .join(Quiz, Quiz.id == QuizDraft.quiz_id)
            .where(QuizDraft.saved_by == user_id)
            .order_by(Quiz.id)
        ),
        "allowances_given": (
            select(Quiz.title, QuizAllowance.given_at)
            .join(Quiz, Quiz.id == QuizAllowance.quiz_id)
            .where(QuizAllowance.given_by == user_id)
            .order_by(QuizAllowance.given_at, Quiz.id)
        ),
    }


def _tracks(user_id: int) -> Asked:
    version, file = TrackVersion, TrackImport
    return {
        "track_versions": (
            select(
                Video.title.label("video"), Track.kind, Track.language,
                version.number, version.note, version.created_at,
            )
            .join(Track, Track.id == version.track_id)
            .join(Video, Video.id == Track.video_id)
            .where(version.author_id == user_id)
            .order_by(version.id)
        ),
        "caption_files": (
            select(Video.title.label("video"), file.kind, file.language, file.name, file.created_at)
            .join(Video, Video.id == file.video_id)
            .where(file.author_id == user_id)
            .order_by(file.id)
        ),
    }  # fmt: skip


def _gate(user_id: int) -> Asked:
    return {
        "invitation_codes": (
            select(InvitationCode.created_at, InvitationCode.ended_at)
            .where(InvitationCode.maker_id == user_id)
            .order_by(InvitationCode.id)
        ),
        "admitted": (
            select(Admission.admitted_at)
            .where(Admission.admitted_by == user_id)
            .order_by(Admission.admitted_at)
        ),
    }


def _rows(session: Session, asked: Select[*tuple[Any, ...]]) -> list[dict[str, Any]]:
    return [{name: _plain(value) for name, value in row.items()} for row in session.execute(asked).mappings()]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
