"""The films of a video so far: what moved with each, what was looked at, and the way back."""

from __future__ import annotations

import pytest

from captions import Cue, TextTrack
from edu.models import FilmState, TrackKind, Video
from edu.services.texts import tracks
from media.edit import Cover, Edit, Segment
from tests.filming import all_films, show_film


def page_of(video_id: int) -> str:
    return f"/studio/videos/{video_id}/film"


def test_an_earlier_film_is_listed_with_who_and_what_and_is_brought_back(instructor, make_video, runtime):
    video_id = make_video()
    show_film(runtime, video_id, Edit((Segment(0, 30_000),)))
    page = instructor.get(page_of(video_id)).text
    assert "Film 2" in page
    assert "1 piece." in page
    assert instructor.name in page

    assert instructor.submit(f"{page_of(video_id)}/back/1").status_code == 303

    assert (all_films(runtime)[2].edit, all_films(runtime)[2].state) == ({}, FilmState.WAITING)
    assert "Film 1 brought back" in instructor.get(page_of(video_id)).text
    assert instructor.submit(f"{page_of(video_id)}/back/9").status_code == 404


def test_a_film_that_shows_what_is_covered_now_comes_back_only_with_a_tick(instructor, make_video, runtime):
    video_id = make_video()
    show_film(runtime, video_id, Edit(covers=(Cover(0, 5000, 0.1, 0.1, 0.2, 0.2),)))
    assert "will be seen and heard again" in instructor.get(page_of(video_id)).text

    refused = instructor.submit(f"{page_of(video_id)}/back/1")

    assert refused.status_code == 422
    assert "Tick that this is meant" in refused.text
    assert instructor.submit(f"{page_of(video_id)}/back/1", {"uncover": "1"}).status_code == 303


def test_the_history_tells_in_words_what_moved(instructor, make_video, runtime):
    video_id = make_video()
    with runtime.db.writing() as session:
        video, now = session.get_one(Video, video_id), runtime.clock.now()
        cues = (Cue(0, 1000, "a"), Cue(29_000, 31_000, "b"), Cue(40_000, 41_000, "c"))
        tracks.keep(session, video, TextTrack(cues=cues), kind=TrackKind.CAPTIONS, language="en", now=now)
        steps = TextTrack(cues=(Cue(0, 40_000, "Skin"), Cue(40_000, 90_000, "Needle")))
        tracks.keep(session, video, steps, kind=TrackKind.CHAPTERS, language="en", now=now)
    show_film(runtime, video_id, Edit((Segment(0, 30_000),)))

    page = instructor.get(page_of(video_id)).text

    assert "Captions, English: 1 stays, 1 was cut short, 1 is set aside." in page
    assert f"<code>v{video_id}-c02</code> Needle" in page
    assert "could not follow its last change" in instructor.get(f"/studio/videos/{video_id}").text


def test_what_came_back_is_told_among_what_stays(instructor, make_video, runtime):
    video_id = make_video()
    with runtime.db.writing() as session:
        video, now = session.get_one(Video, video_id), runtime.clock.now()
        cues = (Cue(0, 1000, "a"), Cue(40_000, 41_000, "b"), Cue(50_000, 51_000, "c"))
        tracks.keep(session, video, TextTrack(cues=cues), kind=TrackKind.CAPTIONS, language="en", now=now)
    show_film(runtime, video_id, Edit((Segment(0, 30_000),)))
    show_film(runtime, video_id, Edit((Segment(0, 60_000),)))

    page = instructor.get(page_of(video_id)).text

    assert "Captions, English: 3 stay, 2 of them came back." in page


def test_what_was_looked_at_is_not_told_again_until_the_next_film(instructor, make_video, runtime):
    video_id = make_video()
    with runtime.db.writing() as session:
        video, now = session.get_one(Video, video_id), runtime.clock.now()
        cues = (Cue(0, 1000, "a"), Cue(15_000, 16_000, "b"), Cue(40_000, 41_000, "c"))
        tracks.keep(session, video, TextTrack(cues=cues), kind=TrackKind.CAPTIONS, language="en", now=now)
    show_film(runtime, video_id, Edit((Segment(0, 30_000),)))
    assert "I have looked at it" in instructor.get(f"/studio/videos/{video_id}").text

    answer = instructor.submit(f"{page_of(video_id)}/looked", {"film": "1"})

    assert answer.location == f"/studio/videos/{video_id}#film"
    assert "could not follow" not in instructor.get(f"/studio/videos/{video_id}").text
    show_film(runtime, video_id, Edit((Segment(0, 10_000),)))
    assert "could not follow" in instructor.get(f"/studio/videos/{video_id}").text


@pytest.mark.parametrize("number", ["0", "2", "x", ""])
def test_another_film_than_the_one_that_is_shown_was_not_looked_at(instructor, make_video, runtime, number):
    video_id = make_video()
    show_film(runtime, video_id, Edit((Segment(0, 30_000),)))

    answer = instructor.submit(f"{page_of(video_id)}/looked", {"film": number})

    assert answer.status_code == 409
    assert "Another film is shown by now" in answer.text


def test_nothing_is_to_be_ticked_where_a_film_shows_no_more_than_is_seen_now(instructor, make_video, runtime):
    video_id, cover = make_video(), Cover(0, 5000, 0.1, 0.1, 0.2, 0.2)
    show_film(runtime, video_id, Edit(covers=(cover,)))
    show_film(runtime, video_id, Edit((Segment(0, 30_000),), covers=(cover,)))

    page = instructor.get(page_of(video_id)).text

    first, second = (page.partition(f"/back/{place}")[2].partition("</form>")[0] for place in (1, 2))
    assert 'name="uncover"' in first
    assert 'name="uncover"' not in second
