"""Meter: how far a long command has come: a bar on a terminal, a plain line for each tenth elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

WIDTH = 30
EVERY = 0.1  # seconds between two pictures of the bar
Say = Callable[[str], None]


class Meter:
    """Called with bytes done and bytes in all; `close` ends the bar's line."""

    def __init__(self, title: str, say: Say, *, stream: TextIO | None = None) -> None:
        self._title = title
        self._say = say
        self._stream = stream or sys.stdout
        self._is_bar = self._stream.isatty()
        self._drawn = float("-inf")
        self._tenth = 0

    def __call__(self, done: int, total: int, what: str) -> None:
        """Show that so many bytes are done."""
        share = done / total if total else 1.0
        if self._is_bar:
            self._draw(share, done, total)
        elif int(share * 10) > self._tenth:
            self._tenth = int(share * 10)
            self._say(f"{self._title}: {self._tenth * 10} % of {total / 10**6:.1f} MB")

    def close(self) -> None:
        """Leave the bar behind."""
        if self._is_bar and self._drawn > 0:
            self._stream.write("\n")
            self._stream.flush()

    def _draw(self, share: float, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._drawn < EVERY and done < total:
            return
        self._drawn = now
        bar = "#" * round(share * WIDTH)
        figures = f"{share * 100:3.0f} %  {done / 10**6:.1f} of {total / 10**6:.1f} MB"
        self._stream.write(f"\r{self._title} [{bar:{WIDTH}}] {figures}\x1b[K")
        self._stream.flush()
