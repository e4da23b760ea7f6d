"""Writing QTI: a package with one file per item, a test for their order, and our facts beside them."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.etree.ElementTree import Element

from quizzes.errors import Reason, refusal
from quizzes.formats.archive import MOST_ENTRIES
from quizzes.formats.prose import Lost
from quizzes.formats.qti.facts import ELEMENT, NAMESPACE, Facts, write_facts
from quizzes.formats.qti.names import Version, identifier, renamed
from quizzes.formats.qti.reading.package import MANIFEST
from quizzes.formats.qti.writing.build import make
from quizzes.formats.qti.writing.item import document, facts_beside, write_item
from quizzes.item import Item
from quizzes.text import refuse_duplicates
from quizzes.vocabulary import IntervalScoring, Kind, OrderScoring

MOST_ITEMS = MOST_ENTRIES - 2  # beside them stand the manifest and the test
_TEST = "test.xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that a zip knows: equal items give equal bytes
_MODE = 0o644 << 16
_UNIX = 3


def write(items: Sequence[Item], version: Version, lost: Lost) -> bytes:
    """A QTI package of the items. What other programs will not do as we do is told to `lost`.

    Raises QuizError for more items than a package may have, or for two of the same id.
    """
    if len(items) > MOST_ITEMS:
        raise refusal(Reason.TOO_MANY, most=MOST_ITEMS)
    refuse_duplicates((item.id for item in items), "id")
    files: dict[str, bytes] = {}
    resources = []
    for item in items:
        data = write_item(item, version)
        files[_file(item)] = data
        resources.append(_resource(item, facts_beside(item, data), version))
        _report(item, lost)
    test = renamed(_test(items), version)
    manifest = document(_manifest(resources, items, version))
    return _zipped({MANIFEST: manifest, _TEST: document(test), **files})


def _file(item: Item) -> str:
    return f"items/{item.id}.xml"


def _zipped(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr, entry.create_system = _MODE, _UNIX
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def _test(items: Sequence[Item]) -> Element:
    """A test that asks the items in their order."""
    references = (
        make("assessmentItemRef", {"identifier": identifier(item.id), "href": _file(item)}) for item in items
    )
    section = make(
        "assessmentSection", {"identifier": "section", "title": "Questions", "visible": "true"}, *references
    )
    attributes = {"identifier": "part", "navigationMode": "nonlinear", "submissionMode": "individual"}
    part = make("testPart", attributes, section)
    return make("assessmentTest", {"identifier": "test", "title": "Questions"}, part)


def _manifest(resources: Sequence[Element], items: Sequence[Item], version: Version) -> Element:
    test = make(
        "resource",
        {"identifier": "test-resource", "type": f"imsqti_test_{version.resource}", "href": _TEST},
        make("file", {"href": _TEST}),
        *(make("dependency", {"identifierref": _name(item)}) for item in items),
    )
    metadata = make(
        "metadata",
        {},
        make("schema", {}, version.schema),
        make("schemaversion", {}, version.schema_version),
    )
    return make(
        "manifest",
        {"xmlns": version.package, "xmlns:edu": NAMESPACE, "identifier": "questions"},
        metadata,
        make("organizations"),
        make("resources", {}, test, *resources),
    )


def _name(item: Item) -> str:
    """The identifier of an item's resource: no other one in the manifest has it."""
    return f"item-{item.id}"


def _resource(item: Item, facts: Facts, version: Version) -> Element:
    kept = make("metadata", {}, make(f"edu:{ELEMENT}", {}, write_facts(facts)))
    attributes = {
        "identifier": _name(item),
        "type": f"imsqti_item_{version.resource}",
        "href": _file(item),
    }
    return make("resource", attributes, kept, make("file", {"href": _file(item)}))


def _report(item: Item, lost: Lost) -> None:
    """Tell where a package does not hold what belongs to a question, or others mark it in another way."""
    found = []
    if item.picture is not None:
        found.append(f"the file of the picture {item.picture.name[:80]}")
    if item.video is not None:
        found.append(f"the video {item.video} (elsewhere a time in seconds is typed)")
    if item.kind is Kind.ORDERING and item.scoring.order is not OrderScoring.ALL:
        found.append(f"marking by {item.scoring.order} (elsewhere all or nothing)")
    if item.kind is Kind.INTERVAL and item.scoring.interval is IntervalScoring.OVERLAP:
        found.append("marking by overlap (elsewhere by both ends)")
    if item.hints:
        found.append("hints (elsewhere)")
    for what in found:
        lost(refusal(Reason.NOT_KEPT, item.id, what=what))
