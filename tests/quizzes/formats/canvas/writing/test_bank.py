"""Zips for Canvas: they read back equal, and look as text2qti's do."""

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given

from quizzes.errors import QuizError
from quizzes.formats.archive import Archive
from quizzes.formats.canvas import read, write
from quizzes.formats.xml_tree import attribute, child, descendants, name_of, parse, text_of
from quizzes.item import Item
from quizzes.vocabulary import Kind
from tests.quizzes.samples import items, sample, steady

HELD = (
    *(Kind.SINGLE, Kind.MULTIPLE, Kind.TRUEFALSE, Kind.SHORT),
    *(Kind.NUMERIC, Kind.MATCHING, Kind.EMQ),
)
LISTS = {
    "stem": "Press [[a]], then [[b]], not [b].",
    "gaps": [
        {"id": "a", "kind": "choice", "options": {"A": "x", "B": "y"}},
        {"id": "b", "kind": "choice", "options": {"A": "x", "B": "y"}, "label": "second"},
    ],
    "key": [
        {"gap": "a", "options": {"A": 1}},
        {"gap": "b", "weight": 3, "options": {"B": 1, "A": 0.5}},
    ],
    "feedback": {"a.B": "No.", "a": "Think."},
}
BLANKS = {
    "stem": "It is [[a]].",
    "gaps": [{"id": "a", "kind": "short"}],
    "key": [{"gap": "a", "answers": [{"text": "red"}, {"text": "*blue", "fraction": 0.5}]}],
}


def kept(item: Item) -> tuple[tuple[Item, ...], list[str]]:
    """What comes back of an item, and what was said to be lost on the way out."""
    lost: list[QuizError] = []
    back = read(write([item], lost.append), lost.append)
    return back, [f"{error.place}: {error.reason}" for error in lost]


@steady
@given(items(*HELD))
def test_any_item_that_canvas_has_a_type_for_reads_back_equal(item: Item) -> None:
    back, lost = kept(item)

    assert back == (item,)
    assert all("other than for this platform" in reason for reason in lost)


@pytest.mark.parametrize(
    ("item", "lost"),
    [
        (sample(Kind.SINGLE, evidence="V1-c05", tags=["a"], critical=True), []),
        (sample(Kind.SINGLE, weights={"A": 0.5}), ["weights"]),
        (sample(Kind.MULTIPLE, scoring="each", hints=["Look."]), ["scoring", "hints"]),
        (sample(Kind.NUMERIC, tolerance=0.1, tolerance_kind="relative", unit=""), []),
        (sample(Kind.NUMERIC, tolerance=0.1, tolerance_kind="geometric"), ["unit"]),
        (sample(Kind.CLOZE, **LISTS), ["key"]),
        (sample(Kind.CLOZE, **BLANKS), ["key"]),
    ],
)
def test_what_only_this_platform_reads_back_is_told(item: Item, lost: list[str]) -> None:
    back, told = kept(item)

    assert back == (item,)
    assert [reason.partition(": This cannot be kept: ")[2].partition(",")[0] for reason in told] == lost


@pytest.mark.parametrize("kind", sorted(set(Kind) - {*HELD}))
def test_a_kind_that_canvas_does_not_have_is_told_and_left_out(kind: Kind) -> None:
    back, lost = kept(sample(kind))

    assert (back, lost) == ((), [f"Q001: Questions of the kind {kind} cannot be taken over."])


def test_the_same_items_make_the_same_bytes() -> None:
    first, second = (write([sample(Kind.EMQ), sample(Kind.SHORT)], lambda _: None) for _ in range(2))

    assert first == second


def test_fields_of_canvas_itself_are_not_repeated_in_the_metadata() -> None:
    item = sample(Kind.SINGLE, feedback={"A": "No."}, if_right="Yes.", if_wrong="No.", evidence="V1-c05")

    own = {
        label: entry for label, entry in fields(questions(write([item], print))[0]).items() if ":" in label
    }

    assert {label: json.loads(entry) for label, entry in own.items()} == {"edu:evidence": "V1-c05"}


def test_a_zip_is_built_as_text2qti_builds_it(corpus: Path) -> None:
    data = (corpus / "quizzes" / "qti12canvas" / "own-text2qti.zip").read_bytes()
    theirs = Archive(data)

    ours = Archive(write(read(data, lambda _: None), lambda _: None))

    assert shape(ours, "imsmanifest.xml") == shape(theirs, "imsmanifest.xml") - NOT_OURS
    assert shape(ours, "assessment_meta.xml") == shape(theirs, "assessment_meta.xml")
    assert identifiers(ours) == identifiers(theirs)


def test_questions_are_asked_as_text2qti_asks_them(corpus: Path) -> None:
    data = (corpus / "quizzes" / "qti12canvas" / "own-text2qti.zip").read_bytes()
    theirs = [found for found in questions(data) if fields(found)["question_type"] != "essay_question"]

    ours = questions(write(read(data, lambda _: None), lambda _: None))

    assert [list(outline(question)) for question in ours] == [list(outline(question)) for question in theirs]
    assert [list(fields(question)) for question in ours] == [list(fields(question)) for question in theirs]
    assert [values(question) for question in ours] == [values(question) for question in theirs]


# When it was made and whose it is are known to nobody here.
NOT_OURS = {
    f"manifest/metadata/lom/{path}"
    for path in (
        *("lifeCycle", "lifeCycle/contribute", "lifeCycle/contribute/date"),
        *("lifeCycle/contribute/date/dateTime", "rights", "rights/copyrightAndOtherRestrictions"),
        *("rights/copyrightAndOtherRestrictions/value", "rights/description", "rights/description/string"),
    )
}


def member(archive: Archive, end: str) -> Element:
    return parse(archive.read(next(name for name in archive.names if name.endswith(end))))


def shape(archive: Archive, end: str) -> set[str]:
    """Every path of elements in a file."""

    def paths(element: Element, above: str) -> Iterator[str]:
        path = f"{above}/{name_of(element)}" if above else name_of(element)
        yield path
        for inner in element:
            yield from paths(inner, path)

    return set(paths(member(archive, end), ""))


def identifiers(archive: Archive) -> list[tuple[str, str, bool]]:
    """What refers to what, by the parts of the names that every package has."""
    names = sorted(name for name in archive.names if "/" in name)
    folder = names[0].partition("/")[0]
    manifest = member(archive, "imsmanifest.xml")
    resources = [
        (attribute(found, "type"), attribute(found, "href").replace(folder, "X"))
        for found in descendants(manifest, "resource")
    ]
    files = [attribute(found, "href") in archive.names for found in descendants(manifest, "file")]
    settings = attribute(member(archive, "assessment_meta.xml"), "identifier") == folder
    return [(*resource, settings and exists) for resource, exists in zip(resources, files, strict=True)]


def questions(data: bytes) -> list[Element]:
    archive = Archive(data)
    longest = max(archive.names, key=len)  # the file of questions has the name of its folder
    return list(descendants(parse(archive.read(longest)), "item"))


def fields(question: Element) -> dict[str, str]:
    return {
        text_of(child(field, "fieldlabel")): text_of(child(field, "fieldentry"))
        for field in descendants(question, "qtimetadatafield")
    }


def outline(element: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every element with the names of its attributes, in the order of the document."""
    for found in element.iter():
        yield name_of(found), tuple(sorted(found.attrib))


def values(question: Element) -> list[str]:
    """Words and scores; identifiers are each maker's own."""
    return [text_of(found) for found in descendants(question, "mattext", "setvar")]
