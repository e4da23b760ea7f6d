"""Rows that are made when they are first needed, by whichever of several transactions comes first."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from edu.db import Base


def add_unless_there(session: Session, model: type[Base], **values: Any) -> None:
    """Add the row unless one with its key is there; on PostgreSQL it waits for one that is being added."""
    table = Base.metadata.tables[model.__tablename__]
    rows = sqlite.insert(table) if session.get_bind().dialect.name == "sqlite" else postgresql.insert(table)
    session.execute(rows.values(values).on_conflict_do_nothing())
