"""Packages of QTI: the order of their items, what is missing, and what we write."""

import pytest

from quizzes.errors import QuizError, Reason
from quizzes.formats.qti import qti21, qti30
from quizzes.formats.qti.names import QTI21, QTI30
from quizzes.formats.qti.writing.writer import MOST_ITEMS
from quizzes.formats.xml_tree import parse
from quizzes.vocabulary import Kind
from tests.quizzes.formats.qti.files import choice, item_xml, read, response, unzipped, whats, zipped
from tests.quizzes.samples import sample

ITEM = item_xml("<p>Which?</p>" + choice({"A": "a", "B": "b"}), response("B"))
# the children of an item in the order of the schema (QTI 2.1 information model; the same in 3.0)
ORDER = ["responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback"]
ALL = tuple(
    sample(
        kind, id=f"Q-{kind}", if_right="Yes.", if_wrong="No.", evidence="V1-c05", tags=["a"], critical=True
    )
    for kind in Kind
)


def named(name: str) -> bytes:
    return ITEM.replace(b'"q1"', f'"{name}"'.encode())


def manifest(*places: str, test: str = "") -> bytes:
    resources = [("imsqti_item_xmlv2p1", place) for place in places]
    if test:
        resources.append(("imsqti_test_xmlv2p1", test))
    listed = "".join(f'<resource identifier="r" type="{kind}" href="{place}"/>' for kind, place in resources)
    return f"<manifest><resources>{listed}</resources></manifest>".encode()


def test_a_test_gives_the_order_and_other_items_follow():
    references = '<assessmentItemRef href="../a%20b.xml"/><assessmentItemRef href="../gone.xml"/>'
    section = f"<assessmentTest><testPart><assessmentSection>{references}</assessmentSection></testPart>"
    files = {
        "x/imsmanifest.xml": manifest("c.xml", "a%20b.xml", "lost.xml", test="tests/t.xml"),
        "x/tests/t.xml": f"{section}</assessmentTest>".encode(),
        "x/c.xml": named("c"),
        "x/a b.xml": named("ab"),
        "x/not-listed.xml": named("d"),
    }

    items, lost = read(zipped(files))

    assert [item.id for item in items] == ["ab", "c"]
    assert [(error.place, error.code) for error in lost] == [
        ("x/lost.xml", Reason.MISSING),
        ("x/tests/t.xml", Reason.MISSING),
    ]


def test_rules_of_a_test_are_told():
    section = "<assessmentSection><ordering shuffle='true'/></assessmentSection>"
    test = f"<assessmentTest><testPart>{section}</testPart>"
    files = {"imsmanifest.xml": manifest("a.xml", test="t.xml"), "a.xml": ITEM}

    _, lost = read(zipped({**files, "t.xml": f"{test}</assessmentTest>".encode()}))

    assert whats(lost) == ["the sections and rules of the test"]


def test_without_a_manifest_the_items_come_by_name_and_twice_the_same_id_is_counted():
    items, lost = read(
        zipped({"b.xml": named("same"), "a.xml": named("same"), "c.xml": b"<a/>", "d.png": b""})
    )

    assert [item.id for item in items] == ["same", "same-2"]
    assert lost == []


def test_a_broken_file_of_a_package_is_told_with_its_line_and_the_rest_is_read():
    items, lost = read(zipped({"a.xml": b"<a", "b.xml": ITEM}))

    assert len(items) == 1
    assert (lost[0].place, lost[0].code) == ("a.xml.line 1", Reason.UNREADABLE)


def test_a_hostile_file_of_a_package_refuses_the_whole():
    with pytest.raises(QuizError) as refusal:
        read(zipped({"a.xml": ITEM, "b.xml": b"<!DOCTYPE a []><a/>"}))

    assert (refusal.value.place, refusal.value.code) == ("b.xml", Reason.HOSTILE)


def test_a_zip_without_items_is_refused():
    with pytest.raises(QuizError) as refusal:
        read(zipped({"a.xml": b"<a/>"}))

    assert refusal.value.code is Reason.UNREADABLE


@pytest.mark.parametrize(
    ("module", "version", "prefix"), [(qti21, QTI21, ""), (qti30, QTI30, "qti-")], ids=["2.1", "3.0"]
)
def test_what_is_written_has_the_names_and_the_order_of_the_schema(module, version, prefix):
    files = unzipped(module.write(ALL, lambda error: None))

    assert len(files) == len(ALL) + 2
    for item in ALL:
        root = parse(files[f"items/{item.id}.xml"])
        names = [child.tag.removeprefix(f"{{{version.item}}}") for child in root]
        places = [ORDER.index(plain(name)) for name in names]
        assert places == sorted(places)
        assert root.tag == f"{{{version.item}}}{prefix}" + ("assessment-item" if prefix else "assessmentItem")
        assert {e.tag.startswith(f"{{{version.item}}}qti-") for e in root} == {bool(prefix)}
        for declared in root.iter():
            if plain(declared.tag.rpartition("}")[2]) == "responseDeclaration":
                order = ["correctResponse", "mapping", "areaMapping"]
                inner = [order.index(plain(child.tag.rpartition("}")[2])) for child in declared]
                assert inner == sorted(inner)


