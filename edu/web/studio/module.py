"""The studio's pages of modules: a new one, one that is announced, one with its lessons and their order."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, Invalid
from edu.models import Module
from edu.services import module_editing, module_order, typed
from edu.services.module_editing import ModuleWork
from edu.services.module_forms import ModuleForm
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu, moved
from edu.web.words import gettext as _

blueprint = Blueprint("studio_module", __name__, url_prefix="/studio/courses/<int:course_id>")
blueprint.context_processor(menu.studio)
SHOW = "studio/module/show.html"


@blueprint.get("/modules/new")
def new(course_id: int) -> str:
    """A new module, written or announced only."""
    return render_template(SHOW, errors={}, **_planned_page(course_id))


@blueprint.post("/modules/new")
def create(course_id: int) -> AnyResponse:
    """Keep a new module."""
    form = _typed()
    try:
        with runtime().db.writing() as session:
            where = _where(course_id, module_editing.create(session, viewer(), course_id, form, menu.now()))
    except Invalid as error:
        return refuse(error, SHOW, **_planned_page(course_id, form=form))
    flash(_("The module is announced.") if form.is_planned else _("The module is made."), "success")
    return redirect(where, 303)


@blueprint.get("/planned/<code>")
def planned(course_id: int, code: str) -> str:
    """A module that is announced and not written yet."""
    return render_template(SHOW, errors={}, **_planned_page(course_id, code))


@blueprint.post("/planned/<code>")
def save_planned(course_id: int, code: str) -> AnyResponse:
    """Keep what is announced of it, or begin to write it."""
    form = _typed()
    try:
        with runtime().db.writing() as session:
            made = module_editing.save_planned(session, viewer(), course_id, code, form, menu.now())
            where = _where(course_id, made)
    except (Invalid, Conflict) as error:
        return _refused(error, _planned_page(course_id, code), form)
    flash(_("The module is saved.") if form.is_planned else _("The module is made."), "success")
    return redirect(where, 303)


@blueprint.post("/planned/<code>/delete")
def delete_planned(course_id: int, code: str) -> AnyResponse:
    """Announce it no more."""
    with runtime().db.writing() as session:
        module_editing.delete_planned(session, viewer(), course_id, code, menu.now())
    flash(_("The module is announced no more."), "success")
    return redirect(_where(course_id, None), 303)


@blueprint.get("/modules/<int:module_id>")
def show(course_id: int, module_id: int) -> str:
    """A module in the studio, with its lessons."""
    return render_template(SHOW, errors={}, **_page(course_id, module_id))


@blueprint.post("/modules/<int:module_id>")
def save(course_id: int, module_id: int) -> AnyResponse:
    """Keep a module's changes; words typed against an older state are shown again and not lost."""
    form = _typed()
    try:
        with runtime().db.writing() as session:
            kept = module_editing.save(session, viewer(), course_id, module_id, form, menu.now())
            where = _where(course_id, kept)
    except (Invalid, Conflict) as error:
        return _refused(error, _page(course_id, module_id), form)
    flash(_("The module is saved.") if kept else _("The module is announced only."), "success")
    return redirect(where, 303)


@blueprint.post("/modules/<int:module_id>/delete")
def delete(course_id: int, module_id: int) -> AnyResponse:
    """Delete the module, in which nothing stands."""
    try:
        with runtime().db.writing() as session:
            module_editing.delete(session, viewer(), course_id, module_id, menu.now())
    except Conflict as error:
        return refuse(error, SHOW, **_page(course_id, module_id))
    flash(_("The module is deleted."), "success")
    return redirect(_where(course_id, None), 303)


@blueprint.post("/modules/<int:module_id>/lessons/<int:lesson_id>/move")
def move_lesson(course_id: int, module_id: int, lesson_id: int) -> AnyResponse:
    """Move a lesson a place up or down in the module."""
    with runtime().db.writing() as session:
        module_order.move_lesson(session, viewer(), course_id, module_id, lesson_id, moved.way(), menu.now())
    where = moved.back("studio_module.show", "lesson", lesson_id, course_id=course_id, module_id=module_id)
    return redirect(where, 303)


@blueprint.post("/modules/<int:module_id>/lessons/target")
def take_over(course_id: int, module_id: int) -> AnyResponse:
    """Put a lesson into another module of the course."""
    said = request.form.get
    try:
        with runtime().db.writing() as session:
            target = module_order.take_over(
                session, viewer(), course_id, module_id, typed.row_id(said("lesson", "")) or 0,
                said("target", ""), is_opening_meant="open_lesson" in request.form, now=menu.now(),
            )  # fmt: skip
            name = f"{target.code} {target.title}"
    except Invalid as error:
        page = {**_page(course_id, module_id), "lesson": said("lesson", ""), "target": said("target", "")}
        return refuse(error, SHOW, **page)
    flash(_("The lesson stands in %(module)s now, as the last.", module=name), "success")
    return redirect(url_for("studio_module.show", course_id=course_id, module_id=module_id), 303)


def _typed() -> ModuleForm:
    said = request.form.get
    return ModuleForm(
        title=said("title", ""),
        summary=said("summary", ""),
        audience=said("audience", ""),
        minutes=said("minutes", ""),
        review_months=said("review_months", ""),
        is_planned="is_planned" in request.form,
        open_to_all="open_to_all" in request.form,
        guard=said("guard", ""),
    )


def _where(course_id: int, row: Module | None) -> str:
    """The page of the module; of one that has none the list of the course."""
    if row is None:
        return url_for("studio_course.show", course_id=course_id)
    return url_for("studio_module.show", course_id=course_id, module_id=row.id)


def _refused(error: Invalid | Conflict, values: dict[str, object], form: ModuleForm) -> AnyResponse:
    """The typed words again; after a conflict with what stands there now, which saving once more replaces."""
    page = values["page"]
    if isinstance(error, Conflict) and error.code == "module_changed" and isinstance(page, ModuleWork):
        values = {**values, "present": page.form}
        form = replace(form, guard=page.form.guard)
    return refuse(error, SHOW, **{**values, "form": form})


def _page(course_id: int, module_id: int) -> dict[str, object]:
    with runtime().db.reading() as session:
        return _values(module_editing.page(session, viewer(), course_id, module_id))


def _planned_page(course_id: int, code: str = "", form: ModuleForm | None = None) -> dict[str, object]:
    with runtime().db.reading() as session:
        return _values(module_editing.planned_page(session, viewer(), course_id, code), form)


def _values(page: ModuleWork, form: ModuleForm | None = None) -> dict[str, object]:
    return {
        "page": page,
        "form": form or page.form,
        "present": None,
        "audiences": menu.audiences(),
        "moved": moved.said(),
        "goes_on": moved.goes_on,
        "lesson": "",
        "target": "",
    }
