"""The rules: a track that breaks none, and for each rule one that breaks it alone."""

from time import process_time

import pytest

import captions
from captions import CaptionError, Cue, Hearing, RuleId, Severity, Speech, Term, TextTrack, TrackKind

GOOD = Cue(0, 4000, "Press each spinous process,\nfrom the upper lumbar spine down.")


def broken(
    *cues: Cue, profile: str = "teaching", kind: TrackKind = TrackKind.CAPTIONS
) -> list[tuple[str, int, str]]:
    problems = captions.check(TextTrack(kind, "en", cues), profile)
    return [(str(problem.rule), problem.cue, str(problem.severity)) for problem in problems]


def test_good_captions_break_no_rule_of_the_default() -> None:
    track = TextTrack(language="en", cues=(GOOD, Cue(4000, 6000, "<v Anna>Gently, then firmly.")))

    assert captions.check(track) == ()


@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        ((Cue(0, 2000, ""),), ("C02", 0, "error")),
        ((Cue(0, 2000, "<b> </b>"),), ("C02", 0, "error")),
        ((Cue(2000, 2000, "Stop."),), ("C03", 0, "error")),
        ((Cue(9000, 11000, "Later."), Cue(0, 2000, "Early.")), ("C04", 1, "warn")),
        ((Cue(0, 3000, "One."), Cue(2999, 5000, "Two.")), ("C05", 0, "error")),
        ((Cue(0, 5000, "x" * 43),), ("C06", 0, "warn")),
        ((Cue(0, 5000, "x" * 53),), ("C06", 0, "error")),
        ((Cue(0, 5000, "one.\ntwo.\nthree."),), ("C07", 0, "warn")),
        ((Cue(0, 5000, "one.\ntwo.\nthree.\nfour."),), ("C07", 0, "error")),
        ((Cue(0, 2000, "x" * 35),), ("C08", 0, "warn")),
        ((Cue(0, 1000, "x" * 21),), ("C08", 0, "error")),
        ((Cue(0, 994, "Stop."),), ("C09", 0, "warn")),
        ((Cue(0, 7006, "Stop."),), ("C10", 0, "warn")),
        ((Cue(0, 2000, "One."), Cue(2104, 4000, "Two.")), ("C11", 0, "info")),
        (
            (Cue(0, 4000, "Find the dimple, then go to the\niliac crest on the same side."),),
            ("C12", 0, "info"),
        ),
        ((Cue(0, 3000, "Two lines,\none would do."),), ("C13", 0, "info")),
        ((Cue(0, 4000, "x" * 42 + "\n" + "y" * 20),), ("C13", 0, "info")),
        ((Cue(0, 2000, "One."), Cue(2000, 5000, "One.\n" + "x" * 40)), ("C20", 1, "warn")),
        ((Cue(0, 2000, "<font>One.</font>"),), ("C21", 0, "warn")),
        ((Cue(0, 2000, "<i>One."),), ("C21", 0, "warn")),
        ((Cue(0, 2000, "{\\an8}One."),), ("C21", 0, "warn")),
        ((Cue(0, 2000, "Q &amp;amp; A."),), ("C21", 0, "warn")),
        ((Cue(0, 3000, "PRESS FIRMLY HERE AND HOLD."),), ("C22", 0, "info")),
        (
            (Cue(0, 4000, "You will feel the firm, fibro-\nfatty nodule under your finger."),),
            ("C12", 0, "info"),
        ),
        ((Cue(0, 3000, "ANNA: Press gently here."),), ("C18", 0, "info")),
        ((Cue(0, 3000, ">> ANNA: Press gently here."),), ("C18", 0, "info")),
        ((Cue(0, 3000, "<v Anna>Is it here?</v>\n<v Bob>Yes.</v>"),), ("C18", 0, "info")),
        ((Cue(0, 2000, "<v Anna>Here?"), Cue(3000, 6000, "- Is it?\n- Yes.")), ("C18", 1, "info")),
        ((Cue(0, 2000, "[door]"), Cue(3000, 5000, "(laughs)")), ("C19", 1, "info")),
        ((Cue(0, 2000, "[door]"), Cue(3000, 5000, "*laughs*")), ("C19", 1, "info")),
        ((Cue(0, 2000, "[door]"), Cue(3000, 5000, "LAUGHS")), ("C19", 1, "info")),
        ((Cue(0, 3000, "- Is it here?\n- Yes."),), ("C18", 0, "info")),
        ((Cue(0, 2000, "Press here."), Cue(2000, 4000, "Press here.")), ("C20", 1, "warn")),
    ],
)
def test_each_rule_finds_its_fault_and_no_other_does(
    cues: tuple[Cue, ...], expected: tuple[str, int, str]
) -> None:
    assert broken(*cues) == [expected]


