"""What search finds, as a page shows it: videos with the sentences that are meant, each with its time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, contains_eager, defer

from edu.models import Course, Lesson, Module, PageState, Track, TrackKind, Video
from edu.models.search import SearchEntry
from edu.policy import Action, Viewer, can, require
from edu.services import videos
from edu.services.contents import facts
from edu.services.delivery import Addresses
from edu.services.searching import asking, counting, marking
from edu.services.searching.asking import Question
from edu.services.searching.marking import Piece

ON_A_PAGE: Final = 10
HITS_OF_A_VIDEO: Final = 3
HITS_IN_ONE: Final = 100  # when a single video is searched


class Kind(StrEnum):
    """What can be found; a page has a heading and a picture for each."""

    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in it: what stands there, in pieces of which some are marked, and the address that leads there.

    `start_ms` is none for what has no time. `step` says that it is the title of a step.
    """

    pieces: tuple[Piece, ...]
    language: str
    url: str
    start_ms: int | None = None
    is_step: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that meets the question, with its best places; `count` is how many there are in all."""

    kind: Kind
    title: str
    url: str
    note: str
    language: str
    picture_url: str | None
    hits: tuple[Hit, ...]
    count: int
    more_url: str | None
    is_gated: bool = False
    is_published: bool = True


@dataclass(frozen=True, slots=True)
class SearchPage:
    """An answer. `asked` is what was typed; `video` the title of the one video that was searched."""

    asked: str
    is_question: bool
    found: tuple[Found, ...]
    things: int  # how many there are on all pages
    places: int
    is_bounded: bool  # there are more places than were looked at
    number: int
    last: int
    slug: str
    video: str


def find(
    session: Session, viewer: Viewer, text: str, addresses: Addresses, *, slug: str = "", number: int = 1
) -> SearchPage:
    """The page of that number of what meets the text, in all videos or in the one of that address name.

    Nothing that the viewer may not read is found, counted or told of. Raises NotFound or GateClosed for one
    video that the viewer may not read.
    """
    question = asking.read(text)
    one = _one(session, viewer, slug) if slug else None
    met = counting.NOWHERE
    if question:
        met = counting.met(session, viewer, question, one.id if one else None)
    last = max(1, -(-len(met.counts) // ON_A_PAGE))
    number = min(max(number, 1), last)
    shown = list(met.counts)[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
    found = (
        _found(session, viewer, question, {key: met.counts[key] for key in shown}, addresses, one)
        if shown
        else ()
    )
    return SearchPage(
        asked=text[: asking.MOST_LETTERS],
        is_question=bool(question),
        found=found,
        things=met.videos,
        places=met.places,
        is_bounded=met.places >= counting.MOST_PLACES,
        number=number,
        last=last,
        slug=one.slug if one else "",
        video=one.title if one else "",
    )


def _one(session: Session, viewer: Viewer, slug: str) -> Video:
    """The video to search in."""
    video = videos.named(session, slug)
    require(viewer, Action.READ, video)
    return video


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
                kind=Kind.VIDEO,
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
    values = {f"needle{number}": term.needle for number, term in enumerate(question.terms)}
    asked = _places_asked(is_sqlite, len(question.terms))
    found: dict[int, list[_Place]] = defaultdict(list)
    rows = session.connection().execute(asked, {**values, "videos": ids, "most": most})
    for video_id, lines, language, kind in rows:
        found[video_id].append((lines, language, kind))
    return found


@cache
def _places_asked(is_sqlite: bool, terms: int) -> Select[Any]:
    """Matched by the words of the entries: the rows of a few tracks, that lie side by side."""
    find = func.instr if is_sqlite else func.strpos
    is_sentence = (Track.kind != TrackKind.CHAPTERS).label("is_sentence")
    rank = func.row_number().over(partition_by=Track.video_id, order_by=(is_sentence, SearchEntry.id))
    met = (find(SearchEntry.words, bindparam(f"needle{number}")) > 0 for number in range(terms))
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
