"""Repairs: what each mends, and what none may do: change words, add errors, go on for ever."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import captions
from captions import CaptionError, Change, Cue, Hearing, RuleId, Severity, Speech, Term, TextTrack, TrackKind
from captions.making.words import TimedWord
from captions.webvtt import cuetext


def mended(
    *cues: Cue,
    profile: str = "teaching",
    duration: int | None = None,
    hearing: Hearing | None = None,
    words: Sequence[TimedWord] = (),
) -> list[tuple[int, int, str]]:
    track = TextTrack(language="en", cues=cues)
    done = captions.repair(track, profile, duration=duration, hearing=hearing, words=words)
    return [(cue.start, cue.end, cue.text) for cue in done.track.cues]


TWO = "Press each spinous process,\nfrom the upper lumbar spine down."


@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        (
            (Cue(9000, 11_000, "Later."), Cue(0, 2000, "Early.")),
            [(0, 2000, "Early."), (9000, 11_000, "Later.")],
        ),
        ((Cue(0, 2000, " "), Cue(3000, 5000, "Stop.")), [(3000, 5000, "Stop.")]),
        ((Cue(1000, 1000, "Stop."),), [(1000, 2000, "Stop.")]),
        ((Cue(1000, 500, "Stop."), Cue(5000, 7000, "Go.")), [(1000, 2000, "Stop."), (5000, 7000, "Go.")]),
        ((Cue(0, 3000, "One."), Cue(2999, 5000, "Two.")), [(0, 2916, "One."), (2999, 5000, "Two.")]),
        ((Cue(0, 3000, "One."), Cue(0, 3000, "Two.")), [(0, 3000, "One. Two.")]),
        (
            (Cue(0, 5000, "Find the dimple, then go to the iliac crest on it."),),
            [(0, 5000, "Find the dimple, then go\nto the iliac crest on it.")],
        ),
        ((Cue(0, 5000, "one.\ntwo.\nthree.\nfour."),), [(0, 5000, "one. two. three. four.")]),
        ((Cue(0, 2000, "x" * 35),), [(0, 2059, "x" * 35)]),
        ((Cue(0, 300, "Stop."), Cue(3000, 5000, "Go.")), [(0, 1000, "Stop."), (3000, 5000, "Go.")]),
        ((Cue(0, 700, "Stop."), Cue(750, 5000, "Go.")), [(0, 5000, "Stop. Go.")]),
        (
            (Cue(0, 9000, "Hold it for a minute, then let go of it."),),
            [(0, 4746, "Hold it for a minute,"), (4829, 9000, "then let go of it.")],
        ),
        ((Cue(0, 2000, "One."), Cue(2300, 4000, "Two.")), [(0, 2217, "One."), (2300, 4000, "Two.")]),
        ((Cue(0, 3000, "Two lines,\none would do."),), [(0, 3000, "Two lines, one would do.")]),
        (
            (Cue(0, 2000, "[door]"), Cue(3000, 5000, "(laughs)")),
            [(0, 2000, "[door]"), (3000, 5000, "[laughs]")],
        ),
        ((Cue(0, 2000, "<font>One.</font>"),), [(0, 2000, "One.")]),
        ((Cue(0, 2000, "<script>x()</script>One."),), [(0, 2000, "One.")]),
        ((Cue(0, 2000, "<i>One."),), [(0, 2000, "<i>One.</i>")]),
        ((Cue(0, 2000, "Q &amp;amp; A."),), [(0, 2000, "Q &amp; A.")]),
    ],
)
def test_each_fault_is_mended(cues: tuple[Cue, ...], expected: list[tuple[int, int, str]]) -> None:
    assert mended(*cues) == expected


def test_a_mark_of_ass_becomes_a_place() -> None:
    done = captions.repair(TextTrack(cues=(Cue(0, 2000, "{\\an8}One."),)))

    assert done.track.cues == (Cue(0, 2000, "One.", settings="line:0"),)


def test_two_languages_at_once_are_not_mixed() -> None:
    both = Cue(0, 3000, "<lang es>Presione.</lang>"), Cue(0, 3000, "Press.")

    assert sum("Presione" in text and "Press." in text for _, _, text in mended(*both)) == 0


def test_rolling_captions_become_a_line_each() -> None:
    rolling = (
        Cue(0, 2000, "first line"),
        Cue(2000, 2010, "first line"),
        Cue(2010, 4000, "first line\nthen <i>the second</i>"),
        Cue(4000, 4010, "then <i>the second</i>"),
        Cue(4010, 6000, "then <i>the second</i>\nand a third."),
    )

    done = mended(*rolling)

    assert [text for _, _, text in done] == ["first line", "then <i>the second</i>", "and a third."]


def test_the_bbc_closes_gaps_and_the_others_leave_two_frames() -> None:
    assert mended(Cue(0, 2000, "One."), Cue(2900, 4000, "Two."), profile="bbc")[0] == (0, 2900, "One.")
    assert mended(Cue(0, 2000, "One."), Cue(2300, 4000, "Two."), profile="netflix")[0] == (0, 2217, "One.")


def test_a_caption_ends_with_the_film() -> None:
    assert mended(Cue(0, 5000, "One."), duration=4000) == [(0, 4000, "One.")]
    assert mended(Cue(3900, 5000, "One."), duration=4000) == [(3000, 4000, "One.")]


def test_a_caption_after_the_film_is_left_for_a_person() -> None:
    done = captions.repair(TextTrack(cues=(Cue(5000, 6000, "One."),)), duration=4000)

    assert done.changes == ()


def test_starts_snap_to_cuts_and_ends_to_two_frames_before() -> None:
    hearing = Hearing(cuts=(4000, 10_000), frame=40.0)

    assert mended(Cue(4200, 7000, "One."), Cue(8000, 9800, "Two."), hearing=hearing) == [
        (4000, 7000, "One."),
        (8000, 9920, "Two."),
    ]


def test_an_end_does_not_snap_into_speech() -> None:
    hearing = Hearing((Speech(8000, 10_300),), (10_000,), frame=40.0)

    assert mended(Cue(8000, 10_300, "Two."), hearing=hearing) == [(8000, 10_300, "Two.")]


def test_words_with_times_say_where_a_caption_is_parted() -> None:
    text = "Hold it for a minute, then let go of it."
    words = [TimedWord(word, 900 * place, 900 * place + 300) for place, word in enumerate(text.split())]

    (_, end, _), (start, _, _) = mended(Cue(0, 9000, text), words=words)

    assert (end, start) == (4417, 4500)


CHAPTERS = (
    Cue(500, 20_000, "Ask", "V1-c01"),
    Cue(21_000, 40_000, "Press", "V1-c02"),
    Cue(39_000, 60_000, "", "V1-c03"),
)


def test_chapters_are_filled_and_no_step_is_lost() -> None:
    done = captions.repair(TextTrack(TrackKind.CHAPTERS, cues=CHAPTERS))

    assert [(cue.start, cue.end, cue.identifier) for cue in done.track.cues] == [
        (0, 21_000, "V1-c01"),
        (21_000, 39_000, "V1-c02"),
        (39_000, 60_000, "V1-c03"),
    ]


TERMS = (Term("lidocaine"), Term("MRI"))


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        ("Draw up the <i>lidocane</i>.", RuleId.GLOSSARY, "Draw up the <i>lidocaine</i>."),
        ("ANNA: Press here.", RuleId.SPEAKER, "<v ANNA>Press here."),
        ("ANNA: Is it here?\nBOB: Yes.", RuleId.SPEAKER, "<v ANNA>Is it here?</v>\n<v BOB>Yes."),
        (
            "PRESS HERE AND HOLD. THEN I LOOK AT THE MRI.",
            RuleId.ALL_CAPS,
            "Press here and hold. Then I look at the MRI.",
        ),
    ],
)
def test_what_changes_reading_is_done_only_when_it_is_asked_for(
    text: str, rule: RuleId, expected: str
) -> None:
    track = TextTrack(cues=(Cue(0, 5000, text),))

    unasked = captions.repair(track, terms=TERMS)
    asked = captions.repair(track, terms=TERMS, rules={rule})

    assert " ".join(unasked.track.cues[0].text.split()) == " ".join(text.split())
    assert asked.track.cues[0].text == expected
    assert [(change.rule, change.places) for change in asked.changes] == [(rule, (0,))]
    assert captions.repair(asked.track, terms=TERMS, rules={rule}).changes == ()


def test_only_the_rules_and_cues_that_are_named_are_mended() -> None:
    track = TextTrack(cues=(Cue(0, 300, "Stop."), Cue(3000, 3300, "Go."), Cue(6000, 8000, "Two\nlines.")))

    done = captions.repair(track, rules={RuleId.SHORT}, cues={1})

    assert done.changes == (
        Change(RuleId.SHORT, (track.cues[1],), (replace(track.cues[1], end=4000),), (1,), (RuleId.SHORT,)),
    )


def test_a_change_tells_what_became_of_which_cues() -> None:
    track = TextTrack(
        cues=(Cue(3000, 5000, "Go."), Cue(0, 700, "Stop"), Cue(710, 1500, "here."), Cue(2000, 2500, ""))
    )

    done = captions.repair(track)

    assert [(change.rule, change.places, change.after) for change in done.changes] == [
        (RuleId.UNSORTED, (1, 2), (Cue(0, 1500, "Stop here."),)),
        (RuleId.EMPTY_CUE, (3,), ()),
    ]
    assert done.changes[0].rules == (RuleId.UNSORTED, RuleId.SHORT)


def test_what_cannot_be_bettered_is_left() -> None:
    track = TextTrack(cues=(Cue(0, 1000, "x" * 80), Cue(1000, 2000, "y" * 80)))

    assert captions.repair(track).changes == ()


def test_good_captions_are_left_and_so_is_metadata() -> None:
    assert captions.repair(TextTrack(cues=(Cue(0, 4000, TWO),))).changes == ()
    assert captions.repair(TextTrack(TrackKind.METADATA, cues=(Cue(5, 5, "{}"), Cue(0, 1, "")))).changes == ()


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(CaptionError):
        captions.repair(TextTrack(), "disney")


WORDS = """
    press the crest, hold it. and ask for pain: gently <i>firmly</i> <v>of</v> L4-5 fibro-fatty &amp;
    then (now) do.
