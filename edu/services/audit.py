"""The audit trail: deeds by ids only, never by a name or an address, so that an erased account is erased."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import AuditEntry


class Deed(StrEnum):
    """What is written down about accounts, the gate, and the instructors' work."""

    SIGNED_IN = "account.signed_in"
    SIGN_IN_REFUSED = "account.sign_in_refused"
    SIGNED_OUT = "account.signed_out"
    SIGNED_OUT_EVERYWHERE = "account.signed_out_everywhere"
    SESSION_ENDED = "account.session_ended"
    CREATED = "account.created"
    RENAMED = "account.renamed"
    EMAIL_CHANGED = "account.email_changed"
    PASSWORD_CHANGED = "account.password_changed"  # noqa: S105 (the name of a deed)
    EXPORTED = "account.exported"
    ERASED = "account.erased"
    ROLE_CHANGED = "account.role_changed"
    DISABLED = "account.disabled"
    ENABLED = "account.enabled"
    QUOTA_CHANGED = "account.quota_changed"
    LINK_ISSUED = "link.issued"
    LINK_USED = "link.used"
    LINK_REVOKED = "link.revoked"
    DECLARED = "gate.declared"
    WITHDRAWN = "gate.withdrawn"
    VIDEO_RECEIVED = "video.received"
    VIDEO_CHANGED = "video.changed"
    VIDEO_PUBLISHED = "video.published"
    VIDEO_UNPUBLISHED = "video.unpublished"
    VIDEO_CANCELLED = "video.cancelled"
    VIDEO_RETRIED = "video.retried"
    VIDEO_DELETED = "video.deleted"
    VIDEO_OPENED = "video.opened"  # it was for professionals, and is for everybody
    FILM_ASKED = "video.film_asked"
    POSTER_CHOSEN = "video.poster_chosen"
    ORIGINAL_DELETED = "video.original_deleted"
    TRACK_SAVED = "track.saved"
    TRACK_BROUGHT_BACK = "track.brought_back"
    LESSON_CREATED = "lesson.created"
    LESSON_CHANGED = "lesson.changed"
    LESSON_DELETED = "lesson.deleted"
    LESSON_OPENED = "lesson.opened"  # it was for professionals, and is for everybody
    COURSE_CREATED = "course.created"
    COURSE_CHANGED = "course.changed"
    COURSE_MOVED = "course.moved"
    COURSE_RENAMED = "course.renamed"
    COURSE_DELETED = "course.deleted"
    MODULE_CREATED = "module.created"
    MODULE_CHANGED = "module.changed"
    MODULE_MOVED = "module.moved"
    MODULE_DELETED = "module.deleted"
    MODULE_OPENED = "module.opened"  # it was for professionals, and is for everybody
    LESSON_MOVED = "lesson.moved"
    CERTIFICATE_GIVEN = "certificate.given"
    CERTIFICATE_WITHDRAWN = "certificate.withdrawn"
    CERTIFICATE_REMOVED = "certificate.removed"  # by whom it was given to
    TERMS_ACCEPTED = "account.terms_accepted"
    PAGE_CREATED = "page.created"
    PAGE_CHANGED = "page.changed"
    PAGE_DELETED = "page.deleted"
    WORD_CREATED = "word.created"  # of the glossary
    WORD_CHANGED = "word.changed"
    WORD_DELETED = "word.deleted"
    QUESTION_SAVED = "question.saved"
    QUESTION_REMOVED = "question.removed"
    QUIZ_CHANGED = "quiz.changed"
    QUESTIONS_IMPORTED = "questions.imported"
    KEY_CORRECTED = "question.key_corrected"
    ALLOWANCE_GIVEN = "quiz.allowance_given"
    CHECKLIST_SAVED = "checklist.saved"
    TERMS_SAVED = "course.terms_saved"


def record(
    session: Session,
    deed: str,
    *,
    now: datetime,
    actor_id: int | None = None,
    subject: str = "",
    **detail: str | int | None,
) -> None:
    """Note that `actor_id` (None: nobody with an account, or the command line) did this to the subject."""
    session.add(AuditEntry(at=now, actor_id=actor_id, action=deed, subject=subject, detail=dict(detail)))


def reason(session: Session, deed: str, subject: str) -> str:
    """The code that was noted as the reason when this was last done to the subject; "" when it never was."""
    asked = select(AuditEntry.detail).where(AuditEntry.action == deed, AuditEntry.subject == subject)
    detail = session.scalar(asked.order_by(AuditEntry.id.desc()).limit(1))
    return str(detail["reason"]) if detail else ""


def of_user(user_id: int) -> str:
    """The subject for an account."""
    return f"user:{user_id}"
