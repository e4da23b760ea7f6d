"""What search finds in videos: those that say it, with the sentences that are meant, each with its time."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any, Final

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, contains_eager, defer

from edu.models import Course, Lesson, Module, PageState, SearchEntry, Shelf, Track, TrackKind, Video
from edu.policy import Action, Viewer, can
from edu.services import videos
from edu.services.contents import facts
from edu.services.delivery import Addresses
from edu.services.searching import counting, marking
from edu.services.searching.asking import Question
from edu.services.searching.found import VIDEO, Found, Hit

HITS_OF_A_VIDEO: Final = 3
HITS_IN_ONE: Final = 100  # when a single video is searched


def shown(
    session: Session,
    viewer: Viewer,
    question: Question,
    counts: dict[int, int],
    addresses: Addresses,
    one: Video | None = None,
) -> tuple[Found, ...]:
    """These videos, each with the number of its places, as a page shows them; `one` if one was searched."""
    return _found(session, viewer, question, counts, addresses, one) if counts else ()


def _found(
    session: Session,
    viewer: Viewer,
    question: Question,
    counts: dict[int, int],
    addresses: Addresses,
    one: Video | None,
) -> tuple[Found, ...]:
    rows = {video.id: video for video in session.scalars(_VIDEOS, {"videos": list(counts)})}
    pages = _lesson_pages(session, viewer, list(counts))
    places = _places(session, question, list(counts), HITS_IN_ONE if one else HITS_OF_A_VIDEO)
    found = []
    for video_id, count in counts.items():
        video = rows.get(video_id)
        if video is None or not can(viewer, Action.READ, video):
            continue  # the statement that counts leaves these out: were it ever wrong, nothing is shown
        link = videos.video_link(video, viewer, addresses)
        url = pages.get(video_id, link.url)
        hits = tuple(_hit(question, url, *place) for place in places[video_id])
        found.append(
            Found(
                shelf=Shelf.SAID,
                kind=VIDEO,
                title=video.title,
                url=url,
                note=video.code,
                language=video.language,
                picture_url=link.poster_url,
                hits=hits,
                count=count,
                more_url=f"/search?video={video.slug}" if count > len(hits) and one is None else None,
                is_gated=link.is_gated,
                is_published=video.is_published,
            )
        )
    return tuple(found)


def _hit(question: Question, url: str, lines: list[Any], language: str, kind: TrackKind) -> Hit:
    is_step = kind is TrackKind.CHAPTERS
    # a title is not spoken: its step begins where it begins
    timed = [(start, start if is_step else end, text) for start, end, text in lines]
    start, pieces = marking.excerpt(question, timed)
    return Hit(pieces, language, f"{url}?t={start / 1000:g}", start, is_step)


_Place = tuple[list[Any], str, TrackKind]


def _places(session: Session, question: Question, ids: list[int], most: int) -> dict[int, list[_Place]]:
    """The first places of each video: steps before sentences, then in the order of time."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    ordered = tuple(term.needles for term in question.terms)
    values, asked = counting.needles(ordered), _places_asked(is_sqlite, tuple(map(len, ordered)))
    found: dict[int, list[_Place]] = defaultdict(list)
    rows = session.connection().execute(asked, {**values, "videos": ids, "most": most})
    for video_id, lines, language, kind in rows:
        found[video_id].append((lines, language, kind))
    return found


@cache
def _places_asked(is_sqlite: bool, shape: tuple[int, ...]) -> Select[Any]:
    """Matched by the words of the entries: the rows of a few tracks, that lie side by side."""
    is_sentence = (Track.kind != TrackKind.CHAPTERS).label("is_sentence")
    rank = func.row_number().over(partition_by=Track.video_id, order_by=(is_sentence, SearchEntry.id))
    met = counting.holding(SearchEntry.words, shape, is_sqlite=is_sqlite)
    first = (
        select(SearchEntry.id, rank.label("rank"))
        .join(Track, Track.id == SearchEntry.track_id)
        .where(Track.video_id.in_(bindparam("videos", expanding=True)), *met)
        .subquery()
    )
    return (
        select(Track.video_id, SearchEntry.lines, Track.language, Track.kind)
        .join(first, (first.c.id == SearchEntry.id) & (first.c.rank <= bindparam("most")))
        .join(Track, Track.id == SearchEntry.track_id)
        .order_by(Track.video_id, first.c.rank)
    )


def _lesson_pages(session: Session, viewer: Viewer, ids: list[int]) -> dict[int, str]:
    """The address of the first lesson that shows each of the videos, where the viewer may read it."""
    found: dict[int, str] = {}
    for row in session.scalars(_LESSONS, {"videos": ids}):
        course = row.module.course
        is_open = viewer.is_instructor or course.state is not PageState.DRAFT
        if row.video_id is not None and is_open and can(viewer, Action.READ, facts(row)):
            found.setdefault(row.video_id, f"/courses/{course.slug}/{row.slug}")
    return found


_VIDEOS = (
    select(Video)
    .where(Video.id.in_(bindparam("videos", expanding=True)))
    .options(defer(Video.report), defer(Video.details), defer(Video.problem), defer(Video.description))
)
_LESSONS = (
    select(Lesson)
    .join(Lesson.module)
    .join(Module.course)
    .where(Lesson.video_id.in_(bindparam("videos", expanding=True)))
    .order_by(Course.position, Course.id, Module.position, Lesson.position)
    .options(contains_eager(Lesson.module).contains_eager(Module.course), defer(Lesson.body))
)
