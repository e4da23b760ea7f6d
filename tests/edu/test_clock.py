"""The clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from edu.clock import FixedClock, SystemClock


def test_the_machines_clock_tells_an_aware_moment_in_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)


def test_a_fixed_clock_moves_only_when_told_to() -> None:
    clock = FixedClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))

    assert clock.now() == clock.now()
    assert clock.advance(timedelta(hours=-1)) == clock.now() == datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
