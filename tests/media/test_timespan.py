"""Times in words."""

import pytest

from media.timespan import timespan

TABLE = [(0.4, "0.4 s"), (1, "1 s"), (1.25, "1.2 s"), (45, "45 s"), (120, "120 s"), (2000, "33 min")]
LONG = [(7200, "120 min"), (7500, "2 h 5 min"), (86_400, "24 h"), (86_399, "24 h")]


@pytest.mark.parametrize(("seconds", "words"), [*TABLE, *LONG])
def test_a_time_is_told_in_the_unit_that_suits_it(seconds, words):
    assert timespan(seconds) == words
