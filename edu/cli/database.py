"""`edu db upgrade` and `edu db check`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from edu import schema
from edu.cli.prepare import upgrade
from edu.runtime import Runtime

Say = Callable[[str], None]


def add_arguments(parser: ArgumentParser) -> None:
    """What is to be done."""
    parser.add_argument("deed", choices=("upgrade", "check"))


def run(arguments: Namespace, runtime: Runtime, say: Say) -> int:
    """Upgrade, or say whether the database is as the code expects: 0 when it is."""
    if arguments.deed == "upgrade":
        upgrade(runtime, say)
        say(f"The database is at revision {schema.current(runtime.db)}")
        return 0
    if not schema.is_current(runtime.db):
        say(f"The database is at revision {schema.current(runtime.db)}, the code at {schema.head()}")
        return 1
    found = schema.differences(runtime.db)
    for line in found:
        say(line)
    say("The database is as it should be" if not found else f"{len(found)} differences")
    return 1 if found else 0
