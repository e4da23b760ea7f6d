"""SubRip, SBV and HLS segments, written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from captions.errors import CaptionError
from captions.formats import exchange
from captions.reading import read
from captions.track import Cue, TextTrack
from captions.webvtt import cuetext, vtt

TRACK = TextTrack(
    cues=(
        Cue(3500, 4000, "<v Anna><c.loud>Press <i>here</i></c>\nand &amp; ask", "two", "line:0"),
        Cue(1000, 2000, "one"),
        Cue(5000, 6000, ""),
    )
)


def test_subrip_is_numbered_sorted_and_keeps_simple_styles_and_speakers() -> None:
    assert exchange.write_srt(TRACK).decode() == (
        "1\n00:00:01,000 --> 00:00:02,000\none\n\n"
        "2\n00:00:03,500 --> 00:00:04,000\nAnna: Press <i>here</i>\nand & ask\n\n"
        "3\n00:00:05,000 --> 00:00:06,000\n"
    )


def test_sbv_has_plain_text() -> None:
    assert exchange.write_sbv(TRACK).decode() == (
        "0:00:01.000,0:00:02.000\none\n\n0:00:03.500,0:00:04.000\nAnna: Press here\nand & ask\n\n"
        "0:00:05.000,0:00:06.000\n"
    )


@pytest.mark.parametrize("format_", ["srt", "sbv"])
def test_an_empty_track_is_an_empty_file(format_: str) -> None:
    writers = {"srt": exchange.write_srt, "sbv": exchange.write_sbv}

    assert writers[format_](TextTrack()) == b""


@pytest.mark.parametrize("cue", [Cue(0, 1, "\ud800"), Cue(0, 10**17, "late")])
def test_half_a_character_and_a_time_beyond_all_films_cannot_be_written(cue: Cue) -> None:
    for write in (exchange.write_srt, exchange.write_sbv):
        with pytest.raises(CaptionError):
            write(TextTrack(cues=(cue,)))


@pytest.mark.parametrize(
    "line",
    [
        "0:00:01.000,0:00:02.000",
        "10:00:01 -> 10:00:02",
        "1:00.5 → 2:00.5",
        "00:00:01,000 --> 00:00:02,000",
        "12:30, 13:00",
    ],
)
def test_a_line_of_text_is_not_read_as_the_times_of_a_cue(line: str) -> None:
    track = TextTrack(cues=(Cue(0, 1000, cuetext.escape(f"Note\n{line}")), Cue(2000, 3000, "two")))

    for format_, data in (("srt", exchange.write_srt(track)), ("sbv", exchange.write_sbv(track))):
        assert [cuetext.plain_text(cue.text) for cue in read(data, format=format_).cues] == [
            f"Note\n{line}",
            "two",
        ]


def test_a_time_in_a_sentence_is_written_as_it_stands() -> None:
    track = TextTrack(cues=(Cue(0, 1000, "12:30, 13:00 and 14:00"),))

    assert b"\n12:30, 13:00 and 14:00\n" in exchange.write_srt(track)
    assert b"\n12:30, 13:00 and 14:00\n" in exchange.write_sbv(track)


WORDS = st.lists(
    st.sampled_from(
        ["a", "<b>", "</i>", "&lt;", "&", "{b}", "{\\an8}", "-->", "1", "é", "<", ">", "<1", "3 < 4", "—"]
    ),
    min_size=1,
    max_size=5,
).map(" ".join)


@settings(derandomize=True, max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 10**8), st.integers(0, 10**8), st.lists(WORDS, min_size=1, max_size=3)),
        min_size=1,
        max_size=6,
    )
)
def test_plain_words_come_back_from_subrip_and_sbv(rows: list[tuple[int, int, list[str]]]) -> None:
    rows.sort(key=lambda row: row[0])
    track = TextTrack(
        cues=tuple(Cue(start, end, cuetext.escape("\n".join(lines))) for start, end, lines in rows)
    )

    for format_, data in (("srt", exchange.write_srt(track)), ("sbv", exchange.write_sbv(track))):
        back = read(data, format=format_)
        assert [(cue.start, cue.end, cuetext.plain_text(cue.text)) for cue in back.cues] == [
            (start, end, "\n".join(lines)) for start, end, lines in rows
        ]
        assert back.repairs == back.dropped == ()


def test_segments_cover_the_film_and_a_cue_over_a_cut_is_in_both() -> None:
    track = TextTrack(
        cues=(Cue(1000, 2000, "a"), Cue(5500, 6500, "b", "id", "line:0"), Cue(90_000, 99_000, "late"))
    )

    pieces = exchange.segments(track, 20_500, seconds=6)

    assert [piece.duration for piece in pieces] == [6000, 6000, 6000, 2500]
    assert [[cue.text for cue in vtt.parse(piece.data).cues] for piece in pieces] == [
        ["a", "b"],
        ["b"],
        [],
        [],
    ]
    assert pieces[1].data.decode() == (
        "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0\n\nid\n00:00:05.500 --> 00:00:06.500 line:0\nb\n"
    )


def test_a_playlist_names_each_segment_with_its_length() -> None:
    pieces = exchange.segments(TextTrack(), 7500, seconds=6)

    assert exchange.playlist(pieces, ("0.vtt", "1.vtt")) == (
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n"
        "#EXTINF:6.000,\n0.vtt\n#EXTINF:1.500,\n1.vtt\n#EXT-X-ENDLIST\n"
    )
