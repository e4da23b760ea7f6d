"""Addresses of scripts, styles and pictures: a hash of them all is in the path, so they are kept for ever."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, send_from_directory

FOLDER = Path(__file__).parents[1] / "static"
blueprint = Blueprint("assets", __name__)
KEPT = "public, max-age=31536000, immutable"


def install(app: Flask) -> None:
    """Give templates `asset('css/site.css')` and `has_asset('vendor/…')`."""
    build = build_hash(FOLDER)
    app.config["BUILD"] = build
    app.jinja_env.globals["asset"] = lambda path: f"/static/{build}/{path}"
    app.jinja_env.globals["has_asset"] = lambda path: (FOLDER / path).is_file()
    app.register_blueprint(blueprint)


def build_hash(folder: Path) -> str:
    """A short hash of every file's name, size and time of change: a new build gives new addresses."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            facts = path.stat()
            digest.update(f"{path.relative_to(folder)}:{facts.st_size}:{facts.st_mtime_ns}".encode())
    return digest.hexdigest()[:12]


@blueprint.get("/static/<build>/<path:path>")
def file(build: str, path: str) -> Response:
    """A file of the interface; an old build's address gives the present file, and not for long."""
    response = send_from_directory(FOLDER, path)
    if build != current_app.config["BUILD"]:
        response.headers["Cache-Control"] = "no-cache"
    else:
        response.headers["Cache-Control"] = KEPT
    return response
