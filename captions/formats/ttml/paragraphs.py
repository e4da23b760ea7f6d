"""Paragraphs of TTML made into captions: their pieces in time, places, speakers and languages."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from captions.findings import DropCode, Findings, RepairCode
from captions.formats import guesses, markup
from captions.formats.ttml import styles
from captions.formats.ttml.runs import Run, cue_text

MOST_WORK: Final = 1_000_000
"""Pieces times moments of one paragraph; one with more is shown whole."""

MOST_RUNS: Final = 10_000
"""Pieces of text in one paragraph."""

_IDENTIFIER = re.compile(r"[^\s<>&]{1,200}")


@dataclass(frozen=True, slots=True)
class Found:
    """A caption as found: times in milliseconds, an end of None is open."""

    start: int
    end: int | None
    text: str
    line: int
    identifier: str = ""
    settings: str = ""
    language: str = ""


@dataclass(slots=True)
class Paragraph:
    """A `p` that is being read; `depth` is how many elements are around it."""

    line: int
    depth: int
    start: int
    end: int | None
    is_timed: bool
    is_lost: bool
    identifier: str = ""
    settings: str = ""
    language: str = ""
    has_picture: bool = False
    runs: list[Run] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Are there more pieces than any true caption comes near?"""
        return len(self.runs) >= MOST_RUNS

    def add(self, run: Run) -> None:
        """Take the next piece of text, while there is room."""
        if not self.is_full:
            self.runs.append(run)

    def finish(self, findings: Findings) -> list[Found]:
        """The captions: one, or one for each moment at which a timed part of the text comes or goes."""
        if self.is_full:
            findings.drop(self.line, DropCode.TOO_LONG)
        moments = self._moments()
        if self.is_lost or (not self.is_timed and not moments):
            text = cue_text(self.runs)
            if text:
                findings.drop(self.line, DropCode.NO_TIME, text)
            return []
        if len(moments) * len(self.runs) > MOST_WORK:
            findings.drop(self.line, DropCode.WORD_TIMES)
            moments = []
        if not moments:
            text = cue_text(self.runs)
            return [] if self.has_picture and not text else [self._found(self.start, self.end, text)]
        return self._pieces(moments)

    def _moments(self) -> list[int | None]:
        """The times at which the text changes, in order, None last; nothing when it never does."""
        own = (self.start, self.end)
        timed = [run for run in self.runs if (run.start, run.end) != own and run.text.strip()]
        if not timed:
            return []
        spans = [(run.start, run.end) for run in timed]
        if self.is_timed:
            spans.append(own)
        times: set[int] = {start for start, _ in spans}
        times.update(end for _, end in spans if end is not None)
        return [*sorted(times), *([None] if any(end is None for _, end in spans) else [])]

    def _pieces(self, moments: Sequence[int | None]) -> list[Found]:
        found: list[Found] = []
        for start, end in pairwise(moments):
            if start is None:  # pragma: no cover - an open end is the last of the moments
                break
            active = [run for run in self.runs if _is_active(run, start, end)]
            text = cue_text(active)
            if text and found and found[-1].text == text and found[-1].end == start:
                found[-1] = replace(found[-1], end=end)
            elif text:
                found.append(self._found(start, end, text))
        return found

    def _found(self, start: int, end: int | None, text: str) -> Found:
        return Found(start, end, text, self.line, self.identifier, self.settings, self.language)


def _is_active(run: Run, start: int, end: int | None) -> bool:
    return run.start <= start and (run.end is None or (end is not None and run.end >= end))


def identifier(text: str) -> str:
    """An `xml:id` as the identifier of a cue; one that could not stand in a WebVTT file is left out."""
    return text if _IDENTIFIER.fullmatch(text) and "-->" not in text else ""


@dataclass(slots=True)
class Places:
    """The settings of regions, told once for each region."""

    sheet: styles.Sheet
    findings: Findings
    told: set[str] = field(default_factory=set)

    def inherited(self, region: str) -> styles.Style:
        """What the text in a region inherits from it."""
        if not region:
            return {}
        own = self.sheet.resolved(region)
        return {name: value for name, value in own.items() if name in styles.INHERITED}

    def settings(self, region: str, style: styles.Style, line: int) -> str:
        """The WebVTT settings of a paragraph; a place that is not plain is listed as lost."""
        own = self.sheet.resolved(region) if region else {}
        place = styles.line(own)
        kept = " ".join(filter(None, (place, styles.alignment(style))))
        if region and region not in self.told:
            self.told.add(region)
            if place is None:
                self.findings.drop(line, DropCode.COORDINATES, f"region {region}")
            elif place:
                self.findings.repair(line, RepairCode.POSITION, f"region {region}", place)
        return kept


@dataclass(slots=True)
class Agents:
    """The names of the speakers, by the id of their `ttm:agent`."""

    names: dict[str, str] = field(default_factory=dict)
    current: str = ""

    def opened(self, identifier: str) -> None:
        """An agent begins."""
        self.current = identifier

    def closed(self, name: str) -> None:
        """An element ends."""
        if name == "agent":
            self.current = ""

    def text(self, name: str, text: str) -> None:
        """Text in an element; the first name of an agent is the one that counts."""
        if name == "name" and self.current:
            self.names[self.current] = " ".join((self.names.get(self.current, "") + text).split())[:200]


def one_language(found: list[Found], wanted: str, findings: Findings) -> tuple[str, list[Found]]:
    """The language, and the captions: all of them with those in another language marked, unless one language
    is wanted. Then captions that say the same at the same time in another one are left out."""
    counts = Counter(each.language for each in found)
    chosen = guesses.language(counts, wanted)
    kept = [each for each in found if each.language == chosen]
    spans = sorted((each.start, each.start if each.end is None else each.end) for each in kept)
    for name in counts:
        others = [each for each in found if each.language == name]
        if name == chosen:
            continue
        if wanted and sum(_overlaps(each, spans) for each in others) * 2 > len(others):
            findings.drop(others[0].line, DropCode.OTHER_LANGUAGE, f"{name or '-'}: {len(others)}")
        else:
            kept.extend(_marked(each) for each in others)
    return chosen, sorted(kept, key=lambda each: each.line)


def _marked(found: Found) -> Found:
    if not found.language or not found.text:
        return found
    return replace(found, text=f"{markup.start_tag('lang', found.language)}{found.text}</lang>")


def _overlaps(found: Found, spans: list[tuple[int, int]]) -> bool:
    """Is a caption shown while one of the spans is?"""
    at = bisect_right(spans, (found.start, found.start))
    before = at > 0 and spans[at - 1][1] > found.start
    same = at < len(spans) and spans[at][0] < max(found.end or 0, found.start + 1)
    return before or same
