"""`edu init`: the newest database, the bundled courses, and a link for the first administrator."""

from __future__ import annotations

import hashlib
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from edu import schema
from edu.errors import Conflict, NotFound
from edu.runtime import Runtime
from edu.services import links
from edu.services.searching import gaps, indexing
from edu.storage import StoredObject, keep_original

if TYPE_CHECKING:
    from edu.courseware.course import Course as CourseFiles
    from edu.services.ledger import Report

BUNDLED = Path(__file__).parents[1] / "content"
Say = Callable[[str], None]


def add_arguments(parser: ArgumentParser) -> None:
    """`edu init` takes none."""


def run(arguments: Namespace, runtime: Runtime, say: Say) -> int:
    """Prepare everything, and say what was done."""
    prepare(runtime, say)
    return 0


def prepare(runtime: Runtime, say: Say) -> None:
    """All that a start needs; quick when nothing is to be done."""
    upgrade(runtime, say)
    with runtime.db.writing() as session:
        if count := indexing.mend(session):
            say(f"Search: {count} text tracks read anew")
        if gaps.lacking(session):
            from edu.services.searching import things  # reads Markdown: see install_folder

            say(f"Search: {things.mend(session)} lessons, terms, entries and pages read anew")
    for name in runtime.settings.courses:
        folder = BUNDLED / name
        if not folder.is_dir():
            raise NotFound(f"there is no bundled course {name}: EDU_COURSES names it")
        mark = runtime.settings.data_dir / "installed" / name
        seen = fingerprint(folder)
        if mark.is_file() and mark.read_text() == seen:
            continue  # the files are those of the last start, so they need not even be read
        install_folder(runtime, folder, say)
        mark.parent.mkdir(exist_ok=True)
        mark.write_text(seen)
    _offer_first_administrator(runtime, say)


def upgrade(runtime: Runtime, say: Say) -> None:
    """Bring the database to the newest revision; Conflict when a later edu made it."""
    at = schema.current(runtime.db)
    if at == schema.head():
        return
    if schema.is_newer(runtime.db):
        raise Conflict("the database was made by a later edu: start that one, or restore a backup")
    say("Making the database" if at is None else f"Upgrading the database from revision {at}")
    schema.upgrade(runtime.db)


def install_folder(runtime: Runtime, folder: Path, say: Say) -> Report:
    """Install the course in a folder and say what changed."""
    # Starts that find the course installed, and workers, do without what reads and writes courses.
    from edu.courseware.read import read_course
    from edu.services import install
    from edu.services.searching import following

    following.begin()
    course = read_course(folder)
    say(f"Installing the course {course.title}")
    films = _keep_originals(runtime, course, folder, say)
    with runtime.db.writing() as session:
        report = install.install(session, course, folder, films, now=runtime.clock.now())
    say(f"{len(report.added)} files added, {len(report.updated)} updated, {len(report.unchanged)} unchanged")
    for path in report.conflicts:
        say(f"left alone, since what it says was edited, removed or made in the studio: {path}")
    return report


def fingerprint(folder: Path) -> str:
    """Names, sizes and times of the files of a folder, as one hash."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and name.parts[0] != "drawing" and not any(p.startswith(".") for p in name.parts):
            facts = path.stat()
            digest.update(f"{name}:{facts.st_size}:{facts.st_mtime_ns};".encode())
    return digest.hexdigest()


def _keep_originals(runtime: Runtime, course: CourseFiles, folder: Path, say: Say) -> dict[str, StoredObject]:
    """The films of the course in the store; done before the transaction, which must be short."""
    kept = {}
    for number, video in enumerate(course.videos, start=1):
        say(f"Video {number} of {len(course.videos)}: {video.title}")
        path, expect = folder / video.file, partial(expect_original, runtime)
        kept[video.slug] = keep_original(runtime.store, path, expect=expect)
    return kept


def expect_original(runtime: Runtime, sha256: str) -> None:
    """Say that this original comes in now: see services/originals."""
    from edu.services import originals  # as above

    with runtime.db.writing() as session:
        originals.expect(session, sha256, runtime.clock.now())


def _offer_first_administrator(runtime: Runtime, say: Say) -> None:
    with runtime.db.writing() as session:
        token = links.first_administrator(session, runtime.clock.now())
    if token is not None:
        say("There is no administrator yet. Open this link once, within a day, to become one:")
        say(f"  {links.address(runtime.settings.base_url, token)}")
        sys.stdout.flush()
