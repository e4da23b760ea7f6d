"""Numbers as pages write them, with the signs of the reader's language."""

from __future__ import annotations

from babel.numbers import format_decimal
from flask import Flask

from edu.web.language import chosen

_ANY = "#,##0.######"  # as many decimals as there are, up to six


def install(app: Flask) -> None:
    """Give templates the filter `number`."""
    app.jinja_env.filters["number"] = number


def number(value: float, digits: int | None = None) -> str:
    """`2.5`, in French `2,5`: with so many decimals, or without `digits` with those that it has."""
    pattern = _ANY if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    # no minus before a zero that was rounded
    rounded = round(value, 6 if digits is None else digits) + 0.0
    return format_decimal(rounded, format=pattern, locale=chosen().replace("-", "_"))
