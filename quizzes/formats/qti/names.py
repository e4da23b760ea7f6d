"""The names of QTI: one table for 2.x (camelCase) and 3.0 (qti-kebab-case), identifiers, namespaces."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from quizzes.errors import Reason, refusal
from quizzes.formats.xml_tree import name_of
from quizzes.item import MOST_OPTIONS

_CAPITAL = re.compile(r"(?<=[a-z0-9])([A-Z])")
_DASH = re.compile(r"-([a-z0-9])")
_UNFIT = re.compile(r"[^A-Za-z0-9._-]")
_UNFIT_IN_GAP = re.compile(r"[^A-Za-z0-9_-]")
LONGEST_ID = 64
LONGEST_GAP = 20
# what a body holds that QTI took over from HTML: these names have no prefix in 3.0
HTML = frozenset(["a", "br", "div", "img", "li", "object", "ol", "p", "pre", "span", "sub", "sup", "ul"])


@dataclass(frozen=True, slots=True)
class Version:
    """A version that is written: its namespaces and the words of its packages."""

    item: str  # namespace of items and tests
    package: str  # namespace of the manifest
    schema: str
    schema_version: str
    resource: str  # the end of resource types
    templates: str  # address of the response processing templates
    template_ending: str = ""
    kebab: bool = False


QTI21 = Version(
    "http://www.imsglobal.org/xsd/imsqti_v2p1",
    "http://www.imsglobal.org/xsd/imscp_v1p1",
    "QTIv2.1 Package",
    "1.0.0",
    "xmlv2p1",
    "http://www.imsglobal.org/question/qti_v2p1/rptemplates/",
)
QTI30 = Version(
    "http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    "QTI Package",
    "3.0.0",
    "xmlv3p0",
    "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/",
    ".xml",
    kebab=True,
)


def unify(root: Element) -> Element:
    """The tree itself, with the names of 2.x and without namespaces, whatever version it is of."""
    for element in root.iter():
        name = name_of(element)
        own = name.startswith("qti-")
        element.tag = camel(name.removeprefix("qti-")) if own else name
        if element.attrib:
            element.attrib = {_attribute(key): value for key, value in element.attrib.items()}
    return root


def renamed(root: Element, version: Version) -> Element:
    """The tree itself, which has the names of 2.x, with those of this version."""
    if version.kebab:
        for element in root.iter():
            if element.tag not in HTML:
                element.tag = f"qti-{kebab(element.tag)}"
                element.attrib = {kebab(key): value for key, value in element.attrib.items()}
    root.set("xmlns", version.item)
    return root


def camel(name: str) -> str:
    """base-type -> baseType."""
    return _DASH.sub(lambda match: match[1].upper(), name)


def kebab(name: str) -> str:
    """baseType -> base-type."""
    return _CAPITAL.sub(r"-\1", name).lower()


def identifier(own: str) -> str:
    """The QTI identifier of one of our ids: it may not begin with a digit."""
    return f"_{own}" if own[:1].isdigit() else own


def own_id(given: str) -> str:
    """Our id for a QTI identifier: as it is where our rules allow it."""
    return _UNFIT.sub("-", given).lstrip("._-")[:LONGEST_ID] or "Q"


def own_ids(given: Iterable[str]) -> dict[str, str]:
    """Our ids for the identifiers of some choices, all different. Raises QuizError for too many."""
    found: dict[str, str] = {}
    for name in given:
        if len(found) >= MOST_OPTIONS:
            raise refusal(Reason.TOO_MANY, most=MOST_OPTIONS)
        found.setdefault(name, free(own_id(name), found.values()))
    return found


def gap_id(response: str, taken: Iterable[str]) -> str:
    """The name of the gap that this response variable (or this gap) fills."""
    short = _UNFIT_IN_GAP.sub("-", response.removeprefix("RESPONSE_")).lstrip("_-")[-LONGEST_GAP:]
    return free(short.lstrip("_-") or "gap", taken, LONGEST_GAP)


def free(wanted: str, taken: Iterable[str], longest: int = LONGEST_ID) -> str:
    """The id, with a number behind it where it is taken."""
    used, found, number = {*taken}, wanted, 1
    while found in used:
        number += 1
        found = f"{wanted[: longest - len(str(number)) - 1]}-{number}"
    return found


def _attribute(key: str) -> str:
    name = key.rpartition("}")[2]
    return name if name.startswith(("data-", "aria-")) else camel(name)
