"""`edu backup DIR [--without-key]`: copies the whole site while it runs."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from edu.cli.doctor import HIDDEN
from edu.cli.meter import Meter
from edu.keeping.backup import back_up
from edu.runtime import Runtime
from edu.settings import TABLE

Say = Callable[[str], None]


def add_arguments(parser: ArgumentParser) -> None:
    """Where to, and whether the secret key comes along."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="an empty folder, or one with a backup")
    parser.add_argument(
        "--without-key",
        action="store_true",
        help="leave the secret key out: whoever holds the backup then cannot sign in as others",
    )


def run(arguments: Namespace, runtime: Runtime, say: Say) -> int:
    """Copy, and say what was copied; 1 when something that the site needs is lost."""
    with closing(Meter("Copying", say)) as meter:
        done = back_up(
            runtime,
            arguments.folder,
            settings=worth_keeping(os.environ),
            with_key=not arguments.without_key,
            told=meter,
        )
    say(
        f"The backup in {arguments.folder} is whole: {done.files} files, {done.bytes / 10**6:.1f} MB, "
        f"{done.rows} rows. New are {done.copied} files, {done.copied_bytes / 10**6:.1f} MB"
    )
    if done.gone:
        say(f"{len(done.gone)} files were deleted from the site meanwhile and are no part of it")
    for lost in done.lost:
        say(f"WRONG not copied: {lost.key}: {lost.reason}")
    if done.lost:
        say("Run edu verify to see what the site has lost, and bring it back from an older backup")
    return 1 if done.lost else 0


def worth_keeping(environ: Mapping[str, str]) -> dict[str, str]:
    """The settings that were made, without those that hold passwords or name this machine's own places."""
    own = HIDDEN | {"EDU_DATA_DIR"}
    return {
        setting.name: environ[setting.name]
        for setting in TABLE
        if environ.get(setting.name) and setting.name not in own
    }
