"""Recordings decoded to 16 kHz mono."""

import tempfile
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from captions import CaptionError, ErrorCode, audio

SPEECH = Path(__file__).parents[1] / "data" / "speech"


def tone(seconds: float, rate: int, channels: int = 1) -> npt.NDArray[np.int16]:
    wave = 8000 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)
    return np.repeat(wave.astype(np.int16), channels).reshape(1, -1)


def pictures(count: int) -> Iterator[av.VideoFrame]:
    for number in range(count):
        frame = av.VideoFrame.from_ndarray(np.zeros((480, 640, 3), dtype=np.uint8), format="rgb24")
        frame.pts = number
        yield frame


def film(
    path: Path,
    *,
    codec: str,
    rate: int,
    layout: str = "mono",
    starts: Sequence[float] = (0.0,),
    picture: bool = False,
) -> Path:
    """A file with half a second of a tone at each of these times; with a picture from 0 when asked."""
    with av.open(str(path), "w") as target:
        shown = target.add_stream("mpeg4", rate=10) if picture else None
        sound = target.add_stream(codec, rate=rate)
        sound.layout = layout
        for frame in pictures(20) if shown is not None else ():
            target.mux(shown.encode(frame) if shown is not None else [])
        if shown is not None:
            target.mux(shown.encode(None))
        for start in starts:
            block = tone(0.5, rate, 2 if layout == "stereo" else 1)
            piece = av.AudioFrame.from_ndarray(block, format="s16", layout=layout)
            piece.sample_rate, piece.pts, piece.time_base = rate, int(start * rate), Fraction(1, rate)
            target.mux(sound.encode(piece))
        target.mux(sound.encode(None))
    return path


def whole(path: Path) -> tuple[int, npt.NDArray[np.int16]]:
    with tempfile.TemporaryFile() as file:
        sound = audio.decode(path, file)
        return sound.duration, sound.between(0, sound.duration)


@pytest.mark.parametrize(
    ("name", "codec", "rate", "layout"),
    [
        ("a.wav", "pcm_s16le", 8000, "mono"),
        ("a.flac", "flac", 44_100, "stereo"),
        ("a.mkv", "pcm_s16le", 48_000, "stereo"),
        ("a.mov", "pcm_s16be", 22_050, "mono"),
    ],
)
def test_any_container_rate_and_layout_becomes_16_khz_mono(
    tmp_path: Path, name: str, codec: str, rate: int, layout: str
) -> None:
    duration, samples = whole(film(tmp_path / name, codec=codec, rate=rate, layout=layout))

    crossings = np.count_nonzero(np.diff(np.signbit(samples)))
    assert duration == pytest.approx(500, abs=2)
    assert crossings == pytest.approx(2 * 440 * 0.5, abs=6)


def test_a_coded_recording_is_decoded_and_read_in_pieces() -> None:
    with tempfile.TemporaryFile() as file:
        sound = audio.decode(SPEECH / "flite-slt.ogg", file)

        both = np.concatenate([sound.between(-50, 5000), sound.between(5000, 99_000)])
        assert sound.duration == pytest.approx(12_855, abs=20)
        assert np.array_equal(both, sound.between(0, sound.duration))
        assert len(sound.between(5000, 5010)) == 160
        assert len(sound.between(99_000, 99_010)) == 0


def test_sound_that_begins_after_the_picture_keeps_its_place(tmp_path: Path) -> None:
    path = film(tmp_path / "late.mkv", codec="pcm_s16le", rate=16_000, starts=[0.8], picture=True)

    duration, samples = whole(path)

    loud = np.flatnonzero(np.abs(samples) > 1000)
    assert loud[0] / 16_000 == pytest.approx(0.8, abs=0.01)
    assert duration == pytest.approx(1300, abs=10)


def test_a_hole_in_the_sound_is_filled_by_silence(tmp_path: Path) -> None:
    path = film(tmp_path / "hole.mkv", codec="pcm_s16le", rate=16_000, starts=[0.0, 2.0])

    duration, samples = whole(path)

    assert duration == pytest.approx(2500, abs=10)
    assert not samples[16_000:31_000].any()
    assert np.abs(samples[33_000:39_000]).max() > 1000


def test_a_film_without_sound_says_so(tmp_path: Path) -> None:
    path = tmp_path / "mute.mp4"
    with av.open(str(path), "w") as target:
        shown = target.add_stream("mpeg4", rate=10)
        for frame in (*pictures(3), None):
            target.mux(shown.encode(frame))

    with pytest.raises(CaptionError) as refused:
        list(audio.blocks(path))

    assert refused.value.code is ErrorCode.NO_SOUND


def test_a_recording_beyond_the_limit_is_refused_before_it_is_kept(tmp_path: Path) -> None:
    path = film(tmp_path / "long.wav", codec="pcm_s16le", rate=16_000, starts=[0.0, 0.5, 1.0, 1.5])
    with tempfile.TemporaryFile() as file:
        with pytest.raises(CaptionError) as refused:
            audio.decode(path, file, max_seconds=1)
        kept = file.tell()

    assert refused.value.code is ErrorCode.SOUND_TOO_LONG
    assert kept <= 2 * 16_000


@pytest.mark.parametrize(
    "content",
    [b"", b"WEBVTT\n\n00:00.000 --> 00:01.000\na\n", b"#EXTM3U\n/etc/passwd\n", b"\x00" * 5000, b"RIFF"],
)
def test_what_is_no_recording_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.wav"
    path.write_bytes(content)

    with pytest.raises(CaptionError) as refused:
        list(audio.blocks(path))

    assert refused.value.code is ErrorCode.UNREADABLE_SOUND


@pytest.mark.parametrize("name", ["absent.wav", "http://127.0.0.1:9/a.wav", "concat:a.wav|b.wav", "."])
def test_only_a_file_that_is_there_is_opened(tmp_path: Path, name: str) -> None:
    with pytest.raises(CaptionError) as refused:
        list(audio.blocks(tmp_path / name))

    assert refused.value.code is ErrorCode.UNREADABLE_SOUND


def test_damaged_packets_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "damaged.ogg"
    data = bytearray((SPEECH / "flite-slt.ogg").read_bytes())
    data[12_000:12_400] = bytes(400)
    path.write_bytes(data)

    duration, samples = whole(path)

    assert duration > 10_000
    assert np.abs(samples).max() > 1000
