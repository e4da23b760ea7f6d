"""Further sounds: files of their own, with the picture of a rendition."""

import pytest

from media import AudioStream, Edit, MediaInfo, Mute, Segment, package, probe
from media.making.sounds import choices, same
from tests.media.flashes import clip as flashing
from tests.media.flashes import marks, sound
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


SPANISH = AudioStream(2, "aac", "LC", 2, 48000, language="spa", title="Doblaje")


@pytest.mark.parametrize(
    ("sounds", "index"),
    [
        ((other(2, "spa"), other(3, "spa", "Doblaje")), 3),
        ((other(2, "SPA", "Otro"),), 2),
        ((other(2, "spa", codec=""),), None),
        ((other(2, "", "Doblaje"),), None),
    ],
)
def test_the_track_of_another_recording_is_the_one_that_says_the_same(sounds, index):
    found = same(info(*sounds), SPANISH)

    assert (found.index if found else None) == index


def test_a_title_alone_is_enough_to_know_a_track_by_and_no_language_is_not_a_language():
    described = other(2, "", "Audio description")

    assert same(info(described), described) == described
    assert same(info(other(2)), described) is None


def beeping(make, name, *languages):
    """8 seconds that flash and beep at each full second; each further sound beeps with half of the picture's
    delay: at 0.5, 1.5…
    """
    first = flashing(make, f"of-{name}")
    later = "aevalsrc='0.5*sin(2*PI*1000*t)*lt(mod(t+0.5,1),0.04)':s=48000:d=8"
    inputs = ["-i", str(first), *[part for _ in languages[1:] for part in ("-f", "lavfi", "-i", later)]]
    maps = ["-map", "0", *[part for at in range(1, len(languages)) for part in ("-map", str(at))]]
    named = [f for at, word in enumerate(languages) for f in (f"-metadata:s:a:{at}", f"language={word}")]
    return make(name, *inputs, *maps, "-c:v", "copy", "-c:a", "aac", "-b:a", "128k", *named)


@pytest.mark.slow
def test_the_sounds_of_an_edited_film_have_its_cuts_and_mutes(make, tmp_path):
    source = beeping(make, "two.mp4", "eng", "spa")
    edit = Edit((Segment(1200, 3100), Segment(4800, 7100)), mutes=(Mute(2300, 2800), Mute(5300, 5700)))

    done = package(source, tmp_path, edit=edit)

    (choice,) = done.sounds
    seen, usual = marks(tmp_path / choice.file), marks(tmp_path / done.renditions[0].file)
    assert seen.flashes == usual.flashes
    assert usual.beeps == pytest.approx([0.8, 1.8, 2.1, 3.1, 4.1], abs=0.02)  # 2, 3, 5, 6 and 7 seconds
    assert seen.beeps == pytest.approx([0.3, 3.6], abs=0.02)  # 1.5 and 6.5; 2.5 and 5.5 are muted
    assert seen.picture == usual.picture
    assert seen.sound == pytest.approx(usual.sound, abs=0.001) == pytest.approx(4.2, abs=0.03)
    heard, start = sound(tmp_path / choice.file)
    for begin, end in ((1.11, 1.59), (2.41, 2.79)):
        muted = heard[round((begin - start) * 48_000) : round((end - start) * 48_000)]
        assert max(abs(value) for value in muted) < 1e-3
    assert {"several-sounds"} == {code for code in done.report.codes if "sounds" in code}


@pytest.mark.slow
def test_a_joined_recording_is_heard_in_the_same_language_or_as_it_usually_is(make, tmp_path):
    two, one = beeping(make, "two.mp4", "eng", "spa"), beeping(make, "one.mp4", "eng")
    mixed = beeping(make, "mixed.mp4", "deu", "spa", "fra")
    edit = Edit((Segment(100, 1900), Segment(100, 1900, "one"), Segment(100, 1900, "mixed")))

    done = package(two, tmp_path, edit=edit, sources={"one": one, "mixed": mixed})

    assert [choice.language for choice in done.sounds] == ["spa"]
    seen = marks(tmp_path / done.sounds[0].file)
    # half a second after each full one; in the part that has no Spanish at the full ones
    assert seen.beeps == pytest.approx([0.4, 1.4, 2.7, 4.0, 5.0], abs=0.02)
    assert {"sounds-patched", "sounds-unjoined"} <= done.report.codes
    told = {remark.code: remark.parameters for remark in done.report.remarks}
    assert told["sounds-patched"]["names"] == "spa"
    assert told["sounds-unjoined"]["names"] == "fra"


@pytest.mark.slow
def test_a_film_of_which_nothing_is_from_the_original_offers_nothing_of_it(make, tmp_path):
    two, one = beeping(make, "two.mp4", "eng", "spa"), beeping(make, "one.mp4", "eng")

    done = package(two, tmp_path, edit=Edit((Segment(0, 400, "one"),)), sources={"one": one})

    assert done.sounds == ()
    assert {"one-sound-used", "sounds-left-out"} <= done.report.codes