"""
TEXTS = st.lists(st.sampled_from([*WORDS.split(), "\n", "\n"]), max_size=40).map(" ".join)
CUES = st.lists(st.builds(Cue, st.integers(0, 40_000), st.integers(0, 45_000), TEXTS), max_size=9).map(tuple)
HEARINGS = st.one_of(
    st.none(),
    st.lists(st.integers(0, 45_000), min_size=2, max_size=20, unique=True).map(
        lambda edges: Hearing(
            tuple(map(Speech, sorted(edges)[::2], sorted(edges)[1::2])), tuple(sorted(edges)[::3]), 45_000
        )
    ),
)
KEEPING = sorted(set(RuleId) - {RuleId.ROLL_UP, RuleId.GLOSSARY})
RULES = st.one_of(st.just(KEEPING), st.lists(st.sampled_from(KEEPING), min_size=1, max_size=3))


def words_of(track: TextTrack) -> list[str]:
    cues = sorted(track.cues, key=lambda cue: cue.start)
    return [word for cue in cues for word in re.findall(r"\w+", cuetext.plain_text(cue.text))]


def errors_of(track: TextTrack, profile: str, hearing: Hearing | None) -> list[RuleId]:
    found = captions.check(track, profile, duration=42_000, hearing=hearing)
    return [problem.rule for problem in found if problem.severity is Severity.ERROR]


@settings(max_examples=120, deadline=None)
@given(CUES, st.sampled_from(["teaching", "netflix", "bbc", "dcmp"]), HEARINGS, RULES)
def test_no_repair_changes_a_word_adds_an_error_or_is_left_half_done(
    cues: tuple[Cue, ...], profile: str, hearing: Hearing | None, rules: list[RuleId]
) -> None:
    track = TextTrack(language="en", cues=cues)

    done = captions.repair(track, profile, duration=42_000, hearing=hearing, rules=rules)

    assert words_of(done.track) == words_of(track)
    before, after = errors_of(track, profile, hearing), errors_of(done.track, profile, hearing)
    assert set(after) <= set(before)
    assert len(after) <= len(before)
    again = captions.repair(done.track, profile, duration=42_000, hearing=hearing, rules=rules)
    assert again.track == done.track


@settings(max_examples=60, deadline=None)
@given(CUES, st.sampled_from(["teaching", "bbc"]))
def test_the_changes_are_the_difference(cues: tuple[Cue, ...], profile: str) -> None:
    done = captions.repair(TextTrack(language="en", cues=cues), profile)

    touched = {place for change in done.changes for place in change.places}
    kept = [cue for place, cue in enumerate(cues) if place not in touched]
    put_in = [cue for change in done.changes for cue in change.after]
    assert sorted(kept + put_in) == sorted(done.track.cues)
    assert all(change.before == tuple(cues[place] for place in change.places) for change in done.changes)
    assert len(touched) == sum(len(change.places) for change in done.changes)
