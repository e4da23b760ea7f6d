"""Poster and storyboard: choosing and laying out."""

from media.making.stills import KeyPicture, candidates, layout, spread, storyboard_cues
from media.reading.boxes import Fragment


def pieces(count: int) -> tuple[Fragment, ...]:
    return tuple(Fragment(number * 10, 10, number * 2.0, 2.0) for number in range(count))


def test_a_long_recording_is_sampled_evenly_from_its_start():
    chosen = spread(pieces(1000), 100)

    assert len(chosen) == 100
    assert [piece.start_seconds for piece in chosen[:3]] == [0.0, 20.0, 40.0]


def test_tiles_keep_the_shape_of_the_picture():
    assert (layout(60, (1920, 1080)).tile, layout(60, (1920, 1080)).grid) == ((160, 90), (10, 6))
    assert (layout(3, (720, 1280)).tile, layout(3, (720, 1280)).grid) == ((90, 160), (3, 1))


def test_each_cue_names_its_tile_and_the_last_ends_with_the_recording():
    text = storyboard_cues(pieces(12), pieces(12), layout(12, (1280, 720)))

    blocks = text.split("\n\n")
    assert blocks[0] == "WEBVTT"
    assert blocks[1] == "00:00:00.000 --> 00:00:02.000\nstoryboard.jpg#xywh=0,0,160,90"
    assert blocks[12].strip() == "00:00:22.000 --> 00:00:24.000\nstoryboard.jpg#xywh=160,90,160,90"


def test_a_black_picture_is_no_poster_while_there_is_another():
    seen = (KeyPicture(0, 16.0, 0.7), KeyPicture(2, 120.0, 0.5), KeyPicture(4, 250.0, 0.6))

    assert max(seen, key=lambda picture: picture.worth).seconds == 2


def test_there_is_a_candidate_from_each_sixth():
    seen = tuple(KeyPicture(number * 2.0, 120.0, (number % 10) / 10) for number in range(60))

    chosen = candidates(seen)

    assert [picture.seconds for picture in chosen] == [18.0, 38.0, 58.0, 78.0, 98.0, 118.0]