def test_a_flash_is_rolling_and_too_short_and_too_fast() -> None:
    assert broken(Cue(0, 40, "One.")) == [("C08", 0, "error"), ("C09", 0, "warn"), ("C20", 0, "warn")]


@pytest.mark.parametrize(
    "cues",
    [
        (Cue(0, 3000, "<v Anna>Is it here?"), Cue(2000, 5000, "<v Bob>Yes, there.")),
        (Cue(0, 3000, "Press here."), Cue(2000, 5000, "L4", settings="line:0")),
        (Cue(0, 2000, "One."), Cue(2083, 4000, "Two.")),
        (Cue(0, 2000, "One."), Cue(2500, 4000, "Two.")),
        (Cue(0, 3000, "<v Anna>- Is it here?</v>\n<v Bob>- Yes.</v>"),),
        (
            Cue(0, 4000, "Some – not all – of it is there.\n-5 degrees, then hold it."),
            Cue(4000, 6000, "Press here and hold it."),
        ),
        (Cue(0, 2000, "Push."), Cue(5000, 7000, "Push.")),
        (Cue(0, 2000, "[door]"), Cue(3000, 5000, "MRI"), Cue(6000, 8000, "STOP!")),
        (Cue(0, 2000, "[DOOR]"), Cue(3000, 5000, "LAUGHS")),
        (Cue(0, 995, "Stop."), Cue(2000, 9005, "Go.")),
        (Cue(0, 2000, "MRI OF L4."),),
        (Cue(0, 3000, "WARNING: never inject into a vessel."),),
        (Cue(0, 3000, "Press here (at the crest)."), Cue(4000, 6000, "[door]")),
        (Cue(0, 2000, "(laughs)"), Cue(3000, 5000, "(door)")),
        (Cue(0, 4000, "Note what they took before, the pre-\nand the postoperative drugs."),),
        (Cue(0, 2000, "Fish &amp; chips &lt;3."),),
    ],
)
def test_what_only_looks_like_a_fault_is_none(cues: tuple[Cue, ...]) -> None:
    assert broken(*cues) == []


def test_where_no_spaces_are_written_a_break_stands_for_one() -> None:
    track = TextTrack(language="ja", cues=(Cue(0, 6000, "では、右は\n何か見えるか"),))

    assert captions.check(track) == ()


def test_what_only_a_person_can_tell_is_left_to_one() -> None:
    """Capitals may be a shout, a line that comes again may have been said twice, a dash has no name."""
    track = TextTrack(
        language="en",
        cues=(
            Cue(0, 2000, "[door]"),
            Cue(3000, 5000, "LAUGHS"),
            Cue(6000, 8000, "Push."),
            Cue(8000, 10_000, "Push."),
            Cue(11_000, 14_000, "- Is it here, then?\n- Yes, it is just there."),
        ),
    )

    assert [(str(each.rule), each.fixable) for each in captions.check(track)] == [
        ("C19", False),
        ("C20", False),
        ("C18", False),
    ]
    assert captions.repair(track).track == track


