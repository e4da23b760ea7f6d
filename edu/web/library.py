"""The library: the list with its search, an entry, files of entries, and the timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from edu.courseware.library.formats import KINDS, Format
from edu.courseware.library.styles import Style, formatted, offered
from edu.courseware.reference import Reference
from edu.errors import NotFound
from edu.services.library import entry, finding, timeline
from edu.services.library.finding import Asked, LibraryPage, Order
from edu.web import library_words as words
from edu.web.context import runtime, viewer
from edu.web.words import gettext as _

blueprint = Blueprint("library", __name__, url_prefix="/library")
MOST_LETTERS = 200  # of a field of the address
FIELDS = ("q", "collection", "period", "language", "design", "direction", "verified")


@blueprint.context_processor
def formats() -> dict[str, Any]:
    """The kinds of files that entries leave in, for the links of the pages."""
    return {"formats": [(each.value, kind.name) for each, kind in KINDS.items()]}


@blueprint.get("")
def index() -> AnyResponse | str:
    """What is found, or all; with `format` the same as a file."""
    asked = _asked()
    with runtime().db.reading() as session:
        who = viewer(session)
        if wanted := request.args.get("format"):
            return _file(finding.everything(session, who, asked), wanted, "library")
        number = request.args.get("page", 1, type=int)
        page = finding.page(session, who, asked, number=number, unconfirmed=f"[{_('unconfirmed')}]")
    return render_template("library/index.html", page=page, words=words, query=_query(asked), **_fields(page))


@blueprint.get("/timeline")
def by_year() -> str:
    """The works by year, as a picture and as a table."""
    with runtime().db.reading() as session:
        page = timeline.page(session, viewer(session), runtime().clock.now().year)
    return render_template("library/timeline.html", page=page, words=words)


@blueprint.get("/<key>")
def show(key: str) -> AnyResponse | str:
    """An entry; with `format` the same as a file, with `style` cited in that style."""
    with runtime().db.reading() as session:
        who = viewer(session)
        if wanted := request.args.get("format"):
            return _file((entry.record(session, who, key),), wanted, key)
        page = entry.page(session, who, key, runtime().clock.now())
    styles = offered()
    said = request.args.get("style", "")
    style = next((each for each in styles if each.value == said), Style.VANCOUVER)
    return render_template(
        "library/show.html",
        page=page,
        words=words,
        style=style,
        styles=styles,
        cited=formatted(page.entry, style),
    )


def _asked() -> Asked:
    """What the address asks for; an order that is none is the usual one."""
    said = {name: request.args.get(name, "").strip()[:MOST_LETTERS].replace("\0", "") for name in FIELDS}
    order = request.args.get("sort", "")
    return Asked(
        words=said["q"],
        collection=said["collection"],
        period=said["period"],
        language=said["language"],
        design=said["design"],
        direction=said["direction"],
        verified=said["verified"],
        order=Order(order) if order in set(Order) else Asked().order,
    )


def _query(asked: Asked) -> str:
    """The question as the end of an address, to which a page number or a format is added."""
    said = {"q": asked.words} | {name: getattr(asked, name) for name in FIELDS[1:]}
    order = {"sort": asked.order.value} if asked.order is not Asked().order else {}
    return urlencode({name: value for name, value in (said | order).items() if value})


def _fields(page: LibraryPage) -> dict[str, Any]:
    """The choices of the form, each with how many entries it has."""
    choices = page.choices
    lists: dict[str, tuple[Iterable[tuple[str, int]], Callable[[str], str]]] = {
        "collections": (choices.collections, words.collection),
        "periods": (choices.periods, words.period),
        "languages": (choices.languages, words.language),
        "designs": (choices.designs, words.design),
        "directions": (choices.directions, words.direction),
        "verified": (choices.verified, words.verified),
    }
    return {
        name: [("", _("All")), *((value, f"{named(value)} ({count})") for value, count in counted)]
        for name, (counted, named) in lists.items()
    }


def _file(entries: Iterable[Reference], wanted: str, stem: str) -> Response:
    """Entries as a file to keep. Raises NotFound for a format that is none."""
    if wanted not in set(Format):
        raise NotFound("there is no such format of references")
    kind = KINDS[Format(wanted)]
    answer = Response(kind.write(entries), mimetype=kind.media_type)
    answer.headers["Content-Type"] = f"{kind.media_type}; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{stem}.{kind.ending}"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
