"""A site backed up while it is read, answered and uploaded to, and brought back somewhere else as it was."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.sites import Site, eventually, rows
from tests.visitors import Answer, Visitor

pytestmark = pytest.mark.slow
PASSWORD = "four words that rhyme"
FILM = b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 64  # enough of a Matroska file for the first look
LONGEST_WAIT = 1.0  # seconds, where the machine itself lets nobody wait longer


@pytest.fixture
def model(installed: Site, later: Callable[..., Site]) -> Site:
    """The bundled course with its films, watchable, served without a worker."""
    return later(installed)


def administrator(site: Site, link: str) -> Visitor:
    visitor = Visitor(site.url)
    path = re.sub(r"^http://[^/]+", "", link)
    answer = visitor.send(path, name="Ada", email="ada@example.org", password=PASSWORD)
    assert answer.status == 200, answer.text
    return visitor


class Load:
    """Threads that do one thing again and again until the block ends; what goes wrong is raised there."""

    def __init__(self, *deeds: Callable[[int], None]) -> None:
        self._over = threading.Event()
        self._wrong: list[BaseException] = []
        self.turns = [0] * len(deeds)
        self._threads = [
            threading.Thread(target=self._run, args=(number, deed)) for number, deed in enumerate(deeds)
        ]

    def __enter__(self) -> Load:
        for thread in self._threads:
            thread.start()
        eventually(lambda: self._wrong or all(self.turns), "everybody is at work")
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(30)
        assert self._wrong == []

    def _run(self, number: int, deed: Callable[[int], None]) -> None:
        try:
            while not self._over.is_set():
                deed(self.turns[number])
                self.turns[number] += 1
        except Exception as error:
            self._wrong.append(error)


FIRST_IS_A_CHOICE = """
    SELECT quiz.slug FROM quiz
    JOIN quiz_version ON quiz_version.quiz_id = quiz.id AND quiz_version.number = quiz.current
    JOIN quiz_slot ON quiz_slot.quiz_version_id = quiz_version.id AND quiz_slot.position = 1
    JOIN question ON question.id = quiz_slot.question_id
    WHERE quiz.audience = 'open' AND question.kind = 'single' ORDER BY quiz.id
