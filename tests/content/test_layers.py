"""The layers of the bundled films: as the places of the board draw them, in the shots that show it."""

from __future__ import annotations

import runpy
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from captions import layers
from captions.layers import Layers

COURSE = Path(__file__).parents[2] / "edu" / "content" / "back-mice"
FILMS = ("find", "infiltrate")
every_film = pytest.mark.parametrize("name", FILMS)


@cache
def drawing() -> dict[str, Any]:
    return runpy.run_path(str(COURSE / "drawing" / "layers.py"))


def data(name: str) -> bytes:
    return (COURSE / "videos" / f"{name}.metadata.en.vtt").read_bytes()


@cache
def document(name: str) -> Layers:
    return layers.read(data(name))


@every_film
def test_the_file_is_as_the_places_of_the_board_draw_it_and_as_we_write_it(name: str) -> None:
    assert data(name).decode() == drawing()["track"](name)
    assert layers.write(document(name)) == data(name)


@every_film
def test_a_layer_that_lies_on_both_sides_has_both(name: str) -> None:
    sides: dict[str, set[str]] = {}
    for cue in document(name).at(40_000):
        sides.setdefault(cue.layer, set()).add(cue.side or "")

    assert {layer for layer, found in sides.items() if found == {"left", "right"}} >= {"crest", "nerves"}
    assert sides["sacrum"] == {""}


def test_nothing_lies_over_a_shot_that_does_not_show_the_board() -> None:
    quiet = {"find": (0, 9_000, 13_000, 19_000, 82_000, 93_000), "infiltrate": (0, 27_999, 72_000, 89_000)}

    assert [document(name).at(ms) for name, times in quiet.items() for ms in times] == [()] * 10


def test_the_right_crest_lies_on_the_right_half_of_the_picture_from_the_dimple_to_the_flank() -> None:
    crest = next(cue for cue in document("find").at(40_000) if (cue.layer, cue.side) == ("crest", "right"))

    assert crest.points[0] == pytest.approx((728 / 1280, 470 / 720), abs=1e-4)
    assert max(y for _, y in crest.points) == crest.points[0][1]
    assert all(x > 0.5 for x, _ in crest.points)


def test_the_nodule_slips_up_by_half_a_centimetre_and_back_three_times() -> None:
    def top(ms: int) -> float:
        (nodule,) = [cue for cue in document("find").at(ms) if cue.layer == "nodule"]
        return nodule.at(ms)[0][1] * 720

    still = top(50_300)

    assert [round(still - top(50_600 + ms), 1) for ms in (0, 800, 1600, 2400, 4000, 4799)] == [
        0, 11, 0, 11, 11, 0,
    ]  # fmt: skip
    assert top(60_000) == still


def test_the_zone_lies_between_five_and_seven_centimetres_from_the_midline() -> None:
    for cue in document("find").at(75_000):
        if cue.layer == "nodules":
            reach = sorted(abs(x * 1280 - 640) / 22 for x, _ in cue.points)
            assert (reach[0], reach[-1]) == pytest.approx((5, 7), abs=0.01)
