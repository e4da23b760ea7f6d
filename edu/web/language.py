"""The language of the interface, chosen from what the browser asks for among the catalogues there are."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import cast

from flask import Flask, g, request
from flask_babel import Babel, get_translations
from markupsafe import Markup

FOLDER = Path(__file__).parents[1] / "translations"
AVAILABLE = ("en", *sorted(path.parent.name for path in FOLDER.glob("*/LC_MESSAGES")))
MOST_KEPT = 5000  # sentences; there are fewer in all templates and languages
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}


def install(app: Flask) -> None:
    """Send every visible string through gettext."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(FOLDER)
    Babel(app, locale_selector=chosen)
    # A page holds some seventy sentences, nearly all without parameters. Jinja's own gettext looks for the
    # catalogue and fills in nothing for each of them, which took a tenth of a page's time.
    app.jinja_env.globals.update({"_": sentence, "gettext": sentence})


def chosen() -> str:
    """The language for this request."""
    if "language" not in g:
        g.language = request.accept_languages.best_match(AVAILABLE, "en") or "en"
    return cast(str, g.language)


def sentence(words: str, /, **parameters: object) -> Markup:
    """A sentence for a page, in the reader's language; parameters are escaped as they are filled in."""
    found = _found(chosen(), words)
    return found % parameters if parameters else _whole(found)


@lru_cache(maxsize=MOST_KEPT)
def _found(language: str, words: str) -> Markup:
    """The translator's words, which are markup like the template they stand in."""
    return Markup(get_translations().ugettext(words))  # noqa: S704 (words of templates and catalogues only)


@lru_cache(maxsize=MOST_KEPT)
def _whole(found: Markup) -> Markup:
    """A sentence without parameters: its doubled per cent signs are single ones."""
    return found % {}


def direction() -> str:
    """`rtl` or `ltr`, for the language of this request."""
    return "rtl" if chosen().split("-")[0] in RIGHT_TO_LEFT else "ltr"
