"""The language of the interface: which one this request is answered in, and its words."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import cast
from urllib.parse import quote, urlencode

from babel import Locale, UnknownLocaleError
from flask import Flask, Response, current_app, g, has_request_context, request, session
from flask_babel import Babel, Domain
from markupsafe import Markup
from sqlalchemy.exc import OperationalError

from edu.translations.catalogues import ENGLISH, Catalogues, Words, languages
from edu.web.context import viewer

AVAILABLE = languages()  # of this edu; `available()` are those of the application
LANGUAGE = "lang"  # in an address
COOKIE = "language"
KEPT = timedelta(days=365)
MOST_KEPT = 12_000  # sentences; there are fewer in all templates and languages
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in a language of the interface; `name` as its speakers call it."""

    tag: str
    name: str
    url: str
    is_current: bool


class _Domain(Domain):  # type: ignore[misc]  # flask_babel has no types
    """Flask-Babel's way to the words of this request."""

    def get_translations(self) -> Words:
        return words() if has_request_context() else Words()


def install(app: Flask, cache: Path | None = None, catalogues: Catalogues | None = None) -> None:
    """Send every visible string through gettext, in the language that each request asks for.

    What is made of the catalogues is kept in the folder `cache`.
    """
    app.extensions["edu-words"] = catalogues or Catalogues(cache=cache)
    Babel(app, locale_selector=chosen).domain_instance = _Domain()
    # A page holds some seventy sentences, nearly all without parameters. Jinja's own gettext looks for the
    # catalogue and fills in nothing for each of them, which took a tenth of a page's time.
    app.jinja_env.globals.update(
        {"_": sentence, "gettext": sentence, "language_links": links, "foreign": foreign}
    )
    app.after_request(_tell)


def catalogues() -> Catalogues:
    """The words of all languages of this application."""
    return cast(Catalogues, current_app.extensions["edu-words"])


def available() -> tuple[str, ...]:
    """The languages in which the interface can be had, English first."""
    return catalogues().available


def chosen() -> str:
    """The language for this request: of its address, else of the cookie, of the account, of the browser."""
    if "language" not in g:
        g.language = _choice()
    return cast(str, g.language)


def speak(language: str) -> None:
    """Answer in this language, and keep it for this browser; "" leaves the choice to the browser again."""
    g.pop("words", None)
    g.keep_language = language
    if language:
        g.language = language
    else:
        g.language = _of_browser()


def words() -> Words:
    """The catalogue for this request."""
    if "words" not in g:
        g.words = catalogues().words(chosen())
    return cast(Words, g.words)


def sentence(english: str, /, **parameters: object) -> Markup:
    """A sentence for a page, in the reader's language; parameters are escaped as they are filled in."""
    found = _found(words(), english)
    return found % parameters if parameters else _whole(found)


def direction() -> str:
    """`rtl` or `ltr`, for the language of this request."""
    return "rtl" if chosen().split("-")[0] in RIGHT_TO_LEFT else "ltr"


def links() -> tuple[LanguageLink, ...]:
    """This page in each language; none where there is only English, or where a form was sent."""
    there = available()
    if len(there) < 2 or request.method not in ("GET", "HEAD"):
        return ()
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != LANGUAGE]
    path = quote(request.path)
    return tuple(
        LanguageLink(tag, own_name(tag), f"{path}?{urlencode([*asked, (LANGUAGE, tag)])}", tag == chosen())
        for tag in there
    )


def foreign(tag: str) -> str:
    """What the language of something is called here, where it is not the one of this request; else ""."""
    if tag.split("-")[0] == chosen().split("-")[0]:
        return ""
    return name_of(tag)


def name_of(tag: str) -> str:
    """What a language is called in the language of this request; its tag where that is not known."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(chosen().replace("-", "_")) or tag
    except (UnknownLocaleError, ValueError):
        return tag


@lru_cache
def own_name(tag: str) -> str:
    """What a language calls itself, as a menu writes it: `Español`."""
    name = Locale.parse(tag, sep="-").display_name or tag
    return name[:1].upper() + name[1:]


def _choice() -> str:
    there = available()
    for wanted in (request.args.get(LANGUAGE, ""), request.cookies.get(_cookie(), ""), _of_account()):
        if wanted in there:
            return wanted
    return _of_browser()


def _of_browser() -> str:
    """By RFC 4647, section 3.4: each wish with what is left of it when its end is cut, before the next wish.

    Werkzeug takes English out of `es-MX, en;q=0.5` where there is es.
    """
    there = {tag.lower(): tag for tag in available()}
    for wish, quality in request.accept_languages:
        tag = wish.lower().replace("_", "-")
        while tag and quality > 0:
            if tag in there:
                return there[tag]
            tag = tag.rpartition("-")[0]
    return ENGLISH


def _of_account() -> str:
    """The setting of whoever is signed in; an error page asks nobody when the database does not answer."""
    if "viewer" not in g and not session.get("login"):
        return ""
    with suppress(OperationalError):
        return viewer().language
    return ""


def _tell(response: Response) -> Response:
    """Say in which language an answer is and on what that hangs, and keep what its address asked for."""
    asked = request.args.get(LANGUAGE, "")
    is_page = response.mimetype == "text/html"  # or leads to one
    if "language" in g:
        response.vary.update(("Accept-Language", "Cookie"))
        if is_page:
            response.headers.setdefault("Content-Language", chosen())
    if "keep_language" in g:
        _keep(response, g.keep_language)
    elif is_page and asked in available() and request.cookies.get(_cookie()) != asked:
        _keep(response, asked)
    return response


def _keep(response: Response, language: str) -> None:
    is_secure = current_app.config["SESSION_COOKIE_SECURE"]
    if language:
        response.set_cookie(
            _cookie(), language, max_age=KEPT, secure=is_secure, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(_cookie(), secure=is_secure, httponly=True, samesite="Lax")


def _cookie() -> str:
    """The cookie's name; over https no other host of the domain can set it."""
    return f"__Host-{COOKIE}" if current_app.config["SESSION_COOKIE_SECURE"] else COOKIE


@lru_cache(maxsize=MOST_KEPT)
def _found(catalogue: Words, english: str) -> Markup:
    """The translator's words, which are markup like the template they stand in."""
    return Markup(catalogue.ugettext(english))  # noqa: S704 (words of templates and catalogues only)


@lru_cache(maxsize=MOST_KEPT)
def _whole(found: Markup) -> Markup:
    """A sentence without parameters: its doubled per cent signs are single ones."""
    return found % {}
