"""The studio's pages of news, stories, open questions, contributors and the site's own texts."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, Invalid, NotFound
from edu.models import PageKind
from edu.services.lesson_translations import overview
from edu.services.pages import editing, forms, translating, works
from edu.services.pages.forms import PageForm, Tick
from edu.services.pages.stages import Stage
from edu.services.pages.works import PageRow, PageWork
from edu.web import page as page_of_site
from edu.web.context import runtime, viewer
from edu.web.language import AVAILABLE
from edu.web.refusal import refuse
from edu.web.studio import menu, page_words
from edu.web.studio.menu import Studio
from edu.web.words import gettext as _

blueprint = Blueprint("studio_page", __name__, url_prefix="/studio")
NEW, SHOW = "studio/page/new.html", "studio/page/show.html"
TRANSLATIONS = "studio/page/translations.html"
OFFERED = tuple(dict.fromkeys((*AVAILABLE, "en", "es", "fr")))
"""Languages to translate into that are a button away; any other can be typed."""


@blueprint.context_processor
def studio() -> dict[str, Studio]:
    """The frame of the studio, which knows the fields of these pages too."""
    frame = menu.studio()["studio"]
    return {"studio": Studio(frame.nav, {**frame.fields, **page_words.fields()}, frame.notices)}


@blueprint.get("/pages")
def index() -> str:
    """All pages outside the lessons by kind, filtered, with their translations."""
    kind, stage = request.args.get("kind", ""), request.args.get("stage", "")
    with runtime().db.reading() as session:
        wanted = PageKind(kind) if kind in set(PageKind) else None
        rows = works.listed(session, viewer(session), menu.now(), wanted)
    return render_template(
        "studio/page/index.html",
        rows=[row for row in rows if _is_wanted(row, stage)],
        chosen={"kind": kind, "stage": stage},
        filters=[*page_words.stages().items(), ("stale", _("With a translation that is behind"))],
        begin={k: w for k, w in page_words.begin().items() if _may_begin(PageKind(k))},
        **_words(),
    )


@blueprint.get("/pages/new")
def new() -> str:
    """A new page of a kind, perhaps from a story that somebody sent."""
    return render_template(NEW, errors={}, **_new(_kind(request.args.get("kind", ""))))


@blueprint.post("/pages/new")
def create() -> AnyResponse:
    """Keep a new page."""
    kind, form, slug = _kind(request.form.get("kind", "")), _typed(), request.form.get("slug", "")
    try:
        with runtime().db.writing() as session:
            row = editing.create(session, viewer(session), kind, form, menu.now(), slug=slug)
    except Invalid as error:
        return refuse(error, NEW, **_new(kind, form))
    flash(_("The page is saved."), "success")
    return redirect(url_for(".show", page_id=row.id), 303)


@blueprint.get("/pages/<int:page_id>")
def show(page_id: int) -> str:
    """A page in the studio; a translation beside its original."""
    return render_template(SHOW, errors={}, **_page(page_id))


@blueprint.post("/pages/<int:page_id>")
def save(page_id: int) -> AnyResponse:
    """Keep a page's changes; words typed against an older state are shown again beside the present ones."""
    form = _typed()
    try:
        with runtime().db.writing() as session:
            editing.save(session, viewer(session), page_id, form, menu.now())
    except Invalid as error:
        return refuse(error, SHOW, **_page(page_id, form))
    except Conflict as error:
        found = _page(page_id, form, is_behind=True)
        return refuse(error, SHOW, **found)
    flash(_("The page is saved."), "success")
    return redirect(url_for(".show", page_id=page_id), 303)


@blueprint.get("/pages/<int:page_id>/delete")
def confirm(page_id: int) -> str:
    """Ask before a page is deleted."""
    return render_template("studio/page/delete.html", **_page(page_id))


@blueprint.post("/pages/<int:page_id>/delete")
def delete(page_id: int) -> AnyResponse:
    """Delete the page, and with an original its translations."""
    with runtime().db.writing() as session:
        editing.delete(session, viewer(session), page_id, menu.now())
    flash(_("The page is deleted."), "success")
    return redirect(url_for(".index"), 303)


