"""Days and moments as pages write them: one way for the whole site."""

from __future__ import annotations

from datetime import UTC, date, datetime

from babel.dates import format_date, format_datetime
from flask import Flask

from edu.web.language import chosen

# Babel's English is American: "Nov 25, 2026, 5:20:07 PM", and does not say in which zone
ENGLISH_DAY = "d MMM y"
ENGLISH_MOMENT = "d MMM y, HH:mm"


def install(app: Flask) -> None:
    """Give templates the filters `day` and `moment`."""
    app.jinja_env.filters["day"] = day
    app.jinja_env.filters["moment"] = moment


def day(value: date) -> str:
    """`25 Nov 2026`, in UTC when a moment is given; other languages write it their own way."""
    language = chosen()
    on = value.astimezone(UTC).date() if isinstance(value, datetime) else value
    return format_date(on, ENGLISH_DAY if _is_english(language) else "medium", locale=_locale(language))


def moment(value: datetime) -> str:
    """`25 Nov 2026, 17:20 UTC`, of an aware moment; other languages write it their own way."""
    language = chosen()
    form = ENGLISH_MOMENT if _is_english(language) else "medium"
    return f"{format_datetime(value.astimezone(UTC), form, locale=_locale(language))} UTC"


def _is_english(language: str) -> bool:
    return language.split("-")[0] == "en"


def _locale(language: str) -> str:
    return language.replace("-", "_")
