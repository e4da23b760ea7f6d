"""The ingest report."""

import json
import re
from dataclasses import replace

import pytest

from media import Level, Loudness, MediaInfo, VideoStream
from media.info import AudioStream, Chapter, FieldOrder, SubtitleStream
from media.making.remarks import clock
from media.making.report import TEXTS, Findings, compose, write_report
from media.making.stills import KeyPicture
from media.making.waveform import Heard
from media.reading.pace import Pace

PICTURE = VideoStream(0, "h264", "High", 1920, 1080, 1920, 1080, "yuv420p", 30.0)
SOUND = AudioStream(1, "aac", "LC", 2, 48000)
TWO = (SOUND, AudioStream(2, "aac", "LC", 2, 48000, language="spa"))
SIX = AudioStream(1, "ac3", "", 6, 48000)


def info(picture: VideoStream = PICTURE, **changes) -> MediaInfo:
    facts = {"video": (picture,), "audio": (SOUND,), "subtitles": (), "chapters": ()} | changes
    return MediaInfo(
        "mov", "mov", 90_000_000, 9000, picture.width, picture.height, picture.rotation, 30.0, **facts
    )


def picture(**changes) -> VideoStream:
    return VideoStream(
        **{name: getattr(PICTURE, name) for name in VideoStream.__dataclass_fields__} | changes
    )


GOOD = Loudness(-16.2, 4.0, -2.0)
TABLE = [
    (Findings(info(), GOOD), set()),
    (Findings(info(audio=())), {"no-sound"}),
    (Findings(info(), None, sound_dropped=True), {"sound-dropped"}),
    (Findings(info(), Loudness(-70.0, 0.0, -60.0)), {"sound-silent"}),
    (Findings(info(), Loudness(-26.0, 3.0, -14.0)), {"sound-raised"}),
    (Findings(info(), Loudness(-26.0, 3.0, -5.0)), {"sound-raised", "sound-still-quiet"}),
    (Findings(info(), Loudness(-9.0, 3.0, 0.4)), {"sound-lowered", "sound-clips"}),
    (Findings(info(audio=TWO), GOOD), {"several-sounds"}),
    (Findings(info(audio=TWO), GOOD, offered=(2,)), {"several-sounds"}),
    (Findings(info(audio=TWO), GOOD, offered=()), {"one-sound-used", "sounds-left-out"}),
    (Findings(info(audio=TWO), None, sound_dropped=True), {"sound-dropped"}),
    (Findings(info(), GOOD, offered=(), unjoined=("spa",)), {"sounds-unjoined"}),
    (Findings(info(audio=TWO), GOOD, offered=(2,), patched=("spa",)), {"several-sounds", "sounds-patched"}),
    (Findings(info(picture(width=1080, height=1920, rotation=90)), GOOD), {"portrait", "turned"}),
    (Findings(info(picture(width=3840, height=2160)), GOOD), {"size-reduced"}),
    (Findings(info(picture(width=320, height=240)), GOOD), {"low-size"}),
    (Findings(info(picture(field_order=FieldOrder.INTERLACED, variable_rate=True)), GOOD), {"interlaced"}),
    (Findings(info(picture(variable_rate=True)), GOOD), {"uneven-rate"}),
    (Findings(info(picture(frame_rate=12.0)), GOOD), {"low-rate"}),
    (Findings(info(picture(frame_rate=120.0)), GOOD), {"rate-reduced"}),
    (Findings(info(picture(transfer=18)), GOOD), {"tones-mapped"}),
    (Findings(info(picture(transfer=16)), GOOD, tones_mapped=False), {"tones-not-mapped"}),
    (Findings(info(), GOOD, (KeyPicture(0, 20.0, 0.2), KeyPicture(2, 25.0, 0.2))), {"dark"}),
    (Findings(info(chapters=(Chapter(0, 1000, "Find"),)), GOOD), {"chapters-inside"}),
    (Findings(info(subtitles=(SubtitleStream(2, "subrip", is_text=True),)), GOOD), {"captions-inside"}),
    (Findings(info(subtitles=(SubtitleStream(2, "hdmv_pgs_subtitle"),)), GOOD), {"captions-drawn"}),
    (Findings(info(), Loudness(-16.0, 3.0, -5.0, "left")), {"sound-one-side", "sound-lowered"}),
    (Findings(info(audio=(SIX,)), GOOD), {"sound-mixed"}),
    (Findings(info(), GOOD, heard=Heard(9.0, ((2.0, 14.0),))), {"silent-stretches"}),
    (Findings(info(), Loudness(-70.0, 0.0, -60.0), heard=Heard(9.0, ((0.0, 9.0),))), {"sound-silent"}),
    (Findings(info(), GOOD, heard=Heard(5.0), made=9.0), {"sound-ends-early"}),
    (Findings(info(), GOOD, heard=Heard(5.0), made=9.0, is_edited=True), set()),
    (Findings(info(), GOOD, heard=Heard(8.0), made=9.0), set()),
    (Findings(info(), GOOD, made=4.0), {"cut-short"}),
    (Findings(info(), GOOD, made=4.0, is_edited=True), set()),
    (Findings(info(picture(end_seconds=4.0)), GOOD, made=9.0, held=5.0), {"picture-ends-early"}),
    (Findings(info(picture(rotation=90, mirrored=True)), GOOD), {"mirrored"}),
    (Findings(info(picture(has_alpha=True)), GOOD), {"see-through"}),
    (Findings(replace(info(picture(key_gap=60.0)), size=9_000_000), GOOD), {"rare-key-frames"}),
    (Findings(replace(info(picture(key_gap=10.4)), size=9_000_000), GOOD), set()),  # was watchable at once
    (Findings(info(picture(key_gap=60.0)), GOOD), set()),  # was converted for another reason
    (Findings(info(picture(variable_rate=True)), GOOD, pace=Pace(0.3)), {"shaky-rate"}),
    (Findings(info(), GOOD, pace=Pace(0.0, ((65.0, 1.2),))), {"picture-stands"}),
    (Findings(info(), GOOD, (KeyPicture(0, 230.0, 0.8),)), {"too-bright"}),
    (Findings(info(), GOOD, (KeyPicture(0, 235.0, 0.2),)), set()),
    (Findings(info(), GOOD, (KeyPicture(0, 128.0, 0.5, 60.0),)), {"flat"}),
    (Findings(info(picture(bit_rate=400_000)), GOOD, (KeyPicture(0, 128.0, 0.8),)), {"low-bit-rate"}),
    (Findings(info(picture(bit_rate=400_000)), GOOD, (KeyPicture(0, 128.0, 0.3),)), set()),
    (Findings(info(), copied=True), {"copied"}),
]


