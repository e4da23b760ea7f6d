"""Previews: promised for an edit, kept with the draft they came from, playable while they are the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from edu.clock import FixedClock
from edu.errors import Conflict, Forbidden, Invalid, NotFound
from edu.models import Job, JobState, Video
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services import film_pages, film_previews, video_jobs
from edu.services.film_previews import Preview
from media.edit import Edit, Mute, Segment
from tests.filming import add_maker, add_video, addresses, make_preview

CUT = Edit((Segment(0, 10_000),), mutes=(Mute(0, 500),))


@dataclass
class House:
    """A session in which a maker has a video."""

    session: Session
    maker: Viewer
    video: Video
    clock: FixedClock

    def ask(self, edit: Edit = CUT, draft: Edit = CUT, note: str = "") -> Job:
        now = self.clock.now()
        return film_previews.ask(self.session, self.maker, self.video.id, edit, draft, now, note=note)

    def find(self, job: Job) -> Preview:
        return film_previews.find(self.session, self.video, job.id, addresses(self.clock.now()))

    def page(self, job: Job | None = None) -> film_pages.FilmPage:
        now, number = self.clock.now(), job.id if job else None
        seen = addresses(now)
        return film_pages.page(self.session, self.maker, self.video.id, seen, now, preview_id=number)


@pytest.fixture
def house(runtime: Runtime, clock: FixedClock) -> Iterator[House]:
    with runtime.db.writing() as session:
        maker = add_maker(session, clock.now())
        yield House(session, maker, add_video(session, maker, clock.now()), clock)


def test_a_preview_waits_with_the_draft_and_comes_back_to_the_form(house: House):
    job = house.ask(note="shorter")

    found, page = house.find(job), house.page(job)

    assert (found.state, found.edit, found.url, found.shows_draft) == (JobState.READY, CUT, "", True)
    assert (page.lines.pieces, page.lines.mutes, page.note) == (
        "0:00.0 - 0:10.0",
        "0:00.0 - 0:00.5",
        "shorter",
    )


def test_the_whole_recording_is_played_while_the_lines_that_were_typed_stay(house: House):
    job = house.ask(Edit(), CUT)
    make_preview(house.session, house.video, job)

    page = house.page(job)

    assert page.stage.is_whole
    assert page.stage.pieces == ((0, 60_000, True),)
    assert [source.url for source in page.stage.player.sources] == [house.find(job).url]
    assert page.lines.pieces == "0:00.0 - 0:10.0"


def test_a_preview_of_a_cut_leaves_the_film_on_the_stage(house: House):
    job = house.ask()
    make_preview(house.session, house.video, job)

    page = house.page(job)

    assert not page.stage.is_whole
    assert page.preview is not None
    assert page.preview.url.endswith(f"/preview-{job.id}/preview.mp4")


def test_asking_again_takes_the_one_that_waits_back_and_only_the_last_can_be_played(house: House):
    first = house.ask()
    second = house.ask()
    make_preview(house.session, house.video, second)
    third = house.ask()
    make_preview(house.session, house.video, third)

    assert [house.find(job).state for job in (first, second, third)] == [
        JobState.CANCELLED, JobState.DONE, JobState.DONE,
    ]  # fmt: skip
    assert [bool(house.find(job).url) for job in (first, second, third)] == [False, False, True]


def test_the_last_draft_is_offered_to_go_on_with_unless_it_is_what_the_form_shows(house: House):
    job = house.ask()
    make_preview(house.session, house.video, job)

    assert house.page().last_preview == job.id
    assert house.page(job).last_preview is None

    house.video.original_key = "originals/cd/" + "cd" * 32

    assert house.page().last_preview is None


def test_what_went_wrong_is_told_with_the_last_lines_of_the_tool(house: House):
    job = house.ask()
    job.state, job.error_code, job.error = JobState.FAILED, "tool-failed", "It broke.\nmoov atom not found"

    found = house.find(job)

    assert (found.problem, found.sentence, found.tool_lines) == (
        "tool-failed",
        "It broke.",
        "moov atom not found",
    )


def test_no_other_job_and_no_other_videos_preview_is_found(house: House):
    other = add_video(house.session, house.maker, house.clock.now(), "other")
    theirs = video_jobs.promise_preview(house.session, other, {}, house.clock.now())

    for number in (theirs.id, 999):
        with pytest.raises(NotFound):
            film_previews.find(house.session, house.video, number, addresses(house.clock.now()))


def test_nothing_is_previewed_for_a_colleague_from_nothing_or_from_a_strangers_recording(house: House):
    colleague = add_maker(house.session, house.clock.now())
    with pytest.raises(Forbidden):
        film_previews.ask(house.session, colleague, house.video.id, CUT, CUT, house.clock.now())
    with pytest.raises(Invalid):
        house.ask(Edit((Segment(0, 1000, "ef" * 32),)))

    house.video.original_key = ""

    with pytest.raises(Conflict):
        house.ask()
