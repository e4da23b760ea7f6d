"""Structured logs: one JSON line per request, with no address, name or content of a person in it."""

from __future__ import annotations

import json
import logging
import secrets
import sys
import time

from flask import Flask, Response, g, request

logger = logging.getLogger("edu.web")
QUIET = {"assets.file", "health.livez", "media.file"}


def install(app: Flask) -> None:
    """Log every request but those for files that went well; its id is in the answer, to find its line by."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()
        g.request_id = secrets.token_hex(8)

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        spent = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
        if request.endpoint in QUIET and response.status_code < 400:
            return response
        known = g.get("viewer")
        line = {
            "request": g.get("request_id", ""),
            "user": known.user_id if known else None,
            "method": request.method,
            "route": request.url_rule.rule if request.url_rule else None,
            "status": response.status_code,
            "ms": spent,
        }
        logger.info("%s", json.dumps(line, separators=(",", ":")))
        return response


def to_stderr(level: int = logging.INFO) -> None:
    """Send the log lines of edu to standard error, each as it is."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    root = logging.getLogger("edu")
    root.handlers[:] = [handler]
    root.setLevel(level)
    root.propagate = False
