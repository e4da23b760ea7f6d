"""Promises of work on captions: how they meet the worker, and what goes first."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from edu.jobs.handlers import HANDLERS
from edu.jobs.progress import Task
from edu.models import Job, JobState, TrackKind, Video
from edu.services import video_jobs
from edu.services.texts import beginnings, making
from edu.services.texts.beginnings import Wanted
from tests import filming

WANTED = Wanted(TrackKind.CAPTIONS, "en", "")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_track_is_begun_anew_while_its_worker_is_ending_and_nobody_waits_for_the_other(runtime):
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        maker = filming.add_maker(session, now)
        video = filming.add_video(session, maker, now)
        track = beginnings.begin(session, video, WANTED, maker, now)
        job_id = making.promise_alignment(session, track, "Find the crest.", maker, now).id
        video_id = video.id

    with runtime.db.writing() as worker, runtime.db.writing() as session:
        worker.get_one(Job, job_id, with_for_update=True)  # who has its job waits for the track next
        session.execute(sa.text("SET LOCAL lock_timeout = '2s'"))
        video = session.get_one(Video, video_id, with_for_update=True)
        track = beginnings.begin(session, video, WANTED, maker, now)
        making.promise_alignment(session, track, "Find the nodule.", maker, now)

    with runtime.db.reading() as session:
        states = [job.state for job in session.query(Job).order_by(Job.id)]
        assert states == [JobState.READY, JobState.READY]


def test_a_recogniser_lets_all_that_is_short_go_first(runtime):
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        maker = filming.add_maker(session, now)
        track = beginnings.begin(session, filming.add_video(session, maker, now), WANTED, maker, now)

        job = making.promise_recognition(session, track, maker, now)

    task = HANDLERS[making.RECOGNISE]
    assert isinstance(task, Task)
    assert task.is_long  # it asks in between
    assert job.priority < video_jobs.URGENT
