"""When Python looks for garbage: not while a program starts, for nearly all that comes then stays."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected(*, stays: bool = False) -> Iterator[None]:
    """Look for none inside; with `stays` never through what is there at the end. For all threads."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if stays:
            gc.freeze()
        if was_on:
            gc.enable()
