"""Facts that only the prober finds: ends and names of tracks, key frames, the clock that times count from."""

import pytest

from media import probe
from tests.media.kinds import AAC, X264, moving, talking


@pytest.mark.parametrize("name", ["ends.mp4", "ends.mkv"])
def test_the_header_says_when_picture_and_sound_end(make, name):
    clip = make(name, *moving(seconds=1), *talking(2), *X264, *AAC)

    info = probe(clip)

    assert info.picture.end_seconds == pytest.approx(1.0, abs=0.01)
    assert info.sound.end_seconds == pytest.approx(2.0, abs=0.05)


def test_tracks_keep_their_names_but_not_those_that_programs_give(make):
    names = ["-metadata:s:a:0", "title=The voice", "-metadata:s:a:1", "title=SoundHandler"]
    clip = make("names.mkv", *moving(), *talking(), *talking(), "-map", "0", "-map", "1", "-map", "2",
                *X264, *AAC, *names)  # fmt: skip

    assert [stream.title for stream in probe(clip).audio] == ["The voice", ""]


def test_the_index_says_how_far_key_frames_are_apart(make):
    assert probe(make("near.mp4", *moving(seconds=3), *X264)).picture.key_gap == pytest.approx(1, abs=0.05)
    assert probe(make("far.mp4", *moving(seconds=3), *X264, "-g", "250")).picture.key_gap > 2.9


def test_the_clock_of_a_sound_is_that_of_the_file_but_in_mpeg_streams_its_own(make):
    late = ["-itsoffset", "0.6", *moving(), *talking(1.6), *X264, *AAC]

    assert probe(make("clock.mkv", *late)).sound.zero_seconds == pytest.approx(0.6, abs=0.03)
    stream = probe(make("clock.ts", *late))
    assert stream.sound.zero_seconds == pytest.approx(0.62, abs=0.03)
    assert stream.picture.start_seconds == 0


def test_chapters_count_from_the_first_picture(make, tmp_path):
    notes = tmp_path / "notes.txt"
    marks = "".join(
        f"[CHAPTER]\nTIMEBASE=1/1000\nSTART={start}\nEND={end}\ntitle={title}\n"
        for start, end, title in ((0, 1000, "Find"), (1000, 2600, "Mark"))
    )
    notes.write_text(f";FFMETADATA1\n{marks}", encoding="utf-8")
    clip = make("late_chapters.mkv", "-itsoffset", "0.6", *moving(seconds=2), *talking(2.6), "-i", str(notes),
                "-map_chapters", "2", *X264, *AAC)  # fmt: skip

    chapters = probe(clip).chapters

    assert [(one.start, one.title) for one in chapters] == [(0, "Find"), (400, "Mark")]
