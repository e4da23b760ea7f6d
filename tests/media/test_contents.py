"""What each file of a package is for, by its name."""

import pytest

from media.contents import FileRole, list_files

NAMES = [
    ("master.m3u8", FileRole.MASTER),
    ("master-av1.m3u8", FileRole.MASTER_AV1),
    ("720.mp4", FileRole.RENDITION),
    ("720.m3u8", FileRole.PLAYLIST),
    ("av1-1080.mp4", FileRole.RENDITION_AV1),
    ("av1-1080.m3u8", FileRole.PLAYLIST),
    ("sound-2.mp4", FileRole.RENDITION_SOUND),
    ("sound-2.m3u8", FileRole.PLAYLIST),
    ("audio.m4a", FileRole.SOUND),
    ("frames.json", FileRole.FRAMES),
    ("poster.jpg", FileRole.POSTER),
    ("poster-3.jpg", FileRole.POSTER_CANDIDATE),
    ("preview.mp4", FileRole.PREVIEW),
    ("preview.m4a", FileRole.PREVIEW),
    ("report.json", FileRole.REPORT),
    ("storyboard.jpg", FileRole.STORYBOARD),
    ("storyboard.vtt", FileRole.STORYBOARD_CUES),
    ("waveform.json", FileRole.WAVEFORM),
]
STRANGE = [
    "original.mp4",
    "poster-x.jpg",
    "av1.mp4",
    "av2-720.mp4",
    "720-1.mp4",
    "notes.txt",
    "720",
    "-1.mp4",
]


@pytest.mark.parametrize(("name", "role"), NAMES)
def test_a_file_has_the_role_of_its_name(tmp_path, name, role):
    (tmp_path / name).write_bytes(b"abc")

    (file,) = list_files(tmp_path)

    assert (file.name, file.bytes, file.role) == (name, 3, role)
    assert file.content_type.partition("/")[0] in ("video", "audio", "image", "text", "application")


def test_each_role_has_a_name():
    assert {role for _, role in NAMES} == set(FileRole)


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_not_ours_is_not_listed(tmp_path, name):
    (tmp_path / name).write_bytes(b"abc")
    (tmp_path / ".work-1").mkdir()

    assert list_files(tmp_path) == ()