@pytest.mark.parametrize(
    ("profile", "cue", "expected"),
    [
        ("netflix", Cue(0, 2000, "x" * 40), []),
        ("netflix", Cue(0, 827, "Stop."), ["C09"]),
        ("bbc", Cue(0, 9000, "x" * 38), ["C06"]),
        ("bbc", Cue(0, 1000, "one two three four."), ["C08", "C09"]),
        ("bbc", Cue(0, 9000, "Long but allowed."), []),
        ("dcmp", Cue(0, 9000, "x" * 33), ["C06"]),
        ("dcmp", Cue(0, 1900, "Stop."), ["C09"]),
        ("dcmp", Cue(0, 2000, "one two three four five six."), ["C08"]),
    ],
)
def test_each_profile_has_its_own_numbers(profile: str, cue: Cue, expected: list[str]) -> None:
    assert [rule for rule, _, _ in broken(cue, profile=profile)] == expected


def test_a_gap_of_under_a_second_is_short_for_the_bbc() -> None:
    assert broken(Cue(0, 2000, "One."), Cue(2900, 5000, "Two."), profile="bbc") == [("C11", 0, "info")]


def test_a_profile_that_does_not_exist_is_refused() -> None:
    with pytest.raises(CaptionError, match="disney"):
        captions.check(TextTrack(), "disney")


def test_a_long_line_that_ends_with_its_phrase_is_as_it_should_be() -> None:
    cue = Cue(0, 4000, "A nodule feels like a small marble\nunder the skin.")

    assert captions.check(TextTrack(language="en", cues=(cue,)), "teaching") == ()


def test_a_caption_after_the_film_is_found_when_its_duration_is_known() -> None:
    (problem,) = captions.check(TextTrack(language="en", cues=(GOOD,)), duration=3900)

    assert (problem.rule, problem.severity, problem.fixable) == (RuleId.PAST_END, Severity.ERROR, True)
    assert problem.message == "The caption ends 0.1 seconds after the film."
    assert problem.parameters == (0.1,)


@pytest.mark.parametrize(
    ("cues", "place"),
    [
        ((Cue(1, 20_000, "Ask"),), 0),
        ((Cue(0, 20_000, "Ask"), Cue(21_000, 40_000, "Press")), 1),
        ((Cue(0, 20_000, "Ask"), Cue(19_000, 40_000, "Press")), 1),
        ((Cue(0, 20_000, "x" * 71),), 0),
        ((Cue(0, 9_000, "Ask"),), 0),
    ],
)
def test_chapters_cover_the_film_with_short_titles(cues: tuple[Cue, ...], place: int) -> None:
    assert broken(*cues, kind=TrackKind.CHAPTERS) == [("C25", place, "warn")]


def test_only_captions_are_held_to_reading_rules() -> None:
    wide = Cue(0, 30_000, "x" * 60)

    assert broken(wide, kind=TrackKind.CHAPTERS) == broken(wide, kind=TrackKind.DESCRIPTIONS) == []
    assert broken(Cue(0, 0, ""), kind=TrackKind.METADATA) == []
    assert broken(wide, kind=TrackKind.SUBTITLES) == [("C06", 0, "error"), ("C10", 0, "warn")]


def test_messages_have_their_numbers_in_them() -> None:
    (problem,) = captions.check(TextTrack(language="en", cues=(Cue(0, 5000, "x" * 43),)))

    assert problem.message == "A line has 43 characters; the limit is 42."


