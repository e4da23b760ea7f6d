"""Videos by themselves: the list, the page, and how far the work on one is."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, request

from edu.policy import Action, require
from edu.services import downloads, players, videos
from edu.services.quizzing import in_film
from edu.web.addresses import addresses
from edu.web.context import runtime, viewer
from edu.web.wording import problem_sentence
from edu.web.words import gettext

blueprint = Blueprint("video", __name__, url_prefix="/videos")


@blueprint.get("")
def index() -> str:
    """The videos that the reader can find."""
    with runtime().db.reading() as session:
        found = videos.everything(session, viewer(session), addresses())
    return render_template("video/index.html", videos=found)


@blueprint.get("/<slug>")
def show(slug: str) -> str:
    """A video with its chapters and its transcript."""
    with runtime().db.reading() as session:
        wanted = {"words": request.args.get("words", ""), "start": request.args.get("t", "")}
        page = videos.page(session, viewer(session), slug, addresses(), **wanted)
    return render_template("video/show.html", page=page)


@blueprint.get("/<slug>/questions")
def questions(slug: str) -> str:
    """The questions that stand in a video: their times, and which of them the reader has answered."""
    with runtime().db.reading() as session:
        page = in_film.page(session, viewer(session), slug)
    return render_template("video/questions.html", page=page)


@blueprint.get("/<slug>/<any(captions, subtitles, chapters, descriptions):kind>/<language>.<ending>")
def words(slug: str, kind: str, language: str, ending: str) -> Response:
    """The words of a video as a file to take along."""
    with runtime().db.reading() as session:
        today = runtime().clock.now().date()
        found = downloads.words(session, viewer(session), slug, kind, language, ending, today=today)
    answer = Response(content_type=found.content_type)
    answer.set_etag(found.mark)
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    answer.headers["Cache-Control"] = "no-cache" if found.is_public else "no-cache, private"
    answer.make_conditional(request)
    if answer.status_code == 200:  # what the reader has already is not written once more
        answer.set_data(found.data())
    return answer


@blueprint.get("/<slug>/state")
def state(slug: str) -> Response:
    """How far the work is, for a page that waits."""
    with runtime().db.reading() as session:
        video = videos.named(session, slug)
        require(viewer(), Action.READ, video)
        standing = videos.standing(session, video, runtime().clock.now())
        sentence = players.state_sentence(video)
    return jsonify(
        state=standing.state.value,
        progress=standing.progress,
        message=gettext(sentence),
        problem=problem_sentence(standing.problem),
        is_playable=standing.is_playable,
        is_over=standing.is_over,
        seconds_left=standing.seconds_left,
    )
