"""Backups of the small site, and an empty place to restore them to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from edu.keeping.backup import Done, back_up
from edu.runtime import Runtime
from tests.edu.conftest import Site

BackUp = Callable[..., Done]


def unheard(done: int, total: int, what: str) -> None:
    """Listens to no progress."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where backups go."""
    return tmp_path / "backup"


@pytest.fixture
def back(site: Site, folder: Path) -> BackUp:
    """Backs the site up."""

    def act(into: Path = folder, *, runtime: Runtime = site.runtime, with_key: bool = True) -> Done:
        settings = {"EDU_SITE_NAME": "Small"}
        return back_up(runtime, into, settings=settings, with_key=with_key, told=unheard)

    return act


@pytest.fixture
def empty(tmp_path: Path) -> dict[str, str]:
    """Settings of a place where there is nothing."""
    return {"EDU_DATA_DIR": str(tmp_path / "restored"), "EDU_BASE_URL": "http://localhost"}
