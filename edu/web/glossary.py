"""The glossary: the list, the page of a word, and every other name of it leading there."""

from __future__ import annotations

from collections import Counter
from urllib.parse import quote

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from edu.courseware.glossary import address
from edu.services import glossary
from edu.web import page, prose
from edu.web.context import runtime, viewer
from edu.web.language import chosen

blueprint = Blueprint("glossary", __name__)
PERMANENTLY = 301


@blueprint.get("/glossary")
def index() -> str:
    """The words from A to Z with their other names; those that are looked for, or those of one language."""
    wanted, language = request.args.get("q", "").strip(), request.args.get("language", "")
    with runtime().db.reading() as session:
        words = glossary.everything(session, chosen())
        hits = glossary.find(session, wanted, read=words) if wanted else ()
    rows = glossary.rows(words)
    languages = sorted({row.language for row in rows})
    return render_template(
        "glossary/index.html",
        rows=[row for row in rows if language in ("", row.language)],
        hits=hits,
        wanted=wanted,
        language=language if language in languages else "",
        languages=[(tag, page.language_name(tag)) for tag in languages],
        language_names={tag: page.language_name(tag) for tag in languages},
        all_count=len(words),
        rows_language=next(iter(Counter(word.language for word in words).most_common(1)), ("",))[0],
    )


@blueprint.get("/glossary/<name>")
def show(name: str) -> str | AnyResponse:
    """The page of a word; any other name of it, however it is spelt, leads there."""
    with runtime().db.reading() as session:
        words = glossary.everything(session, chosen())
        word, way = glossary.way_to(session, name, read=words)
        if name != word.entry.slug:
            asked = f"?asked={quote(way)}" if word.called(way) else ""
            return redirect(word.url + asked, PERMANENTLY)
        found = glossary.page(session, viewer(session), name, read=words)
        known = (word.entry.slug,)
        (text,) = prose.texts(session, word.course_id, word.entry.body, explained=word.language, known=known)
    tags = {row.name.language for row in found.names} | {word.home}
    return render_template(
        "glossary/show.html",
        page=found,
        text=text,
        asked=word.called(address(request.args.get("asked", ""))),
        language_names={tag: page.language_name(tag) for tag in tags},
    )


@blueprint.get("/names")
def names() -> AnyResponse:
    """All names of the thing that has the most, which is what the course is about."""
    with runtime().db.reading() as session:
        word = glossary.most_named(session)
    if word is None:
        return redirect("/glossary")
    return redirect(f"{word.url}#names")
