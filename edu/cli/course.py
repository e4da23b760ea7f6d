"""`edu course check|install|export|new`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.cli import course_new
from edu.cli.prepare import BUNDLED, install_folder, upgrade
from edu.courseware.check import check_course
from edu.courseware.finding import CourseError
from edu.courseware.read import read_course
from edu.courseware.samples import find_samples
from edu.courseware.write import write_course
from edu.errors import NotFound
from edu.models import Course
from edu.runtime import Runtime
from edu.services import course_files

Say = Callable[[str], None]


def add_arguments(parser: ArgumentParser) -> None:
    """What is to be done with which course."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="check|install|export|new")
    for deed, meaning in (
        ("check", "read a course folder and list what is wrong in it"),
        ("install", "install a course folder; pages edited in the studio are left alone"),
    ):
        sub = deeds.add_parser(deed, help=meaning)
        sub.add_argument("course", help="a folder, or the name of a bundled course")
    export = deeds.add_parser("export", help="write a course, as it is now, into a folder")
    export.add_argument("course", help="the course's address name")
    export.add_argument("folder", type=Path)
    course_new.add_arguments(deeds.add_parser("new", help=course_new.MEANING))


def run(arguments: Namespace, runtime: Runtime, say: Say) -> int:
    """Do it; 0 when all is well."""
    try:
        return DEEDS[arguments.deed](arguments, runtime, say)
    except CourseError as error:
        for finding in error.findings:
            say(finding.sentence)
        return 1


def _check(arguments: Namespace, runtime: Runtime, say: Say) -> int:
    folder = _folder(arguments.course)
    findings, samples = check_course(read_course(folder)), find_samples(folder)
    for finding in (*findings, *samples):
        say(finding.sentence)
    if samples:  # which is no fault: a new course is whole
        say(f"Samples to write anew: {len(samples)}")
    say(f"To mend: {len(findings)}" if findings else "Nothing is wrong")
    return 1 if findings else 0


def _install(arguments: Namespace, runtime: Runtime, say: Say) -> int:
    upgrade(runtime, say)
    report = install_folder(runtime, _folder(arguments.course), say)
    return 1 if report.conflicts else 0


def _export(arguments: Namespace, runtime: Runtime, say: Say) -> int:
    with runtime.db.reading() as session:
        course = course_files.whole(session, _row(session, arguments.course))
        carried = course_files.carried(session, course)
    written = write_course(course, arguments.folder, lambda path: carried[path].open(runtime.store))
    say(f"{len(written)} files written to {arguments.folder}")
    return 0


def _row(session: Session, slug: str) -> Course:
    row = session.scalar(select(Course).where(Course.slug == slug))
    if row is None:
        raise NotFound(f"there is no course {slug} on this site")
    return row


def _folder(name: str) -> Path:
    given = Path(name)
    return given if given.is_dir() or not (BUNDLED / name).is_dir() else BUNDLED / name


DEEDS: dict[str, Callable[[Namespace, Runtime, Say], int]] = {
    "check": _check,
    "install": _install,
    "export": _export,
    "new": lambda arguments, _, say: course_new.run(arguments, say),
}
