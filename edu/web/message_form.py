"""The form of a message: what it shows, what it sends, and how it comes back with every word kept."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import EduError
from edu.models import MessageKind
from edu.services import gate, mail, throttle
from edu.services.messages import consents, drafts, receiving
from edu.services.messages.drafts import Draft
from edu.services.messages.receiving import Sender
from edu.services.messages.stamps import Stamper
from edu.web import message_words
from edu.web.context import runtime, viewer
from edu.web.language import chosen
from edu.web.refusal import refuse
from edu.web.words import gettext as _

MOST_BODY_BYTES = 512 * 1024
"""A story of 20 000 characters of four bytes each, as forms write them, and room for the rest."""
TRAP = "leave_empty"


def bound(blueprint: Blueprint) -> None:
    """Accept no larger bodies at a blueprint's addresses, and keep its pages with forms out of searches."""
    blueprint.url_value_preprocessor(_bound)
    blueprint.after_request(_not_indexed)


def values(kind: MessageKind) -> dict[str, object]:
    """What the form of a kind shows: what was typed so far, its stamp, consents, limits and labels."""
    house, stamp = runtime(), request.form.get("stamp", "")
    now, stamper = house.clock.now(), Stamper(house.settings.secret_key)
    with house.db.reading() as session:
        care = gate.page(session, user_id=None, visitor_hash=None).patient_path
    return {
        "kind": kind.value,
        "said": request.form,
        "stamp": stamp if stamper.is_readable(kind, stamp, now) else stamper.make(kind, now),
        "consents": message_words.consent_words(kind),
        "most": drafts.MOST_TEXT[kind],
        "labels": message_words.fields(),
        "care_url": care,
        "can_mail": mail.is_possible(house.settings),
        "is_known": viewer().user_id is not None,
    }


def send(
    kind: MessageKind, template: str, *, path: str = "", title: str = "", **around: object
) -> AnyResponse:
    """Keep what the form sent and show its number, or show the form again with what is wrong."""
    house, who = runtime(), viewer()
    said = request.form.get
    draft = Draft(
        kind=kind,
        path=path,
        title=title or said("topic", ""),
        text=said("text", ""),
        source=said("source", ""),
        name=said("name", ""),
        email=said("email", ""),
        ticked={name: name_of(name) in request.form for name in consents.WORDS.get(kind, ())},
        trap=said(TRAP, ""),
        stamp=said("stamp", ""),
        language=chosen(),
    )
    try:
        with house.db.writing() as session:
            kept = receiving.receive(
                session,
                draft,
                Sender(throttle.network(request.remote_addr), who.user_id),
                Stamper(house.settings.secret_key),
                can_mail=mail.is_possible(house.settings),
                now=house.clock.now(),
            )
    except EduError as error:
        return refuse(error, template, **values(kind), **around)
    flash(_("Thank you. Your message has the number %(number)s.", number=kept.number), "success")
    return redirect(url_for("message.show", token=kept.token), 303)


def name_of(consent: str) -> str:
    """The form's field of a consent; that of the name is not the field of the name itself."""
    return "name_shown" if consent == consents.NAME else consent


def _bound(endpoint: str | None, arguments: dict[str, object] | None) -> None:
    request.max_content_length = MOST_BODY_BYTES


def _not_indexed(response: Response) -> Response:
    if request.endpoint not in ("contact.show", "correction.index", "correction.show"):
        response.headers["X-Robots-Tag"] = "noindex"
    return response
