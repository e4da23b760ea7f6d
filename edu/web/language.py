"""The language of the interface, chosen from what the browser asks for among the catalogues there are."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, request
from flask_babel import Babel

FOLDER = Path(__file__).parents[1] / "translations"
AVAILABLE = ("en", *sorted(path.parent.name for path in FOLDER.glob("*/LC_MESSAGES")))
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}


def install(app: Flask) -> None:
    """Send every visible string through gettext."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(FOLDER)
    Babel(app, locale_selector=chosen)


def chosen() -> str:
    """The language for this request."""
    return request.accept_languages.best_match(AVAILABLE, "en") or "en"


def direction() -> str:
    """`rtl` or `ltr`, for the language of this request."""
    return "rtl" if chosen().split("-")[0] in RIGHT_TO_LEFT else "ltr"
