"""All notes of one person, by course and film: the page that lists them, and what is written into files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import Course, Lesson, Note, PageState, Video
from edu.policy import Action, Viewer, can
from edu.services.film_times_between import films_of
from edu.services.notes.keeping import NoteView, in_order, view

ON_A_PAGE = 100
MOST_ASKED = 200
"""Characters of a search that are looked at."""


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """A film as far as the reader may know of it; without an address it is not on offer any more.

    A locked one is for professionals: its address leads to the gate.
    """

    slug: str
    code: str
    title: str
    course: str
    url: str
    is_locked: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A note with its film; `url` plays the film from there, where the film shows the moment."""

    film: FilmFacts
    note: NoteView
    url: str


@dataclass(frozen=True, slots=True)
class FilmNotes:
    """The notes of one film that stand on a page."""

    film: FilmFacts
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class CourseNotes:
    """The films of one course; without a title those that no lesson shows."""

    title: str
    films: tuple[FilmNotes, ...]


@dataclass(frozen=True, slots=True)
class NotesPage:
    """A page of notes: `count` are all there are, `found` those that hold what was asked for."""

    asked: str
    count: int
    found: int
    courses: tuple[CourseNotes, ...]
    number: int
    last: int


def page(session: Session, viewer: Viewer, *, asked: str = "", number: int = 1) -> NotesPage:
    """The viewer's notes whose text holds every word of `asked`, in the order of courses and films."""
    everything = entries(session, viewer)
    wanted = asked[:MOST_ASKED].casefold().split()
    found = [each for each in everything if _holds(each, wanted)]
    last = max(1, -(-len(found) // ON_A_PAGE))
    here = min(max(1, number), last)
    shown = found[(here - 1) * ON_A_PAGE : here * ON_A_PAGE]
    return NotesPage(asked[:MOST_ASKED].strip(), len(everything), len(found), _grouped(shown), here, last)


def entries(session: Session, viewer: Viewer, *, slug: str = "") -> tuple[Entry, ...]:
    """The viewer's notes, or those of one film: NotFound where there is none of that."""
    rows = session.execute(
        select(Note, Video)
        .join(Video, Video.id == Note.video_id)
        .where(Note.user_id == viewer.user_id, *([Video.slug == slug] if slug else []))
        .order_by(Note.at_ms, Note.id)
    ).all()
    if slug and not rows:
        raise NotFound("there are no notes of yours at this film")
    watched = {video.id: video for _, video in rows}
    films = films_of(session, (note.video_id for note, video in rows if note.film != video.film))
    places = _courses(session, viewer, watched)
    found: list[Entry] = []
    for video in sorted(watched.values(), key=lambda video: _order(video, places)):
        facts = _facts(video, viewer, places.get(video.id, (0, ""))[1])
        own = in_order(view(note, video, films.get(video.id, ())) for note, of in rows if of.id == video.id)
        found += [Entry(facts, note, _address(facts, note)) for note in own]
    return tuple(found)


def _courses(session: Session, viewer: Viewer, video_ids: Iterable[int]) -> dict[int, tuple[int, str]]:
    """By video, the rank and title of the first course that shows it, as far as the viewer knows."""
    wanted = sorted(video_ids)
    if not wanted:
        return {}
    asked = (
        select(Video.id, Course.id, Course.title, Course.state, Lesson.state)
        .join(Lesson, Lesson.video_id == Video.id)
        .join(Course, Course.id == Lesson.course_id)
        .where(Video.id.in_(wanted))
        .order_by(Course.position, Course.id)
    )
    ranks: dict[int, int] = {}
    found: dict[int, tuple[int, str]] = {}
    for video_id, course_id, title, *states in session.execute(asked):
        rank = ranks.setdefault(course_id, len(ranks))
        if video_id not in found and (viewer.is_instructor or PageState.DRAFT not in states):
            found[video_id] = (rank, title)
    return found


def _order(video: Video, courses: dict[int, tuple[int, str]]) -> tuple[bool, int, str, str]:
    """By course, then by code and title; films of no course come last."""
    place, title = courses.get(video.id, (0, ""))
    return not title, place, video.code, video.title


def _facts(video: Video, viewer: Viewer, course: str) -> FilmFacts:
    if not can(viewer, Action.FIND, video):
        return FilmFacts(slug=video.slug, code="", title="", course=course, url="", is_locked=False)
    return FilmFacts(
        slug=video.slug,
        code=video.code,
        title=video.title,
        course=course,
        url=f"/videos/{video.slug}",
        is_locked=not can(viewer, Action.READ, video),
    )


def _address(film: FilmFacts, note: NoteView) -> str:
    """With and without script it plays from the moment; a film that leaves it out has no such address."""
    if not film.url or note.is_cut:
        return ""
    time = f"t={note.place_ms / 1000:.10g}"
    return f"{film.url}?{time}#{time}"


def _holds(entry: Entry, words: list[str]) -> bool:
    text = entry.note.text.casefold()
    return all(word in text for word in words)


def _grouped(shown: list[Entry]) -> tuple[CourseNotes, ...]:
    return tuple(
        CourseNotes(
            title,
            tuple(
                FilmNotes(film, tuple(own)) for film, own in groupby(of_course, key=lambda entry: entry.film)
            ),
        )
        for title, of_course in groupby(shown, key=lambda entry: entry.film.course)
    )
