"""Other people's caption files, checked and mended: the words stay, the second time changes nothing."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import captions
from captions import CaptionError, RuleId, Severity, TextTrack
from captions.findings import Findings
from captions.formats import markup
from captions.webvtt import cuetext

pytestmark = pytest.mark.corpus

MOST = 45
"""Cues of a file that are enough to see how it fares."""


def tracks(corpus: Path) -> Iterator[tuple[str, TextTrack]]:
    with (corpus / "captions/MANIFEST.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            try:
                track = captions.read((corpus / "captions" / row["file"]).read_bytes())
            except CaptionError:
                continue
            yield row["file"], replace(track, cues=track.cues[:MOST])


def letters(track: TextTrack) -> str:
    cues = sorted(track.cues, key=lambda cue: cue.start)
    texts = [cuetext.plain_text(markup.tidy(cue.text, 0, Findings())) for cue in cues]
    return re.sub(r"[\W_]+", "", "".join(texts))


def errors(track: TextTrack) -> int:
    return sum(problem.severity is Severity.ERROR for problem in captions.check(track))


def test_mending_real_files_keeps_their_letters_and_leaves_fewer_errors(corpus: Path) -> None:
    rules = set(RuleId) - {RuleId.ROLL_UP, RuleId.MARKUP, RuleId.SPEAKER, RuleId.ALL_CAPS, RuleId.GLOSSARY}
    total = {"before": 0, "after": 0}

    for name, track in tracks(corpus):
        mended = captions.repair(track, rules=rules).track
        assert letters(mended) == letters(track), name
        before, after = errors(track), errors(mended)
        assert after <= before, name
        total["before"] += before
        total["after"] += after

    assert total["after"] < total["before"] / 2


def test_mending_real_files_twice_is_mending_them_once(corpus: Path) -> None:
    for name, track in tracks(corpus):
        once = captions.repair(track)

        assert captions.repair(once.track).changes == (), name


def test_doubtful_rules_seldom_speak(corpus: Path) -> None:
    doubtful = {RuleId.SPEAKER, RuleId.SOUND_STYLE, RuleId.LANGUAGE, RuleId.GLOSSARY, RuleId.ALL_CAPS}
    terms = tuple(map(captions.Term, ("lidocaine", "palpation", "sacrum", "nodule", "lumbar", "fascia")))
    cues = told = 0

    for _, track in tracks(corpus):
        cues += len(track.cues)
        # many files do not say their language, and that is not doubtful
        said = doubtful if track.language else doubtful - {RuleId.LANGUAGE}
        told += sum(problem.rule in said for problem in captions.check(track, terms=terms))

    assert cues > 1000
    # dashes before speakers are 18 of them, and no doubt
    assert told < cues / 80
