"""Advice as a value: every rule has a sentence, a source, and parameters that fill the sentence."""

import re
from pathlib import Path

import pytest
from hypothesis import given

from quizzes import read_bank
from quizzes.advice import SENTENCES, SOURCES, Rule, Severity, advise
from quizzes.advice.rules import blocking
from tests.quizzes.samples import items, steady

BANK = Path(__file__).parents[3] / "edu" / "content" / "back-mice" / "questions"


def test_every_rule_has_a_sentence_and_a_source():
    assert set(SENTENCES) == set(SOURCES) == set(Rule)


def test_a_sentence_is_filled_from_its_parameters():
    advice = blocking(Rule.SAME_OPTIONS, "options.B", first="A", second="B")

    assert advice.sentence == "The options A and B say the same."
    assert advice.blocks


@steady
@given(items())
def test_whatever_the_item_the_rules_speak_in_full_sentences_and_the_worst_first(item):
    order = [Severity.BLOCKING, Severity.WARNING, Severity.HINT]
    for language in ("en", "de", "fr", "es", "pt-BR"):
        found = advise(item, language=language)

        assert [order.index(advice.severity) for advice in found] == sorted(
            order.index(advice.severity) for advice in found
        )
        for advice in found:
            assert not re.search(r"%\(", advice.sentence)
            assert {name for name, _ in advice.parameters} == set(
                re.findall(r"%\((\w+)\)", SENTENCES[advice.rule])
            )


@pytest.fixture(scope="module")
def bank():
    return [item for path in sorted(BANK.glob("*.toml")) for item in read_bank(path.read_bytes())]


def test_the_bank_of_the_course_is_rarely_warned_about(bank):
    warned = [
        (item.id, advice.rule)
        for item in bank
        for advice in advise(item)
        if advice.severity is Severity.WARNING
    ]

    assert len(bank) == 54
    assert {rule for _, rule in warned} <= {Rule.SMALL_ZONE, Rule.CRITICAL_WITHOUT_EVIDENCE}
    assert len(warned) <= 5


def test_hints_about_the_words_of_the_bank_are_few(bank):
    common = {Rule.NO_EVIDENCE, Rule.NO_OPTION_FEEDBACK}
    hinted = [
        advice
        for item in bank
        for advice in advise(item)
        if advice.severity is Severity.HINT and advice.rule not in common
    ]

    assert len(hinted) <= 20
