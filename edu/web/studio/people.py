"""The administrators' pages about people: the list, one person, and invitations."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import EduError
from edu.models import Role
from edu.services import links, people
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu
from edu.web.words import gettext as _

blueprint = Blueprint("people", __name__, url_prefix="/studio/people")
blueprint.context_processor(menu.studio)


@blueprint.after_request
def keep_private(response: Response) -> Response:
    """Names and addresses of people stay in no cache."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.get("")
def index() -> str:
    """The people, those that a search finds, and the invitations that wait."""
    return render_template("people/index.html", errors={}, link="", **_list())


@blueprint.get("/<int:user_id>")
def show(user_id: int) -> str:
    """One person with everything an administrator may change."""
    return render_template("people/show.html", errors={}, link="", **_person(user_id))


@blueprint.post("/<int:user_id>/role")
def set_role(user_id: int) -> AnyResponse:
    """Give a role."""
    role = request.form.get("role", "")
    return _done(
        user_id,
        lambda session: people.set_role(session, user_id, role, actor_id=_actor(), now=menu.now()),
        _("The role is changed."),
    )


@blueprint.post("/<int:user_id>/disable")
def disable(user_id: int) -> AnyResponse:
    """Close the account."""
    return _done(
        user_id,
        lambda session: people.disable(session, user_id, actor_id=_actor(), now=menu.now()),
        _("The account is closed, and its sessions are ended."),
    )


@blueprint.post("/<int:user_id>/enable")
def enable(user_id: int) -> AnyResponse:
    """Open the account again."""
    return _done(
        user_id,
        lambda session: people.enable(session, user_id, actor_id=_actor(), now=menu.now()),
        _("The account is open again."),
    )


@blueprint.post("/<int:user_id>/sessions/end")
def end_sessions(user_id: int) -> AnyResponse:
    """Sign the person out everywhere."""
    return _done(
        user_id,
        lambda session: people.end_sessions(session, user_id, actor_id=_actor(), now=menu.now()),
        _("This person is signed out everywhere."),
    )


@blueprint.post("/<int:user_id>/quota")
def set_quota(user_id: int) -> AnyResponse:
    """Let the person keep more or less."""
    megabytes = request.form.get("quota", "")
    return _done(
        user_id,
        lambda session: people.set_quota(session, user_id, megabytes, actor_id=_actor(), now=menu.now()),
        _("The quota is changed."),
    )


@blueprint.post("/<int:user_id>/reset")
def reset(user_id: int) -> AnyResponse:
    """A link by which the person chooses a new password: shown in this answer and never again."""
    house = runtime()
    try:
        with house.db.writing() as session:
            token = people.reset_link(session, user_id, actor_id=_actor(), now=menu.now())
    except EduError as error:
        return _refused(error, user_id)
    link = links.address(house.settings.base_url, token)
    return make_response(render_template("people/show.html", errors={}, link=link, **_person(user_id)))


@blueprint.post("/invitations")
def invite() -> AnyResponse:
    """A link by which somebody makes an account: shown in this answer and never again."""
    house = runtime()
    try:
        with house.db.writing() as session:
            token = people.invite(session, request.form.get("role", ""), actor_id=_actor(), now=menu.now())
    except EduError as error:
        return refuse(error, "people/index.html", link="", **_list())
    link = links.address(house.settings.base_url, token)
    return make_response(render_template("people/index.html", errors={}, link=link, **_list()))


@blueprint.post("/invitations/<int:link_id>/end")
def uninvite(link_id: int) -> AnyResponse:
    """End an invitation that waits."""
    with runtime().db.writing() as session:
        people.uninvite(session, link_id, actor_id=_actor(), now=menu.now())
    flash(_("The invitation is withdrawn."), "success")
    return redirect(url_for("people.index"), 303)


def _done(user_id: int, change: Callable[[Session], object], words: str) -> AnyResponse:
    try:
        with runtime().db.writing() as session:
            change(session)
    except EduError as error:
        return _refused(error, user_id)
    flash(words, "success")
    return redirect(url_for("people.show", user_id=user_id), 303)


def _refused(error: EduError, user_id: int) -> AnyResponse:
    return refuse(error, "people/show.html", link="", **_person(user_id))


def _list() -> dict[str, object]:
    query, number = request.args.get("q", ""), request.args.get("page", 1, type=int)
    with runtime().db.reading() as session:
        page = people.listing(session, query=query, page=number, now=menu.now())
    url = f"{url_for('people.index')}?q={quote(page.query)}&page={{page}}"
    return {"page": page, "pages_url": url, "roles": _roles()}


def _person(user_id: int) -> dict[str, object]:
    house = runtime()
    with house.db.reading() as session:
        page = people.person(session, user_id, default_quota=house.settings.quota_bytes, now=menu.now())
    return {"page": page, "roles": _roles(), "is_me": user_id == viewer().user_id}


def _roles() -> dict[str, str]:
    return {
        Role.LEARNER.value: _("Learner"),
        Role.INSTRUCTOR.value: _("Instructor"),
        Role.ADMINISTRATOR.value: _("Administrator"),
    }


def _actor() -> int:
    return viewer().user_id or 0  # the policy lets administrators only come here
