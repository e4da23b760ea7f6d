"""Subtitles inside a recording."""

import pytest

from media import probe
from media.making import inside
from tests.media.kinds import X264, moving

pytestmark = pytest.mark.slow


def subtitled(make, tmp_path, name, codec, *, late=0.0, count=2):
    """A clip whose picture starts `late` seconds after the first cue's clock."""
    cues = [f"{n + 1}\n00:00:0{n},500 --> 00:00:0{n},900\nStep {n + 1} <i>here</i>\n" for n in range(count)]
    text = tmp_path / "words.srt"
    text.write_text("\n".join(cues), encoding="utf-8")
    shift = ["-itsoffset", str(late)] if late else []
    return make(
        name, *shift, *moving(seconds=3), "-i", str(text), "-map", "0", "-map", "1", *X264, "-c:s", codec,
        "-metadata:s:s:0", "language=fra", "-metadata:s:s:0", "title=Pour tous",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "codec"),
    [("srt.mkv", "srt"), ("ass.mkv", "ass"), ("vtt.mkv", "webvtt"), ("text.mp4", "mov_text")],
)
def test_text_tracks_come_out_as_webvtt_with_language_and_title(make, tmp_path, name, codec):
    clip = subtitled(make, tmp_path, name, codec)

    (track,) = inside.subtitles(clip, probe(clip))

    assert (track.language, track.problem) == ("fra", "")
    assert track.title == ("" if name.endswith(".mp4") else "Pour tous")  # MP4 has no place for it
    assert track.data.startswith(b"WEBVTT")
    assert b"00:00.500 --> 00:00.900\nStep 1" in track.data
    assert b"00:01.500 --> 00:01.900\nStep 2" in track.data


def test_the_times_count_from_the_first_picture(make, tmp_path):
    clip = subtitled(make, tmp_path, "late.mkv", "srt", late=0.4)

    (track,) = inside.subtitles(clip, probe(clip))

    assert b"00:01.100 --> 00:01.500\nStep 2" in track.data


def test_a_recording_without_text_gives_nothing(silent):
    assert inside.subtitles(silent, probe(silent)) == ()


def test_a_track_with_too_many_cues_is_not_taken(make, tmp_path, monkeypatch):
    monkeypatch.setattr(inside, "MOST_CUES", 1)
    clip = subtitled(make, tmp_path, "many.mkv", "srt")

    (track,) = inside.subtitles(clip, probe(clip))

    assert (track.data, track.problem) == (b"", "too-many-cues")


@pytest.mark.corpus
def test_real_subtitles_are_taken_and_drawn_ones_are_not(corpus):
    text, drawn = corpus / "video" / "subs_srt.mkv", corpus / "video" / "subs_pgs.mkv"

    taken = inside.subtitles(text, probe(text))

    assert len(taken) == 1
    assert b"-->" in taken[0].data
    assert inside.subtitles(drawn, probe(drawn)) == ()
