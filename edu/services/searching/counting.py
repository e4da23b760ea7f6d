"""In which tracks a question is met, and how often: asked of SQLite's FTS5 or of PostgreSQL's GIN index.

Nothing is ranked by the engine: bm25 and ts_rank cost by the hit. The tracks come back with the number of
their places, of which at most MOST_PLACES are looked at, and those few that a page shows are read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    cast,
    column,
    func,
    literal_column,
    not_,
    or_,
    select,
    table,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from edu.models import Audience, Track, TrackKind, Video, Visibility
from edu.models.search import PLACES_OF_A_TRACK, SearchEntry
from edu.policy import Viewer
from edu.services.searching.asking import Question, Term

MOST_PLACES: Final = 3_000
MOST_VIDEOS: Final = 100  # that are told of
STEP_WEIGHT: Final = 5  # places that a step whose title meets the question counts for
# What the migration makes beside the models: a table of SQLite's, an index of PostgreSQL's on these words.
_FTS = table("search_index", column("rowid", Integer))
_VECTOR = func.to_tsvector(literal_column("'simple'"), SearchEntry.words)

# Where words are common PostgreSQL would rather read the whole table, and make every vector anew: many times
# slower than by its index. The choice holds until the transaction ends, and the rest has indexes, too.
BY_INDEX = text("SET LOCAL enable_seqscan = off")


@dataclass(frozen=True, slots=True)
class Met:
    """Places by video, the best video first, and how many videos and places there are in all."""

    counts: dict[int, int]
    videos: int
    places: int


def met(session: Session, viewer: Viewer, question: Question, video_id: int | None = None) -> Met:
    """Where the question is met, among the videos that the viewer may read or in one of them."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    ordered = () if is_sqlite else phrases(question)
    asked = _asked(is_sqlite, _sight(viewer), video_id is not None, tuple(map(len, ordered)))
    values = {**needles(ordered), "asked": fts(question) if is_sqlite else tsquery(question)}
    connection = (
        session.connection()
    )  # these are no models, and reading them as such would take half as long again
    if not is_sqlite:
        connection.execute(BY_INDEX)
    rows = connection.execute(asked, {**values, "video": video_id}).all()
    if not rows:
        return NOWHERE
    return Met({row[0]: int(row[1]) for row in rows}, rows[0][2], int(rows[0][3]))


NOWHERE: Final = Met({}, 0, 0)


def fts(question: Question) -> str:
    """The question for FTS5. A word holds letters and digits only, so that nothing in it is an operator."""
    return " AND ".join(_fts(term) for term in question.terms)


def _fts(term: Term) -> str:
    ways = [f'"{" ".join(way)}"' for way in (term.words, *term.others)]
    ways[0] += "*" * term.is_beginning
    return f"({' OR '.join(ways)})" if term.others else ways[0]


def tsquery(question: Question) -> str:
    """The question for PostgreSQL, phrases as words that are all there: their order is looked at apart."""
    return " & ".join(_tsquery(term) for term in question.terms)


def _tsquery(term: Term) -> str:
    ways = [" & ".join(f"'{word}'" for word in way) for way in (term.words, *term.others)]
    ways[0] += ":*" * term.is_beginning
    return f"({' | '.join(ways)})" if term.others else ways[0]


def phrases(question: Question) -> tuple[tuple[str, ...], ...]:
    """For each term that words in a row may meet, what PostgreSQL has to look for one of beside its index."""
    return tuple(term.needles for term in question.terms if max(map(len, (term.words, *term.others))) > 1)


def needles(ordered: tuple[tuple[str, ...], ...]) -> dict[str, str]:
    """The values of the parameters of `holding`."""
    return {f"{term}_{way}": needle for term, ways in enumerate(ordered) for way, needle in enumerate(ways)}


def holding(words: Any, shape: tuple[int, ...], *, is_sqlite: bool = False) -> list[ColumnElement[bool]]:
    """Parts of a statement: that the words hold one needle of each term; `shape` says how many it has."""
    find = func.instr if is_sqlite else func.strpos
    return [
        or_(*(find(words, bindparam(f"{term}_{way}")) > 0 for way in range(count)))
        for term, count in enumerate(shape)
    ]


def _sight(viewer: Viewer) -> tuple[bool, bool]:
    """What decides which videos a viewer may read: see policy.RULES, which this says once more as SQL."""
    return viewer.is_instructor, viewer.passes_gate


def _readable(sight: tuple[bool, bool]) -> ColumnElement[bool]:
    sees_drafts, passes_gate = sight
    rules = [] if sees_drafts else [Video.visibility == Visibility.PUBLISHED]
    if not passes_gate:
        rules.append(Video.audience == Audience.OPEN)
    return and_(true(), *rules)


@cache
def _asked(is_sqlite: bool, sight: tuple[bool, bool], in_one: bool, shape: tuple[int, ...]) -> Select[Any]:
    tracks = select(Track.id).join(Video, Video.id == Track.video_id)
    track: ColumnElement[int]
    if is_sqlite:
        track = _FTS.c.rowid.op("/")(literal_column(str(PLACES_OF_A_TRACK)))
        matching = literal_column("search_index").op("MATCH")(bindparam("asked"))
    else:
        track = SearchEntry.track_id.expression
        matching = _VECTOR.op("@@")(cast(bindparam("asked"), TSQUERY))
    places = select(track.label("track_id")).where(matching)
    # what is hidden is mostly little, so that a list of it is shorter than one of what is not
    places = places.where(track.not_in(tracks.where(not_(_readable(sight))))) if not all(sight) else places
    if in_one:
        places = places.where(track.in_(tracks.where(Video.id == bindparam("video"))))
    bounded = places.where(*holding(SearchEntry.words, shape)).limit(MOST_PLACES).subquery()
    by_track = (
        select(bounded.c.track_id, func.count().label("places")).group_by(bounded.c.track_id).subquery()
    )
    weight = case((Track.kind == TrackKind.CHAPTERS, STEP_WEIGHT), else_=1)
    found = func.sum(by_track.c.places)
    return (
        select(
            Track.video_id,
            found.label("places"),
            func.count().over().label("all_videos"),
            func.sum(found).over().label("all_places"),
        )
        .join(by_track, by_track.c.track_id == Track.id)
        .group_by(Track.video_id)
        .order_by(func.sum(by_track.c.places * weight).desc(), Track.video_id)
        .limit(MOST_VIDEOS)
    )
