"""`edu restore DIR`: brings a site back from its backup, into a place where there is nothing yet."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from edu.cli.main import Unusable
from edu.cli.meter import Meter
from edu.keeping import manifest
from edu.keeping.restore import restore

NEEDS_RUNTIME = False  # opening one would make a data folder and a key of its own
Say = Callable[[str], None]


def add_arguments(parser: ArgumentParser) -> None:
    """Where from."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="the folder of the backup")


def run(arguments: Namespace, environ: Mapping[str, str], say: Say) -> int:
    """Bring everything back, check it, and say what differs."""
    try:
        with closing(Meter("Restoring", say)) as meter:
            done = restore(arguments.folder, environ, told=meter)
    except DBAPIError as error:
        first = str(error.orig).strip().partition("\n")[0]
        raise Unusable(f"the database cannot be used ({first}): nothing was restored") from error
    say(f"Restored: {done.objects} files, {done.bytes / 10**6:.1f} MB, {done.rows} rows, all as they were")
    for name, value in manifest.read(arguments.folder).head.settings.items():
        if environ.get(name, "") != value:
            here = environ.get(name) or "not set"
            say(f"note  the site ran with {name}={value}; here it is {here}")
    if not done.is_same_key:
        say(
            "note  the secret key is another one: people sign in again, and links to films that they kept "
            "end. Set EDU_SECRET_KEY to the old key to avoid this"
        )
    for key in done.missing:
        say(f"note  the backup lacks {key}: it was not there when the backup was made")
    say("Start the site with edu run")
    return 0
