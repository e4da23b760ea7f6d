"""Caption files of which something is lost: told in amber with the line, refused when it is too much."""

from __future__ import annotations

import io

import pytest
from werkzeug.datastructures import FileStorage

from edu.models import TrackVersion

CUE = "{n}\n00:00:0{n},400 --> 00:00:0{n},900\nText {n}.\n"
GOOD = "\n".join(CUE.format(n=n) for n in (0, 1, 2))
UNREADABLE = "\n3\n00:00:xx,000 --> 00:00:04,000\nLost.\n"
WITHOUT_ARROW = "\n3\n00:00:03,000 00:00:04,000\nLost.\n"
PAST_END = "\n3\n00:05:00,000 --> 00:05:02,000\nLost.\n"


def send(person, video_id: int, text: str):
    return person.submit(
        f"/studio/videos/{video_id}/tracks",
        {
            "kind": "captions",
            "track_language": "en",
            "label": "",
            "file": FileStorage(io.BytesIO(text.encode()), "captions.srt", "file", "text/plain"),
        },
    )


def count(runtime) -> int:
    with runtime.db.reading() as session:
        return session.query(TrackVersion).count()


@pytest.mark.parametrize(
    ("lost", "why"),
    [
        (UNREADABLE, "this time cannot be read"),
        (WITHOUT_ARROW, "this time cannot be read"),
        (PAST_END, "it begins after the end of the video"),
    ],
    ids=["unreadable", "without an arrow", "past the end"],
)
def test_a_lost_caption_is_told_in_amber_with_the_line_of_its_time(instructor, make_video, lost, why):
    page = instructor.get(send(instructor, make_video(), GOOD + lost).location).text

    assert f"1 of 4 captions was left out (line 14: {why})." in page
    assert '<div class="alert alert-warn"' in page
    assert "alert-good" not in page
    assert "<td>14</td>" in page


def test_what_was_mended_is_told_in_amber_too(instructor, make_video):
    page = instructor.get(send(instructor, make_video(), GOOD.replace(" --> ", " -> ")).location).text

    assert "All captions were taken, but something else was mended" in page
    assert "alert-good" not in page


def test_a_clean_file_is_told_in_green_and_shows_parts_of_a_second(instructor, make_video):
    page = instructor.get(send(instructor, make_video(), GOOD).location).text

    assert "alert-good" in page
    assert "<td>0:00.400</td>" in page
    assert "<h1>Captions, English</h1>" in page
    assert "<title>Captions, English" in page
    assert "3 captions" in page


@pytest.mark.parametrize(
    ("lost", "words"),
    [
        (UNREADABLE * 2, "2 of 5 captions cannot be read; the first wrong time is in line 14"),
        (PAST_END * 2, "2 of 5 captions begin after the end of the video, the first in line 14"),
    ],
)
def test_more_than_a_third_lost_is_refused_and_the_track_stays(instructor, make_video, runtime, lost, words):
    video_id = make_video()
    send(instructor, video_id, GOOD)

    response = send(instructor, video_id, GOOD + lost)

    assert response.status_code == 422
    assert words in response.text
    assert count(runtime) == 1


def test_a_file_whose_captions_all_begin_after_the_end_is_told_so(instructor, make_video, runtime):
    response = send(instructor, make_video(), PAST_END.lstrip())

    assert response.status_code == 422
    assert "All captions of the file begin after the end of the video, which lasts 1:30" in response.text
    assert count(runtime) == 0


BACKWARDS = "1\n00:00:04,000 --> 00:00:03,000\nFind the crest.\n"
FULL = "Press with two fingers until the nail of\nyour thumb turns white, and wait a while.\n"
HASTY = "1\n00:00:04,000 --> 00:00:04,200\nFind the crest of the bone and follow it.\n\n" + (
    f"2\n00:00:04,250 --> 00:00:09,900\n{FULL}"
)


def test_a_caption_that_ends_before_it_begins_is_mended_before_it_is_served(instructor, make_video):
    page = instructor.get(send(instructor, make_video(), BACKWARDS).location).text

    assert "1 caption had an error and was mended before it was served" in page
    assert "00:00:04.000 --&gt; 00:00:03.000" in page
    assert "<td>0:03</td>" not in page


def test_a_file_with_errors_is_shown_to_nobody_before_a_person_has_approved_it(
    instructor, make_video, runtime
):
    answer = send(instructor, make_video(), HASTY)
    page = instructor.get(answer.location).text

    assert answer.location.endswith("/edit")
    assert count(runtime) == 0
    assert "not shown to learners yet: 1 of its captions has an error (caption 1, line 2:" in page
    assert "Learners see nothing yet" in page


def test_the_problems_of_a_served_file_are_counted_with_the_way_to_them(instructor, make_video):
    where = send(instructor, make_video(), GOOD).location

    assert f'href="{where}/edit#problems-heading">Problems: 3' in instructor.get(where).text


def test_captions_without_a_word_are_told_as_left_out(instructor, make_video):
    page = instructor.get(
        send(instructor, make_video(), GOOD + "\n4\n00:00:05,000 --> 00:00:06,000\n\n").location
    ).text

    assert "1 caption without a word was left out, all others were taken" in page
