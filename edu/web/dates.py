"""Days and moments as pages write them: one way for the whole site."""

from __future__ import annotations

from datetime import UTC, date, datetime

from babel.dates import format_date, format_datetime, format_time, get_datetime_format
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
    language, at = chosen(), value.astimezone(UTC)
    if _is_english(language):
        return f"{format_datetime(at, ENGLISH_MOMENT, locale=_locale(language))} UTC"
    # CLDR's medium time has seconds, which nobody needs: its medium day with its short time
    form = str(get_datetime_format("medium", locale=_locale(language))).replace("'", "")
    time = format_time(at, "short", locale=_locale(language))
    return f"{form.replace('{0}', time).replace('{1}', day(at))} UTC"


def _is_english(language: str) -> bool:
    return language.split("-")[0] == "en"


def _locale(language: str) -> str:
    return language.replace("-", "_")
