"""A zip of items: which files are items, and in which order a test asks them."""

import posixpath
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from quizzes.errors import QuizError, Reason, refusal, within
from quizzes.formats.archive import Archive
from quizzes.formats.prose import Lost
from quizzes.formats.qti.facts import ELEMENT, Facts, read_facts
from quizzes.formats.qti.names import unify
from quizzes.formats.qti.reading.opening import open_item
from quizzes.formats.xml_tree import attribute, descendants, parse, text_of

MANIFEST = "imsmanifest.xml"
ITEM = "assessmentItem"
# what a test says beyond the order of its questions
_RULES = frozenset(
    {
        *(
            "weight",
            "branchRule",
            "preCondition",
            "selection",
            "ordering",
            "timeLimits",
            "itemSessionControl",
        ),
        *("rubricBlock", "outcomeProcessing", "testFeedback", "variableMapping", "templateDefault"),
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a package: the file, its tree, and our facts from the manifest."""

    place: str
    root: Element
    facts: Facts = field(default_factory=Facts)


@dataclass(frozen=True, slots=True)
class Listing:
    """What a manifest says of a file."""

    facts: Facts = field(default_factory=Facts)
    is_test: bool = False


def find_items(archive: Archive, lost: Lost) -> Iterator[Entry]:
    """The items of a zip, as its tests order them, then as its manifest lists them; without one by name.

    One is read at a time; files that cannot be read are told to `lost`. Raises QuizError when there is none.
    """
    names = set(archive.names)
    manifest = next((n for n in sorted(names, key=_depth) if posixpath.basename(n) == MANIFEST), None)
    listed = _without_manifest(names) if manifest is None else _listed(archive, manifest, lost)
    places = []
    for place, listing in listed.items():
        if place not in names:
            lost(refusal(Reason.MISSING, place, field=place))
        elif not listing.is_test:
            places.append(place)
    tests = [place for place, listing in listed.items() if listing.is_test and place in names]
    empty = True
    for place in _in_order(archive, places, tests, lost):
        root = _root(archive, place, lost)
        if root is not None and root.tag == ITEM:
            empty = False
            yield Entry(place, root, listed[place].facts)
        elif root is not None and manifest is not None:
            lost(refusal(Reason.UNREADABLE, place, detail=f"it begins with {str(root.tag)[:80]}"))
    if empty:
        raise refusal(Reason.UNREADABLE, detail="the zip holds no QTI item")


def _depth(name: str) -> tuple[int, str]:
    return name.count("/"), name


def _without_manifest(names: set[str]) -> dict[str, Listing]:
    return {name: Listing() for name in sorted(names) if name.lower().endswith(".xml")}


def _listed(archive: Archive, manifest: str, lost: Lost) -> dict[str, Listing]:
    """The items and tests that the manifest lists, with our facts about them."""
    with within(manifest):
        root = unify(parse(archive.read(manifest)))
    folder = posixpath.dirname(manifest)
    found: dict[str, Listing] = {}
    for resource in descendants(root, "resource"):
        kind = resource.get("type", "")
        if not kind.startswith(("imsqti_item", "imsqti_test", "imsqti_assessment")):
            continue
        place = _joined(folder, resource.get("href", ""))
        facts = Facts()
        for element in descendants(resource, ELEMENT):
            try:
                facts = read_facts(text_of(element))
            except QuizError as error:
                lost(error.moved(place))
        found[place] = Listing(facts, kind.startswith(("imsqti_test", "imsqti_assessment")))
    return found


def _root(
    archive: Archive, place: str, lost: Lost, read: Callable[[bytes], Element] = open_item
) -> Element | None:
    try:
        return read(archive.read(place))
    except QuizError as error:
        if error.code is Reason.HOSTILE:
            raise error.moved(place) from error
        lost(error if error.place == place else error.moved(place))
        return None


def _in_order(archive: Archive, items: list[str], tests: list[str], lost: Lost) -> list[str]:
    """The items as the tests name them, then the others."""
    order: dict[str, None] = {}
    known = set(items)
    for place in tests:
        test = _root(archive, place, lost, lambda data: unify(parse(data)))
        for reference in () if test is None else descendants(test, "assessmentItemRef"):
            named = _joined(posixpath.dirname(place), attribute(reference, "href"))
            if named in known:
                order[named] = None
            else:
                lost(refusal(Reason.MISSING, place, field=named[:200]))
        if test is not None and _has_rules(test):
            lost(refusal(Reason.NOT_KEPT, place, what="the sections and rules of the test"))
    return [*order, *(place for place in items if place not in order)]


def _has_rules(test: Element) -> bool:
    sections = sum(1 for _ in descendants(test, "assessmentSection"))
    return sections > 1 or any(True for _ in descendants(test, *_RULES))


def _joined(folder: str, href: str) -> str:
    """The name in the archive of what a file refers to."""
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))
