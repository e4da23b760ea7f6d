"""Everything the site keeps about one account, as plain values for a JSON file (GDPR article 20)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import (
    ApiToken,
    Attempt,
    AttemptSlot,
    AttemptState,
    AuditEntry,
    Declaration,
    Film,
    Grading,
    Lesson,
    LoginSession,
    Note,
    Question,
    QuestionVersion,
    Quiz,
    QuizVersion,
    Response,
    ReviewCard,
    ReviewLog,
    ReviewPlan,
    Track,
    TrackDraft,
    Upload,
    Video,
)
from edu.services import accounts, audit, personal_works, terms_acceptance
from edu.services.audit import Deed
from edu.services.certificates import kept as certificates
from edu.services.hand_ins import personal as hand_ins
from edu.services.messages import personal as messages
from edu.services.quizzing import personal as quizzing
from edu.services.stations import personal as ratings
from edu.services.watching import personal as watching

FORMAT = "edu-account-1"


def export(session: Session, user_id: int, now: datetime) -> dict[str, Any]:
    """The account with sessions, declarations, attempts and answers, reviews, ratings, notes, works, deeds.

    Also what was watched of films and of steps after answers, what quizzes allow this learner, the messages
    that were sent and answered, the names of tokens for programs, certificates, and the terms agreed to.
    Secrets (the password's hash, tokens) are left out. Moments are ISO 8601 in UTC; NotFound for no account.
    """
    user = accounts.get(session, user_id)
    content = {
        "format": FORMAT,
        "exported_at": now.isoformat(),
        "account": {
            "name": user.name,
            "email": user.email,
            "role": user.role.value,
            "created_at": user.created_at.isoformat(),
            "quota_bytes": user.quota_bytes,
            "language": user.language,
        },
        "sessions": _sessions(session, user_id),
        "tokens": _tokens(session, user_id),
        "declarations": _declarations(session, user_id),
        "attempts": _attempts(session, user_id),
        "clips": quizzing.clips(session, user_id),
        "allowances": quizzing.allowances(session, user_id),
        "watching": watching.export(session, user_id),
        "review": _review(session, user_id),
        "ratings": ratings.export(session, user_id),
        "notes": _notes(session, user_id),
        "hand_ins": hand_ins.export(session, user_id),
        "messages": messages.export(session, user_id),
        "admissions": personal_works.admissions(session, user_id),
        "certificates": certificates.export(session, user_id),
        "terms": terms_acceptance.export(session, user_id),
        "links": personal_works.links(session, user_id),
        "packs": personal_works.packs(session, user_id),
        "visits": personal_works.visits(session, user_id),
        "works": _works(session, user_id),
        "deeds": _deeds(session, user_id),
    }
    audit.record(session, Deed.EXPORTED, now=now, actor_id=user_id, subject=audit.of_user(user_id))
    return content


def _moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def _sessions(session: Session, user_id: int) -> list[dict[str, Any]]:
    rows = session.scalars(
        select(LoginSession).where(LoginSession.user_id == user_id).order_by(LoginSession.id)
    )
    return [
        {
            "device": row.device,
            "created_at": _moment(row.created_at),
            "last_seen_at": _moment(row.last_seen_at),
            "ended_at": _moment(row.ended_at),
        }
        for row in rows
    ]


def _tokens(session: Session, user_id: int) -> list[dict[str, Any]]:
    """The tokens for programs by their names; neither they nor their hashes."""
    rows = session.scalars(select(ApiToken).where(ApiToken.user_id == user_id).order_by(ApiToken.id))
    return [
        {
            "name": row.name,
            "created_at": _moment(row.created_at),
            "used_at": _moment(row.used_at),
            "ended_at": _moment(row.ended_at),
        }
        for row in rows
    ]


def _declarations(session: Session, user_id: int) -> list[dict[str, Any]]:
    rows = session.scalars(select(Declaration).where(Declaration.user_id == user_id).order_by(Declaration.id))
    return [
        {
            "profession": row.profession,
            "text_version": row.text_version,
            "declared_at": _moment(row.declared_at),
            "withdrawn_at": _moment(row.withdrawn_at),
        }
        for row in rows
    ]


def _attempts(session: Session, user_id: int) -> list[dict[str, Any]]:
    rows = session.execute(
        select(Attempt, Quiz.slug)
        .join(QuizVersion, QuizVersion.id == Attempt.quiz_version_id)
        .join(Quiz, Quiz.id == QuizVersion.quiz_id)
        .where(Attempt.user_id == user_id)
        .order_by(Attempt.started_at, Attempt.id)
    ).all()
    answers = _answers(
        session,
        [attempt.id for attempt, _ in rows],
        open_ones={attempt.id for attempt, _ in rows if attempt.state is AttemptState.OPEN},
    )
    return [
        {
            "quiz": slug,
            "number": attempt.number,
            "state": attempt.state.value,
            "started_at": _moment(attempt.started_at),
            "submitted_at": _moment(attempt.submitted_at),
            "answers": answers.get(attempt.id, []),
        }
        for attempt, slug in rows
    ]


def _answers(
    session: Session, attempt_ids: list[str], *, open_ones: set[str]
) -> dict[str, list[dict[str, Any]]]:
    """Per attempt, its slots in order with answers and marks; an attempt that is open tells no marks."""
    marks: dict[tuple[str, int], list[float]] = {}
    for mark in session.scalars(
        select(Grading).where(Grading.attempt_id.in_(attempt_ids)).order_by(Grading.id)
    ):
        if mark.attempt_id not in open_ones:
            marks.setdefault((mark.attempt_id, mark.position), []).append(mark.fraction)
    given: dict[str, list[dict[str, Any]]] = {}
    rows = session.execute(
        select(AttemptSlot, Question.uid, QuestionVersion.number, Response)
        .join(QuestionVersion, QuestionVersion.id == AttemptSlot.question_version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .outerjoin(
            Response,
            (Response.attempt_id == AttemptSlot.attempt_id) & (Response.position == AttemptSlot.position),
        )
        .where(AttemptSlot.attempt_id.in_(attempt_ids))
        .order_by(AttemptSlot.attempt_id, AttemptSlot.position)
    )
    for slot, question, number, response in rows:
        given.setdefault(slot.attempt_id, []).append(
            {
                "question": question,
                "version": number,
                "answer": response.body if response else None,
                "certainty": response.certainty if response else None,
                "hints": slot.hints,
                "saved_at": _moment(response.saved_at) if response else None,
                "fractions": marks.get((slot.attempt_id, slot.position), []),
            }
        )
    return given


def _review(session: Session, user_id: int) -> dict[str, Any]:
    """The plan, the cards and the history of spaced review, without the hash of the feed's secret."""
    plan = session.get(ReviewPlan, user_id)
    cards = (
        select(ReviewCard, Question.uid)
        .join(Question, Question.id == ReviewCard.question_id)
        .where(ReviewCard.user_id == user_id)
        .order_by(ReviewCard.question_id)
    )
    answers = (
        select(ReviewLog, Question.uid)
        .join(Question, Question.id == ReviewLog.question_id)
        .where(ReviewLog.user_id == user_id)
        .order_by(ReviewLog.id)
    )
    return {
        "plan": plan
        and {
            "exam_on": plan.exam_on.isoformat() if plan.exam_on else None,
            "per_day": plan.per_day,
            "asks_certainty": plan.asks_certainty,
            "feed_made_at": _moment(plan.feed_made_at),
        },
        "cards": [
            {
                "question": uid,
                "due_at": _moment(card.due_at),
                "reviewed_at": _moment(card.reviewed_at),
                "stability": card.stability,
                "difficulty": card.difficulty,
                "times_asked": card.asked,
            }
            for card, uid in session.execute(cards)
        ],
        "answers": [
            {
                "question": uid,
                "answered_at": _moment(line.answered_at),
                "rating": line.rating.value,
                "fraction": line.fraction,
                "certainty": line.certainty,
                "took_ms": line.took_ms,
            }
            for line, uid in session.execute(answers)
        ],
    }


def _notes(session: Session, user_id: int) -> list[dict[str, Any]]:
    """What the account wrote down at moments of films, and what it marked there."""
    rows = session.execute(
        select(Note, Video.title)
        .join(Video, Video.id == Note.video_id)
        .where(Note.user_id == user_id)
        .order_by(Note.id)
    )
    return [
        {
            "video": title,
            "film": note.film,
            "at_ms": note.at_ms,
            "text": note.text,
            "created_at": _moment(note.created_at),
            "updated_at": _moment(note.updated_at),
        }
        for note, title in rows
    ]


def _works(session: Session, user_id: int) -> dict[str, list[Any]]:
    """The titles of what the account made; the works themselves are downloaded in the studio."""
    return {
        "lessons": list(session.scalars(select(Lesson.title).where(Lesson.owner_id == user_id))),
        "videos": list(session.scalars(select(Video.title).where(Video.owner_id == user_id))),
        "questions": list(session.scalars(select(Question.uid).where(Question.owner_id == user_id))),
        "uploads": list(session.scalars(select(Upload.name).where(Upload.owner_id == user_id))),
        "films": _films(session, user_id),
        **personal_works.export(session, user_id),
        "working_copies": _working_copies(session, user_id),
    }


def _working_copies(session: Session, user_id: int) -> list[dict[str, Any]]:
    """The unfinished text tracks that the account worked on last; their words are in the studio."""
    asked = (
        select(TrackDraft.updated_at, Track.kind, Track.language, Video.title)
        .join(Track, Track.id == TrackDraft.track_id)
        .join(Video, Video.id == Track.video_id)
        .where(TrackDraft.author_id == user_id)
        .order_by(TrackDraft.track_id)
    )
    return [
        {"video": title, "kind": kind.value, "language": language, "updated_at": _moment(at)}
        for at, kind, language, title in session.execute(asked)
    ]


def _films(session: Session, user_id: int) -> list[dict[str, Any]]:
    """The cuts that the account asked for, with what it wrote beside them."""
    asked = (
        select(Film, Video.title)
        .join(Video, Video.id == Film.video_id)
        .where(Film.author_id == user_id)
        .order_by(Film.id)
    )
    return [
        {
            "video": title,
            "recording": film.original_name,
            "note": film.note,
            "created_at": _moment(film.created_at),
        }
        for film, title in session.execute(asked)
    ]


def _deeds(session: Session, user_id: int) -> list[dict[str, Any]]:
    rows = session.scalars(select(AuditEntry).where(AuditEntry.actor_id == user_id).order_by(AuditEntry.id))
    return [
        {"at": _moment(row.at), "deed": row.action, "subject": row.subject, "detail": row.detail}
        for row in rows
    ]
