"""The library's words in the reader's language: collections, designs, directions, periods, orders, styles."""

from __future__ import annotations

from collections.abc import Iterable

from edu.courseware.course import Grade
from edu.courseware.library.styles import Style
from edu.courseware.library.timeline import OTHER
from edu.courseware.reference import Design, Direction
from edu.services.library.finding import UNDATED, Order
from edu.web.studio.menu import language_name
from edu.web.words import gettext as _

Counted = Iterable[tuple[str, int]]


def collection(name: str) -> str:
    """A collection by its name in the files; one that is not known goes by that name."""
    known = {
        "anatomy": _("Anatomy"), "assessment": _("Assessment"), "backmice": _("Back mice"),
        "cellulite": _("Cellulite (French school)"), "cluneal": _("Cluneal nerves"),
        "contra": _("Critical voices"), "drug": _("Drugs"), "evidence": _("Evidence on treatment"),
        "fascia": _("Fascia"), "fat": _("Fatty tissue"), "fibromyalgia": _("Fibromyalgia"),
        "gate": _("Gates for professionals"), "guideline": _("Guidelines"), "history": _("History"),
        "imaging": _("Imaging"), "lbp": _("Low back pain"), "lump": _("Lumps"),
        "myogelosis": _("Myogelosis"), "pain": _("Pain mechanisms"), "quality": _("Quality of websites"),
        "redflags": _("Warning signs"), "reliability": _("Reliability of palpation"),
        "review": _("Reviews"), "safety": _("Safety"), "trial": _("Trials"),
        "triggerpoint": _("Trigger points"),
    }  # fmt: skip
    return known.get(name, name)


def lane(name: str) -> str:
    """A lane of the timeline."""
    if name == OTHER:
        return _("Other subjects")
    return {"fascia": _("Fascia and fat"), "history": _("History and its words")}.get(name) or collection(
        name
    )


def design(value: str) -> str:
    """How a work came to what it says."""
    return {
        Design.TRIAL: _("Trial"),
        Design.REVIEW: _("Review"),
        Design.GUIDELINE: _("Guideline"),
        Design.COHORT: _("Cohort or cross-sectional study"),
        Design.DISSECTION: _("Dissection"),
        Design.CASE_SERIES: _("Case series"),
        Design.CASE_REPORT: _("Case report"),
        Design.HISTORICAL: _("Historical work"),
        Design.LABEL: _("Product label"),
        Design.EDITORIAL: _("Editorial"),
        Design.OTHER: _("Something else"),
        Design.UNKNOWN: _("Not judged"),
    }[Design(value)]


def direction(value: str) -> str:
    """Whether a work speaks for or against the idea that it looks into."""
    return {
        Direction.SUPPORTS: _("Supports the idea it looks into"),
        Direction.CONTRADICTS: _("Speaks against the idea it looks into"),
        Direction.NEUTRAL: _("Neither for nor against"),
        Direction.NOT_JUDGED: _("Not judged"),
    }[Direction(value)]


def grade(letter: str) -> str:
    """What a grade of evidence means."""
    return {
        Grade.TRIALS: _("several consistent trials or a sound systematic review"),
        Grade.STUDIES: _(
            "one randomised trial, or consistent prospective or cross-sectional studies, "
            "or repeated anatomical dissection"
        ),
        Grade.SERIES: _("case series, single cross-sectional study, narrative review"),
        Grade.EXPERIENCE: _("case report, historical paper, expert practice"),
        Grade.GUIDELINE: _("guideline or product label"),
    }[Grade(letter)]


def period(value: str) -> str:
    """A decade, or the works without a year."""
    return _("Without a year") if value == UNDATED else f"{value}–{int(value) + 9}"


def orders() -> list[tuple[str, str]]:
    """The orders of the list."""
    return [
        (Order.NEWEST.value, _("Newest first")),
        (Order.OLDEST.value, _("Oldest first")),
        (Order.AUTHOR.value, _("By author")),
        (Order.TITLE.value, _("By title")),
    ]


def language(tag: str) -> str:
    """A language in the reader's words."""
    return language_name(tag)


def verified(value: str) -> str:
    """Whether every field of an entry was seen."""
    return _("Verified in full") if value == "yes" else _("Not verified in full")


def fields() -> dict[str, str]:
    """The fields of an entry."""
    return {
        "kind": _("Kind"), "authors": _("Authors"), "more_authors": _("And others"), "title": _("Title"),
        "original_title": _("Original title"), "year": _("Year"), "container": _("Journal or place"),
        "address": _("Place of publication"), "volume": _("Volume"), "number": _("Number"),
        "pages": _("Pages"), "doi": "DOI", "pmid": "PMID", "pmcid": "PMCID", "url": _("Address"),
        "language": _("Language"), "collections": _("Collections"), "note": _("Note on verification"),
        "verification": _("Verification"),
    }  # fmt: skip


def verifications() -> dict[str, str]:
    """How far an entry was verified."""
    return {"full": _("Verified"), "partial": _("Not verified in full"), "none": _("Not verified")}


def style(value: Style) -> str:
    """A citation style by the name under which it is known everywhere."""
    return {
        Style.VANCOUVER: "Vancouver",
        Style.APA: "APA",
        Style.HARVARD: "Harvard",
        Style.CHICAGO: "Chicago",
        Style.MLA: "MLA",
    }[value]
