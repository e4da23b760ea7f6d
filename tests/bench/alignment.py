"""Alignment: right and wrong scripts timed in speech whose times are known; it runs by itself too."""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

if __name__ == "__main__":
    # Run as a file, Python would look beside it first, where media.py hides the package `media`.
    sys.path.pop(0)
    sys.path.insert(0, str(Path(__file__).parents[2]))

from captions.making.align import Aligned, align_words
from tests.bench.figure import Figure, Verdict, at_most, not_measured
from tests.bench.speaking import Recording, Voice, is_present, record

VOICES = (
    Voice("espeak-ng", "en-us", 150),
    Voice("espeak-ng", "en-us+f3", 170, noise_db=15),
    Voice("flite", "slt"),
    Voice("flite", "rms"),
    Voice("flite", "slt", noise_db=15),
)
CONDITIONS = ("right", "a sentence missing", "a sentence added", "15 % changed")
CUE_P95, REAL_TIME = 0.1, 0.1
READ_MEDIAN, READ_P95 = 0.06, 0.45
"""For a person who reads; the map that gives her times is another program's."""
ADDED = "Remember that the equipment trolley must always be prepared and counted before you begin."
REPLACEMENT = "probably"
HEADING = f"{'speech':<26} {'script':<19} {'timed':>8}  inv cues  error median / p95 / max (s)  of real time"

Place = tuple[int, int] | None
"""The sentence and the token of it that a token of a script is; None for what nobody says."""
Line = list[tuple[Place, str]]


@dataclass(frozen=True, slots=True)
class Case:
    """A row of the table: tokens timed of all, unsaid ones with a time all the same, errors in seconds."""

    speech: str
    condition: str
    timed: int
    tokens: int
    invented: int
    cues: tuple[float, ...]
    lost_cues: int
    real_time: float

    @property
    def p95(self) -> float:
        """The error of the start of a cue that 95 of 100 do not pass."""
        return float(np.quantile(self.cues, 0.95))

    @property
    def line(self) -> str:
        """The row as text."""
        errors = f"{np.median(self.cues):.3f} / {self.p95:.3f} / {max(self.cues):.3f}"
        found = f"{self.timed}/{self.tokens}"
        return (
            f"{self.speech:<26} {self.condition:<19} {found:>8} {self.invented:>4} "
            f"{len(self.cues)}+{self.lost_cues:<3} {errors}  {self.real_time:.3f}"
        )


def measure(corpus: Path, folder: Path) -> Iterator[Figure]:
    """Every voice with every script, and a person who reads a sonnet; prints the table as it goes."""
    speech = corpus / "speech"
    if not speech.is_dir():
        yield not_measured("alignment", f"the corpus is not at {corpus}")
        return
    _say(HEADING)
    sentences = (speech / "back-mice-script.txt").read_text(encoding="utf-8").split("\n")
    for number, voice in enumerate(VOICES):
        if not is_present(voice.program):
            yield not_measured(f"alignment: {voice.label}", f"{voice.program} is not installed")
            continue
        said = record(voice, [one for one in sentences if one], folder / f"{number}.wav", seed=number)
        for condition in CONDITIONS:
            yield from _figures(_try(voice.label, condition, said), CUE_P95)
    yield from _read_by_a_person(speech)


def _figures(case: Case, p95: float) -> Iterator[Figure]:
    _say(case.line)
    subject = f"alignment: {case.speech}, {case.condition}"
    yield at_most(f"{subject}: cue starts", case.p95, p95, "s", "p95 against known times", digits=3)
    yield at_most(
        f"{subject}: cost", case.real_time, REAL_TIME, "of real time", "CPU with the child", digits=3
    )


def _read_by_a_person(speech: Path) -> Iterator[Figure]:
    known = json.loads((speech / "sonnet001.json").read_text(encoding="utf-8"))["cues"]
    aligned, cost = _align("\n".join(text for _, _, text in known), speech / "sonnet001.mp3")
    starts = {word.line: word.start for word in reversed(aligned.words)}
    errors = [abs(starts[line] / 1000 - start) for line, (start, _, _) in enumerate(known) if line in starts]
    tokens = len(aligned.words) + len(aligned.untimed)
    lost = len(known) - len(errors)
    case = Case("sonnet001, a person", "right", len(aligned.words), tokens, 0, tuple(errors), lost, cost)
    yield from _figures(case, READ_P95)
    median = float(np.median(errors))
    yield at_most("alignment: sonnet001: cue starts", median, READ_MEDIAN, "s", "median", digits=3)


def _try(label: str, condition: str, said: Recording) -> Case:
    lines = _script([one.text for one in said.sentences], condition)
    aligned, cost = _align("\n".join(" ".join(word for _, word in line) for line in lines), said.path)
    rows = _starts_by_line(aligned)
    cues: list[float] = []
    invented = lost = 0
    for number, line in enumerate(lines):
        for (place, _), start in zip(line, rows[number], strict=True):
            if place is None or place[1] != 0:
                invented += start is not None and number not in _spoken_lines(lines)
            elif start is None:
                lost += 1
            else:
                cues.append(abs(start / 1000 - said.sentences[place[0]].start))
    tokens = len(aligned.words) + len(aligned.untimed)
    return Case(label, condition, len(aligned.words), tokens, invented, tuple(cues), lost, cost)


def _spoken_lines(lines: Sequence[Line]) -> set[int]:
    """The lines of which at least a word is said."""
    return {number for number, line in enumerate(lines) if any(place is not None for place, _ in line)}


def _starts_by_line(aligned: Aligned) -> dict[int, list[int | None]]:
    """For each line of the script the starts of its tokens in milliseconds, None for those without a time."""
    rows: defaultdict[int, list[int | None]] = defaultdict(list)
    words = iter(aligned.words)
    missing = {one.index: one for one in aligned.untimed}
    for index in range(len(aligned.words) + len(aligned.untimed)):
        if index in missing:
            rows[missing[index].line - 1].append(None)
        else:
            word = next(words)
            rows[word.line].append(word.start)
    return rows


def _script(sentences: Sequence[str], condition: str) -> list[Line]:
    """A script of the sentences, right or wrong in one way, with what each of its tokens is."""
    lines: list[Line] = [
        [((number, place), word) for place, word in enumerate(text.split())]
        for number, text in enumerate(sentences)
    ]
    if condition == "a sentence missing":
        del lines[6]
    elif condition == "a sentence added":
        lines.insert(9, [(None, word) for word in ADDED.split()])
    elif condition == "15 % changed":
        rng = random.Random(5)
        lines = [[kept for one in line if (kept := _changed(one, rng)) is not None] for line in lines]
    return [line for line in lines if line]


def _changed(one: tuple[Place, str], rng: random.Random) -> tuple[Place, str] | None:
    """The token itself, or in 15 of 100 cases another word or nothing."""
    if rng.random() > 0.15:
        return one
    return (None, REPLACEMENT) if rng.random() < 0.5 else None


def _align(script: str, path: Path) -> tuple[Aligned, float]:
    """The result, and processor time of the child as a share of the sound."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    aligned = align_words(script, path)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return aligned, used * 1000 / aligned.duration


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 (a program's output)


def main() -> int:
    """Print the table, then what was missed; the status is 1 when something was."""
    corpus = Path(os.environ.get("EDU_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus")
    with tempfile.TemporaryDirectory(prefix="edu-alignment-") as name:
        figures = list(measure(corpus, Path(name)))
    for figure in figures:
        if figure.verdict is not Verdict.MET:
            _say(figure.line)
    return 1 if any(figure.verdict is Verdict.MISSED for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
