"""Addresses that others keep: absolute, without what only one reader asked for, one for each language."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from flask import current_app, request

from edu.web.context import runtime
from edu.web.language import LANGUAGE, available

# The numbers in an address that make another page of it; all else, such as times and filters, is left out.
KEPT = {"library.index": ("page",)}
ORIGINAL = "x-default"


def base_url() -> str:
    """The site's own address as it is set; else the host that this request came to."""
    settings = runtime().settings
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    is_set = settings.base_url != f"http://{host}:{settings.port}"
    return settings.base_url if is_set else request.host_url.rstrip("/")


def absolute(path: str) -> str:
    """A path of ours as others write it."""
    return f"{base_url()}{path}"


def canonical(languages: Sequence[str] = ()) -> str:
    """The address under which this page is to be known; of several languages that which was asked for."""
    asked_for = {name: request.args.get(name, "") for name in KEPT.get(request.endpoint or "", ())}
    kept = {name: value for name, value in asked_for.items() if value.isdecimal() and value != "1"}
    asked = request.args.get(LANGUAGE, "")
    if asked in offered(languages):
        kept[LANGUAGE] = asked
    return absolute(request.path) + (f"?{urlencode(kept)}" if kept else "")


def alternates(path: str, languages: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The languages of a page with their addresses, and that which leaves the choice open; or none."""
    found = offered(languages)
    if not found:
        return ()
    ways = [(language, absolute(f"{path}?{urlencode({LANGUAGE: language})}")) for language in found]
    return (*ways, (ORIGINAL, absolute(path)))


def texts(found: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The same of what has an address of its own in each language: these as others write them."""
    return tuple((language, absolute(path)) for language, path in found)


def offered(languages: Sequence[str], choices: Sequence[str] = ()) -> tuple[str, ...]:
    """Those of a page's languages that a reader can choose, where there are several."""
    found = tuple(language for language in languages if language in (choices or available()))
    return found if len(found) > 1 else ()


def mark_url() -> str:
    """The site's mark as a picture, for what has no picture of its own."""
    return absolute(f"/static/{current_app.config['BUILD']}/img/icon-512.png")
