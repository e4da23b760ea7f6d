"""How often Python looks for garbage: ten thousand tests keep much, and looking took a tenth of them."""

from __future__ import annotations

import gc

import pytest

YOUNG, MIDDLE, OLD = 50_000, 20, 50


def pytest_configure() -> None:
    """Look less often, and never through what was imported."""
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure() -> None:
    """Collect once, so that what was left open is told; pytest would look through all of it five times."""
    gc.collect()
    gc.freeze()