def test_what_reading_mended_is_told_once_for_each_kind() -> None:
    track = captions.read(b"1\n00:00:01,0 --> 00:00:03,0\nPress.\n\n2\n00:00:04,0 --> 00:00:06,0\nHold.\n")

    told = [problem for problem in captions.check(track) if problem.rule is RuleId.PARSE_REPAIR]

    assert sorted(str(problem.parameters[2]) for problem in told) == sorted(
        {str(repair.code) for repair in track.repairs}
    )
    assert all((problem.severity, problem.fixable) == (Severity.INFO, False) for problem in told)


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        (10_000, 12_000, []),
        (10_120, 12_000, [(3, 10_000)]),
        (9_720, 12_000, [(7, 10_000)]),
        (10_520, 12_000, []),
        (7_000, 9_920, []),
        (7_000, 9_720, [(7, 10_000)]),
        (7_000, 10_040, [(1, 10_000)]),
        (7_000, 9_400, []),
    ],
)
def test_a_cut_a_few_frames_from_a_caption_is_found(
    start: int, end: int, found: list[tuple[int, int]]
) -> None:
    hearing = Hearing(cuts=(10_000,), frame=40.0)

    problems = captions.check(TextTrack(cues=(Cue(start, end, "Press."),)), hearing=hearing)

    assert [problem.parameters for problem in problems if problem.rule is RuleId.STRADDLE] == found


SPANISH = "La paciente se pone de pie y el médico presiona con los dedos en la zona que le duele a ella. "


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        (SPANISH * 4, "es", []),
        (SPANISH * 4, "es-MX", []),
        (SPANISH * 4, "en", ["C23"]),
        (SPANISH * 4, None, ["C23"]),
        (SPANISH * 4, "", ["C23"]),
        (SPANISH, "en", []),
        ("Κοίτα εδώ", "el", []),
        ("Κοίτα εδώ", "en", ["C23"]),
    ],
)
def test_a_language_that_is_missing_or_another_is_found(
    text: str, language: str | None, found: list[str]
) -> None:
    problems = captions.check(TextTrack(cues=(Cue(0, 60_000, text),)), language=language)

    assert [str(problem.rule) for problem in problems if problem.rule is RuleId.LANGUAGE] == found


def test_a_slip_in_a_term_is_found_with_the_term() -> None:
    cues = (Cue(0, 2000, "Good."), Cue(3000, 5000, "Draw up the lidocane."))
    track = TextTrack(language="en", cues=cues)

    (problem,) = captions.check(track, terms=(Term("lidocaine"),))

    assert (problem.rule, problem.cue, problem.parameters) == (RuleId.GLOSSARY, 1, ("lidocane", "lidocaine"))


def test_captions_out_of_order_are_compared_in_the_order_of_time() -> None:
    first, second = Cue(0, 2500, "Early."), Cue(2000, 4000, "Later.")

    assert broken(second, first) == [("C04", 1, "warn"), ("C05", 1, "error")]


def test_weak_words_are_those_of_the_language() -> None:
    cue = Cue(0, 5000, "Pressez doucement avec la pulpe des\ndoigts le long de la crête.")

    french = captions.check(TextTrack(language="fr", cues=(cue,)))

    assert [(problem.rule, problem.parameters) for problem in french] == [(RuleId.BAD_BREAK, ("des",))]
    assert captions.check(TextTrack(language="en", cues=(cue,))) == ()


def test_wide_letters_take_two_columns() -> None:
    assert broken(Cue(0, 6000, "診" * 21)) == []
    assert broken(Cue(0, 6000, "診" * 22)) == [("C06", 0, "warn")]


def test_two_thousand_captions_are_checked_between_two_keystrokes() -> None:
    text = "Press each spinous process,\nfrom the upper lumbar spine down."
    cues = tuple(Cue(5000 * place, 5000 * place + 4000, f"<v Anna>{text}") for place in range(2000))
    hearing = Hearing(tuple(Speech(cue.start, cue.end) for cue in cues), tuple(range(0, 10_000_000, 7000)))
    begun = process_time()

    captions.check(TextTrack(cues=cues), hearing=hearing, terms=(Term("lidocaine"),), language="en")

    # some 0.04 s where nothing else runs
    assert process_time() - begun < 0.4
