"""Forgetting what was asked of reviewers about a text that is deleted."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete
from sqlalchemy.orm import Session

from edu.models import ReviewRequest, ReviewSubject


def forget(session: Session, kind: ReviewSubject, row_ids: Collection[int]) -> None:
    """Delete the requests about these texts: SQLite gives the number of a row to another one later, and with
    it would come what was asked and signed about this one.
    """
    about = (ReviewRequest.subject == kind) & ReviewRequest.subject_id.in_(row_ids)
    session.execute(delete(ReviewRequest).where(about))
