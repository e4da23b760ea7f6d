"""`edu run`, `edu web` and `edu worker`."""

from __future__ import annotations

import logging
import os
import socket
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from edu import schema
from edu.cli.prepare import prepare, upgrade
from edu.errors import Conflict, SettingsError
from edu.garbage import uncollected
from edu.runtime import Runtime
from edu.supervisor import Child, gunicorn_argv, take_over

Say = Callable[[str], None]


def add_arguments(parser: ArgumentParser) -> None:
    """Everything is said by settings."""


def run(arguments: Namespace, runtime: Runtime, say: Say) -> int:
    """Start what was asked for; `run` and `web` become the processes they start and never return."""
    _let_children_find_edu()
    if arguments.command == "worker":
        _work(runtime)
    elif arguments.command == "web":
        _become_web(runtime, say)
    else:
        _become_both(runtime, say)
    return 0


def _become_both(runtime: Runtime, say: Say) -> NoReturn:
    _refuse_taken(runtime.settings.host, runtime.settings.port)
    with uncollected():  # this process ends with it
        prepare(runtime, say)
    say(f"Open {runtime.settings.base_url}  (Ctrl-C stops)")
    runtime.db.dispose()
    take_over([Child("web", _web(runtime)), Child("worker", (sys.executable, "-m", "edu", "worker"))])


def _become_web(runtime: Runtime, say: Say) -> NoReturn:
    _refuse_taken(runtime.settings.host, runtime.settings.port)
    upgrade(runtime, say)
    runtime.db.dispose()
    argv = _web(runtime)
    os.execv(argv[0], argv)  # noqa: S606 (no shell is meant)


def _work(runtime: Runtime) -> None:
    with uncollected():
        from edu.jobs.handlers import HANDLERS
        from edu.jobs.worker import serve

    if not schema.is_current(runtime.db):
        raise Conflict(
            "the database is not of this edu's revision: run edu db upgrade, then start the worker"
        )
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    serve(runtime, HANDLERS)


def _web(runtime: Runtime) -> tuple[str, ...]:
    settings = runtime.settings
    bind = f"{settings.host}:{settings.port}"
    return gunicorn_argv("edu.wsgi:application", bind, threads=settings.web_threads)


def _let_children_find_edu() -> None:
    here = str(Path(__file__).parents[2])
    known = [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part]
    if here not in known:
        os.environ["PYTHONPATH"] = os.pathsep.join([here, *known])


def _refuse_taken(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise SettingsError(
                f"port {port} of {host} cannot be used ({error.strerror}): "
                "stop what runs there, or set EDU_PORT"
            ) from error
