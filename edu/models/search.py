"""The places that search finds: stretches of what is said in a video, and the titles of its steps."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base

PLACES_OF_A_TRACK = 1 << 16


class SearchEntry(Base):
    """A stretch of half a minute of the track version that is served.

    The id is `track_id * PLACES_OF_A_TRACK` and the number of the stretch: from the id alone the index tells
    the track, and the rows of a track lie side by side. Rows are derived from tracks and can be made anew.
    """

    __tablename__ = "search_entry"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False
    )
    track_id: Mapped[int] = mapped_column(ForeignKey("track.id", ondelete="CASCADE"), index=True)
    version: Mapped[int]  # number of the track version that it was made from
    lines: Mapped[list[Any]]  # [[start_ms, end_ms, text], …] as they are shown
    words: Mapped[str] = mapped_column(Text)  # folded, with a space before, between and after
