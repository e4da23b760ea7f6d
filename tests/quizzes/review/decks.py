"""Cards to test with."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from quizzes.review import Card, Entry

TODAY = date(2026, 3, 1)


def noon(day):
    return datetime.combine(day, time(12), UTC)


def card(*, due=0, reviewed=-10):
    """A card due and last answered so many days from today."""
    return Card(
        stability=3,
        difficulty=5,
        due=noon(TODAY + timedelta(days=due)),
        reviewed=noon(TODAY + timedelta(days=reviewed)),
    )


def entry(key, outcome="", lesson="L1", *, due=0, reviewed=-10, **more):
    return Entry(key, outcome or f"V1-c{key:02}", lesson, card(due=due, reviewed=reviewed), **more)


@st.composite
def entries(draw, most=60):
    """Cards of a few outcomes and lessons, each under a key of its own."""
    count = draw(st.integers(0, most))
    return [
        entry(
            key,
            draw(st.sampled_from(["A", "B", "C", "D", "E", "F", "G", "H"])),
            draw(st.sampled_from(["L1", "L2", "L3"])),
            due=draw(st.integers(-30, 60)),
            reviewed=draw(st.integers(-60, -1)),
            is_misled=draw(st.booleans()),
            is_critical=draw(st.booleans()),
            is_new=draw(st.booleans()),
        )
        for key in range(count)
    ]