@pytest.mark.parametrize(("findings", "codes"), TABLE)
def test_each_finding_has_its_remark_and_no_other(findings, codes):
    assert compose(findings).codes == codes


def test_the_table_above_covers_every_remark():
    assert set().union(*(codes for _, codes in TABLE)) == set(TEXTS)


def test_the_gravest_comes_first_and_the_file_carries_codes_and_words(tmp_path):
    report = compose(Findings(info(picture(width=320, height=240, rotation=180)), None, sound_dropped=True))

    write_report(report, tmp_path)

    assert [remark.level for remark in report.remarks] == [Level.WARNING, Level.ADVICE, Level.NOTE]
    written = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["remarks"]
    assert written[1] == {
        "code": "low-size",
        "level": "advice",
        "text": "The picture is small (320 x 240 pixels). Film at 1920 x 1080 if you can.",
        "parameters": {"width": 320, "height": 240},
    }


def test_several_sounds_are_told_by_their_numbers():
    three = (*TWO, replace(SOUND, index=3))

    remarks = compose(Findings(info(audio=three), GOOD, offered=(2,))).remarks

    assert remarks[0].text == ("The file holds 3 sound tracks; number 1 is the one that plays first.")
    assert "of the file: number 3. Up to 3 are offered" in remarks[1].text


def test_no_remark_asks_for_the_words_of_an_engineer():
    for text in TEXTS.values():
        plain = re.sub(r"\([^)]*\)", "", text)
        assert not re.search(r"LUFS|dB|key frame|HDR|interlaced|codec|kbit", plain)


def test_a_long_time_is_told_in_minutes():
    (remark,) = compose(Findings(info(), GOOD, made=3600.0, held=600.0)).remarks

    assert "ends 10 min before the sound" in remark.text
    assert remark.parameters == {"seconds": 600.0, "time": "10 min"}


def test_silences_are_named_by_their_times_and_only_the_first_few():
    silences = tuple((60.0 * n, 60.0 * n + 15) for n in range(1, 8))

    (remark,) = compose(Findings(info(), GOOD, heard=Heard(9.0, silences))).remarks

    assert (
        "(1:00\u20131:15, 2:00\u20132:15, 3:00\u20133:15, 4:00\u20134:15, 5:00\u20135:15 \u2026)"
        in remark.text
    )


@pytest.mark.parametrize(("seconds", "words"), [(5.9, "0:05"), (65, "1:05"), (3725, "1:02:05")])
def test_times_are_written_as_players_do(seconds, words):
    assert clock(seconds) == words
