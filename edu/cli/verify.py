"""`edu verify [DIR] [--deep]`: looks whether a site, or a backup, is whole."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from edu.cli.meter import Meter
from edu.keeping.check_backup import check_backup
from edu.keeping.check_site import check_site
from edu.keeping.finding import Finding
from edu.runtime import Runtime, build
from edu.settings import Settings

NEEDS_RUNTIME = False  # looking through a backup needs no site on this machine
Say = Callable[[str], None]


def add_arguments(parser: ArgumentParser) -> None:
    """What is looked through, and how closely."""
    parser.add_argument("folder", type=Path, metavar="DIR", nargs="?", help="a backup; without it, the site")
    parser.add_argument("--deep", action="store_true", help="read every original of the site as well")


def run(arguments: Namespace, environ: Mapping[str, str], say: Say) -> int:
    """Say what is wrong and what to do; 0 when nothing is."""
    with closing(Meter("Reading", say)) as meter:
        if arguments.folder is not None:
            found = list(check_backup(arguments.folder, told=meter))
        else:
            runtime = build(Settings.read(environ))
            try:
                found = list(_site(runtime, arguments.deep, meter))
            finally:
                runtime.db.dispose()
    wrong = sum(finding.is_wrong for finding in found)
    for finding in found:
        say(str(finding))
    say(f"To mend: {wrong}" if wrong else "Everything is there")
    return 1 if wrong else 0


def _site(runtime: Runtime, is_deep: bool, meter: Meter) -> Iterator[Finding]:
    try:
        yield from check_site(runtime, deep=is_deep, told=meter)
    except DBAPIError as error:
        first = str(error.orig).strip().partition("\n")[0]
        yield Finding(f"the database cannot be read ({first})", "see edu doctor, or restore the last backup")
