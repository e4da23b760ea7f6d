"""All times of a track changed at once, in the working copy."""

from __future__ import annotations

import pytest

from edu.models import Hearing
from tests.edu.web.studio.test_track import SRT, send


@pytest.fixture
def track(instructor, make_video) -> str:
    return send(instructor, make_video(), SRT).location


def times(instructor, track: str) -> list[tuple[int, int]]:
    return [(row["start"], row["end"]) for row in instructor.get(f"{track}/draft").json["rows"]]


def test_captions_are_moved_and_nothing_is_served_before_it_is_approved(instructor, track):
    instructor.submit(f"{track}/retime", {"way": "shift", "shift": "2,5", "revision": 1})

    assert times(instructor, track) == [(3500, 6500), (7500, 11_500)]
    assert "00:00:01.000" in instructor.get(f"{track}/file.vtt").text


def test_captions_are_stretched_between_two_points(instructor, track):
    form = {"way": "stretch", "from1": "0:01", "to1": "0:02", "from2": "0:05", "to2": "0:10", "revision": 1}

    instructor.submit(f"{track}/retime", form)

    assert times(instructor, track) == [(2000, 8000), (10_000, 18_000)]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"way": "shift", "shift": "soon"}, "no number of seconds"),
        ({"way": "shift", "shift": "1e1"}, "no number of seconds"),
        ({"way": "shift", "shift": "-20"}, "2 captions would begin before the film"),
        ({"way": "shift", "shift": "1000"}, "after its end"),
        ({"way": "stretch", "from1": "0:01", "to1": "x", "from2": "0:02", "to2": "0:03"}, "is no time"),
        ({"way": "rate", "rate": "1/0"}, "frame rate"),
        ({"way": "snap"}, "listened"),
        ({}, "Choose what to do"),
    ],
)
def test_what_cannot_be_done_is_told_and_no_time_changes(instructor, track, form, words):
    before = times(instructor, track)

    answer = instructor.submit(f"{track}/retime", {"revision": 1, **form})

    assert answer.status_code == 422
    assert words in answer.text
    assert times(instructor, track) == before


def test_starts_are_laid_on_speech_that_was_heard(instructor, track, runtime):
    with runtime.db.writing() as session:
        session.add(
            Hearing(
                video_id=1, version="v1", speech=[[1200, 3900], [5100, 8800]], cuts=[], duration_ms=90_000,
                made_at=runtime.clock.now(),
            )
        )  # fmt: skip

    instructor.submit(f"{track}/retime", {"way": "snap", "to_speech": "1", "revision": 1})

    assert [start for start, _ in times(instructor, track)] == [1200, 5100]


def test_a_copy_that_somebody_changed_meanwhile_is_not_moved(instructor, track):
    instructor.submit(f"{track}/retime", {"way": "shift", "shift": "1", "revision": 1})

    answer = instructor.submit(f"{track}/retime", {"way": "shift", "shift": "1", "revision": 1})

    assert answer.status_code == 409
    assert times(instructor, track)[0] == (2000, 5000)


def test_the_editor_names_the_version_with_the_times_as_they_were(instructor, track):
    for seconds, version in (("1", 1), ("2", 2)):
        revision = instructor.get(f"{track}/draft").json["revision"]
        instructor.submit(f"{track}/retime", {"way": "shift", "shift": seconds, "revision": revision})

        page = instructor.get(f"{track}/edit").text
        assert f"as it was before, is version {version}" in page


def test_a_move_by_nothing_is_told_as_such(instructor, track):
    answer = instructor.submit(f"{track}/retime", {"way": "shift", "shift": "0", "revision": 1})

    assert "Nothing was moved" in instructor.get(answer.location).text
