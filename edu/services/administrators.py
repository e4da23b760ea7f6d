"""Administrators: who runs the site at present."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from edu.models import Role, User


def ids(session: Session) -> tuple[int, ...]:
    """The accounts of those who run the site, in the order in which they came."""
    return tuple(session.scalars(select(User.id).where(are()).order_by(User.id)))


def are() -> ColumnElement[bool]:
    """Part of a statement about User: whether the account runs the site."""
    return and_(User.role == Role.ADMINISTRATOR, User.disabled_at.is_(None))


def is_one(user: User | None) -> bool:
    """Whether that account is there and runs the site."""
    return user is not None and user.role is Role.ADMINISTRATOR and user.disabled_at is None
