"""Captions against what is heard: late, early, missing, drifting; and what only looks so."""

from dataclasses import replace

import pytest

import captions
from captions import Cue, Hearing, Problem, RuleId, Speech, TextTrack

SAID = tuple(
    Speech(start, start + length)
    for start, length in zip(
        range(1000, 100_000, 4000),
        (2200, 1800, 2600, 2000, 2400, 1900, 2100, 2500, 2300, 1700, 2000, 2600, 2200, 1800, 2400) * 2,
        strict=False,
    )
)
HEARING = Hearing(SAID, duration=105_000)
TRUE = TextTrack(cues=tuple(Cue(each.start, each.end + 300, "Press here, and then hold.") for each in SAID))


def heard(track: TextTrack, *rules: RuleId, profile: str = "teaching") -> list[Problem]:
    found = captions.check(track, profile, hearing=HEARING)
    return [problem for problem in found if problem.rule in rules]


def moved(track: TextTrack, place: int, by: int) -> TextTrack:
    cue = track.cues[place]
    return replace(
        track,
        cues=(
            *track.cues[:place],
            replace(cue, start=cue.start + by, end=cue.end + by),
            *track.cues[place + 1 :],
        ),
    )


def test_what_is_over_two_seconds_late_is_an_error_for_the_bbc_too() -> None:
    track = TextTrack(language="en", cues=(Cue(3100, 6000, "Press here."),))

    problems = captions.check(track, "bbc", hearing=Hearing((Speech(1000, 5500),)))

    (found,) = (problem for problem in problems if problem.rule is RuleId.SYNC)
    assert (found.severity, found.parameters) == ("error", (2100, 1000))


def test_captions_that_come_with_their_speech_are_in_order() -> None:
    assert heard(TRUE, RuleId.SYNC, RuleId.UNCAPTIONED, RuleId.DRIFT) == []


@pytest.mark.parametrize(
    ("by", "profile", "severity"),
    [
        (190, "teaching", None),
        (300, "teaching", "warn"),
        (-300, "netflix", "warn"),
        (600, "teaching", "error"),
        (-600, "dcmp", "error"),
        (600, "bbc", None),
        (1600, "bbc", "warn"),
    ],
)
def test_a_late_or_early_caption_is_found(by: int, profile: str, severity: str | None) -> None:
    found = heard(moved(TRUE, 3, by), RuleId.SYNC, profile=profile)

    expected = [] if severity is None else [(3, severity, (abs(by), SAID[3].start))]
    assert [(problem.cue, problem.severity, problem.parameters) for problem in found] == expected


def test_a_caption_inside_flowing_speech_is_neither_late_nor_early() -> None:
    track = TextTrack(cues=(Cue(1000, 2000, "Press here,"), Cue(2083, 3500, "and then hold.")))

    assert heard(track, RuleId.SYNC) == []


def test_a_sound_comes_when_it_is_heard() -> None:
    assert heard(replace(TRUE, cues=(Cue(300, 2000, "[door]"), *TRUE.cues[1:])), RuleId.SYNC) == []


def test_words_are_shown_while_nobody_speaks() -> None:
    silent = Hearing((Speech(1000, 3000),), duration=20_000)
    cues = (Cue(1000, 3000, "Press here."), Cue(9000, 12_000, "Hold it."), Cue(14_000, 16_000, "[door]"))

    found = captions.check(TextTrack(cues=cues), hearing=silent)

    assert [(each.cue, each.fixable) for each in found if each.rule is RuleId.SYNC] == [(1, False)]


def test_speech_without_a_caption_is_found_before_the_next_caption() -> None:
    track = replace(TRUE, cues=TRUE.cues[:4] + TRUE.cues[5:])

    (problem,) = heard(track, RuleId.UNCAPTIONED)

    assert (problem.cue, problem.severity, problem.fixable) == (4, "error", False)
    assert problem.parameters == (2.4, SAID[4].start, SAID[4].end)


def test_speech_after_the_last_caption_is_found_at_the_last() -> None:
    (problem,) = heard(replace(TRUE, cues=TRUE.cues[:-2]), RuleId.UNCAPTIONED)

    assert problem.cue == len(TRUE.cues) - 3


def test_a_film_without_any_caption_lacks_them() -> None:
    (problem,) = heard(TextTrack(), RuleId.UNCAPTIONED)

    assert (problem.cue, problem.parameters[1:]) == (0, (SAID[0].start, SAID[-1].end))


def test_short_speech_needs_no_caption() -> None:
    track = replace(TRUE, cues=TRUE.cues[:1] + TRUE.cues[2:])

    assert heard(track, RuleId.UNCAPTIONED) == []


@pytest.mark.parametrize("ratio", [0.99, 1.004, 1.01])
def test_captions_that_run_away_are_found_and_straightened(ratio: float) -> None:
    crooked = replace(
        TRUE,
        cues=tuple(
            replace(cue, start=round(cue.start * ratio), end=round(cue.end * ratio)) for cue in TRUE.cues
        ),
    )

    (problem,) = heard(crooked, RuleId.DRIFT)
    mended = captions.repair(crooked, hearing=HEARING, rules={RuleId.DRIFT})

    assert problem.cue == 0
    assert problem.parameters[1] == pytest.approx(1 / ratio, abs=0.0003)
    assert (
        max(abs(cue.start - true.start) for cue, true in zip(mended.track.cues, TRUE.cues, strict=True)) < 40
    )
    assert {change.rule for change in mended.changes} == {RuleId.DRIFT}
    assert captions.repair(mended.track, hearing=HEARING, rules={RuleId.DRIFT}).changes == ()


def test_captions_that_are_all_late_are_found_though_each_covers_the_next_beginning() -> None:
    shown = [
        (cue.start + 600, following.start + 517)
        for cue, following in zip(TRUE.cues, TRUE.cues[1:], strict=False)
    ]
    late = TextTrack(cues=tuple(Cue(start, end, "Press here, and then hold.") for start, end in shown))

    found = heard(late, RuleId.SYNC)

    assert len(found) == len(late.cues)
    assert heard(captions.repair(late, hearing=HEARING).track, RuleId.SYNC) == []


def test_a_single_late_caption_is_retimed_and_its_neighbours_stay() -> None:
    mended = captions.repair(moved(TRUE, 3, 600), hearing=HEARING, rules={RuleId.SYNC})

    assert [(change.rule, change.places) for change in mended.changes] == [(RuleId.SYNC, (3,))]
    assert mended.track.cues[3].start == SAID[3].start