@blueprint.post("/pages/<int:page_id>/translate")
def translate(page_id: int) -> AnyResponse:
    """Begin the translation of a page, or go on with the one that is there."""
    language = request.form.get("language", "")
    try:
        with runtime().db.writing() as session:
            row = translating.begin(session, viewer(session), page_id, language, menu.now())
    except Invalid as error:
        return refuse(error, TRANSLATIONS, **_overview("", language))
    return redirect(url_for(".show", page_id=row.id), 303)


@blueprint.get("/translations")
def translations() -> str | AnyResponse:
    """What is there in a language, what is missing, and what its original has left behind."""
    language = request.args.get("language", "").strip()
    try:
        return render_template(TRANSLATIONS, errors={}, **_overview(language, language))
    except Invalid as error:
        return refuse(error, TRANSLATIONS, **_overview("", language))


def _kind(value: str) -> PageKind:
    try:
        return PageKind(value)
    except ValueError as error:
        raise NotFound("there is no such kind of page") from error


def _may_begin(kind: PageKind) -> bool:
    return kind is not PageKind.SITE or viewer().is_administrator


def _is_wanted(row: PageRow, stage: str) -> bool:
    if stage == "stale":
        return any(translation.is_stale for translation in row.translations)
    return stage not in set(Stage) or row.stage == stage


def _typed() -> PageForm:
    said = request.form.get
    names = {name for kind in PageKind for name in forms.names_of(kind)}
    plain = (
        "title", "summary", "body", "language", "state", "publish_on", "position", "note", "revision",
        "source_revision", "message",
    )  # fmt: skip
    return PageForm(
        **{name: said(name, "") for name in plain},
        said={name: said(name, "") for name in names},
        ticks=frozenset(tick.value for tick in Tick if tick.value in request.form),
        samples=page_words.samples(),
    )


def _new(kind: PageKind, form: PageForm | None = None) -> dict[str, object]:
    message = request.values.get("message", "") if form is None else ""
    with runtime().db.reading() as session:
        starter = page_words.starter(kind)
        page = editing.new(session, viewer(session), kind, message=message, starter=starter)
    site_pages = page_words.site_pages()
    return {
        "page": page,
        "form": form or page.form,
        "slugs": [(slug, site_pages[slug]) for slug in page.slugs],
        **_words(),
    }


def _page(page_id: int, form: PageForm | None = None, *, is_behind: bool = False) -> dict[str, object]:
    """The page for its template; `is_behind`: the form was typed against an older state than this."""
    with runtime().db.reading() as session:
        page = works.page(session, viewer(session), page_id, menu.now())
    present = page.form
    if form is not None and is_behind:
        form = replace(form, revision=present.revision)
    theirs = _fields(page, present) if is_behind else []
    there = {page.language, *(translation.language for translation in page.translations)}
    return {
        "page": page,
        "form": form or present,
        "theirs": theirs,
        "offered": [(tag, menu.language_name(tag)) for tag in OFFERED if tag not in there],
        **_words(),
    }


def _fields(page: PageWork, form: PageForm) -> list[tuple[str, str]]:
    """What a page says now, field by field with its label."""
    words = page_words.fields()
    chosen = {**page_of_site.group_words(), **page_of_site.known_words()}
    said = {name: form.said.get(name, "") for name in page.names if name != "subject"}
    short = [(_("Title"), form.title), (words["summary"], form.summary)]
    short += [
        (words[name], chosen.get(text, text) if name in ("group", "known") else text)
        for name, text in said.items()
    ]
    return [*((label, text) for label, text in short if text), (_("Text"), form.body)]


def _overview(language: str, typed: str) -> dict[str, object]:
    found, lessons = None, None
    if language:
        with runtime().db.reading() as session:
            found = translating.overview(session, viewer(session), language)
            lessons = overview.overview(session, viewer(session), language)
    return {
        "lessons": lessons,
        "page": found,
        "language": typed,
        "statuses": page_words.statuses(),
        "names": {
            tag: menu.language_name(tag) for tag in dict.fromkeys((*OFFERED, *([typed] if found else [])))
        },
        **_words(),
    }


def _words() -> dict[str, object]:
    return {
        "kinds": page_words.kinds(),
        "stages": page_words.stages(),
        "tones": page_words.tones(),
        "labels": page_words.fields(),
        "subjects": page_words.subjects(),
        "groups": list(page_of_site.group_words().items()),
        "amounts": list(page_of_site.known_words().items()),
        "language_name": menu.language_name,
    }
