"""What is typed in QTI: numbers, words, and gaps in a text."""

import pytest

from quizzes.errors import Reason
from quizzes.grade import grade
from quizzes.vocabulary import Kind, ToleranceKind
from tests.quizzes.formats.qti.files import item_xml, mapping, read, read_one, response, template, whats

ENTRY = "<textEntryInteraction responseIdentifier='RESPONSE'/>"


def equal(attributes: str, rule: str = "equal") -> str:
    return (
        f"<responseProcessing><responseCondition><responseIf><{rule} {attributes}>"
        f"<variable identifier='RESPONSE'/><correct identifier='RESPONSE'/></{rule}>"
        "<setOutcomeValue identifier='SCORE'><baseValue baseType='float'>1</baseValue></setOutcomeValue>"
        "</responseIf></responseCondition></responseProcessing>"
    )


@pytest.mark.parametrize(
    ("rules", "right", "wrong"),
    [
        (template("match_correct"), ["40"], ["40.1"]),
        (equal("toleranceMode='exact' tolerance='9'"), ["40"], ["41"]),
        (equal("toleranceMode='absolute' tolerance='2'"), ["38", "42"], ["42.5"]),
        (equal("toleranceMode='absolute' tolerance='1 3'"), ["39", "43"], ["38.5", "43.5"]),
        (equal("toleranceMode='relative' tolerance='5'"), ["38", "42"], ["42.5"]),
        (equal("roundingMode='decimalPlaces' figures='1'", "equalRounded"), ["40.05"], ["40.1"]),
        (equal("roundingMode='significantFigures' figures='2'", "equalRounded"), ["41"], ["43"]),
    ],
)
def test_a_number_is_marked_within_its_tolerance(rules, right, wrong):
    item = read_one(item_xml(f"<p>How much? {ENTRY}</p>", response("40", base="float"), rules))

    assert (item.kind, item.stem) == (Kind.NUMERIC, "How much?")
    assert [grade(item, given).fraction for given in right] == [1] * len(right)
    assert [grade(item, given).fraction for given in wrong] == [0] * len(wrong)


@pytest.mark.parametrize(
    ("text", "stem", "unit"),
    [
        (f"How much? {ENTRY} mL", "How much?", "mL"),
        (f"It is {ENTRY} million people.", "It is ____ million people.", ""),
        (f"How much? {ENTRY}", "How much?", ""),
    ],
)
def test_a_known_unit_behind_a_number_is_its_unit_and_other_words_stay(text, stem, unit):
    item = read_one(item_xml(f"<p>{text}</p>", response("40", base="float")))

    assert (item.stem, item.unit) == (stem, unit)


def test_numbers_of_a_mapping_earn_their_share():
    declared = response("16", base="integer", worth=mapping({"16": 2, "15": 1}))

    item = read_one(item_xml(f"<p>?</p><p>{ENTRY}</p>", declared, template("map_response")))

    assert [grade(item, given).fraction for given in ("16", "15", "14")] == [1, 0.5, 0]


def test_a_slider_is_a_number_and_its_range_is_told():
    body = "<p>?</p><sliderInteraction responseIdentifier='RESPONSE' lowerBound='0' upperBound='9' step='3'/>"

    items, lost = read(item_xml(body, response("6", base="integer")))

    assert (items[0].kind, items[0].scoring.tolerance_kind) == (Kind.NUMERIC, ToleranceKind.ABSOLUTE)
    assert "the slider from 0 to 9 by 3" in whats(lost)


def test_words_are_accepted_as_the_mapping_says_and_a_star_is_a_star():
    declared = response("crest", base="string", worth=mapping({"crest": 2, "b*ne": 1}))

    item = read_one(item_xml(f"<p>Where? {ENTRY}</p>", declared, template("map_response")))

    assert item.kind is Kind.SHORT
    assert [grade(item, given).fraction for given in ("Crest", "b*ne", "bone")] == [1, 0.5, 0]


@pytest.mark.parametrize(("key", "kind"), [(("crest",), Kind.SHORT), ((), None)])
def test_an_essay_is_a_short_answer_only_with_a_key(key, kind):
    body = "<p>Where?</p><extendedTextInteraction responseIdentifier='RESPONSE'/>"

    items, lost = read(item_xml(body, response(*key, base="string")))

    assert [item.kind for item in items] == ([kind] if kind else [])
    assert kind or lost[0].code is Reason.UNSUPPORTED_KIND


def test_gaps_of_every_sort_make_one_cloze():
    body = (
        "<p>Press <inlineChoiceInteraction responseIdentifier='RESPONSE_how'>"
        "<inlineChoice identifier='A'>hard</inlineChoice><inlineChoice identifier='B'>lightly</inlineChoice>"
        "</inlineChoiceInteraction> over the "
        "<textEntryInteraction responseIdentifier='RESPONSE_where'/>,<br/> up to "
        "<textEntryInteraction responseIdentifier='RESPONSE_much'/> cm.</p>"
    )
    declared = (
        response("B", name="RESPONSE_how", worth=mapping({"B": 2, "A": 1}))
        + response("crest", name="RESPONSE_where", base="string")
        + response("2", name="RESPONSE_much", base="float")
    )

    item = read_one(item_xml(body, declared))

    assert item.stem == "Press [[how]] over the [[where]],\nup to [[much]] cm."
    assert grade(item, {"how": "how.B", "where": "crest", "much": "2"}).fraction == 1
    assert grade(item, {"how": "how.A"}).fraction == 0.25


def test_words_for_gaps_can_go_into_every_gap_and_a_gap_without_an_answer_is_a_line():
    body = (
        "<gapMatchInteraction responseIdentifier='RESPONSE'><prompt>Fill in.</prompt><gapText identifier='W'"
        " matchMax='1'>winter</gapText><gapText identifier='S' matchMax='1'>summer</gapText>"
        "<p>The <gap identifier='G1'/> of <gap identifier='G2'/> and <gap identifier='G3'/>.</p>"
        "</gapMatchInteraction>"
    )
    declared = response(
        *("W G1", "S G2"), many="multiple", base="directedPair", worth=mapping({"W G1": 1, "S G2": 3})
    )

    items, lost = read(item_xml(body, declared, template("map_response")))

    assert items[0].stem == "Fill in.\n\nThe [[G1]] of [[G2]] and ____."
    assert items[0].option_ids == ("G1.W", "G1.S", "G2.W", "G2.S")
    assert grade(items[0], {"G2": "G2.S"}).fraction == 0.75
    assert {"that each word is used once", "the gap G3, which has no answer"} <= {*whats(lost)}
