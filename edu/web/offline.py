"""The site as an app: its manifest, its service worker, and the page of what is kept on the device."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Blueprint, Response, current_app, render_template, send_from_directory

from edu.web.assets import FOLDER
from edu.web.frame import frame
from edu.web.words import gettext as _

blueprint = Blueprint("offline", __name__)
WORKER = Path("js/offline/worker.js")
PAPER = "#faf8f3"  # --paper of tokens.css, which a manifest cannot name
PETROL = "#0d5a62"  # --accent
SHORT = 12  # characters that fit under an icon


@blueprint.get("/sw.js")
def worker() -> Response:
    """The service worker: at the root, for it looks after every page, and asked for anew each time."""
    response = send_from_directory(FOLDER / WORKER.parent, WORKER.name, mimetype="text/javascript")
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/manifest.webmanifest")
def manifest() -> Response:
    """What a browser needs to know to install the site as an app (W3C Web Application Manifest)."""
    site = frame()
    pictures = f"/static/{current_app.config['BUILD']}/img"
    told = {
        "id": "/",
        "name": site.name,
        "short_name": site.name if len(site.name) <= SHORT else site.name.split()[0][:SHORT],
        "lang": site.language,
        "dir": site.direction,
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PETROL,
        "icons": [
            {"src": f"{pictures}/icon.svg", "type": "image/svg+xml", "sizes": "any"},
            {"src": f"{pictures}/icon-192.png", "type": "image/png", "sizes": "192x192"},
            {"src": f"{pictures}/icon-512.png", "type": "image/png", "sizes": "512x512"},
            {
                "src": f"{pictures}/icon-whole-512.png",
                "type": "image/png",
                "sizes": "512x512",
                "purpose": "maskable",
            },
        ],
        "shortcuts": [
            {"name": _("Courses"), "url": "/courses"},
            {"name": _("Review"), "url": "/review"},
            {"name": _("Checklists"), "url": "/checklists"},
            {"name": _("Kept on this device"), "url": "/offline"},
        ],
    }
    return Response(json.dumps(told, ensure_ascii=False), mimetype="application/manifest+json")


@blueprint.get("/offline")
def show() -> str:
    """What is kept on this device: the list is made by a script, for nobody else knows it."""
    return render_template("offline/show.html")
