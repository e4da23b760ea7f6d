"""Runs: pieces of text with a style each, and the cue text that they make."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from captions.findings import DropCode, Findings, RepairCode
from captions.limits import MAX_CUE_CHARACTERS

_BLANK_LINES: Final = re.compile(r"\n(?:[ \t]*\n)+")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of plain text and the tags around it, outermost first, of `b`, `i` and `u`."""

    text: str
    tags: tuple[str, ...] = ()


def cue_text(runs: Iterable[Run], line: int, findings: Findings, *, voice: str = "") -> str:
    """WebVTT cue text of the runs, said by `voice` when there is one.

    Blank lines, which a cue cannot have, and what goes beyond the longest cue are taken out and noted for
    `line`.
    """
    runs = list(runs)
    if len(runs) == 1 and not runs[0].tags and not voice and _is_short(runs[0].text):
        return _escaped(runs[0].text)
    whole = _cut(_unblank(_joined(runs), line, findings), line, findings)
    parts = [_voice(voice)] if voice else []
    opened: list[str] = []
    for run in whole:
        same = 0
        while same < min(len(opened), len(run.tags)) and opened[same] == run.tags[same]:
            same += 1
        parts.extend(f"</{tag}>" for tag in reversed(opened[same:]))
        parts.extend(f"<{tag}>" for tag in run.tags[same:])
        opened[same:] = run.tags[same:]
        parts.append(_escaped(run.text))
    parts.extend(f"</{tag}>" for tag in reversed(opened))
    return "".join(parts)


def _is_short(text: str) -> bool:
    """Is it one line that need not be cut?"""
    return len(text) <= MAX_CUE_CHARACTERS and "\n" not in text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "--&gt;")


def _joined(runs: Iterable[Run]) -> list[Run]:
    """The runs that have text, neighbours of one style as one run."""
    joined: list[tuple[list[str], tuple[str, ...]]] = []
    for run in runs:
        if not run.text:
            continue
        if joined and joined[-1][1] == run.tags:
            joined[-1][0].append(run.text)
        else:
            joined.append(([run.text], run.tags))
    return [Run("".join(texts), tags) for texts, tags in joined]


def _unblank(runs: list[Run], line: int, findings: Findings) -> list[Run]:
    """The runs without line breaks at either end of the whole and without blank lines inside."""
    whole = "".join(run.text for run in runs)
    if "\n" not in whole:
        return runs
    blank = _blank_positions(whole)
    if not blank:
        return runs
    findings.repair(line, RepairCode.BLANK_IN_TEXT, after=whole.strip().replace("\n", " "))
    kept, at = [], 0
    for run in runs:
        text = "".join(sign for place, sign in enumerate(run.text, start=at) if place not in blank)
        at += len(run.text)
        kept.append(Run(text, run.tags))
    return _joined(kept)


def _blank_positions(whole: str) -> set[int]:
    """Where the characters stand that make blank lines: all but one line break of each row of breaks."""
    blank: set[int] = set()
    for match in _BLANK_LINES.finditer(whole):
        blank.update(range(match.start() + 1, match.end()))
    inside = whole.strip("\n")
    lead = len(whole) - len(whole.lstrip("\n"))
    blank.update(range(lead))
    blank.update(range(lead + len(inside), len(whole)))
    return blank


def _cut(runs: list[Run], line: int, findings: Findings) -> list[Run]:
    room, kept = MAX_CUE_CHARACTERS, []
    for run in runs:
        if len(run.text) > room:
            findings.drop(line, DropCode.TOO_LONG, run.text[room:])
            kept.append(Run(run.text[:room].rstrip(), run.tags))
            break
        kept.append(run)
        room -= len(run.text)
    return kept


def _voice(name: str) -> str:
    """The voice tag; names are one line, and one that ends with two dashes must not make an arrow."""
    words = " ".join(name.split())
    body = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<v {body} >" if body.endswith("--") else f"<v {body}>"
