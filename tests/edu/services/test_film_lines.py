"""Film lines: what is typed becomes an edit, is typed back the same, and what is wrong names its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edu.errors import Invalid
from edu.services import film_lines
from edu.services.film_lines import Lines, Recordings
from media.edit import Cover, Edit, Mute, Segment

OTHER = "ab" * 32
KNOWN = Recordings({"first-steps": OTHER, "the-same": ""}, {"": 90_000, OTHER: 5000})


def read(**lines: str) -> Edit:
    return film_lines.read(Lines(**lines), KNOWN)


def test_each_kind_of_line_becomes_its_part_of_the_edit():
    edit = read(
        pieces="0:05.0 - 1:20.5\n\n0:00 – 4 from first-steps\n",
        covers="0:10-0:20 at 30% 40% size 20% 15%\n1:00 to 1:10 at 2,5 0 size 50 50",
        mutes="31.2 - 33",
    )

    assert edit.segments == (Segment(5000, 80_500), Segment(0, 4000, OTHER))
    assert edit.covers == (
        Cover(10_000, 20_000, 0.3, 0.4, 0.2, 0.15),
        Cover(60_000, 70_000, 0.025, 0.0, 0.5, 0.5),
    )
    assert edit.mutes == (Mute(31_200, 33_000),)


def test_nothing_typed_is_the_whole_recording():
    assert read() == Edit()


def test_one_piece_that_is_the_whole_recording_cuts_nothing():
    assert read(pieces="0:00 - 1:30").is_plain


def test_an_end_that_misses_the_end_by_rounding_ends_with_the_recording():
    assert read(pieces="0:05 - 1:30.4").segments == (Segment(5000, 90_000),)


def test_a_piece_of_ones_own_recording_may_be_called_by_a_name():
    assert read(pieces="0:05 - 0:10 from the-same").segments == (Segment(5000, 10_000),)


def test_where_the_length_is_not_known_no_end_is_too_late():
    edit = film_lines.read(Lines(pieces="0:05 - 59:00"), Recordings())

    assert edit.segments == (Segment(5000, 59 * 60_000),)


@pytest.mark.parametrize(
    ("field", "text", "says"),
    [
        ("pieces", "0:05", "Line 1: write two times"),
        ("pieces", "0:05 - 0:10\nfrom the start", "Line 2: write two times"),
        ("pieces", "0:05 - 0:7x", "Line 1: “0:7x” is not a time"),
        ("pieces", "0:05 - 1:75", "Line 1: “1:75” is not a time"),
        ("pieces", "\n\n0:05 - 0:05.1", "Line 3: this piece is shorter"),
        ("pieces", "0:09 - 0:05", "Line 1: this piece is shorter"),
        ("pieces", "0:05 - 0:09\n\n0:01 - 0:03", "Line 3: this piece begins before"),
        ("pieces", "0:05 - 2:00", "Line 1 goes past the end of the recording, which lasts 1:30.0"),
        ("pieces", "0:00 - 0:09 from first-steps", "Line 1 goes past the end"),
        ("pieces", "0:00 - 0:04 from elsewhere", "Line 1: there is no other video of yours"),
        ("covers", "0:10 - 0:20", "Line 1: write two times and a place, such as 0:10.0 - 0:20.0 at 30% 40%"),
        ("covers", "0:10 - 0:20 at 30% 40% size 0% 15%", "Line 1: this place is too small"),
        ("covers", "0:10 - 0:20 at 130% 40% size 10% 15%", "Line 1: this place is too small or lies outside"),
        ("covers", "0:20 - 0:10 at 30% 40% size 10% 15%", "Line 1: the end comes before"),
        ("covers", "1:40 - 1:50 at 30% 40% size 10% 15%", "Line 1 goes past the end"),
        ("mutes", "0:20 - 0:10", "Line 1: the end comes before"),
        ("mutes", "quiet", "Line 1: write two times"),
        ("pieces", "\n".join(f"0:{n:02}.0 - 0:{n:02}.5" for n in range(51)), "fifty"),
        ("mutes", " " * 10_001, "fifty"),
    ],
)  # fmt: skip
def test_what_is_wrong_names_its_field_and_its_line(field: str, text: str, says: str):
    with pytest.raises(Invalid) as caught:
        read(**{field: text})

    assert says in caught.value.sentence
    assert caught.value.parameters["field"] == field


def test_a_recording_that_no_video_has_any_more_is_written_by_its_first_signs_and_refused():
    gone = "cd" * 32
    lines = film_lines.write(Edit((Segment(0, 1000, gone),)), KNOWN)

    assert lines.pieces == "0:00.0 - 0:01.0 from cdcdcdcdcdcd"
    with pytest.raises(Invalid, match="no other video of yours"):
        film_lines.read(lines, KNOWN)


@pytest.mark.parametrize(
    ("ms", "text"),
    [(0, "0:00.0"), (5000, "0:05.0"), (80_520, "1:20.52"), (3_723_004, "1:02:03.004"), (59_990, "0:59.99")],
)
def test_a_time_is_typed_as_people_write_it(ms: int, text: str):
    assert film_lines.time(ms) == text
    assert film_lines.read_time(text) == ms


@given(st.integers(0, 90 * 3_600_000))
def test_every_time_is_read_back_as_it_was(ms: int):
    assert film_lines.read_time(film_lines.time(ms)) == ms


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    marks = sorted(draw(st.sets(st.integers(0, 440), max_size=12)))
    spans = [(a * 200, b * 200) for a, b in zip(marks[::2], marks[1::2], strict=False)]
    sources = draw(st.lists(st.sampled_from(["", OTHER]), min_size=len(spans), max_size=len(spans)))
    share = st.integers(10, 999).map(lambda n: n / 1000)
    covers = tuple(Cover(*span, *(draw(share) for _ in range(4))) for span in spans)
    pieces = tuple(Segment(*span, source) for span, source in zip(spans, sources, strict=True))
    return Edit(pieces, covers, tuple(Mute(*span) for span in spans))


@given(edits())
def test_every_edit_is_read_back_as_it_was(edit: Edit):
    known = Recordings({"other": OTHER})

    assert film_lines.read(film_lines.write(edit, known), known) == edit


def test_pieces_of_too_many_recordings_are_refused_with_a_sentence():
    sources = {f"film-{n}": f"{n:02}" * 32 for n in range(11)}
    lines = Lines("\n".join(f"0:00 - 0:01 from {name}" for name in sources))

    with pytest.raises(Invalid, match="too many recordings"):
        film_lines.read(lines, Recordings(sources))


def test_a_line_that_would_take_long_to_read_is_refused_unread():
    with pytest.raises(Invalid, match="Line 2 is too long"):
        read(pieces="\n" + "-" * 9000 + " x y")
