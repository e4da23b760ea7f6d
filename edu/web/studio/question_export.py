"""The studio's pages on which questions leave as a file; what a file does not hold is told before."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.services.quizzing.exchanging import exporting
from edu.services.quizzing.exchanging.exporting import File, Source
from edu.services.quizzing.writing.listing import Filters
from edu.web.context import runtime, viewer
from edu.web.studio import exchange_words as words
from edu.web.studio import menu

blueprint = Blueprint("studio_export", __name__, url_prefix="/studio")
blueprint.context_processor(menu.studio)
PAGE = "studio/quiz/export.html"
FILTERS = ("kind", "lesson", "tag", "evidence", "flag", "words", "critical", "retired")


@blueprint.get("/quizzes/<slug>/export")
def quiz(slug: str) -> AnyResponse:
    """The questions of a quiz; as a document of this site the whole quiz."""
    with runtime().db.reading() as session:
        source = exporting.of_quiz(session, viewer(), slug)
    return _answer(source, url_for(".quiz", slug=slug), {})


@blueprint.get("/questions/export")
def questions() -> AnyResponse:
    """The questions that the list shows under its filters."""
    said = request.args.get
    filters = Filters(
        kind=said("kind", ""), lesson=said("lesson", ""), tag=said("tag", ""),
        critical="critical" in request.args, evidence=said("evidence", ""), flag=said("flag", ""),
        words=" ".join(said("words", "").split()), retired="retired" in request.args,
    )  # fmt: skip
    with runtime().db.reading() as session:
        source = exporting.of_list(session, viewer(), filters)
    kept = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    return _answer(source, url_for(".questions"), kept)


def _answer(source: Source, address: str, kept: dict[str, str]) -> AnyResponse:
    """The menu of formats; what a file would not hold; or the file, which then is whole or wanted anyway."""
    said = request.args.get("format", "")
    file = exporting.file_of(source, said) if said and source.items else None
    if file is not None and (file.is_whole or "anyway" in request.args):
        return _sent(file)
    return make_response(
        render_template(
            PAGE,
            source=source,
            address=address,
            kept=kept,
            formats=words.writable(),
            said=said,
            format_name=words.format_name(said),
            file=file,
            losses=words.losses(file.losses) if file else [],
            leftovers=[words.leftover(each) for each in file.leftovers] if file else [],
        )
    )


def _sent(file: File) -> Response:
    response = make_response(file.data)
    response.headers["Content-Type"] = file.type
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
