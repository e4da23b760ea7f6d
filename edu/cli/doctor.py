"""`edu doctor`: every setting with its value, and what is wrong with this machine."""

from __future__ import annotations

import os
import shutil
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from edu import schema
from edu.errors import EduError
from edu.jobs import making
from edu.runtime import Runtime, build
from edu.settings import TABLE, Settings
from media import MediaError
from media.running.features import Lack, lacking
from media.running.sandbox import Sandbox, choose
from media.running.tools import examine, find_ffmpeg

NEEDS_RUNTIME = False
HIDDEN = {"EDU_SECRET_KEY", "EDU_DATABASE_URL", "EDU_STORAGE_URL", "EDU_SMTP_URL"}
LEAST_FREE_BYTES = 2 * 10**9
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Check:
    """One line: what was looked at, whether it is well, and what was found or is to be done."""

    name: str
    is_well: bool
    finding: str


def add_arguments(parser: ArgumentParser) -> None:
    """`edu doctor` takes none."""


def run(arguments: Namespace, environ: Mapping[str, str], say: Say) -> int:
    """Show everything; 0 when all is well."""
    for setting in TABLE:
        value = environ.get(setting.name, "")
        shown = (
            "(set)"
            if value and setting.name in HIDDEN
            else value or f"{setting.default or 'empty'} (default)"
        )
        say(f"{setting.name:20} {shown}")
    results = list(examine_all(environ))
    for check in results:
        say(f"{'ok  ' if check.is_well else 'WRONG'} {check.name}: {check.finding}")
    return 0 if all(check.is_well for check in results) else 1


def examine_all(environ: Mapping[str, str]) -> Iterator[Check]:
    """Every check there is, one after the other; without sound settings there is nothing more to look at."""
    try:
        settings = Settings.read(environ)
        runtime = build(settings)
    except (EduError, OSError) as error:
        yield Check("settings", False, str(error))
        return
    yield Check("settings", True, f"the site is {settings.base_url}")
    yield from _tools(settings)
    yield gate_check(settings)
    yield _room(settings)
    yield _database(runtime)
    yield _store(runtime)
    runtime.db.dispose()


def _tools(settings: Settings) -> Iterator[Check]:
    """The programs that convert videos, how they are shut in, and which feature is off and why."""
    wanted = Sandbox(settings.sandbox)
    try:
        ffmpeg = examine(find_ffmpeg(Path(settings.ffmpeg) if settings.ffmpeg else None))
    except MediaError as error:
        yield Check("ffmpeg", False, str(error))
        yield _sandbox(wanted, None)
        yield _av1(settings, ())
        return
    lacks = lacking(ffmpeg)
    yield Check("ffmpeg", not any(lack.is_fatal for lack in lacks), f"{ffmpeg.version} at {ffmpeg.path}")
    for lack in lacks:
        yield Check(f"ffmpeg {lack.code}", not lack.is_fatal, f"off: {lack.sentence}")
    yield _sandbox(wanted, ffmpeg.path)
    yield _av1(settings, lacks)


def _av1(settings: Settings, lacks: tuple[Lack, ...]) -> Check:
    """Whether smaller versions are made, and why not; off is well, too."""
    if settings.av1 == "off":
        return Check("av1", True, "off: EDU_AV1=off")
    if not making.is_strong():
        cores, memory = len(os.sched_getaffinity(0)), os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        needed = f"{making.STRONG_CORES} cores and {making.STRONG_BYTES / 10**9:.0f} GB are needed"
        return Check(
            "av1", True, f"off: this machine has {cores} cores and {memory / 10**9:.1f} GB; {needed}"
        )
    if lack := next((lack for lack in lacks if lack.code == "av1"), None):
        return Check("av1", True, f"off: {lack.sentence}")
    return Check("av1", True, "on: smaller versions are made when nothing else waits")


def _sandbox(wanted: Sandbox, tool: Path | None) -> Check:
    """Limits alone are well, too: many containers allow no more."""
    try:
        choice = choose(wanted, tool)
    except MediaError as error:
        return Check("sandbox", False, str(error))
    if choice.sandbox is Sandbox.BWRAP:
        return Check("sandbox", True, f"bubblewrap: a tool sees its own files alone; {choice.program}")
    return Check("sandbox", True, f"limits on time, memory and files, but not bubblewrap: {choice.reason}")


def gate_check(settings: Settings) -> Check:
    """The ways through the professional gate, and whether each of them can be gone."""
    ways = ", ".join(settings.gate)
    if "institution" in settings.gate and not settings.smtp_url:
        return Check("gate", False, "EDU_GATE=institution mails a link: set EDU_SMTP_URL, or take it out")
    if "institution" in settings.gate and not settings.gate_domains:
        return Check("gate", False, "EDU_GATE=institution needs EDU_GATE_DOMAINS, such as clinic.example.org")
    if "declaration" in settings.gate and len(settings.gate) > 1:
        return Check(
            "gate", True, f"{ways}: the declaration alone is enough, so that nobody needs the others"
        )
    return Check("gate", True, ways)


def _room(settings: Settings) -> Check:
    usage = shutil.disk_usage(settings.data_dir)
    return Check(
        "disk", usage.free > LEAST_FREE_BYTES, f"{usage.free / 10**9:.1f} GB free in {settings.data_dir}"
    )


def _database(runtime: Runtime) -> Check:
    kind = "SQLite" if runtime.db.is_sqlite else "PostgreSQL"
    try:
        at = schema.current(runtime.db)
    except SQLAlchemyError as error:
        return Check("database", False, f"{kind} does not answer: {type(error).__name__}")
    if at != schema.head():
        return Check("database", False, f"{kind} at revision {at}: run edu db upgrade")
    return Check("database", True, f"{kind} at revision {at}")


def _store(runtime: Runtime) -> Check:
    place = "an S3 bucket" if runtime.settings.storage_url else str(runtime.settings.data_dir / "objects")
    try:
        runtime.store.exists("doctor/probe")
    except EduError as error:
        return Check("storage", False, error.sentence)
    return Check("storage", True, place)
