"""`edu gc [--dry-run]`: removes what nothing needs, while the site runs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from edu import schema
from edu.errors import Conflict
from edu.keeping.sweep import sweep
from edu.runtime import Runtime

Say = Callable[[str], None]


def add_arguments(parser: ArgumentParser) -> None:
    """Whether it is meant."""
    parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")


def run(arguments: Namespace, runtime: Runtime, say: Say) -> int:
    """Remove, and say what and how much."""
    if not schema.is_current(runtime.db):
        raise Conflict("the database is not at the revision of this edu: run edu db upgrade first")
    verb = "would be removed" if arguments.dry_run else "removed"
    freed = 0
    for removed in sweep(runtime, is_rehearsal=arguments.dry_run):
        if removed.count:
            size = f", {removed.bytes} bytes" if removed.bytes else ""
            say(f"{removed.count} {removed.what}{size}: {verb}")
        freed += removed.bytes
    say(f"{freed} bytes in all: {verb}" if freed else "No bytes to free")
    return 0
