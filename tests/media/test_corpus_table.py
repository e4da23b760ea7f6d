"""Every file of the video corpus ends as its table says: the first half of the conversions, and the rest."""

import os

import pytest

from media import MediaError, PackageKind, fast_path, package, probe
from tests.media import truth
from tests.media.converted import check_likeness, check_row
from tests.media.corpus_table import FILES, LONG_ROWS, REFUSED_ROWS, ROWS, SOUND_ROWS

pytestmark = [pytest.mark.slow, pytest.mark.corpus]
SOME_SECONDS = ("-t", "3")


def worked() -> float:
    """Seconds that a processor worked for this process and its tools that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def test_the_table_names_every_file_once(corpus):
    found = sorted(path.name for path in (corpus / "video").iterdir() if path.suffix != ".csv")

    assert sorted(FILES) == found
    assert len(FILES) == 74


@pytest.mark.parametrize(("name", "code", "words"), REFUSED_ROWS)
def test_a_useless_file_is_refused_within_five_seconds_and_told_why(corpus, tmp_path, name, code, words):
    began = worked()

    with pytest.raises(MediaError, match=words) as refusal:
        package(corpus / "video" / name, tmp_path)

    assert refusal.value.code == code
    assert worked() - began < 5


@pytest.mark.parametrize(("name", "duration"), SOUND_ROWS)
def test_sound_alone_becomes_an_audio_lesson(corpus, tmp_path, name, duration):
    done = package(corpus / "video" / name, tmp_path)

    assert (done.kind, done.renditions) == (PackageKind.SOUND, ())
    assert done.duration == pytest.approx(duration, abs=25)
    assert probe(tmp_path / "audio.m4a").duration == pytest.approx(duration, abs=60)


@pytest.mark.parametrize("row", LONG_ROWS, ids=lambda row: row.file)
def test_a_long_clip_for_browsers_is_watchable_without_converting(corpus, tmp_path, ffmpeg, row):
    source = corpus / "video" / row.file

    done = fast_path(source, tmp_path)

    assert ((done.width, done.height), done.renditions[0].height) == (row.size, row.size[1])
    assert done.duration == pytest.approx(row.duration, abs=1000 / done.frame_rate + 1)
    made = truth.read(ffmpeg.path, tmp_path / done.renditions[0].file, options=SOME_SECONDS)
    check_likeness(truth.compare(truth.read(ffmpeg.path, source, options=SOME_SECONDS), made), 0.999, 60.0)


@pytest.mark.parametrize("row", ROWS[::2], ids=lambda row: row.file)
def test_a_playable_file_is_played_as_it_is_meant(corpus, tmp_path, ffmpeg, row):
    check_row(ffmpeg, corpus / "video", row, tmp_path)
