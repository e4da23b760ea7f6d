"""The page that tells people what programs can read, and how."""

from __future__ import annotations

from flask import Blueprint, render_template

from edu.services.api.listing import MOST, USUAL
from edu.web.api.operation import ROOT
from edu.web.api.table import OPERATIONS
from edu.web.canonical import absolute

blueprint = Blueprint("api_page", __name__)


@blueprint.get("/api")
def show() -> str:
    """Each address of the API with what it gives."""
    return render_template(
        "api/show.html", operations=OPERATIONS, root=ROOT, example=absolute(f"{ROOT}/courses"),
        usual=USUAL, most=MOST,
    )  # fmt: skip