def plain(name: str) -> str:
    first, *others = name.removeprefix("qti-").split("-")
    return first + "".join(part.capitalize() for part in others)


@pytest.mark.parametrize(("module", "version"), [(qti21, QTI21), (qti30, QTI30)], ids=["2.1", "3.0"])
def test_the_manifest_lists_every_file_and_the_test_every_item_in_order(module, version):
    files = unzipped(module.write(ALL, lambda error: None))
    root = parse(files["imsmanifest.xml"])
    space = f"{{{version.package}}}"

    assert [child.tag for child in root] == [
        f"{space}{n}" for n in ("metadata", "organizations", "resources")
    ]
    resources = root.findall(f"{space}resources/{space}resource")
    assert {resource.get("href") for resource in resources} == files.keys() - {"imsmanifest.xml"}
    assert len({resource.get("identifier") for resource in resources}) == len(resources)
    dependencies = {dependency.get("identifierref") for dependency in root.iter(f"{space}dependency")}
    assert dependencies == {resource.get("identifier") for resource in resources} - {"test-resource"}
    references = [e.get("href") for e in parse(files["test.xml"]).iter() if e.get("href")]
    assert references == [f"items/{item.id}.xml" for item in ALL]


def test_equal_items_give_equal_bytes():
    assert qti21.write(ALL, lambda error: None) == qti21.write(ALL, lambda error: None)


def test_without_our_facts_the_questions_are_still_what_qti_can_say():
    files = unzipped(qti30.write(ALL, lambda error: None))
    del files["imsmanifest.xml"]

    items, _ = read(zipped(files))

    kinds = {item.id.removeprefix("Q-"): item.kind.value for item in items}
    elsewhere = {
        "moment": "numeric",
        "interval": "cloze",
        "emq": "matching",
        "keyfeature": "multiple",
        "concordance": "single",
    }
    assert kinds == {kind.value: elsewhere.get(kind.value, kind.value) for kind in Kind}


def test_what_was_changed_elsewhere_wins_over_our_facts_and_is_told():
    item = sample(Kind.NUMERIC, evidence="V1-c05", also=[{"value": 50, "tolerance": 1, "fraction": 0.5}])
    files = unzipped(qti21.write([item], lambda error: None))
    place = "items/Q001.xml"
    files[place] = files[place].replace(b"<p>Which?</p>", b"<p>How <b>much</b>?</p>")

    (changed,), lost = read(zipped(files))

    assert (changed.stem, changed.evidence, changed.key) == ("How much?", "V1-c05", item.key)
    assert whats(lost) == ["formatting"]


def test_facts_that_no_longer_fit_are_left_and_told():
    files = unzipped(qti21.write([sample(Kind.KEYFEATURE)], lambda error: None))
    place = "items/Q001.xml"
    files[place] = files[place].replace(b'"D"', b'"E"').replace(b">D<", b">E<")

    (item,), lost = read(zipped(files))

    assert (item.kind, item.option_ids) == (Kind.MULTIPLE, ("A", "B", "C", "E"))
    assert any("our own notes" in what for what in whats(lost))


@pytest.mark.parametrize("facts", ["nonsense", '{"kind":1}', "[" * 5000, '{"kind":"x","fields":{"a":NaN}}'])
def test_facts_that_cannot_be_read_are_told_and_the_question_is_still_read(facts):
    listed = f"<metadata><edu:facts xmlns:edu='urn:edu:question'>{facts}</edu:facts></metadata>"
    resource = f'<resource type="imsqti_item_xmlv2p1" href="a.xml">{listed}</resource>'
    whole = f"<manifest><resources>{resource}</resources></manifest>".encode()

    items, lost = read(zipped({"imsmanifest.xml": whole, "a.xml": ITEM}))

    assert len(items) == 1
    assert whats(lost) == ["our own notes, which cannot be read"]


def test_what_a_package_does_not_hold_is_told_when_it_is_written():
    lost: list[QuizError] = []

    qti21.write([sample(Kind.HOTSPOT, hints=["a"]), sample(Kind.MOMENT, id="Q2")], lost.append)

    assert [(error.place, error.parameters["what"]) for error in lost] == [
        ("Q001", "the file of the picture board"),
        ("Q001", "hints (elsewhere)"),
        ("Q2", "the video V1 (elsewhere a time in seconds is typed)"),
    ]


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([sample(Kind.SINGLE)] * 2, Reason.DUPLICATE),
        ([sample(Kind.SINGLE)] * (MOST_ITEMS + 1), Reason.TOO_MANY),
    ],
    ids=["twice", "too-many"],
)
def test_a_package_that_could_not_be_read_again_is_not_written(items, code):
    with pytest.raises(QuizError) as refusal:
        qti21.write(items, lambda error: None)

    assert refusal.value.code is code
