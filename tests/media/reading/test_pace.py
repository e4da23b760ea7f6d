"""How evenly pictures follow each other."""

import pytest

from media.reading.pace import Pace, pace

TABLE = [
    ([], Pace()),
    ([(250, 40)], Pace()),
    ([(1, 40)], Pace()),
    ([(100, 40), (1, 900), (100, 40)], Pace(1 / 200, ((4.0, 0.9),))),
    ([(50, 20), (50, 60), (1, 40)], Pace(0.5)),
    ([(10, 1000), (1, 9000), (10, 1000)], Pace()),
    ([(30, 40), (20, 1000), (30, 40)], Pace()),
    ([(100, 40), (1, 5000)], Pace()),
]


@pytest.mark.parametrize(("runs", "expected"), TABLE)
def test_stutter_and_standing_pictures_are_found_but_not_on_slides_nor_at_the_end(runs, expected):
    assert pace(runs, 1000) == expected
