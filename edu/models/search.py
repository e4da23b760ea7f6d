"""What search finds: stretches of what is said in a video, titles of its steps, things with their words."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from edu.db import Base, enum_column

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


class ThingKind(StrEnum):
    """What is found beside what is said in videos: each row of these tables is one thing."""

    COURSE = "course"
    LESSON = "lesson"
    TERM = "term"
    REFERENCE = "reference"
    PAGE = "page"
    QUIZ = "quiz"
    CHECKLIST = "checklist"


class Shelf(StrEnum):
    """Where what is found stands on the page of search, in this order."""

    GLOSSARY = "glossary"
    LESSONS = "lessons"  # and courses
    SAID = "said"  # in videos; of the tables above
    LIBRARY = "library"
    QUESTIONS = "questions"  # of research that are open
    NEWS = "news"  # and stories
    PRACTICE = "practice"  # self-assessments and checklists
    ABOUT = "about"  # the site and those who make it


class SearchThing(Base):
    """A thing that can be found. It points to the one row that it was made from, and goes with that.

    Who may find it is asked of that row, never kept here. `position` orders what is found equally well.
    `original_id` is, for a translated page, its original. Its words are in a table of their own, so that
    thousands of things are looked through without reading them.
    """

    __tablename__ = "search_thing"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ThingKind] = mapped_column(enum_column(ThingKind))
    shelf: Mapped[Shelf] = mapped_column(enum_column(Shelf))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    lesson_id: Mapped[int | None] = mapped_column(ForeignKey("lesson.id", ondelete="CASCADE"), index=True)
    term_id: Mapped[int | None] = mapped_column(ForeignKey("term.id", ondelete="CASCADE"), index=True)
    reference_id: Mapped[int | None] = mapped_column(
        ForeignKey("reference.id", ondelete="CASCADE"), index=True
    )
    page_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)
    quiz_id: Mapped[int | None] = mapped_column(ForeignKey("quiz.id", ondelete="CASCADE"), index=True)
    checklist_id: Mapped[int | None] = mapped_column(
        ForeignKey("checklist.id", ondelete="CASCADE"), index=True
    )
    original_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(35))
    position: Mapped[int] = mapped_column(default=0)


class SearchText(Base):
    """The words of a thing: folded, with a space before, between and after; `words` holds all of them."""

    __tablename__ = "search_text"

    thing_id: Mapped[int] = mapped_column(
        ForeignKey("search_thing.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    title: Mapped[str] = mapped_column(Text)  # its titles, or all names of a term
    head: Mapped[str] = mapped_column(Text)  # summary, objectives, headings, authors
    words: Mapped[str] = mapped_column(Text)


class SearchSection(Base):
    """A part of a thing as it is shown, to find in a thing the place that is meant."""

    __tablename__ = "search_section"

    thing_id: Mapped[int] = mapped_column(
        ForeignKey("search_thing.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    anchor: Mapped[str] = mapped_column(String(200))
    heading: Mapped[str] = mapped_column(Text)
    lines: Mapped[list[Any]]  # sentences, with their evidence tags
    words: Mapped[str] = mapped_column(Text)


class SearchName(Base):
    """A name of a term that has a page. `key` is the same for spellings that differ in spaces, accents or
    a plural s alone; `is_same` says that it names the thing itself, not a neighbour of it.
    """

    __tablename__ = "search_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(200), index=True)
    text: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    is_same: Mapped[bool]
