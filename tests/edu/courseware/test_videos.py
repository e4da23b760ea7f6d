"""Videos of a course with their tracks and steps."""

import pytest

from edu.courseware.course import Step
from edu.courseware.finding import CourseError
from edu.courseware.videos import read_video

CHAPTERS = "videos/find.chapters.en.vtt"


def test_the_chapters_of_a_video_are_its_steps(folder):
    video = read_video(folder.path, "videos/find.toml")

    assert video.steps == (Step("V1-c01", "Ask first", 0, 9000), Step("V1-c02", "Position", 9000, 18000))
    assert [(track.kind, track.language) for track in video.tracks] == [
        ("captions", "en"),
        ("chapters", "en"),
    ]
    assert (video.file, video.slug) == ("videos/find.mp4", "find")


@pytest.mark.parametrize(
    ("name", "old", "new", "place", "reason"),
    [
        (CHAPTERS, "V1-c02\n", "two\n", f"{CHAPTERS}:7", "a chapter has the identifier 'two'"),
        (CHAPTERS, "WEBVTT", "WEB", f"{CHAPTERS}:1", "This is not a WebVTT file"),
        ("videos/find.toml", "teaching_ms", "teaching_s", "videos/find.toml:1", "`teaching_ms` is missing"),
    ],
)
def test_a_wrong_track_or_field_is_named_with_its_line(folder, name, old, new, place, reason):
    folder.change(name, old, new)

    with pytest.raises(CourseError) as caught:
        read_video(folder.path, "videos/find.toml")

    assert caught.value.findings[0].place == place
    assert caught.value.findings[0].message.startswith(reason)


def test_a_video_without_its_film_is_refused(folder):
    (folder.path / "videos/find.mp4").unlink()

    with pytest.raises(CourseError, match=r"the film videos/find.mp4 is missing"):
        read_video(folder.path, "videos/find.toml")


def test_a_track_must_say_its_kind_and_language(folder):
    folder.write("videos/find.en.vtt", "WEBVTT\n")

    with pytest.raises(CourseError, match=r"Name it find.captions.en.vtt"):
        read_video(folder.path, "videos/find.toml")


def test_metadata_beside_a_film_is_the_layers_over_it(folder):
    shape = '{"layer":"a","label":"A","kind":"bone","shape":"point","points":[[0.5,0.5]]}'
    path = "videos/find.metadata.en.vtt"
    folder.write(path, f"WEBVTT\n\n00:01.000 --> 00:02.000\n{shape}\n")
    assert read_video(folder.path, "videos/find.toml").tracks[-1].kind == "metadata"

    folder.change(path, "bone", "stone")

    with pytest.raises(CourseError, match="“stone” is no kind") as caught:
        read_video(folder.path, "videos/find.toml")
    assert caught.value.findings[0].place == f"{path}:4"
