"""What the studio says of a site whose ffmpeg is missing, broken or lacks something."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.ffmpegs import FILTERS, old_ffmpeg

CODERS = ("libx264", "aac")


@pytest.fixture
def with_ffmpeg(app, with_settings, monkeypatch) -> Callable[[str], None]:
    """Have the site use the program at a path."""
    return lambda path: monkeypatch.setitem(app.extensions, "edu", with_settings(ffmpeg=str(path)))


@pytest.mark.parametrize("path", ["/studio", "/studio/videos/new", "/studio/lessons/new"])
def test_a_missing_ffmpeg_is_told_on_every_page_and_administrators_what_to_do(
    instructor, administrator, with_ffmpeg, tmp_path, path
):
    with_ffmpeg(tmp_path / "nothing")

    page, theirs = instructor.get(path).text, administrator.get(path).text

    assert "(ffmpeg) is missing or cannot be used. Tell an administrator." in page
    assert str(tmp_path) not in page
    assert str(tmp_path / "nothing") in theirs


def test_an_ffmpeg_that_does_not_run_stops_the_work_too(instructor, with_ffmpeg, tmp_path):
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    with_ffmpeg(program)

    page = instructor.get("/studio/videos/new").text

    assert "is missing or cannot be used" in page
    assert "No video can be processed at the moment" in page


def test_an_ffmpeg_that_is_too_old_is_named_to_administrators(administrator, with_ffmpeg, tmp_path):
    with_ffmpeg(old_ffmpeg(tmp_path, "4.4.1", FILTERS, CODERS))

    page = administrator.get("/studio").text

    assert "ffmpeg 4.4.1 is too old" in page
    assert "EDU_FFMPEG" in page


def test_what_is_off_is_one_line_for_administrators_where_recordings_are_uploaded(
    instructor, administrator, with_ffmpeg, make_video, tmp_path
):
    with_ffmpeg(old_ffmpeg(tmp_path, "6.0", FILTERS, CODERS))
    replacing = f"/studio/videos/{make_video()}/film/replace"

    assert "Off on this site: HDR recordings look pale" in administrator.get("/studio/videos/new").text
    assert "Off on this site" in administrator.get(replacing).text
    assert "Off on this site" not in administrator.get("/studio").text
    page = instructor.get("/studio/videos/new").text
    assert "Off on this site" not in page
    assert "Work stands still" not in page


def test_a_program_that_was_put_right_is_noticed_a_minute_later(instructor, with_ffmpeg, runtime, tmp_path):
    with_ffmpeg(tmp_path / "ffmpeg")
    assert "is missing or cannot be used" in instructor.get("/studio").text
    old_ffmpeg(tmp_path, "6.0", FILTERS, CODERS)

    assert "is missing or cannot be used" in instructor.get("/studio").text
    runtime.clock.advance(timedelta(minutes=1))
    assert "is missing or cannot be used" not in instructor.get("/studio").text


def test_other_instructors_are_mentioned_before_a_recording_is_uploaded(instructor):
    assert "the other instructors of this site can watch it too" in instructor.get("/studio/videos/new").text
