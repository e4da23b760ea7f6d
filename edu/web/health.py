"""Whether the process lives, and whether the site can do its work."""

from __future__ import annotations

import shutil

from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from edu import schema
from edu.errors import EduError
from edu.runtime import Runtime
from edu.web.context import runtime

blueprint = Blueprint("health", __name__)
LEAST_FREE = 0.03  # of the disk


@blueprint.get("/livez")
def livez() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """The database, the schema, the store and the disk are as they must be; 503 names those that are not."""
    checks = {name: check(runtime()) for name, check in CHECKS.items()}
    ready = all(checks.values())
    return jsonify(status="ok" if ready else "not ready", checks=checks), 200 if ready else 503


def _database(house: Runtime) -> bool:
    try:
        with house.db.writing() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


def _schema(house: Runtime) -> bool:
    try:
        return schema.is_current(house.db)
    except SQLAlchemyError:
        return False


def _store(house: Runtime) -> bool:
    try:
        house.store.exists("readyz/probe")
    except EduError:
        return False
    return True


def _disk(house: Runtime) -> bool:
    try:
        usage = shutil.disk_usage(house.settings.data_dir)
    except OSError:
        return False
    return usage.free / usage.total > LEAST_FREE


CHECKS = {"database": _database, "schema": _schema, "storage": _store, "disk": _disk}
