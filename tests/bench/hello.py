"""The smallest Flask application: the yardstick of reference.py."""

from __future__ import annotations

from flask import Flask

application = Flask(__name__)


@application.get("/")
def hello() -> str:
    """A word."""
    return "hello"
