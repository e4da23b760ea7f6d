"""Pairs, places and areas of QTI."""

import pytest

from quizzes.errors import Reason
from quizzes.grade import grade
from quizzes.vocabulary import Kind
from tests.quizzes.formats.qti.files import item_xml, mapping, read, read_one, response, template, whats

PICTURE = "<object data='images/back%20view.png' type='image/png' width='200' height='100'>The back</object>"

SELECT = "<selectPointInteraction responseIdentifier='RESPONSE'>"


def match(left: dict[str, int], right: dict[str, int]) -> str:
    def columns(choices: dict[str, int]) -> str:
        made = (
            f'<simpleAssociableChoice identifier="{name}" matchMax="{most}">{name.lower()}'
            "</simpleAssociableChoice>"
            for name, most in choices.items()
        )
        return f"<simpleMatchSet>{''.join(made)}</simpleMatchSet>"

    return (
        f"<matchInteraction responseIdentifier='RESPONSE'>{columns(left)}{columns(right)}</matchInteraction>"
    )


def pairs(*right: str, worth: str = "") -> str:
    return response(*right, many="multiple", base="directedPair", worth=worth)


def points(areas: str, *right: str) -> str:
    return response(*right, many="multiple", base="point", worth=f"<areaMapping>{areas}</areaMapping>")


def test_a_right_side_for_each_left_one_is_a_matching():
    body = "<p>Match.</p>" + match({"L1": 1, "L2": 1}, {"R1": 2, "R2": 2, "R3": 2})

    item = read_one(item_xml(body, pairs("L1 R2", "L2 R2"), template("match_correct")))

    assert (item.kind, item.prompt_ids, item.option_ids) == (Kind.MATCHING, ("L1", "L2"), ("R1", "R2", "R3"))
    assert grade(item, {"L1": "R2", "L2": "R1"}).fraction == 0.5


def test_a_matching_with_several_answers_on_the_left_is_turned_round():
    body = "<p>Match.</p>" + match({"L1": 2, "L2": 2}, {"R1": 1, "R2": 1})

    item = read_one(item_xml(body, pairs("L1 R1", "L1 R2")))

    assert (item.prompt_ids, item.option_ids) == (("R1", "R2"), ("L1", "L2"))


def test_several_answers_on_both_sides_cannot_be_taken_over():
    body = match({"L1": 2, "L2": 2}, {"R1": 2, "R2": 2})

    items, lost = read(item_xml(body, pairs("L1 R1", "L1 R2", "L2 R1")))

    assert (items, lost[0].code, lost[0].place) == ((), Reason.UNSUPPORTED_KIND, "q1.RESPONSE")


def test_different_weights_and_a_side_without_an_answer_are_told():
    worth = mapping({"L1 R1": 2, "L2 R2": 1, "L1 R2": -1})
    body = "<p>Match.</p>" + match({"L1": 1, "L2": 1, "L3": 1}, {"R1": 1, "R2": 1})

    items, lost = read(item_xml(body, pairs("L1 R1", "L2 R2", worth=worth), template("map_response")))

    assert items[0].prompt_ids == ("L1", "L2")
    assert {"different weights of pairs", "marks for wrong pairs", "L3, which has no answer"} <= {
        *whats(lost)
    }


def test_pairs_within_one_list_become_two_columns():
    choices = "".join(
        f"<simpleAssociableChoice identifier='{name}' matchMax='1'>{name}</simpleAssociableChoice>"
        for name in "ABCDE"
    )
    body = f"<p>Pair.</p><associateInteraction responseIdentifier='RESPONSE'>{choices}</associateInteraction>"

    items, lost = read(item_xml(body, response("A D", "C B", many="multiple", base="pair")))

    assert (items[0].prompt_ids, items[0].option_ids) == (("A", "C"), ("B", "D", "E"))
    assert "that both halves of the pairs stand in one list" in whats(lost)


@pytest.mark.parametrize(
    ("area", "hit", "miss"),
    [
        ("shape='circle' coords='50,50,10'", [0.25, 0.5], [0.31, 0.5]),
        ("shape='rect' coords='0,0,20,10'", [0.1, 0.1], [0.11, 0.1]),
        ("shape='ellipse' coords='50,50,20,10'", [0.34, 0.5], [0.25, 0.61]),
        ("shape='poly' coords='0,0,40,0,0,40,0,0'", [0.05, 0.1], [0.2, 0.4]),
    ],
)
def test_an_area_of_a_picture_is_a_zone(area, hit, miss):
    body = f"<p>Where?</p>{SELECT}{PICTURE}</selectPointInteraction>"

    item = read_one(item_xml(body, points(f"<areaMapEntry {area} mappedValue='1'/>")))

    assert (item.kind, item.limit) == (Kind.HOTSPOT, 1)
    assert item.picture is not None
    assert (item.picture.name, item.picture.alt) == ("images/back view.png", "The back")
    assert (grade(item, [hit]).fraction, grade(item, [miss]).fraction) == (1, 0)


