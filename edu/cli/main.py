"""`edu`: reads the arguments, opens the runtime, runs the command, tells errors as sentences."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from types import ModuleType
from typing import TextIO

from edu import __version__
from edu.errors import EduError
from edu.garbage import uncollected
from edu.settings import Settings

Say = Callable[[str], None]
# Each command's file is imported only when it is asked for: a start should not pay for what it does not use.
COMMANDS = {
    "run": ("serve", "start the site: web and worker, everything prepared"),
    "web": ("serve", "start only the web server"),
    "worker": ("serve", "start only a worker"),
    "init": ("prepare", "make the database and install the bundled courses"),
    "doctor": ("doctor", "show every setting and what is wrong"),
    "db": ("database", "upgrade or check the database"),
    "course": ("course", "check, install, export or begin a course"),
    "video": ("video", "add a video file"),
    "user": ("user", "add an account, give a role, make a link for a new password"),
    "backup": ("backup", "copy the whole site into a folder while it runs"),
    "restore": ("restore", "bring a site back from its backup, into an empty place"),
    "verify": ("verify", "look whether the site, or a backup, is whole"),
    "gc": ("gc", "remove what nothing needs, such as abandoned uploads"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it did what was asked."""
    arguments = sys.argv[1:] if argv is None else list(argv)
    try:
        return _run(arguments)
    except EduError as error:
        say(f"edu: {error.sentence}", stream=sys.stderr)
        return 1
    except OSError as error:
        say(f"edu: {error.strerror or error}: {error.filename or 'this machine'}", stream=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def say(line: str, *, stream: TextIO | None = None) -> None:
    """One plain line, shown at once."""
    print(line, file=stream or sys.stdout, flush=True)


def _run(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="edu", description="Video tutorials on hands-on technique.")
    parser.add_argument("--version", action="version", version=f"edu {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    asked = next((word for word in argv if word in COMMANDS), None)
    for name, (file, meaning) in COMMANDS.items():
        sub = commands.add_parser(name, help=meaning, description=meaning)
        if name == asked:
            with uncollected():
                module = import_module(f"edu.cli.{file}")
            module.add_arguments(sub)
    parsed = parser.parse_args(argv)
    with uncollected():
        module = import_module(f"edu.cli.{COMMANDS[parsed.command][0]}")
    if not getattr(module, "NEEDS_RUNTIME", True):
        return int(module.run(parsed, os.environ, say))
    return _with_runtime(module, parsed)


def _with_runtime(module: ModuleType, parsed: argparse.Namespace) -> int:
    with uncollected():
        from sqlalchemy.exc import DBAPIError

        from edu.runtime import build

    runtime = build(Settings.read(os.environ))
    try:
        return int(module.run(parsed, runtime, say))
    except DBAPIError as error:
        first = str(error.orig).strip().partition("\n")[0]
        raise Unusable(f"the database cannot be used ({first}): see edu doctor, or run edu init") from error
    finally:
        runtime.db.dispose()


class Unusable(EduError):
    """The database does not answer, or has not been made."""

    code = "database_unusable"
