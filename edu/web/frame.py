"""What stands around every page: the site's name, the main ways, and the account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, request, session

from edu.models.account import Role
from edu.settings import SignUp
from edu.web import dates, drawn, numbers, people
from edu.web.context import runtime, viewer
from edu.web.language import chosen, direction
from edu.web.words import gettext as _


@dataclass(frozen=True, slots=True)
class NavLink:
    """A way through the site."""

    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """The signed-in person's menu."""

    name: str
    links: tuple[NavLink, ...]
    sign_out_url: str


@dataclass(frozen=True, slots=True)
class Site:
    """The frame of a page."""

    name: str
    language: str
    direction: str
    theme: str
    home_url: str
    nav: tuple[NavLink, ...]
    more: tuple[NavLink, ...]  # what stands behind a word of its own where there is room for few
    account: Account | None
    sign_in_url: str
    sign_up_url: str | None
    footer: tuple[NavLink, ...]


def install(app: Flask) -> None:
    """Give every template `site`, and the filters `day`, `moment` and `number`."""
    dates.install(app)
    drawn.install(app)
    numbers.install(app)
    people.install(app)
    app.context_processor(lambda: {"site": frame(), "page_states": _page_states()})


def frame() -> Site:
    """The frame for this request."""
    settings = runtime().settings
    return Site(
        name=settings.site_name,
        language=chosen(),
        direction=direction(),
        theme=session.get("theme", ""),
        home_url="/",
        nav=_links(_ways()),
        more=_links(_practice()),
        account=_account(),
        sign_in_url="/account/sign-in",
        sign_up_url="/account/sign-up" if settings.signup is SignUp.OPEN else None,
        footer=_links(_foot()),
    )


def _page_states() -> dict[str, str]:
    return {
        "draft": _("Draft"),
        "under_construction": _("Under construction"),
        "reviewed": _("Reviewed"),
        "needs_review": _("Needs review"),
    }


def _ways() -> list[tuple[str, str]]:
    ways = [
        (_("Courses"), "/courses"),
        (_("Videos"), "/videos"),
        (_("Library"), "/library"),
        (_("Glossary"), "/glossary"),
        (_("Open questions"), "/questions"),
        (_("News"), "/news"),
    ]
    if viewer().is_instructor:
        ways.append((_("Studio"), "/studio"))
    return ways


def _practice() -> list[tuple[str, str]]:
    return [(_("Checklists"), "/checklists"), (_("Review"), "/review"), (_("Stories"), "/stories")]


def _foot() -> list[tuple[str, str]]:
    return [
        (_("When to seek care now"), "/seek-care"),
        (_("About"), "/about"),
        (_("Contributors"), "/contributors"),
        (_("Terms"), "/terms"),
        (_("Privacy"), "/privacy"),
        (_("Contact"), "/contact"),
        (_("Corrections"), "/corrections"),
        (_("For professionals"), "/professionals"),
        (_("Accessibility"), "/accessibility"),
        (_("For programs"), "/api"),
    ]


def _account() -> Account | None:
    who = viewer()
    if who.user_id is None:
        return None
    links = [_link(_("My account"), "/account/"), _link(_("My notes"), "/notes")]
    links.append(_link(_("Handed in"), "/hand-ins"))
    if who.role is Role.ADMINISTRATOR:
        links.append(_link(_("People"), "/studio/people"))
    return Account(who.name, tuple(links), "/account/sign-out")


def _links(ways: list[tuple[str, str]]) -> tuple[NavLink, ...]:
    """The ways that this application has."""
    return tuple(_link(label, url) for label, url in ways if url in _addresses())


def _addresses() -> frozenset[str]:
    """Every address of the application that stands for itself; gathered once."""
    known = current_app.extensions.get("edu-addresses")
    if known is None:
        known = frozenset(rule.rule for rule in current_app.url_map.iter_rules())
        current_app.extensions["edu-addresses"] = known
    return cast(frozenset[str], known)


def _link(label: str, url: str) -> NavLink:
    path = request.path if request else ""
    return NavLink(label, url, path == url or (url != "/" and path.startswith(url.rstrip("/") + "/")))
