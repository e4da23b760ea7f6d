"""The rows of a working copy, and how edits made by several people at once come together in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from captions import Cue

GROUPS = (("start", "end"), ("text",), ("identifier",), ("settings",))
"""What one person may change while another changes the rest of the same cue."""


@dataclass(frozen=True, slots=True)
class Row:
    """A cue of a working copy under a lasting key; `revision` is the copy's when it was last changed."""

    key: str
    revision: int
    cue: Cue

    def plain(self) -> dict[str, Any]:
        """As it is kept, and sent to an editor."""
        return {"key": self.key, "revision": self.revision, **plain(self.cue)}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Row:
        """As `plain` wrote it."""
        cue = Cue(kept["start"], kept["end"], kept["text"], kept["identifier"], kept["settings"])
        return cls(kept["key"], kept["revision"], cue)


@dataclass(frozen=True, slots=True)
class Edit:
    """What an editor made of a row.

    `cue` None: removed. `was` is the revision of the row as the editor saw it, 0 for a new one, and `base`
    the cue as it was seen then.
    """

    key: str
    was: int
    cue: Cue | None
    base: Cue | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """An edit that was not taken, since somebody else had changed (or, `theirs` None, removed) the same."""

    key: str
    mine: Cue | None
    theirs: Row | None


@dataclass(slots=True)
class Applied:
    """What became of edits: all rows in the order of time, the removed ones, and what was not taken."""

    rows: list[Row]
    gone: dict[str, int]
    clashes: list[Clash] = field(default_factory=list)
    is_changed: bool = False


class UnknownRow(Exception):
    """An edit of a row that never was in this working copy: the copy was made anew since."""


def apply(rows: Sequence[Row], gone: Mapping[str, int], edits: Iterable[Edit], revision: int) -> Applied:
    """The rows after `edits`, which make `revision` of the working copy.

    An edit of a cue that somebody else changed since `was` is merged when the two touched different fields
    (times, text, identifier, settings) or came to the same; else it is a clash and nothing is changed by it.
    Raises UnknownRow.
    """
    known = {row.key: row for row in rows}
    done = Applied([], dict(gone))
    for edit in edits:
        _take(edit, known, done, revision)
    done.rows = in_order(known.values())
    return done


def in_order(rows: Iterable[Row]) -> list[Row]:
    """By start, then end; rows that agree in both by their keys, so that everybody sees the same order."""
    return sorted(rows, key=lambda row: (row.cue.start, row.cue.end, row.key))


def plain(cue: Cue) -> dict[str, Any]:
    """A cue as an editor knows it."""
    return {name: getattr(cue, name) for group in GROUPS for name in group}


def of_cues(cues: Iterable[Cue], prefix: str, revision: int) -> list[Row]:
    """Rows for the cues of a file, with keys that are the same whenever the same file is taken."""
    clean = (replace(cue, line=0) for cue in cues)
    return in_order(Row(f"{prefix}-{number}", revision, cue) for number, cue in enumerate(clean, start=1))


def anchored(report: Mapping[str, Any], rows: Sequence[Row]) -> dict[str, Any]:
    """A report whose parts of the script that are in no caption name the row after which each belongs, by its
    key, which stays when times are changed; the empty one where it belongs before them all.
    """
    if not report.get("unfound"):
        return dict(report)
    starts = [row.cue.start for row in rows]
    places = [bisect_left(starts, part["after"]) for part in report["unfound"]]
    found = [
        {**part, "key": rows[place - 1].key if place else ""}
        for part, place in zip(report["unfound"], places, strict=True)
    ]
    return {**report, "unfound": found}


def _take(edit: Edit, known: dict[str, Row], done: Applied, revision: int) -> None:
    standing = known.get(edit.key)
    if standing is None:
        _take_absent(edit, known, done, revision)
        return
    is_untouched = edit.was == 0 or standing.revision <= edit.was
    if edit.cue is None:
        if not is_untouched:
            done.clashes.append(Clash(edit.key, None, standing))
            return
        del known[edit.key]
        done.gone[edit.key] = revision
        done.is_changed = True
        return
    cue = edit.cue if is_untouched else merged(edit, standing.cue)
    if cue is None:
        done.clashes.append(Clash(edit.key, edit.cue, standing))
    elif cue != standing.cue:
        known[edit.key] = Row(edit.key, revision, cue)
        done.is_changed = True


def _take_absent(edit: Edit, known: dict[str, Row], done: Applied, revision: int) -> None:
    """An edit of a row that is not there: it is new, or somebody removed it, or it never was."""
    if edit.key not in done.gone and edit.was:
        raise UnknownRow(edit.key)
    if edit.cue is None:
        return
    if edit.key in done.gone:
        done.clashes.append(Clash(edit.key, edit.cue, None))
        return
    known[edit.key] = Row(edit.key, revision, edit.cue)
    done.is_changed = True


def merged(edit: Edit, theirs: Cue) -> Cue | None:
    """What two people made of the same cue, taken together; None where both changed the same otherwise."""
    mine, base = edit.cue, edit.base
    if mine is None or base is None:
        return theirs if mine == theirs else None
    found: dict[str, Any] = {}
    for group in GROUPS:
        own, other, before = (tuple(getattr(cue, name) for name in group) for cue in (mine, theirs, base))
        if own != before and other not in (before, own):
            return None
        found |= dict(zip(group, other if own == before else own, strict=True))
    return replace(theirs, **found)