"""


def reading(site: Site) -> Callable[[int], None]:
    visitor = Visitor(site.url)

    def read(turn: int) -> None:
        for path in ("/courses/back-mice", "/videos/find", film_of(visitor)):
            assert visitor.ask(path, headers={"Range": "bytes=0-99"}).status in (200, 206)

    return read


def answering(site: Site) -> tuple[Callable[[int], None], list[int]]:
    """Answer the first question of a quiz anew each turn; the list holds the revisions that were accepted."""
    visitor, accepted = Visitor(site.url), list[int]()
    (slug,) = rows(site, FIRST_IS_A_CHOICE)[0]
    attempt = visitor.send(f"/quizzes/{slug}", f"/quizzes/{slug}/attempts").url
    page = visitor.ask(attempt).text
    radio = next(
        found for found in re.findall(r'<input[^>]*type="radio"[^>]*>', page) if 'name="q.s1"' in found
    )
    item, value = "s1", re.findall(r'value="([^"]+)"', radio)[0]
    headers = {"X-CSRFToken": visitor.token(attempt), "Content-Type": "application/json"}

    def answer(turn: int) -> None:
        body = json.dumps({"answers": [{"item": item, "rev": turn + 1, "response": value}]}).encode()
        told = visitor.ask(f"{attempt}/answers", method="PUT", data=body, headers=headers)
        assert told.status == 200, told.text
        accepted.append(turn + 1)

    return answer, accepted


def uploading(visitor: Visitor) -> Callable[[int], None]:
    """Upload a small file, another one each turn; thirty in an hour are what one person may begin."""
    token = visitor.token("/account/")

    def tus(path: str, method: str, data: bytes | None = None, **headers: str) -> Answer:
        told = {"Tus-Resumable": "1.0.0", "X-CSRFToken": token, "Accept": "application/json"}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        return visitor.ask(path, method=method, data=data, headers=told)

    def upload(turn: int) -> None:
        if turn >= 25:
            time.sleep(0.05)
            return
        film = FILM + str(turn).encode()
        begun = tus("/uploads", "POST", b"", Upload_Length=str(len(film)))
        assert begun.status == 201, begun.text
        kind = "application/offset+octet-stream"
        sent = tus(begun.headers["Location"], "PATCH", film, Upload_Offset="0", Content_Type=kind)
        assert sent.status == 204, sent.text

    return upload


def writing(site: Site) -> tuple[Callable[[int], None], list[float]]:
    """Ask for the right to write, from a process of its own; the list holds how long each turn waited."""
    waits: list[float] = []

    def write(turn: int) -> None:
        database = sqlite3.connect(site.data / "edu.sqlite3", timeout=10, isolation_level=None)
        with closing(database):
            began = time.monotonic()
            database.execute("BEGIN IMMEDIATE")
            waits.append(time.monotonic() - began)
            database.execute("UPDATE video SET description = ? WHERE slug = 'find'", (f"turn {turn}",))
            database.execute("COMMIT")

    return write, waits


def film_of(visitor: Visitor) -> str:
    """The address of the open film as its page gives it."""
    found = re.search(r'<source src="(/media/[^"]+\.mp4)"', visitor.ask("/videos/find").text)
    assert found
    return found[1]


def hashes(site: Site) -> dict[str, str]:
    """Every stored object."""
    top = site.data / "objects"
    return {
        path.relative_to(top).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in top.rglob("*")
        if path.is_file() and ".tmp" not in path.parts
    }


def state(backup: Path) -> dict[str, bytes]:
    """The rows and the key of a backup."""
    return {path.name: path.read_bytes() for path in backup.glob("state-*/*")}


def run(site: Site, *words: str) -> str:
    done = site.command(*words)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_site_under_load_is_backed_up_and_comes_back_as_it_was(
    model: Site, installed: Site, new_site: Callable[..., Site], tmp_path: Path
) -> None:
    boss, folder = administrator(model, installed.link()), tmp_path / "backup"
    answer, accepted = answering(model)
    write, waits = writing(model)

    with Load(reading(model), answer, uploading(boss), write) as load:
        begun_at, before, waits[:] = accepted[-1], max(waits), []
        run(model, "backup", str(folder))
        ended_at, waited = len(accepted), max(waits)

    assert min(load.turns) > 1
    assert begun_at < ended_at
    assert waited <= max(LONGEST_WAIT, 5 * before)
    assert run(model, "verify").splitlines()[-1] == "Everything is there"
    restored = new_site()
    assert "all as they were" in run(restored, "restore", str(folder))
    run(restored, "backup", str(tmp_path / "again"))
    assert state(tmp_path / "again") == state(folder)
    came = hashes(restored)
    assert came == {key: sha256 for key, sha256 in hashes(model).items() if key in came}
    assert begun_at <= rows(restored, "SELECT max(rev) FROM response")[0][0] <= ended_at
    assert run(restored, "verify", "--deep").splitlines()[-1] == "Everything is there"
    assert_it_serves_the_same(model, restored.start("web"))


def assert_it_serves_the_same(model: Site, restored: Site) -> None:
    old, new = Visitor(model.url), Visitor(restored.url)
    path = film_of(old)
    assert film_of(new) == path
    part = {"Range": "bytes=1000000-1000999"}
    assert new.ask(path, headers=part).status == 206
    assert new.ask(path, headers=part).body == old.ask(path, headers=part).body
    lesson = re.findall(r'href="(/courses/back-mice/[\w-]+)"', new.ask("/courses/back-mice").text)[0]
    assert new.ask(lesson).status == 200
    new.send("/account/sign-in", email="ada@example.org", password=PASSWORD)
    assert "Ada" in new.ask("/account/").text
