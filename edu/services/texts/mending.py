"""Repairs of a working copy: what the rules would change in it, as edits of its rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher

import captions
from captions import Cue, RuleId
from edu.models import Track
from edu.services.texts import drafts
from edu.services.texts.checks import PROFILE, Grounds
from edu.services.texts.drafts import Draft
from edu.services.texts.rows import Edit, Row


@dataclass(frozen=True, slots=True)
class Mended:
    """One repair: the rule, the rows it touches and the cues that come in their place."""

    rule: str
    before: tuple[Row, ...]
    after: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Mending:
    """All repairs, and the edits that make them."""

    changes: tuple[Mended, ...]
    edits: tuple[Edit, ...]


def repairs(
    track: Track, draft: Draft, known: Grounds, *, rule: RuleId | None, keys: Collection[str] | None
) -> Mending:
    """What repairing does: of one rule or of all, in the rows of those keys or in all. No word changes."""
    text = drafts.text_track(track, draft)
    places = None if keys is None else [n for n, row in enumerate(draft.rows) if row.key in keys]
    done = captions.repair(
        text, PROFILE, duration=known.duration_ms or None, hearing=known.hearing, terms=known.terms,
        rules=None if rule is None else {rule}, cues=places,
    )  # fmt: skip
    changes = tuple(
        Mended(change.rule.value, tuple(draft.rows[place] for place in change.places), change.after)
        for change in done.changes
    )
    return Mending(changes, _edits(draft.rows, done.track.cues, draft.revision))


def _edits(rows: tuple[Row, ...], after: tuple[Cue, ...], revision: int) -> tuple[Edit, ...]:
    """The edits that turn the rows into the cues: of a run that differs, the first becomes the first, and so
    on; what is left over goes or comes. The keys of new rows tell the copy's revision: none was ever given.
    """
    matcher = SequenceMatcher(a=[row.cue for row in rows], b=after, autojunk=False)
    edits: list[Edit] = []
    for sort, low, high, first, last in matcher.get_opcodes():
        if sort == "equal":
            continue
        old, new = rows[low:high], after[first:last]
        edits += [Edit(row.key, row.revision, cue, row.cue) for row, cue in zip(old, new, strict=False)]
        edits += [Edit(row.key, row.revision, None, row.cue) for row in old[len(new) :]]
        edits += [
            Edit(f"m{revision}-{first + number}", 0, cue)
            for number, cue in enumerate(new)
            if number >= len(old)
        ]
    return tuple(edits)
