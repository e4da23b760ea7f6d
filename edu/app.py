"""The application: a Flask app made from a runtime, with every blueprint in its place."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from flask import Flask, request
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from edu import policy
from edu.errors import NotFound
from edu.runtime import Runtime
from edu.services.searching import following
from edu.web import assets, errors, frame, headers, incoming, language, login, logs, media, prose
from edu.web.blueprints import BLUEPRINTS
from edu.web.context import viewer
from edu.web.file_wrapper import SeekableFile

TEMPLATES = Path(__file__).parents[1] / "templates"
MOST_FORM_BYTES = 2 * 1024 * 1024


def create_app(runtime: Runtime) -> Flask:
    """An application that serves this runtime."""
    app = Flask("edu", template_folder=str(TEMPLATES), static_folder=None)
    settings = runtime.settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-session" if settings.is_secure else "session",
        SESSION_COOKIE_SECURE=settings.is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        MAX_FORM_MEMORY_SIZE=MOST_FORM_BYTES,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session lives
        WTF_CSRF_SSL_STRICT=settings.is_secure,
    )
    app.extensions["edu"] = runtime
    following.begin()
    app.url_map.converters["int"] = RowId
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    frame.install(app)
    logs.install(app)
    login.install(app)
    language.install(app, cache=settings.data_dir / "words")
    prose.install(app)
    incoming.install(app)
    app.before_request(_admit)  # before the token is looked for: that reads a form's whole body
    CSRFProtect(app)
    errors.install(app)
    headers.install(app, runtime)
    assets.install(app)
    media.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    _wrap(app, settings.proxies)
    return app


def _admit() -> None:
    if "\0" in request.path:
        raise NotFound("there is no such page")  # no name holds it, and PostgreSQL would not even be asked
    # who calls a public address is asked later, by the view, or not at all
    policy.admit(policy.NOBODY if policy.is_public(request.endpoint) else viewer(), request.endpoint)


class RowId(IntegerConverter):
    """A number that a row can have; what is larger is no address."""

    def __init__(self, map: Map) -> None:  # noqa: A002 (Werkzeug's name)
        super().__init__(map, min=1, max=2**31 - 1)


def _wrap(app: Flask, proxies: int) -> None:
    inner = app.wsgi_app

    def with_file_wrapper(environ, start_response):  # type: ignore[no-untyped-def]
        environ["wsgi.file_wrapper"] = SeekableFile
        return inner(environ, start_response)

    app.wsgi_app = with_file_wrapper  # type: ignore[method-assign]
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )
