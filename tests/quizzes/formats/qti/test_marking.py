"""The rules that we write come to our own marks, as a program follows them that knows nothing of us."""

import operator
import re
from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from quizzes.formats.qti import qti21
from quizzes.formats.xml_tree import child, children, descendants, name_of, parse, text_of
from quizzes.grade import grade
from quizzes.vocabulary import Kind
from tests.quizzes.formats.qti.files import unzipped
from tests.quizzes.samples import sample

Given = Mapping[str, list[str]]
BOUNDS = (("lower", "-inf"), ("upper", "inf"))
OPERATORS: dict[str, Callable[..., Any]] = {
    "isNull": operator.not_,
    "match": operator.eq,
    "sum": lambda *parts: sum(parts),
    "divide": operator.truediv,
    "gte": operator.ge,
    "gt": operator.gt,
}


def score(item: Any, given: Given) -> float:
    """The outcome SCORE of the written item for these values of its response variables."""
    root = parse(unzipped(qti21.write([item], lambda error: None))[f"items/{item.id}.xml"])
    return Player(root, given).play()


class Player:
    """Follows the few rules of response processing that we write (QTI 2.1 information model, section 9)."""

    def __init__(self, root: Element, given: Given) -> None:
        self.given = given
        self.score = 0.0
        self.declared = {e.get("identifier", ""): e for e in children(root, "responseDeclaration")}
        self.rules = next(children(root, "responseProcessing"))

    def play(self) -> float:
        template = self.rules.get("template", "").rpartition("/")[2]
        if template == "match_correct":
            return float(self.given["RESPONSE"] == self.correct("RESPONSE"))
        if template == "map_response":
            return self.mapped("RESPONSE")
        for rule in self.rules:
            self.follow(rule)
        return self.score

    def follow(self, rule: Element) -> None:
        if name_of(rule) == "setOutcomeValue":
            if rule.get("identifier") == "SCORE":
                self.score = self.value(rule[0])
            return
        for branch in rule:
            otherwise = name_of(branch) == "responseElse"
            if otherwise or self.value(branch[0]):
                for inner in branch if otherwise else list(branch)[1:]:
                    self.follow(inner)
                return

    def value(self, rule: Element) -> Any:
        name = rule.get("identifier", "")
        if name_of(rule) in OPERATORS:
            return OPERATORS[name_of(rule)](*(self.value(part) for part in rule))
        match name_of(rule):
            case "variable":
                return self.score if name == "SCORE" else self.given[name]
            case "correct":
                return self.correct(name)
            case "mapResponse":
                return self.mapped(name)
            case "patternMatch":
                return any(re.fullmatch(rule.get("pattern", ""), text) for text in self.value(rule[0]))
            case "equal":
                return self.near(rule)
        return float(text_of(rule))

    def near(self, rule: Element) -> bool:
        given = self.value(rule[0])
        wanted = self.value(rule[1])
        right = float(wanted[0]) if isinstance(wanted, list) else wanted
        down, up = (float(part) for part in rule.get("tolerance", "0 0").split())
        if rule.get("toleranceMode") == "relative":
            down, up = right * down / 100, right * up / 100
        return bool(given) and right - down - 1e-9 <= float(given[0]) <= right + up + 1e-9

    def correct(self, name: str) -> list[str]:
        return [text_of(value) for value in descendants(self.declared[name], "value")]

    def mapped(self, name: str) -> float:
        mapping = child(self.declared[name], "mapping")
        assert mapping is not None
        worth = {e.get("mapKey", "").casefold(): float(e.get("mappedValue", "")) for e in mapping}
        total = sum(worth.get(value.casefold(), 0.0) for value in set(self.given[name]))
        return max(
            float(mapping.get("lowerBound", "-inf")), min(float(mapping.get("upperBound", "inf")), total)
        )


SINGLE = [("C", ["C"]), ("A", ["A"]), ("B", ["B"])]
SEVERAL = [(list(chosen), list(chosen)) for chosen in ("AB", "A", "C", "ABC", "AC", "ABCD", "D")]


@pytest.mark.parametrize(
    ("kind", "changes", "answers"),
    [
        (Kind.SINGLE, {}, SINGLE),
        (Kind.SINGLE, {"weights": {"A": 0.5}, "feedback": {"A": "No."}, "if_right": "Yes."}, SINGLE),
        *((Kind.MULTIPLE, {"scoring": scoring}, SEVERAL) for scoring in ("net", "each", "all")),
        (Kind.MULTIPLE, {"scoring": "weights", "weights": {"A": 0.75, "B": 0.25, "C": -0.5}}, SEVERAL),
        (Kind.KEYFEATURE, {"limit": 4}, SEVERAL),
        (Kind.TRUEFALSE, {}, [({"answer": True}, ["true"]), ({"answer": False}, ["false"])]),
        (Kind.CONCORDANCE, {}, [(place - 2, [f"s{place}"]) for place in range(5)]),
        (Kind.ORDERING, {"scoring": "all"}, [(list("BDAC"), list("BDAC")), (list("ABCD"), list("ABCD"))]),
        (Kind.MATCHING, {}, [({"L1": "R2", "L2": "R3"}, ["L1 R2", "L2 R3"])]),
        (Kind.EMQ, {}, [({"1": "A", "2": "B"}, ["_1 A", "_2 B"]), ({"1": "A", "2": "A"}, ["_1 A", "_2 A"])]),
        (
            Kind.SHORT,
            {"key": [{"text": "a*b"}, {"text": "b\\*  c.", "fraction": 0.5}]},
            [
                *[(text, [text]) for text in ("A x B", "ab", "b* C.", "b* C!", "xab")],
            ],
        ),
        (
            Kind.SHORT,
            {"key": [{"text": "Crest"}, {"text": "bone", "fraction": 0.5}]},
            [
                *[(text, [text]) for text in ("crest", "BONE", "knee")],
            ],
        ),
        *(
            (
                Kind.NUMERIC,
                {
                    "tolerance": 0.25,
                    "tolerance_kind": kind,
                    "also": [
                        {"value": 80, "tolerance": 1, "fraction": 0.5},
                    ],
                },
                [(number, [number]) for number in ("40", "40.25", "30", "50", "32", "31.9", "51", "79.5")],
            )
            for kind in ("absolute", "relative", "geometric")
        ),
        (Kind.MOMENT, {}, [(ms, [str(ms / 1000)]) for ms in (35_000, 34_999, 40_000, 47_000, 47_001)]),
    ],
)
def test_our_rules_come_to_our_marks(kind, changes, answers):
    item = sample(kind, **changes)

    ours = [grade(item, response).fraction for response, _ in answers]

    assert [score(item, {"RESPONSE": given}) for _, given in answers] == pytest.approx(ours)


@pytest.mark.parametrize(
    ("how", "where", "much"), [("B", "iliac crest", "2.4"), ("A", "bone", "2.6"), ("B", "knee", "1.5")]
)
def test_the_gaps_of_a_cloze_are_weighed_as_we_do(how, where, much):
    item = sample(Kind.CLOZE)

    ours = grade(item, {"how": f"how.{how}", "where": where, "much": much}).fraction

    given = {"RESPONSE_how": [how], "RESPONSE_where": [where], "RESPONSE_much": [much]}
    assert score(item, given) == pytest.approx(ours)


def test_both_ends_of_an_interval_count_a_half():
    item = sample(Kind.INTERVAL, scoring="ends", tolerance_ms=500)

    given = {"RESPONSE_start": ["36.5"], "RESPONSE_end": ["47"]}

    assert score(item, given) == grade(item, [36_500, 47_000]).fraction == 0.5