@pytest.mark.parametrize(
    ("picture", "area", "code"),
    [
        ("<object data='a.png' type='image/png'/>", "shape='circle' coords='1,1,1'", Reason.MISSING),
        (PICTURE, "shape='default' coords=''", Reason.MISSING),
        (PICTURE, "shape='star' coords='1,1,1'", Reason.UNSUPPORTED_KIND),
        (PICTURE, "shape='circle' coords='1,1'", Reason.TOO_FEW),
        (PICTURE, "shape='circle' coords='10%,1,1'", Reason.WRONG_TYPE),
        (PICTURE, "shape='circle' coords='500,1,1'", Reason.OUTSIDE_PICTURE),
    ],
)
def test_an_area_that_cannot_be_used_is_told_with_its_reason(picture, area, code):
    body = f"<p>?</p>{SELECT}{picture}</selectPointInteraction>"

    items, lost = read(item_xml(body, points(f"<areaMapEntry {area} mappedValue='1'/>")))

    assert items == ()
    assert code in {error.code for error in lost}


def test_objects_to_place_are_points_to_find():
    body = (
        f"<p>Where?</p><positionObjectStage>{PICTURE}<positionObjectInteraction responseIdentifier='RESPONSE'"
        " maxChoices='3'><object data='pin.png' type='image/png' width='9' height='9'/>"
        "</positionObjectInteraction></positionObjectStage>"
    )
    areas = "".join(
        f"<areaMapEntry shape='circle' coords='{x},50,9' mappedValue='1'/>" for x in (20, 90, 150)
    )

    item = read_one(item_xml(body, points(areas)))

    assert (item.kind, item.limit) == (Kind.HOTSPOT, 3)
    assert grade(item, [[0.1, 0.5], [0.45, 0.5]]).fraction == pytest.approx(2 / 3)


def test_named_areas_to_choose_become_zones_and_landmarks():
    spots = "".join(
        f"<hotspotChoice identifier='{name}' shape='circle' coords='{x},50,9' hotspotLabel='{name}!'/>"
        for name, x in (("A", 20), ("B", 90))
    )
    asked = "<hotspotInteraction responseIdentifier='RESPONSE' maxChoices='1'>"
    body = f"<p>?</p>{asked}{PICTURE}{spots}</hotspotInteraction>"

    item = read_one(item_xml(body, response("B")))

    assert [(pin.id, pin.text, pin.x) for pin in item.pins] == [("A", "A!", 20), ("B", "B!", 90)]
    assert grade(item, [[0.45, 0.5]]).fraction == 1


def test_labels_of_a_picture_are_its_words_and_pictures_as_labels_their_descriptions():
    labels = (
        "<gapText identifier='T' matchMax='1'>crest</gapText><gapImg identifier='I' matchMax='1'>"
        "<object data='i.png' type='image/png' width='9' height='9'>spine</object></gapImg>"
    )
    spots = (
        "<associableHotspot identifier='P1' matchMax='1' shape='rect' coords='0,0,40,20'/>"
        "<associableHotspot identifier='P2' matchMax='1' shape='circle' coords='90,50,9'/>"
    )
    body = (
        "<p>Label.</p><graphicGapMatchInteraction responseIdentifier='RESPONSE'>"
        f"{PICTURE}{labels}{spots}</graphicGapMatchInteraction>"
    )

    items, lost = read(item_xml(body, pairs("T P1", "I P2")))

    (item,) = items
    assert (item.kind, [option.text for option in item.options]) == (Kind.DRAGLABELS, ["crest", "spine"])
    assert [(pin.x, pin.y) for pin in item.pins] == [(20, 10), (90, 50)]
    assert grade(item, {"P1": "T", "P2": "I"}).fraction == 1
    assert "a picture that serves as a label" in whats(lost)


@pytest.mark.parametrize(
    "name", ["graphicOrderInteraction", "graphicAssociateInteraction", "uploadInteraction"]
)
def test_what_we_have_no_kind_for_is_lost_by_its_name(name):
    items, lost = read(item_xml(f"<p>?</p><{name} responseIdentifier='RESPONSE'>{PICTURE}</{name}>"))

    assert items == ()
    assert lost[0].parameters == {"kind": name}
