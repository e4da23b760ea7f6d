"""The application for a WSGI server: `gunicorn edu.wsgi:application`."""

from __future__ import annotations

import os

from edu.garbage import uncollected

with uncollected(stays=True):
    from edu.app import create_app
    from edu.runtime import build
    from edu.settings import Settings
    from edu.web.logs import to_stderr

    to_stderr()
    application = create_app(build(Settings.read(os.environ)))
