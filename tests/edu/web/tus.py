"""A client that speaks tus through a signed-in browser, for the tests of uploads."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from werkzeug.test import TestResponse

from edu.models import LoginSession
from edu.runtime import Runtime
from tests.people import Person

MATROSKA = b"\x1a\x45\xdf\xa3"  # how a Matroska file begins: enough for the first look at a file
FILM = MATROSKA + bytes(range(256)) * 8
CHUNK = "application/offset+octet-stream"


def b64(text: str) -> str:
    return b64encode(text.encode()).decode()


@dataclass
class Tus:
    """A client that speaks tus through an instructor's browser."""

    browser: Person
    token: str

    def send(
        self, method: str, path: str, headers: dict[str, Any] | None = None, **more: Any
    ) -> TestResponse:
        usual = {"Tus-Resumable": "1.0.0", "X-CSRFToken": self.token}
        given = {name: value for name, value in {**usual, **(headers or {})}.items() if value is not None}
        return self.browser.open(path, method=method, headers=given, **more)

    def create(self, length: object = len(FILM), **more: Any) -> TestResponse:
        headers = {"Upload-Length": str(length), **more.pop("headers", {})}
        return self.send("POST", "/uploads", headers, **more)

    def begin(self, length: int = len(FILM), metadata: str | None = None) -> str:
        response = self.create(length, headers={"Upload-Metadata": metadata} if metadata else {})
        assert response.status_code == 201
        return response.headers["Location"]

    def patch(self, path: str, offset: object, data: bytes, **headers: Any) -> TestResponse:
        said = {"Upload-Offset": str(offset), **{k.replace("_", "-"): v for k, v in headers.items()}}
        kind = said.pop("Content-Type", CHUNK)
        return self.send("PATCH", path, said, data=data, content_type=kind)

    def offset(self, path: str) -> int:
        response = self.send("HEAD", path)
        assert response.status_code == 200
        return int(response.headers["Upload-Offset"])


@pytest.fixture
def make_tus() -> Callable[[Person], Tus]:
    return lambda person: Tus(person, person.csrf("/account/"))


@pytest.fixture
def tus(instructor: Person, make_tus: Callable[[Person], Tus]) -> Tus:
    return make_tus(instructor)


@pytest.fixture
def folder(runtime: Runtime) -> Path:
    return runtime.settings.data_dir / "uploads"


def stay_signed_in(runtime: Runtime) -> None:
    """As if every browser had shown a page a moment ago."""
    with runtime.db.writing() as session:
        session.execute(update(LoginSession).values(last_seen_at=runtime.clock.now()))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
