"""Edits of a working copy as they are sent: by programs, and by a table in a form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

from captions import Cue
from captions.timecode import parse_clock
from captions.webvtt import settings
from edu.errors import Invalid
from edu.services.texts.rows import Edit

_KEY = re.compile(r"[a-z0-9-]{1,20}")
_BLANK_LINES = re.compile(r"\n{2,}")
_CONTROLS = re.compile(r"[\0-\x08\x0b-\x1f\x7f\ud800-\udfff]")
NEW = "new"


def cue(start: int, end: int, text: str, identifier: str = "", placing: str = "") -> Cue:
    """A cue as somebody types it, in the form in which a file can hold it: no blank lines, no arrow."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("-->", "--&gt;")
    text = _BLANK_LINES.sub("\n", _CONTROLS.sub("", text)).strip("\n")
    identifier = " ".join(_CONTROLS.sub("", identifier).replace("-->", "").split())[:200]
    found = settings.parse(placing).text if placing else ""
    return Cue(start, end, text, identifier, found)


def edit(key: str, was: int, made: Cue | None, base: Cue | None) -> Edit:
    """An edit of a row. Invalid for a key that is none."""
    if not _KEY.fullmatch(key):
        raise Invalid("there is no such row", code="bad_edit")
    return Edit(key, was, made, base)


def edits(form: Mapping[str, str]) -> list[Edit]:
    """The edits that a posted table means: rows that say something other than what it was sent with.

    For the row of key K the form has `start-K`, `end-K`, `text-K`, `was-K` (its revision), `from-K` (start,
    end and text as they stood), perhaps `remove-K`; and `new-start`, `new-end`, `new-text` for one more.
    Invalid names the field of a time that cannot be read.
    """
    found = []
    for name in form:
        if name.startswith("was-"):
            made = _row(form, name[len("was-") :])
            if made is not None:
                found.append(made)
    if form.get("new-text", "").strip():
        start, end = _time(form, "new-start"), _time(form, "new-end")
        fresh = cue(start, end, form["new-text"])
        found.append(edit(_new_key(form.get("since", ""), fresh), 0, fresh, None))
    return found


def _new_key(since: str, fresh: Cue) -> str:
    """The same form sent twice makes one row; another form never meets the row that an earlier one made."""
    said = f"{since} {fresh.start} {fresh.end} {fresh.text}"
    return f"{NEW}-{sha256(said.encode()).hexdigest()[:16]}"


def _row(form: Mapping[str, str], key: str) -> Edit | None:
    was = form.get(f"was-{key}", "")
    if not was.isdecimal() or len(was) > 9:
        raise Invalid("there is no such row", code="bad_edit")
    if form.get(f"remove-{key}"):
        return edit(key, int(was), None, None)
    base = cue(
        _plain_time(form.get(f"old-start-{key}", "")), _plain_time(form.get(f"old-end-{key}", "")),
        form.get(f"old-text-{key}", ""), form.get(f"identifier-{key}", ""), form.get(f"settings-{key}", ""),
    )  # fmt: skip
    made = replace(
        cue(_time(form, f"start-{key}"), _time(form, f"end-{key}"), form.get(f"text-{key}", "")),
        identifier=base.identifier,
        settings=base.settings,
    )
    return None if made == base else edit(key, int(was), made, base)


def _time(form: Mapping[str, str], name: str) -> int:
    found = parse_clock(form.get(name, ""))
    if found is None:
        raise Invalid(
            "“%(text)s” is no time: write it as 1:02.5 or 1:02:03.450.",
            code="bad_time", field=name, text=form.get(name, "")[:40],
        )  # fmt: skip
    return found


def _plain_time(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0
