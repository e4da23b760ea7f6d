"""Further sounds: files of their own, with the picture of a rendition."""

import pytest

from media import AudioStream, MediaInfo, package, probe
from media.making.sounds import choices
from tests.media.kinds import X264, moving

ENGLISH = AudioStream(1, "aac", "LC", 2, 48000, language="eng", is_default=True)


def info(*sounds: AudioStream) -> MediaInfo:
    return MediaInfo("mov", "mov", 1, 1000, 0, 0, 0, 0.0, (), (ENGLISH, *sounds), (), ())


def other(index: int, language: str = "", title: str = "", codec: str = "aac") -> AudioStream:
    return AudioStream(index, codec, "LC", 2, 48000, language=language, title=title)


TABLE = [
    ((other(2, "spa"),), [2]),
    ((other(2, "eng"),), []),
    ((other(2, "eng", "Audio description"),), [2]),
    ((other(2),), []),
    ((other(2, "spa", codec=""),), []),
    ((other(2, "spa"), other(3, "SPA"), other(4, "deu")), [2, 4]),
    (tuple(other(number, f"l{number}") for number in range(2, 8)), [2, 3, 4]),
]


@pytest.mark.parametrize(("sounds", "chosen"), TABLE)
def test_a_sound_is_a_choice_when_it_can_be_heard_and_says_what_it_is(sounds, chosen):
    assert [stream.index for stream in choices(info(*sounds))] == chosen


def test_a_recording_without_a_sound_has_no_choice():
    assert choices(MediaInfo("mov", "mov", 1, 1000, 0, 0, 0, 0.0, (), (), (), ())) == ()


@pytest.mark.slow
def test_each_further_language_becomes_a_film_of_its_own_as_loud_as_the_first(make, tone, tmp_path):
    clip = make(
        "languages.mkv", *moving(), *tone(1), *tone(1, "-14dB"), "-map", "0", "-map", "1", "-map", "2", *X264,
        "-c:a", "aac", "-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=spa",
        "-metadata:s:a:1", "title=Doblaje",
    )  # fmt: skip

    done = package(clip, tmp_path)

    (choice,) = done.sounds
    assert (choice.file, choice.language, choice.label, choice.height) == (
        "sound-1.mp4",
        "spa",
        "Doblaje",
        180,
    )
    assert choice.codecs.startswith("avc1.")
    assert choice.codecs.endswith(",mp4a.40.2")
    made = probe(tmp_path / choice.file)
    assert (made.width, made.height, len(made.audio)) == (320, 180, 1)
    assert choice.file in {file.name for file in done.files}
    loud = package(tmp_path / choice.file, tmp_path / "again").loudness
    assert loud.integrated == pytest.approx(done.loudness.integrated + done.loudness.gain, abs=1.5)
