"""The studio's page of a quiz's statistics, and the same as a table to take along."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from edu.errors import NotFound
from edu.services.quizzing import statistics, statistics_table
from edu.services.typed import row_id
from edu.web.context import runtime, viewer
from edu.web.studio import figures, item_words, menu, plots
from edu.web.words import gettext as _

blueprint = Blueprint("studio_statistics", __name__, url_prefix="/studio/quizzes")
blueprint.context_processor(menu.studio)


@blueprint.get("/<slug>/statistics")
def show(slug: str) -> str:
    """How the questions of a quiz did with those who met them first."""
    page = _page(slug)
    numbers = {each.number: each.learners for each in page.editions}
    return render_template(
        "statistics/show.html",
        page=page,
        editions=[("", _("All together"))]
        + [
            (str(number), _("Edition %(number)s (%(count)s learners)", number=number, count=count))
            for number, count in numbers.items()
        ],
        figures=figures.quiz_figures(page.quiz),
        more=figures.more_quiz_figures(page.quiz),
        passed=_passed(page),
        items=[item_words.view(place, item) for place, item in enumerate(page.items, start=1)],
        histogram=plots.histogram(page.bars, page.pass_mark),
        bars=[(figures.between_shares(bar.low, bar.high), bar.count) for bar in page.bars],
        scatter=plots.scatter(page.items),
    )


@blueprint.get("/<slug>/statistics.csv")
def download(slug: str) -> Response:
    """Every figure that the page may show, as comma-separated values."""
    page = _page(slug)
    response = make_response(statistics_table.csv_of(page))
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{page.slug}-statistics.csv"'
    return response


def _page(slug: str) -> statistics.StatisticsPage:
    asked = request.args.get("edition", "")
    edition = row_id(asked)
    if asked and edition is None:
        raise NotFound("there is no such edition of this quiz")
    with runtime().db.reading() as session:
        return statistics.page(session, viewer(session), slug, edition)


def _passed(page: statistics.StatisticsPage) -> str:
    if page.passed is None:
        return _("fewer than 5 did, or fewer than 5 did not")
    count, learners = figures.number(page.passed), figures.number(page.learners)
    return _("%(count)s of %(learners)s", count=count, learners=learners)
