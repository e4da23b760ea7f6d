"""The studio's first page."""

from __future__ import annotations

from flask import Blueprint, render_template

from edu.services import own_work
from edu.web.context import runtime, viewer
from edu.web.studio import menu, page_words
from edu.web.studio.work import badge, signs, told

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
blueprint.context_processor(menu.studio)


@blueprint.get("")
def index() -> str:
    """What one has made, and where to go on."""
    house = runtime()
    with house.db.reading() as session:
        page = own_work.page(session, viewer(), house.settings, menu.now())
    return render_template(
        "studio/index.html",
        page=page,
        videos=[
            (row, badge(row.standing), told(row.standing, row.sentence), signs(row.standing, menu.now()))
            for row in page.videos
        ],
        is_busy=any(not row.standing.is_over for row in page.videos),
        used=menu.megabytes(page.quota.used),
        limit=menu.megabytes(page.quota.limit),
        kinds=page_words.kinds(),
        stages=page_words.stages(),
        tones=page_words.tones(),
        language_name=menu.language_name,
    )
