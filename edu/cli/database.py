"""`edu db upgrade`, `edu db check`, and `edu db search`, which makes the index of search anew."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from edu import schema
from edu.cli.prepare import upgrade
from edu.runtime import Runtime
from edu.services.searching import indexing, things

Say = Callable[[str], None]


def add_arguments(parser: ArgumentParser) -> None:
    """What is to be done."""
    parser.add_argument("deed", choices=("upgrade", "check", "search"))


def run(arguments: Namespace, runtime: Runtime, say: Say) -> int:
    """Upgrade, or say whether the database is as the code expects: 0 when it is."""
    if arguments.deed == "upgrade":
        upgrade(runtime, say)
        say(f"The database is at revision {schema.current(runtime.db)}")
        return 0
    if arguments.deed == "search":
        return _search(runtime, say)
    if not schema.is_current(runtime.db):
        say(f"The database is at revision {schema.current(runtime.db)}, the code at {schema.head()}")
        return 1
    found = schema.differences(runtime.db)
    for line in found:
        say(line)
    say("The database is as it should be" if not found else f"{len(found)} differences")
    return 1 if found else 0


def _search(runtime: Runtime, say: Say) -> int:
    """Make anew what search finds, from what is there."""
    upgrade(runtime, say)
    with runtime.db.writing() as session:
        tracks, found = indexing.rebuild(session), things.rebuild(session)
    say(f"Search: {tracks} text tracks and {found} lessons, terms, entries and pages read anew")
    return 0
