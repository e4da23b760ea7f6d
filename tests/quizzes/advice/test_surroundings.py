"""Rules about what stands around a key."""

import pytest

from quizzes.advice import Rule, Severity, advise
from quizzes.vocabulary import Kind
from tests.quizzes.samples import sample

WHOLE = {"evidence": "V1-c05", "references": ["curtis1993"], "feedback": {"A": "No."}}


def found(**changes):
    item = sample(Kind.SINGLE, **{**WHOLE, **changes})
    return [(advice.rule, advice.place, advice.severity) for advice in advise(item)]


def test_nothing_is_said_of_a_whole_item():
    assert found() == []


@pytest.mark.parametrize(
    ("changes", "rule", "severity"),
    [
        ({"why": ""}, Rule.NO_EXPLANATION, Severity.WARNING),
        ({"references": []}, Rule.NO_REFERENCES, Severity.WARNING),
    ],
)
def test_what_is_missing_is_told_at_its_place(changes, rule, severity):
    (place,) = changes

    assert found(**changes) == [(rule, place, severity)]


def test_a_critical_item_needs_its_evidence_more():
    for critical, expected in (
        (False, (Rule.NO_EVIDENCE, "evidence", Severity.HINT)),
        (True, (Rule.CRITICAL_WITHOUT_EVIDENCE, "evidence", Severity.WARNING)),
    ):
        item = sample(
            Kind.SINGLE, references=["a1"], feedback={"A": "No."}, critical=critical, evidence="V1-c05"
        )
        assert advise(item) == ()

        (bare,) = advise(sample(Kind.SINGLE, references=["a1"], feedback={"A": "No."}, critical=critical))
        assert (bare.rule, bare.place, bare.severity) == expected
