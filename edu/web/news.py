"""News: the posts with their excerpts, one post, and the feed."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from edu.models import PageKind
from edu.services.pages import atom, finding, related
from edu.services.pages.finding import PageLink
from edu.web import page, prose
from edu.web.context import runtime
from edu.web.language import chosen
from edu.web.words import gettext as _

blueprint = Blueprint("news", __name__, url_prefix="/news")
IN_THE_FEED = 20


@blueprint.get("")
def index() -> str:
    """The posts, newest first, each with its excerpt."""
    with runtime().db.reading() as session:
        posts = page.listed(session, PageKind.NEWS)
    return render_template("news/index.html", posts=posts)


@blueprint.get("/<slug>")
def show(slug: str) -> str:
    """A post."""
    with runtime().db.reading() as session:
        post = page.shown(session, PageKind.NEWS, slug)
    return render_template("news/show.html", page=post)


@blueprint.get("/feed.xml")
def feed() -> AnyResponse:
    """The newest posts as an Atom feed, in the language that the reader asks for."""
    house = runtime()
    with house.db.reading() as session:
        posts = page.listed(session, PageKind.NEWS)[:IN_THE_FEED]
        entries = _entries(session, posts)
    made = atom.Feed(
        title=house.settings.site_name,
        subtitle=_("News"),
        language=chosen(),
        base_url=house.settings.base_url.rstrip("/"),
        path="/news/feed.xml",
        home="/news",
        entries=entries,
    )
    document = atom.document(made, now=house.clock.now())
    response = Response(document, content_type="application/atom+xml; charset=utf-8")
    response.vary.add("Accept-Language")
    response.add_etag()
    return response.make_conditional(request)


def _entries(session: Session, posts: tuple[PageLink, ...]) -> list[atom.Entry]:
    bodies = finding.texts(session, [post.id for post in posts])
    made: dict[int, str] = {}
    for course in {of for of, body in bodies.values()}:
        own = {page: body for page, (of, body) in bodies.items() if of == course}
        rendered = prose.texts(session, related.library_of(session, course), *own.values())
        made |= {
            page: str(prose.markup(text)) + text.references for page, text in zip(own, rendered, strict=True)
        }
    return [
        atom.Entry(
            path=post.url,
            title=post.title,
            summary=post.summary,
            html=made[post.id],
            language=post.language,
            author=post.details.author,
            published_at=post.published_at,
            updated_at=post.updated_at,
        )
        for post in posts
    ]
