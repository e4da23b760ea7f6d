"""Originals: none that is needed is ever removed, whoever comes first; and one can be given up by itself."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from sqlalchemy import select

from edu import queue
from edu.clock import FixedClock
from edu.errors import Conflict
from edu.jobs.original import drop_original, remove_original
from edu.jobs.progress import Progress
from edu.jobs.worker import Worker
from edu.models import Film, FilmState, Job, JobState, Role, Video, VideoState
from edu.policy import Viewer
from edu.queue import Claim, Engine, open_engine
from edu.runtime import Runtime
from edu.services import originals, video_editing
from edu.services.originals import DROP, REMOVE, WAIT
from edu.storage import original_key
from tests.people import add_user

FILM = b"a film"
SHA = "0e5c9d4e1c0d1b1b0f8d7a2a1f1f2b4b9d3f6f9a1a2b3c4d5e6f708192a3b4c5"


def keep(runtime: Runtime, sha256: str = SHA) -> None:
    runtime.store.put(original_key(sha256), io.BytesIO(FILM))


def add_video(runtime: Runtime, slug: str = "film", *, sha256: str = SHA, version: str = "v1") -> int:
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        video = Video(
            slug=slug, title=slug, state=VideoState.READY, state_at=now, created_at=now, version=version,
            original_key=original_key(sha256), original_sha256=sha256, original_bytes=len(FILM),
        )  # fmt: skip
        session.add(video)
        session.flush()
        return video.id


def boss(runtime: Runtime) -> Viewer:
    with runtime.db.writing() as session:
        user = add_user(session, now=runtime.clock.now(), role=Role.ADMINISTRATOR)
        return Viewer(user_id=user.id, role=user.role)


def delete(runtime: Runtime, video_id: int) -> None:
    viewer = boss(runtime)
    with runtime.db.writing() as session:
        video_editing.delete(session, viewer, video_id, runtime.clock.now())


def expect(runtime: Runtime, sha256: str = SHA) -> None:
    with runtime.db.writing() as session:
        originals.expect(session, sha256, runtime.clock.now())


def drop(runtime: Runtime, video_id: int) -> None:
    with runtime.db.writing() as session:
        originals.drop(session, session.get_one(Video, video_id), runtime.clock.now())


def is_kept(runtime: Runtime, sha256: str = SHA) -> bool:
    return runtime.store.exists(original_key(sha256))


@pytest.fixture
def engine(runtime: Runtime) -> Engine:
    return open_engine(runtime)


def work(runtime: Runtime, engine: Engine) -> int:
    """Do all that is due, and tell how many jobs it was."""
    worker = Worker(runtime, engine, {REMOVE: remove_original, DROP: drop_original}, name="w")
    try:
        return sum(iter(worker.run_one, False))
    finally:
        worker.close()


def claim(engine: Engine) -> Claim:
    found = engine.claim("a worker", [REMOVE])
    assert found is not None
    return found


def test_the_original_of_a_deleted_video_goes_hours_later(
    runtime: Runtime, engine: Engine, clock: FixedClock
) -> None:
    keep(runtime)
    delete(runtime, add_video(runtime))
    assert work(runtime, engine) == 0

    clock.advance(WAIT)

    assert work(runtime, engine) == 1
    assert not is_kept(runtime)


def test_an_original_that_two_videos_share_goes_with_the_second(
    runtime: Runtime, engine: Engine, clock: FixedClock
) -> None:
    keep(runtime)
    first, second = add_video(runtime, "first"), add_video(runtime, "second")
    delete(runtime, first)
    clock.advance(WAIT)
    work(runtime, engine)
    assert is_kept(runtime)

    delete(runtime, second)
    clock.advance(WAIT)
    work(runtime, engine)

    assert not is_kept(runtime)


def test_a_file_that_comes_in_again_before_its_twin_is_removed_stays(
    runtime: Runtime, engine: Engine, clock: FixedClock
) -> None:
    keep(runtime)
    delete(runtime, add_video(runtime))
    clock.advance(WAIT - timedelta(seconds=1))
    expect(runtime)
    keep(runtime)

    clock.advance(timedelta(minutes=5))
    assert work(runtime, engine) == 0  # the row is still to come
    add_video(runtime, "again")
    clock.advance(WAIT)

    assert work(runtime, engine) == 1
    assert is_kept(runtime)


def test_nobody_brings_a_removal_forward_on_which_another_counts(
    runtime: Runtime, engine: Engine, clock: FixedClock
) -> None:
    expect(runtime)
    keep(runtime)
    with runtime.db.writing() as session:
        originals.release(session, SHA, clock.now(), wait=timedelta(0))

    assert work(runtime, engine) == 0
    assert is_kept(runtime)


def test_a_file_cannot_come_in_while_its_twin_is_being_removed(
    runtime: Runtime, engine: Engine, clock: FixedClock
) -> None:
    keep(runtime)
    delete(runtime, add_video(runtime))
    clock.advance(WAIT)
    claimed = claim(engine)

    with pytest.raises(Conflict, match="Try again in a few seconds"):
        expect(runtime)

    progress = Progress(engine, claimed, runtime.settings.data_dir / "tmp" / claimed.token)
    remove_original(runtime, claimed, progress)
    with runtime.db.writing() as session:
        progress.finish(session)
    expect(runtime)
    keep(runtime)
    assert work(runtime, engine) == 0
    assert is_kept(runtime)


def test_a_removal_in_hand_finds_the_video_that_came_before_it_was_claimed(
    runtime: Runtime, engine: Engine, clock: FixedClock
) -> None:
    keep(runtime)
    delete(runtime, add_video(runtime))
    clock.advance(WAIT)
    add_video(runtime, "again")  # as by a caller that was told of no removal, for it began hours ago

    assert work(runtime, engine) == 1

    assert is_kept(runtime)


def test_a_video_deleted_while_the_removal_is_in_hand_leaves_a_second_one_behind(
    runtime: Runtime, engine: Engine, clock: FixedClock
) -> None:
    keep(runtime)
    first, second = add_video(runtime, "first"), add_video(runtime, "second")
    delete(runtime, first)
    clock.advance(WAIT)
    claimed = claim(engine)
    delete(runtime, second)

    engine.release(claimed)
    clock.advance(WAIT)
    work(runtime, engine)

    assert not is_kept(runtime)
    with runtime.db.reading() as session:
        assert set(session.scalars(select(Job.state))) == {JobState.DONE}


def test_what_was_announced_and_never_got_its_row_is_removed(
    runtime: Runtime, engine: Engine, clock: FixedClock
) -> None:
    expect(runtime)
    keep(runtime)

    clock.advance(WAIT)

    assert work(runtime, engine) == 1
    assert not is_kept(runtime)


def test_a_film_that_can_be_gone_back_to_needs_its_original_and_a_dropped_one_does_not(
    runtime: Runtime,
) -> None:
    video_id = add_video(runtime, sha256="1" * 64)
    for number, (sha256, state) in enumerate((("2" * 64, FilmState.SHOWN), ("3" * 64, FilmState.DROPPED))):
        with runtime.db.writing() as session:
            session.add(
                Film(
                    video_id=video_id,
                    number=number,
                    original_key=original_key(sha256),
                    state=state,
                    original_sha256=sha256,
                    created_at=runtime.clock.now(),
                )
            )

    with runtime.db.reading() as session:
        used = [originals.is_used(session, digit * 64) for digit in "1234"]

    assert used == [True, True, False, False]


def test_a_recording_of_which_a_film_takes_a_piece_is_needed(runtime: Runtime) -> None:
    edit = {"segments": [{"start": 0, "end": 900}, {"start": 0, "end": 500, "source": SHA}]}
    film = Film(video_id=add_video(runtime, sha256="1" * 64), number=1, original_key="", edit=edit)
    film.created_at = runtime.clock.now()
    with runtime.db.writing() as session:
        session.add(film)

    with runtime.db.reading() as session:
        assert originals.is_used(session, SHA)


def test_an_original_is_given_up_and_what_was_made_stays(
    runtime: Runtime, engine: Engine, clock: FixedClock
) -> None:
    keep(runtime)
    video_id, viewer = add_video(runtime), boss(runtime)

    with runtime.db.writing() as session:
        video_editing.delete_original(session, viewer, video_id, clock.now())

    with runtime.db.reading() as session:
        video = session.get_one(Video, video_id)
        assert (video.original_key, video.original_bytes, video.original_sha256) == ("", 0, SHA)
        assert (video.version, video.state) == ("v1", VideoState.READY)
    clock.advance(WAIT)
    work(runtime, engine)
    assert not is_kept(runtime)


def test_it_is_given_up_once(runtime: Runtime) -> None:
    video_id = add_video(runtime)
    drop(runtime, video_id)

    with pytest.raises(Conflict, match="deleted already"):
        drop(runtime, video_id)


def test_it_is_not_given_up_where_nothing_else_can_be_watched(runtime: Runtime) -> None:
    with pytest.raises(Conflict, match="nothing else to watch"):
        drop(runtime, add_video(runtime, version=""))


@pytest.mark.parametrize("state", [JobState.READY, JobState.RUNNING])
def test_it_is_not_given_up_while_the_video_is_worked_on(
    runtime: Runtime, engine: Engine, state: JobState
) -> None:
    video_id = add_video(runtime)
    with runtime.db.writing() as session:
        payload = {"video_id": video_id}
        queue.promise(session, "improve_video", key="improve", payload=payload, now=runtime.clock.now())
    if state is JobState.RUNNING:
        assert engine.claim("w", ["improve_video"])

    with pytest.raises(Conflict, match="being worked on"):
        drop(runtime, video_id)

    with runtime.db.reading() as session:
        assert session.get_one(Video, video_id).original_key


def test_a_site_that_keeps_no_originals_gives_them_up_once_the_work_is_done(
    runtime: Runtime, engine: Engine, clock: FixedClock
) -> None:
    keep(runtime)
    video_id = add_video(runtime)
    with runtime.db.writing() as session:
        video = session.get_one(Video, video_id)
        later = queue.promise(
            session, "encode_av1", key="av1", payload={"video_id": video_id}, now=clock.now()
        ).id
        originals.promise_drop(session, video, clock.now())

    assert work(runtime, engine) == 1
    with runtime.db.writing() as session:
        assert session.get_one(Video, video_id).original_key  # the second coding still needs it
        queue.cancel(session, later, clock.now())
    clock.advance(timedelta(hours=1))
    assert work(runtime, engine) == 1

    with runtime.db.reading() as session:
        assert session.get_one(Video, video_id).original_key == ""
    clock.advance(WAIT)
    work(runtime, engine)
    assert not is_kept(runtime)


def test_the_promise_to_give_up_means_the_film_it_was_made_for(
    runtime: Runtime, engine: Engine, clock: FixedClock
) -> None:
    video_id = add_video(runtime)
    with runtime.db.writing() as session:
        video = session.get_one(Video, video_id)
        originals.promise_drop(session, video, clock.now())
        video.original_sha256, video.original_key = "4" * 64, original_key("4" * 64)

    work(runtime, engine)

    with runtime.db.reading() as session:
        assert session.get_one(Video, video_id).original_key == original_key("4" * 64)
