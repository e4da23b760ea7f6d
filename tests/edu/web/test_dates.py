"""Days and moments as pages write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from flask import Flask, g

from edu.web import dates

EVENING = datetime(2026, 11, 25, 23, 20, tzinfo=timezone(timedelta(hours=-1)))


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("en", "26 Nov 2026", "26 Nov 2026, 00:20 UTC"),
        ("en-GB", "26 Nov 2026", "26 Nov 2026, 00:20 UTC"),
        ("fr", "26 nov. 2026", "26 nov. 2026, 00:20 UTC"),
        ("pt-BR", "26 de nov. de 2026", "26 de nov. de 2026 00:20 UTC"),
        ("es", "26 nov 2026", "26 nov 2026, 0:20 UTC"),
    ],
)
def test_days_and_moments_are_those_of_utc_in_the_readers_language(
    app: Flask, language: str, day: str, moment: str
) -> None:
    with app.test_request_context():
        g.language = language

        assert dates.day(EVENING) == day
        assert dates.moment(EVENING).replace(",", "") == moment.replace(",", "")


def test_templates_have_both_and_take_a_plain_day_too(app: Flask) -> None:
    template = app.jinja_env.from_string("{{ at|moment }} / {{ on|day }}")

    with app.test_request_context():
        written = template.render(at=datetime(2026, 9, 5, 7, 4, tzinfo=UTC), on=date(2026, 9, 5))

    assert written == "5 Sep 2026, 07:04 UTC / 5 Sep 2026"
