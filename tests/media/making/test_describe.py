"""A film with its descriptions said aloud: measured in what was made, not in what was meant."""

from __future__ import annotations

import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest

from media import (
    FileRole,
    MediaCancelled,
    Sandbox,
    Tools,
    UnreadableMedia,
    describe,
    find_ffmpeg,
    probe,
    read_voice,
)
from media.making.describe import (
    DUCK_DB,
    ENVELOPE_RATE,
    FULL,
    LEAST_BACK_MS,
    RAMP_MS,
    TITLE,
    gain,
    write_envelope,
)
from media.making.loudness import Loudness, read_summary

SECONDS, RATE = 8, 48_000
FILM_HZ, VOICE_HZ = 440, 2000
SPOKEN = ((3000, 5000),)
LIMITS = Tools(sandbox=Sandbox.LIMITS, threads=1)


def write_voice(path: Path, *, amplitude: float = 0.05, seconds: float = SECONDS) -> Path:
    """A tone, quieter than the film, where SPOKEN says so."""
    at = np.arange(int(seconds * RATE)) / RATE
    said = sum(((at >= start / 1000) & (at < end / 1000)) for start, end in SPOKEN)
    sound = amplitude * 32767 * np.sin(2 * np.pi * VOICE_HZ * at) * said
    with wave.open(str(path), "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(RATE)
        target.writeframes(sound.astype("<i2").tobytes())
    return path


def heard(path: Path) -> np.ndarray:
    """What comes from the left, as a player hears it, from the first picture on."""
    argv = [str(find_ffmpeg()), "-v", "error", "-nostdin", "-i", f"file:{path}", "-af", "pan=mono|c0=c0"]
    argv += ["-ar", str(RATE), "-f", "f32le", "-"]
    return np.frombuffer(subprocess.run(argv, check=True, capture_output=True).stdout, dtype="<f4")


def level(sound: np.ndarray, hertz: int, start: float, end: float) -> float:
    """Decibels of one tone between two seconds."""
    piece = sound[int(start * RATE) : int(end * RATE)]
    at = np.arange(len(piece)) / RATE
    shape = np.hanning(len(piece))
    return float(20 * np.log10(abs(np.sum(piece * shape * np.exp(-2j * np.pi * hertz * at))) / shape.sum()))


def loudness(path: Path) -> Loudness:
    argv = [str(find_ffmpeg()), "-hide_banner", "-nostats", "-i", f"file:{path}", "-map", "0:a"]
    argv += ["-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    found = read_summary(subprocess.run(argv, check=True, capture_output=True, text=True).stderr)
    assert found is not None
    return found


@pytest.fixture(scope="session")
def film(make, moving, h264) -> Path:
    """A tone of -16 LUFS under a moving picture."""
    tone = f"aevalsrc='0.171*sin(2*PI*{FILM_HZ}*t)':s={RATE}:d={SECONDS}:c=stereo"
    inputs = [*moving("320x180", SECONDS), "-f", "lavfi", "-i", f"{tone},aformat=channel_layouts=stereo"]
    return make("to-describe.mp4", *inputs, *h264, "-c:a", "aac", "-b:a", "128k", "-shortest")


@pytest.fixture(scope="session")
def described(film, tmp_path_factory):
    folder = tmp_path_factory.mktemp("described")
    voice = write_voice(folder / "voice.wav")
    told: list[float] = []
    made = describe(
        film, voice, folder / "made", spoken=SPOKEN, language="en", tools=LIMITS, progress=told.append
    )
    return made, told


def test_it_is_one_file_with_the_picture_of_the_film_and_as_long(film, described):
    made, told = described
    path = made.folder / made.file.name

    before, after = probe(film), probe(path)
    assert [each.name for each in made.folder.iterdir()] == [made.file.name]
    assert (made.file.role, made.file.bytes) == (FileRole.RENDITION_SOUND, path.stat().st_size)
    assert (made.choice.language, made.choice.label, made.choice.height) == ("en", TITLE, 180)
    assert made.choice.codecs.startswith("avc1.")
    assert made.choice.codecs.endswith(",mp4a.40.2")
    assert (after.width, after.height, len(after.audio)) == (320, 180, 1)
    assert after.duration == pytest.approx(before.duration, abs=25)
    assert len(heard(path)) == pytest.approx(len(heard(film)), abs=2048)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_the_film_is_softer_while_something_is_said_and_is_back_soon_after(film, described):
    made, _ = described
    sound = heard(made.folder / made.file.name)
    usual = level(heard(film), FILM_HZ, 1, 2)

    assert level(sound, FILM_HZ, 1, 2) == pytest.approx(usual, abs=0.5)
    assert level(sound, FILM_HZ, 2.5, 2.8) == pytest.approx(usual, abs=0.5)
    for start, end in ((3.0, 3.2), (3.5, 4.5), (4.8, 5.0)):
        assert level(sound, FILM_HZ, start, end) == pytest.approx(usual + DUCK_DB, abs=0.7)
    assert level(sound, FILM_HZ, 5.3, 5.6) == pytest.approx(usual, abs=0.5)
    assert level(sound, FILM_HZ, 6, 7) == pytest.approx(usual, abs=0.5)


def test_the_description_is_heard_when_it_is_said_and_as_loud_as_the_film(described):
    made, _ = described
    sound = heard(made.folder / made.file.name)

    loud = level(sound, VOICE_HZ, 3.1, 4.9)
    assert level(sound, VOICE_HZ, 2.7, 2.95) < loud - 40
    assert level(sound, VOICE_HZ, 5.1, 5.4) < loud - 40
    # the beginning, to 5 ms: half of a window that lies over it is loud
    assert level(sound, VOICE_HZ, 2.99, 3.01) == pytest.approx(loud - 6, abs=2.5)
    assert made.narration.integrated + gain(made.film, made.narration) == pytest.approx(
        made.film.integrated, abs=0.1
    )
    whole = loudness(made.folder / made.file.name)
    assert whole.integrated == pytest.approx(-16, abs=1)
    assert made.mixed.integrated == pytest.approx(whole.integrated, abs=0.3)
    assert whole.peak <= -1.0


def test_a_loud_voice_is_held_under_the_ceiling(film, tmp_path):
    voice = write_voice(tmp_path / "voice.wav", amplitude=1.0)
    with wave.open(str(voice), "rb") as source:
        sound = np.frombuffer(source.readframes(source.getnframes()), dtype="<i2").copy()
    sound[200_000:] //= 20  # a shout, and then hardly a word: the shout would clip
    with wave.open(str(voice), "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(RATE)
        target.writeframes(sound.tobytes())

    made = describe(film, voice, tmp_path / "made", spoken=SPOKEN, language="en", tools=LIMITS)

    assert loudness(made.folder / made.file.name).peak <= -1.0


def test_a_film_without_a_sound_gets_the_description_alone(silent, tmp_path):
    voice = write_voice(tmp_path / "voice.wav", seconds=1)

    made = describe(silent, voice, tmp_path / "made", spoken=(), language="de", name="x.mp4", tools=LIMITS)

    after = probe(made.folder / "x.mp4")
    assert (made.film, made.choice.language, len(after.audio)) == (None, "de", 1)
    assert after.duration == pytest.approx(1000, abs=50)


def test_cancelling_ends_the_work(film, tmp_path):
    voice = write_voice(tmp_path / "voice.wav")

    with pytest.raises(MediaCancelled):
        describe(film, voice, tmp_path / "made", spoken=SPOKEN, language="en", cancelled=lambda: True)

    assert not any((tmp_path / "made").glob("*.mp4"))


# -- the envelope --------------------------------------------------------------------------------------------


def envelope(path: Path, spoken, duration: int = 6000) -> np.ndarray:
    """Decibels at each millisecond."""
    write_envelope(path, spoken, duration)
    with wave.open(str(path)) as source:
        assert source.getnframes() == duration * ENVELOPE_RATE // 1000
        values = np.frombuffer(source.readframes(source.getnframes()), dtype="<i2")
    return 20 * np.log10(values[:: ENVELOPE_RATE // 1000] / FULL)


def test_the_film_comes_back_only_where_there_is_time_for_it(tmp_path):
    near, far = 3000 + LEAST_BACK_MS - 1, 3000 + LEAST_BACK_MS

    assert envelope(tmp_path / "e.wav", [(near, 4000), (2000, 3000)])[1999:4000].max() < DUCK_DB + 0.1
    assert envelope(tmp_path / "e.wav", [(2000, 3000), (far, 4000)])[3000 + LEAST_BACK_MS // 2] == 0


@pytest.mark.parametrize("spoken", [[(50, 1000)], [(0, 7000)], [(5950, 5990)], []])
def test_what_is_said_at_either_end_leaves_the_length_as_it_is(tmp_path, spoken):
    found = envelope(tmp_path / "e.wav", spoken)

    assert found.max() <= 0
    for start, end in spoken:
        assert found[start : min(end, 6000)].max() == pytest.approx(DUCK_DB, abs=0.1)
    assert np.abs(np.diff(found)).max(initial=0) < -2 * DUCK_DB / RAMP_MS


@pytest.mark.parametrize(
    ("film", "narration", "louder"),
    [
        (-16, -20, 4),
        (-16, -10, -6),
        (-40, -20, -4),
        (-8, -20, 6),
        (-60, -20, 4),
        (None, -20, 4),
        (-16, -49, 30),
    ],
)
def test_the_narration_becomes_as_loud_as_the_film_within_reason(film, narration, louder):
    known = Loudness(film, 0, 0) if film is not None else None

    assert gain(known, Loudness(narration, 0, 0)) == louder


def test_a_narration_that_is_not_heard_is_not_made_louder():
    assert gain(None, None) == gain(None, Loudness(-70, 0, -60)) == 0


# -- recordings ----------------------------------------------------------------------------------------------

KINDS = {
    "v.wav": ["-c:a", "pcm_s24le"], "v.mp3": ["-c:a", "libmp3lame"], "v.m4a": ["-c:a", "aac"],
    "v.flac": ["-c:a", "flac"], "v.opus": ["-c:a", "libopus"], "v.aiff": ["-c:a", "pcm_s16be"],
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_a_recording_of_any_common_kind_is_read(make, name, tmp_path):
    source = make(name, "-f", "lavfi", "-i", "sine=f=900:r=44100:d=1", "-ac", "2", *KINDS[name])

    read_voice(source, tmp_path / "read.wav", seconds=1, tools=LIMITS)

    with wave.open(str(tmp_path / "read.wav")) as made:
        assert (made.getnchannels(), made.getsampwidth(), made.getframerate()) == (1, 2, RATE)
        assert made.getnframes() == pytest.approx(RATE, abs=RATE * 0.06)


def test_of_a_recording_that_goes_on_not_all_is_read(make, tmp_path):
    source = make("long.wav", "-f", "lavfi", "-i", "sine=f=900:r=8000:d=60")

    read_voice(source, tmp_path / "read.wav", seconds=1)

    with wave.open(str(tmp_path / "read.wav")) as made:
        assert made.getnframes() == 6 * RATE


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("list.mp3", b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"),
        ("list.txt", b"ffconcat version 1.0\nfile '/etc/passwd'\n"),
        ("noise.wav", bytes(range(256)) * 20),
        ("cut.wav", b"RIFF\xff\xff\xff\xffWAVEfmt "),
    ],
)
def test_what_is_no_recording_is_refused(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)

    with pytest.raises(UnreadableMedia):
        read_voice(tmp_path / name, tmp_path / "read.wav", seconds=1, tools=LIMITS)


def test_a_picture_without_a_sound_is_no_recording(silent, tmp_path):
    with pytest.raises(UnreadableMedia):
        read_voice(silent, tmp_path / "read.wav", seconds=1, tools=LIMITS)
