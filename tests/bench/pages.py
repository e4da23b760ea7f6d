"""Pages: what a lesson costs the server, in processor time and in SQL, and how the server bears a crowd."""

from __future__ import annotations

import os
from collections.abc import Iterator
from unittest.mock import patch

import sqlalchemy as sa
from sqlalchemy import event

from tests.bench import load
from tests.bench.browser import Browser
from tests.bench.figure import Figure, at_least, at_most, told
from tests.bench.load import Ask, Run
from tests.bench.reference import Reference
from tests.bench.site import Running, Site

LESSON_MS = 5.0
SIGN_IN_MS = 1.0
STATEMENTS = 8
CROWD = 0.95
ROUNDS = 3
ASKED = 320  # times in one round, by all clients together
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")


def measure(site: Site, running: Running, reference: Reference, lesson: str) -> Iterator[Figure]:
    """The lesson's page for somebody who is signed in; `running` is a site without a busy worker."""
    reader = Browser(running.port)
    reader.sign_up("pages@example.org")
    asked = Ask(lesson, headers=reader.headers)
    load.run(running.port, lambda *_: asked, clients=2, rounds=40)
    few, many = _rounds(running, reference, asked)
    yield reference.judge(
        "lesson page: server CPU",
        load.median_of(few, lambda run: run.cpu_each),
        LESSON_MS,
        f"signed in, 8 clients, {ASKED} pages, median of {ROUNDS} rounds, user+system of the tree",
    )
    yield told(
        "lesson page: at 8 clients",
        f"{load.median_of(few, lambda run: run.per_second):.0f}/s, "
        f"p99 {load.median_of(few, lambda run: run.percentile(99)):.0f} ms",
        "the load generator shares the machine",
    )
    yield at_most(
        "lesson page: SQL statements",
        _statements(site, reader, lesson),
        STATEMENTS,
        "",
        "signed in",
        digits=0,
    )
    yield from _crowd(few, many)
    sign_in = load.run(
        running.port, lambda *_: Ask("/account/sign-in"), clients=4, rounds=60, roots=(running.process.pid,)
    )
    yield reference.judge("sign-in page: server CPU", sign_in.cpu_each, SIGN_IN_MS, "4 clients, 240 pages")


def _rounds(running: Running, reference: Reference, asked: Ask) -> tuple[list[Run], list[Run]]:
    """Rounds with 8 and with 32 clients by turns, so that a busy machine is busy for both."""
    few: list[Run] = []
    many: list[Run] = []
    for _ in range(ROUNDS):
        reference.take()
        for clients, runs in ((8, few), (32, many)):
            runs.append(
                load.run(
                    running.port,
                    lambda *_: asked,
                    clients=clients,
                    rounds=ASKED // clients,
                    roots=(running.process.pid,),
                )
            )
    return few, many


def _crowd(few: list[Run], many: list[Run]) -> Iterator[Figure]:
    ratios = [crowd.per_second / calm.per_second for calm, crowd in zip(few, many, strict=True)]
    yield at_least(
        "overload: 32 clients against 8",
        sorted(ratios)[len(ratios) // 2],
        CROWD,
        "x",
        f"lesson pages per second, median ratio of {ROUNDS} interleaved rounds",
    )
    failed = sum(run.wrong + run.lost for run in many)
    yield at_most("overload: answers that were not 200", failed, 0, "", "of 32 clients", digits=0)


def _statements(site: Site, reader: Browser, lesson: str) -> int:
    """The statements of one page in a second application over the same folder, transactions' own left out."""
    from edu.app import create_app
    from edu.runtime import build
    from edu.settings import Settings

    seen: list[str] = []

    def note(_: sa.Connection, __: object, statement: str, *___: object) -> None:
        if not statement.startswith(CONTROL):
            seen.append(statement)

    with patch.dict(os.environ, {"EDU_DATA_DIR": str(site.folder)}):
        runtime = build(Settings.read(os.environ))
    try:
        client = create_app(runtime).test_client(use_cookies=False)
        headers = list(reader.headers)
        client.get(lesson, headers=headers)
        event.listen(runtime.db.engine, "before_cursor_execute", note)
        answer = client.get(lesson, headers=headers)
    finally:
        runtime.db.dispose()
    if answer.status_code != 200:
        raise RuntimeError(f"{lesson} answered with status {answer.status_code}")
    return len(seen)
