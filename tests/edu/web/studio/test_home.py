"""The studio's first page: one's own work, or what to begin with."""

from __future__ import annotations

from datetime import timedelta

import pytest

from edu import queue
from edu.models import JobState, User, VideoState
from edu.services import video_jobs, workshop


def test_an_empty_studio_says_how_to_begin(instructor):
    page = instructor.get("/studio").text

    assert "No video yet" in page
    assert "No lesson yet" in page
    assert 'href="/studio/videos/new"' in page


def test_ones_own_work_is_listed_and_a_colleagues_is_not(instructor, colleague, make_video, make_lesson):
    make_video("Finding it")
    make_lesson("Palpation")

    page = instructor.get("/studio").text
    other = colleague.get("/studio").text

    assert "Finding it" in page
    assert "Palpation" in page
    assert "Back · Basics" in page
    assert "Finding it" not in other
    assert "Palpation" not in other


def test_administrators_see_everything_with_its_maker(administrator, make_video):
    make_video("Finding it")

    page = administrator.get("/studio").text

    assert "Finding it" in page
    assert "by A instructor" in page


def test_what_came_with_a_course_is_administrators_and_labelled_so(colleague, administrator, make_video):
    make_video("Bundled", owner_id=None)

    assert "Bundled" not in colleague.get("/studio").text
    page = administrator.get("/studio").text
    assert "Bundled" in page
    assert "without a maker" in page


def test_how_much_one_may_keep_is_said_in_a_sentence(instructor, runtime):
    with runtime.db.writing() as session:
        session.get_one(User, instructor.user_id).quota_bytes = 20_000_000_000

    assert "You use 0 of 20\N{NO-BREAK SPACE}000 MB." in instructor.get("/studio").text


@pytest.mark.parametrize("path", ["/studio", "/studio/videos/new", "/studio/lessons/new"])
def test_the_studio_is_for_instructors(client, learner, path):
    assert learner.get(path).status_code == 403
    assert client.get(path).status_code == 303


@pytest.fixture
def make_work(make_video, runtime):
    """A video with the job that improves it, in any state; gives the number of the video."""

    def make(title: str, state: JobState = JobState.READY, **facts: object) -> int:
        number = len(made)
        made.append(title)
        video_id = make_video(title, state=VideoState.IMPROVING, original_sha256=f"{number:02d}" * 32)
        with runtime.db.writing() as session:
            now = runtime.clock.now()
            key = f"{video_jobs.IMPROVE}:{video_id}:{(f'{number:02d}' * 32)[:16]}"
            job = queue.promise(session, video_jobs.IMPROVE, key=key, payload={}, now=now)
            job.state, job.beat_at, job.lease_until = state, now, now + timedelta(seconds=30)
            for name, value in facts.items():
                setattr(job, name, value)
        return video_id

    made: list[str] = []
    return make


def test_a_row_tells_how_far_its_work_is_and_asks_again_by_itself(instructor, make_work, runtime):
    video_id = make_work("Finding it", JobState.RUNNING, progress=0.42)
    runtime.clock.advance(timedelta(seconds=12))

    page = instructor.get("/studio").text

    assert f'data-url="/studio/videos/{video_id}/state"' in page
    assert "42%" in page
    assert "In this state for 12 s. Last sign of life of the worker 12 s ago." in page
    assert "edu-progress.js" in page


def test_a_row_that_waits_tells_how_many_come_before_it(instructor, make_work):
    make_work("First", JobState.RUNNING)
    make_work("Second")
    make_work("Third")

    page = instructor.get("/studio").text

    assert "Waiting: 1 before it." in page
    assert "Waiting: 2 before it." in page


def test_a_silent_worker_is_told(instructor, make_work, runtime):
    make_work("Finding it", JobState.RUNNING, progress=0.4)
    runtime.clock.advance(timedelta(seconds=31))

    assert "Its worker has fallen silent. The work will be begun anew." in instructor.get("/studio").text


def test_work_is_cancelled_and_begun_again_from_the_list(instructor, make_work, runtime):
    video_id = make_work("Finding it")

    cancelled = instructor.submit(f"/studio/videos/{video_id}/cancel", data={"next": "list"})
    page = instructor.get("/studio").text
    again = instructor.submit(f"/studio/videos/{video_id}/retry", data={"next": "list"})

    assert cancelled.headers["Location"] == again.headers["Location"] == "/studio"
    assert f'action="/studio/videos/{video_id}/retry"' in page
    assert f'action="/studio/videos/{video_id}/cancel"' in instructor.get("/studio").text


def test_what_failed_is_shown_with_the_last_words_of_the_program(instructor, make_work):
    make_work("Finding it", JobState.FAILED, error_code="tool-failed", error="moov atom <not> found")

    page = instructor.get("/studio").text

    assert "moov atom &lt;not&gt; found" in page
    assert "edu-progress.js" not in page


@pytest.mark.parametrize("path", ["/studio", "/studio/videos/new", "/studio/lessons/new"])
def test_a_full_disk_is_told_on_every_page_and_administrators_what_to_do(
    instructor, administrator, learner, monkeypatch, path
):
    monkeypatch.setattr(workshop, "RESERVE_BYTES", 10**18)
    monkeypatch.setattr(workshop, "RESERVE_SHARE", 1.0)

    page = instructor.get(path).text

    assert "The disk of this site is full" in page
    assert "Tell an administrator." in page
    assert "Make room under" in administrator.get(path).text


def test_a_disk_that_is_full_where_the_worker_is_is_told_too(administrator, make_work):
    make_work("Finding it", error_code="no_room")

    page = administrator.get("/studio").text

    assert "Make room where the worker keeps its files" in page
    assert "It waits for room on the disk" in page


def test_a_site_without_a_worker_says_so(instructor, administrator, make_work, runtime):
    make_work("Finding it")
    assert "No worker is running" not in instructor.get("/studio").text
    runtime.clock.advance(timedelta(seconds=61))

    assert "No worker is running" in instructor.get("/studio").text
    assert "edu worker" in administrator.get("/studio").text
