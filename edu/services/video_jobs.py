"""The jobs of a video: their names, their keys, and the promises to do them."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.orm import Session

from edu import queue
from edu.models import Film, FilmState, Job, JobState, Timing, Video
from edu.services import originals

CHECK = "check_video"
IMPROVE = "improve_video"
CONVERT = "convert_video"  # as IMPROVE, of a short film that cannot be watched before: inside a long job
AV1 = "encode_av1"
PREVIEW = "preview_film"
FIRST = 10  # priority of what somebody waits for
URGENT = 0  # and more: done while a long job stands still
BEHIND = -5  # of improving: all that is short goes before it, smaller versions of it come after
LAST = -10  # of what nobody misses
LONGEST_START = timedelta(hours=1)
SHORT_MS = 60_000
"""What is no longer is converted while a long job stands still, if nothing of it can be watched yet."""


def keys(session: Session, video: Video) -> list[str]:
    """The keys of the jobs that lead to the film that is shown, or to the one that was asked for since."""
    asked = select(Film.number).where(Film.video_id == video.id, Film.state == FilmState.WAITING)
    number = session.scalar(asked.order_by(Film.number.desc()).limit(1)) or video.film
    if number:
        return [film_key(video.id, number)]
    return [check_key(video), improve_key(video)]


def check_key(video: Video) -> str:
    """The key of the first look at the present original."""
    return f"{CHECK}:{video.id}:{video.original_sha256[:16]}"


def improve_key(video: Video) -> str:
    """The key of the work on the present original as it is."""
    return f"{IMPROVE}:{video.id}:{video.original_sha256[:16]}"


def film_key(video_id: int, number: int) -> str:
    """The key of the work on a film."""
    return f"{IMPROVE}:{video_id}:film-{number}"


def av1_key(video: Video) -> str:
    """The key of the work on a smaller version of what is served."""
    return f"{AV1}:{video.id}:{video.version}"


def promise_check(session: Session, video: Video, now: datetime) -> Job:
    """Promise to look at the original and to make it watchable."""
    return queue.promise(
        session,
        CHECK,
        key=check_key(video),
        payload={"video_id": video.id, "original": video.original_key},
        now=now,
        priority=FIRST,
    )


def promise_improvement(session: Session, video: Video, now: datetime) -> Job:
    """Promise to make the versions for every screen.

    A film of which nothing can be watched yet goes before those that only get better; a short one is not kept
    waiting by a long one that is being made.
    """
    is_short = not video.is_playable and 0 < video.duration_ms <= SHORT_MS
    return queue.promise(
        session,
        CONVERT if is_short else IMPROVE,
        key=improve_key(video),
        payload={"video_id": video.id, "original": video.original_key},
        now=now,
        priority=URGENT if is_short else BEHIND if video.is_playable else BEHIND + 2,
        run_at=now - head_start(video.duration_ms),
    )


def head_start(duration_ms: int) -> timedelta:
    """How much earlier than now the improvement of a video counts as due: the shorter, the earlier.

    A minute of film costs a minute of its place, an hour at most. So a short video goes before long ones that
    were promised in the hour before, and a long one waits for no video that comes an hour after it.
    """
    return max(LONGEST_START - timedelta(milliseconds=duration_ms), timedelta(0))


def promise_film(
    session: Session, video: Video, film: Film, now: datetime, *, is_carried: bool = False
) -> Job:
    """Promise to make a film and to show it; its maker waits, so it goes before what was just uploaded.

    `is_carried`: its edit is in the time of the recording before, and follows by the sounds of the two.
    """
    payload = {"video_id": film.video_id, "film": film.number, "original": film.original_key}
    payload |= {"is_carried": True} if is_carried else {}
    return queue.promise(
        session,
        IMPROVE,
        key=film_key(film.video_id, film.number),
        payload=payload,
        now=now,
        priority=BEHIND + 1,
        run_at=now - head_start(video.duration_ms),
    )


def next_film(session: Session, video: Video, author_id: int | None, now: datetime) -> Film | None:
    """A film with the present original and edit, to be changed, promised and shown after the present one.

    Another that was asked for is given up, with its job. None when the video never had another film than its
    first: then `first_film` is to be written down before.
    """
    newest = session.scalar(select(func.max(Film.number)).where(Film.video_id == video.id))
    if newest is None:
        return None
    give_up(session, video.id, now)
    shown = session.scalar(select(Film).where(Film.video_id == video.id, Film.number == video.film))
    film = _film(video, newest + 1, FilmState.WAITING, author_id, now)
    film.edit = dict(shown.edit) if shown else {}
    session.add(film)
    return film


def first_film(session: Session, video: Video) -> None:
    """Write down the film that the video has had from the first."""
    session.add(_film(video, video.film, FilmState.SHOWN, video.owner_id, video.created_at))
    session.flush()


def hold(session: Session, video_id: int) -> None:
    """Lock the jobs that lead to a film of the video. Before the video's own row, as workers do: else the two
    wait for each other.
    """
    asked = _unfinished(video_id, (CHECK, IMPROVE, AV1))
    session.execute(asked.order_by(Job.id).with_for_update()).all()


def give_up(session: Session, video_id: int, now: datetime) -> None:
    """Take back whatever work leads to another film of this video, and the film itself.

    A smaller version of what is served is taken back too, for it would be thrown away, after hours.
    """
    for job_id in list(session.scalars(_unfinished(video_id, (CHECK, IMPROVE, AV1)))):
        queue.cancel(session, job_id, now)
    is_waiting = (Film.video_id == video_id, Film.state == FilmState.WAITING)
    recordings = set(session.scalars(select(Film.original_sha256).where(*is_waiting)))
    session.execute(update(Film).where(*is_waiting).values(state=FilmState.DROPPED))
    for sha256 in sorted(recordings):
        if not originals.is_used(session, sha256):
            originals.release(session, sha256, now)


def resume(session: Session, video: Video, now: datetime) -> bool:
    """Promise again the work on the shown film that gave way to another; tells whether there was any."""
    asked = select(Job).where(Job.key.in_(keys(session, video)), Job.state == JobState.CANCELLED)
    broken_off = list(session.scalars(asked))
    smaller = select(Job).where(Job.key == av1_key(video), Job.state == JobState.CANCELLED)
    for job in (*broken_off, *session.scalars(smaller)):
        queue.retry(session, job.id, now)
    return bool(broken_off)


def cancel_all(session: Session, video_id: int, now: datetime) -> None:
    """Take back everything that is being made of the video."""
    for job_id in list(
        session.scalars(_unfinished(video_id, (CHECK, IMPROVE, AV1, PREVIEW)).order_by(Job.id))
    ):
        queue.cancel(session, job_id, now)


def is_unread(session: Session, video: Video) -> bool:
    """Whether nobody has looked for texts inside the present recording: its own work gave way to a film."""
    state = session.scalar(select(Job.state).where(Job.key == improve_key(video)))
    return not video.film and state not in (None, JobState.DONE)


def _unfinished(video_id: int, kinds: tuple[str, ...]) -> Select[int]:
    """The jobs of these kinds that wait or run, by their ids."""
    ours = (Job.key.startswith(f"{kind}:{video_id}:", autoescape=True) for kind in kinds)
    return select(Job.id).where(or_(*ours), Job.state.in_((JobState.READY, JobState.RUNNING)))


def _film(video: Video, number: int, state: FilmState, author_id: int | None, now: datetime) -> Film:
    return Film(
        video_id=video.id,
        number=number,
        original_key=video.original_key,
        original_name=video.original_name,
        original_bytes=video.original_bytes,
        original_sha256=video.original_sha256,
        state=state,
        author_id=author_id,
        created_at=now,
        edit={},
        timing=Timing.SAME,
        moved={},
    )


def promise_av1(session: Session, video: Video, now: datetime) -> Job:
    """Promise a smaller version of what is served now, when nothing else is to be done."""
    return queue.promise(
        session,
        AV1,
        key=av1_key(video),
        payload={"video_id": video.id, "version": video.version, "original": video.original_key},
        now=now,
        priority=LAST,
    )


def promise_preview(session: Session, video: Video, edit: dict[str, Any], now: datetime) -> Job:
    """Promise a quick look at how an edit would come out; an earlier one that still waits is taken back."""
    for job in previews(session, video.id):
        if not job.is_over:
            queue.cancel(session, job.id, now)
    return queue.promise(
        session,
        PREVIEW,
        key=f"{PREVIEW}:{video.id}:{secrets.token_hex(8)}",
        payload={"video_id": video.id, "edit": edit, "original": video.original_key},
        now=now,
        priority=FIRST,
    )


def previews(session: Session, video_id: int) -> list[Job]:
    """The previews that were promised for a video, the newest first."""
    asked = select(Job).where(
        Job.kind == PREVIEW, Job.key.startswith(f"{PREVIEW}:{video_id}:", autoescape=True)
    )
    return list(session.scalars(asked.order_by(Job.id.desc()).limit(20)))
