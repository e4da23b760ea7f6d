"""Finding ffmpeg."""

import pytest

from media import ToolMissing, examine, find_ffmpeg


def test_the_bundled_ffmpeg_is_found_and_can_do_what_is_needed(ffmpeg):
    assert find_ffmpeg() == ffmpeg.path
    assert ffmpeg.release is not None
    assert ffmpeg.release >= (5, 0)
    assert ffmpeg.can_map_tones
    assert {"scale", "split", "bwdif", "ebur128", "entropy", "signalstats", "tile"} <= ffmpeg.filters
    assert {"libx264", "aac"} <= ffmpeg.encoders


def test_a_configured_path_comes_first(ffmpeg, tmp_path):
    link = tmp_path / "my-ffmpeg"
    link.symlink_to(ffmpeg.path)

    assert find_ffmpeg(link) == link


def test_a_configured_path_that_leads_nowhere_is_an_error_and_not_passed_over(tmp_path):
    with pytest.raises(ToolMissing, match=r"settings name .*nowhere, which is not there") as error:
        find_ffmpeg(tmp_path / "nowhere")

    assert error.value.code == "tool-misnamed"


def test_a_program_that_is_not_ffmpeg_is_unusable(tmp_path):
    broken = tmp_path / "ffmpeg"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)

    with pytest.raises(ToolMissing, match="does not run"):
        examine(broken)
