"""waveform.json."""

import json
from array import array

from media.making.waveform import MOST_PIXELS, Heard, write_waveform


def drawn(tmp_path, values):
    samples, target = tmp_path / "samples.pcm", tmp_path / "waveform.json"
    samples.write_bytes(array("h", values).tobytes())
    write_waveform(samples, target)
    return json.loads(target.read_text())


def test_each_pair_is_the_lowest_and_highest_of_its_stretch(tmp_path):
    drawing = drawn(tmp_path, [0] * 100 + [-32768] + [0] * 299 + [256, 32767, -512])

    assert drawing["data"] == [-128, 0, -2, 127]
    assert (drawing["length"], drawing["samples_per_pixel"], drawing["sample_rate"]) == (2, 400, 8000)


def test_a_long_recording_is_drawn_more_coarsely(tmp_path):
    drawing = drawn(tmp_path, bytes(2 * 800 * MOST_PIXELS))

    assert drawing["length"] == MOST_PIXELS
    assert drawing["samples_per_pixel"] == 800


def test_no_sound_is_an_empty_drawing(tmp_path):
    write_waveform(None, tmp_path / "waveform.json")

    assert json.loads((tmp_path / "waveform.json").read_text())["data"] == []


def test_the_drawing_shows_the_sound_as_it_is_heard_and_never_leaves_its_frame(tmp_path):
    samples, target = tmp_path / "samples.pcm", tmp_path / "waveform.json"
    samples.write_bytes(array("h", [-2560, 2560, 20000]).tobytes())

    write_waveform(samples, target, gain=20.0)

    assert json.loads(target.read_text())["data"] == [-100, 127]


def test_long_silences_are_told_with_their_times(tmp_path):
    loud, quiet = array("h", [9000, -9000] * 4000), array("h", [20, -20] * 4000)
    samples = tmp_path / "samples.pcm"
    samples.write_bytes((loud * 2 + quiet * 12 + loud + quiet * 5 + loud + quiet * 10).tobytes())

    heard = write_waveform(samples, tmp_path / "waveform.json")

    assert heard == Heard(31.0, ((2.0, 14.0), (21.0, 31.0)))


def test_a_whisper_that_is_raised_is_no_silence(tmp_path):
    samples = tmp_path / "samples.pcm"
    samples.write_bytes(array("h", [80, -80] * 48000).tobytes())

    assert write_waveform(samples, tmp_path / "waveform.json").silences == ((0.0, 12.0),)
    assert write_waveform(samples, tmp_path / "waveform.json", gain=20.0).silences == ()
