"""Drawings: the small signs of the interface, written into the pages that show them.

A page that names a drawing in another file (`<use href="icons.svg#play">`) waits for that file, lays itself
out again, and holds a copy of the drawing for each place: a tenth of what a browser does for a lesson.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from markupsafe import Markup

_SYMBOL = re.compile(
    r'<symbol id="(?P<name>[\w-]+)" viewBox="0 0 24 24">\s*(?P<shapes>.*?)\s*</symbol>', re.DOTALL
)


def drawings(place: Path) -> Mapping[str, Markup]:
    """The shapes of the symbols in a file of ours by their names; all are drawn in a box of 24 by 24."""
    text = place.read_text(encoding="utf-8")
    found = _SYMBOL.finditer(text)
    return MappingProxyType({one["name"]: Markup(one["shapes"]) for one in found})  # noqa: S704 (a file of ours)
