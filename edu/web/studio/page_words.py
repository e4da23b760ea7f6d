"""The words for pages outside the lessons in the studio: their kinds, how far they are, their fields."""

from __future__ import annotations

from edu.courseware.page_details import Subject
from edu.models import PageKind
from edu.services.pages.stages import SITE_PAGES, Stage
from edu.services.pages.translating import Status
from edu.web.language import available, catalogues
from edu.web.words import gettext as _

SAMPLE = "Write what nobody knows yet, and end each statement with its tag [?]."


def kinds() -> dict[str, str]:
    """What a page is."""
    return {
        PageKind.NEWS.value: _("News"),
        PageKind.STORY.value: _("Story"),
        PageKind.QUESTION.value: _("Open question"),
        PageKind.CONTRIBUTOR.value: _("Contributor"),
        PageKind.SITE.value: _("Page of the site"),
    }


def begin() -> dict[str, str]:
    """What a button says that begins one."""
    return {
        PageKind.NEWS.value: _("Write news"),
        PageKind.STORY.value: _("Write a story"),
        PageKind.QUESTION.value: _("Add an open question"),
        PageKind.CONTRIBUTOR.value: _("Add a contributor"),
        PageKind.SITE.value: _("Add a page of the site"),
    }


def stages() -> dict[str, str]:
    """How far a page is."""
    return {
        Stage.DRAFT.value: _("Draft"),
        Stage.SCHEDULED.value: _("Comes out by itself"),
        Stage.UNDER_CONSTRUCTION.value: _("Published, under construction"),
        Stage.REVIEWED.value: _("Reviewed"),
        Stage.NEEDS_REVIEW.value: _("Needs another review"),
    }


def tones() -> dict[str, str]:
    """The badge of a stage, and of how far a translation is."""
    return {
        "draft": "", "scheduled": "busy", "under_construction": "good", "reviewed": "good",
        "needs_review": "warn", "missing": "bad", "stale": "warn", "current": "good",
    }  # fmt: skip


def statuses() -> dict[str, str]:
    """How far a translation is."""
    return {
        Status.MISSING.value: _("Missing"),
        Status.STALE.value: _("Its original went on"),
        Status.DRAFT.value: _("Draft"),
        Status.CURRENT.value: _("Up to date"),
    }


def site_pages() -> dict[str, str]:
    """The pages of the site itself."""
    words = (_("About"), _("Terms"), _("Privacy"), _("Accessibility"))
    return dict(zip(SITE_PAGES, words, strict=True))


def subjects() -> list[tuple[str, str]]:
    """What a page speaks of."""
    return [
        (Subject.MEDICINE.value, _("Medicine: it waits for a clinician’s review and says so")),
        (Subject.SITE.value, _("The site and its people, and nothing medical")),
    ]


def fields() -> dict[str, str]:
    """The fields by their labels, for the summary of what is wrong."""
    return {
        "slug": _("Page"), "summary": _("Summary"), "author": _("Author"), "told_from": _("Told from"),
        "reference": _("Key in the library"), "lessons": _("Lessons about this"), "consent": _("Consent"),
        "awaits": _("Still awaited"), "group": _("Group"), "known": _("How much is known"),
        "roles": _("Roles"), "orcid": "ORCID", "link": _("Own page"), "conflicts": _("Interests"),
        "subject": _("What it speaks of"), "publish_on": _("From when readers find it"),
        "position": _("Number in the list"), "note": _("Why it was changed"),
        "message": _("Number of the message that brought it"), "is_stated": _("Consent"),
        "follows": _("The translation follows its original"),
    }  # fmt: skip


def samples() -> tuple[str, ...]:
    """The sentence that stands in a new question, in every language in which a form can have been opened."""
    return tuple(dict.fromkeys(catalogues().words(tag).gettext(SAMPLE) for tag in available()))


def starter(kind: PageKind) -> str:
    """What the text of a new page begins with: of an open question its three parts (curriculum, L10.3)."""
    if kind is not PageKind.QUESTION:
        return ""
    parts = (_("What was found"), _("What is open"), _("What could answer it"))
    box = _(SAMPLE)
    found, opened, answered = (f"## {part}\n\n" for part in parts)
    return f"{found}\n{opened}::: open {parts[1]}\n{box}\n:::\n\n{answered}"
