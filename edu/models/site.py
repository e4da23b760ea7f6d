"""What the installer remembers of course files."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, UTCDateTime


class InstalledFile(Base):
    """A course file as it was last installed: its hash then, and the hash of the row made from it.

    When the row's hash is no longer the one noted here, somebody edited it in the studio: a new version of
    the file must not overwrite that work.
    """

    __tablename__ = "installed_file"

    course_id: Mapped[int] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), primary_key=True)
    path: Mapped[str] = mapped_column(String(250), primary_key=True)
    source_hash: Mapped[str] = mapped_column(String(64))
    row_hash: Mapped[str] = mapped_column(String(64))
    installed_at: Mapped[datetime] = mapped_column(UTCDateTime)
