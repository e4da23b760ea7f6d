"""The small station in an empty site."""

from __future__ import annotations

import pytest

from edu.clock import FixedClock
from edu.runtime import Runtime
from tests.stations import Stations


@pytest.fixture
def stations(runtime: Runtime, clock: FixedClock) -> Stations:
    """The small station, kept."""
    made = Stations(runtime, clock)
    made.keep()
    return made
