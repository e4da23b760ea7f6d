"""Gaps between speech, and the words that can be said in them."""

import pytest

from captions.hearing import Hearing, Speech
from captions.making import gaps
from captions.making.gaps import Gap

HEARING = Hearing((Speech(3000, 10_000), Speech(11_000, 14_000), Speech(20_000, 20_100)), duration=30_000)


def test_the_gaps_lie_before_between_and_after_speech_with_a_margin() -> None:
    assert gaps.find(HEARING) == (Gap(0, 2850, 7), Gap(14_150, 30_000, 42))


def test_a_shorter_least_and_a_slower_voice() -> None:
    assert gaps.find(HEARING, least=500, words_per_minute=60)[1] == Gap(10_150, 10_850, 0)


def test_a_film_without_speech_is_one_gap_and_one_full_of_it_has_none() -> None:
    assert gaps.find(Hearing((), duration=60_000)) == (Gap(0, 60_000, 160),)
    assert gaps.find(Hearing((Speech(0, 60_000),), duration=60_000)) == ()


def test_speech_inside_of_other_speech_opens_no_gap() -> None:
    hearing = Hearing((Speech(0, 20_000), Speech(1000, 3000)), duration=20_500)

    assert gaps.find(hearing) == ()


def test_languages_of_long_words_have_room_for_fewer() -> None:
    german, unknown = gaps.find(HEARING, language="de-AT")[1], gaps.find(HEARING, language="tlh")[1]

    assert (german.words, unknown.words) == (33, 42)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("She presses – gently – with two fingers.", 6),
        ("It’s a 25-gauge needle, 0.5 ml.", 6),
        ("触诊腰部的结节", 4),
    ],
)
def test_words_are_counted_as_they_are_said(text: str, words: int) -> None:
    assert gaps.count(text) == words


def test_a_text_fits_or_is_too_long_by_some_words() -> None:
    gap = Gap(0, 1125, 3)

    assert gaps.fit("She presses gently.", gap).is_fitting
    assert gaps.fit("She presses very gently with it.", gap) == gaps.Fit(6, 3)


def test_nobody_speaks_at_no_pace() -> None:
    with pytest.raises(ValueError, match="0 words"):
        gaps.find(HEARING, words_per_minute=0)
