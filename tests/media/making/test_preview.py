"""preview(): one small file, quickly."""

import pytest

from media import FileRole, MediaCancelled, UnsupportedMedia, preview, probe
from media.edit import Edit, Segment

pytestmark = pytest.mark.slow


def test_a_preview_is_one_small_file(lecture, tmp_path):
    told: list[float] = []

    made = preview(lecture, tmp_path, edit=Edit((Segment(1000, 3000),)), progress=told.append)

    info = probe(tmp_path / "preview.mp4")
    assert [path.name for path in tmp_path.iterdir()] == [made.file.name] == ["preview.mp4"]
    assert (made.file.role, made.file.bytes) == (FileRole.PREVIEW, (tmp_path / "preview.mp4").stat().st_size)
    assert (made.width, made.height, made.duration) == (info.width, info.height, 2000) == (640, 360, 2000)
    assert info.sound is not None
    assert b"Secret" not in (tmp_path / "preview.mp4").read_bytes()
    assert (told[0], told[-1]) == (0.0, 1.0)
    assert told == sorted(told)


def test_the_preview_of_a_tall_silent_clip_is_tall_and_silent(turned, tmp_path):
    made = preview(turned, tmp_path, edit=Edit((Segment(200, 900),)))

    assert (made.width, made.height) == (240, 320)
    assert probe(tmp_path / "preview.mp4").audio == ()


def test_the_preview_of_a_sound_is_a_sound(speech, tmp_path):
    made = preview(speech, tmp_path, edit=Edit((Segment(200, 900),)))

    assert (made.file.name, made.width, made.height, made.duration) == ("preview.m4a", 0, 0, 700)
    assert probe(tmp_path / "preview.m4a").duration == pytest.approx(700, abs=50)


def test_a_sound_that_cannot_be_decoded_has_no_preview(speech, tmp_path):
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(speech.read_bytes().replace(b"mp4a", b"zzzz").replace(b"esds", b"free"))

    with pytest.raises(UnsupportedMedia):
        preview(broken, tmp_path / "out", edit=Edit(), info=probe(speech))


def test_cancelling_ends_the_work(lecture, tmp_path):
    with pytest.raises(MediaCancelled):
        preview(lecture, tmp_path, edit=Edit(), cancelled=lambda: True)

    assert list(tmp_path.iterdir()) == []
