"""Translating pages: beginning one, the original beside it, what has changed since, and what is lacking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from edu.courseware.page_details import PageDetails
from edu.errors import Invalid, NotFound
from edu.models import Page, PageKind, PageState, PageVersion
from edu.policy import Viewer
from edu.services import audit, glossary, typed
from edu.services.audit import Deed
from edu.services.authoring import differing, versions
from edu.services.authoring.differing import Comparison
from edu.services.pages import forms, stages
from edu.services.pages.forms import PageForm, Tick

OWN = frozenset({"review", "evidence", *forms.TRANSLATED})
"""What a translation says for itself; the rest of its details are its original's."""


class Status(StrEnum):
    """How far a page is in a language."""

    MISSING = "missing"
    DRAFT = "draft"
    STALE = "stale"  # its original went on
    CURRENT = "current"


@dataclass(frozen=True, slots=True)
class Original:
    """What a translation is made from. `changes`: what the original says otherwise since; None: nothing."""

    id: int
    title: str
    summary: str
    body: str
    language: str
    revision: int
    said: tuple[tuple[str, str], ...]  # the details that are words, by name
    is_stale: bool
    changes: Comparison | None


@dataclass(frozen=True, slots=True)
class Row:
    """A page in the overview; `page_id` is that of the translation, `original_id` that of its original."""

    original_id: int
    kind: PageKind
    title: str
    language: str
    status: Status
    page_id: int | None
    is_editable: bool
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class NameLine:
    """A word of the glossary and the names by which readers of the language find it; none: it is missing."""

    word: str
    url: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """What is there in a language and what is lacking."""

    language: str
    rows: tuple[Row, ...]
    names: tuple[NameLine, ...]

    def count(self, status: str) -> int:
        """How many pages are so far."""
        return sum(row.status == status for row in self.rows)


def begin(session: Session, viewer: Viewer, page_id: int, language: str, now: datetime) -> Page:
    """The translation of a page into a language: the one that is there, or a draft with the original's words.

    The draft begins with them so that grades, sources and steps are in it; it cannot be published as it is.
    Forbidden for a page of the site itself; Invalid for the original's own language.
    """
    original = session.get(Page, page_id, with_for_update=True)
    if original is None or original.source_revision is not None:
        raise NotFound("there is no such page")
    stages.require_kind(viewer, original.kind)
    tag = typed.language(language)
    if tag == original.language:
        raise Invalid("The page is written in this language.", code="same_language", field="language")
    found = [row for row in stages.translations_of(session, original) if row.language == tag]
    if found:
        return found[0]
    row = Page(kind=original.kind, slug=original.slug, language=tag, source_revision=original.revision)
    row.course_id, row.revision = original.course_id, 1
    row.owner_id = None if original.kind is PageKind.SITE else viewer.user_id
    row.title, row.summary, row.body = original.title, original.summary, original.body
    row.details = {name: value for name, value in original.details.items() if name != "review"}
    row.state, row.position, row.created_at, row.updated_at = PageState.DRAFT, original.position, now, now
    session.add(row)
    session.flush()
    versions.keep(session, row, note="", maker_id=viewer.user_id, now=now)
    audit.record(
        session, Deed.PAGE_CREATED, now=now, actor_id=viewer.user_id, subject=f"page:{row.id}", revision=1
    )
    return row


def follow(session: Session, row: Page, form: PageForm) -> None:
    """Let the translation be one of what the original says now, if its maker says so.

    Invalid when the original changed again while the form was open.
    """
    original = _original(session, row)
    row.position = original.position
    if Tick.FOLLOWS.value not in form.ticks or row.source_revision == original.revision:
        return
    if form.source_revision != str(original.revision):
        raise Invalid(
            "The original was changed again while you wrote. Look at it once more, then tick this.",
            code="original_changed", field=Tick.FOLLOWS.value,
        )  # fmt: skip
    row.source_revision = original.revision


def require_translated(session: Session, row: Page) -> Iterable[Invalid]:
    """What still has the original's words."""
    original = _original(session, row)
    for name in ("summary", "body"):
        if getattr(row, name).strip() == getattr(original, name).strip():
            yield Invalid("This is still the text of the original.", code="untranslated", field=name)


def original_view(session: Session, row: Page) -> Original | None:
    """The original beside its translation; None for an original, and where it was deleted."""
    original = stages.original_of(session, row)
    if original is None or row.source_revision is None:
        return None
    details = PageDetails.of(original.details)
    is_stale = row.source_revision < original.revision
    return Original(
        id=original.id,
        title=original.title,
        summary=original.summary,
        body=original.body,
        language=original.language,
        revision=original.revision,
        said=tuple(
            (name, "\n".join(value) if isinstance(value, tuple) else value)
            for name in forms.names_of(row.kind, is_translation=True)
            if (value := getattr(details, name))
        ),
        is_stale=is_stale,
        changes=_changes(session, original, row.source_revision) if is_stale else None,
    )


def shared(session: Session, row: Page) -> dict[str, Any]:
    """The details of the original that its translation has as well."""
    return {name: value for name, value in _original(session, row).details.items() if name not in OWN}


def followed_body(session: Session, row: Page) -> str:
    """The text of the original that the translation says it follows."""
    original = _original(session, row)
    kept = session.get(PageVersion, (original.id, row.source_revision))
    return kept.body if kept else original.body


def followed_version(session: Session, row: Page) -> str:
    """The version of the terms which that text was."""
    original = _original(session, row)
    kept = session.get(PageVersion, (original.id, row.source_revision))
    return PageDetails.of(kept.details if kept else original.details).version


def overview(session: Session, viewer: Viewer, language: str) -> Overview:
    """For each page that readers find, and each draft of a translation, how far it is in this language.

    Invalid for what is no language. What is written in the language itself is not in the list.
    """
    tag = typed.language(language)
    rows = session.scalars(select(Page).order_by(Page.kind, Page.position, Page.id).options(defer(Page.body)))
    every = list(rows)
    translated = {
        (row.kind, row.slug): row for row in every if row.source_revision is not None and row.language == tag
    }
    originals = [
        row
        for row in every
        if row.source_revision is None and row.state is not PageState.DRAFT and row.language != tag
    ]
    return Overview(
        language=tag,
        rows=tuple(_row(viewer, row, translated.get((row.kind, row.slug))) for row in originals),
        names=_names(session, tag),
    )


def status_of(original: Page, translation: Page | None) -> Status:
    """How far the translation is."""
    if translation is None:
        return Status.MISSING
    if (translation.source_revision or 0) < original.revision:
        return Status.STALE
    return Status.DRAFT if translation.state is PageState.DRAFT else Status.CURRENT


def _row(viewer: Viewer, original: Page, translation: Page | None) -> Row:
    may = stages.is_editable(viewer, translation) if translation else (
        original.kind is not PageKind.SITE or viewer.is_administrator
    )  # fmt: skip
    return Row(
        original_id=original.id,
        kind=original.kind,
        title=original.title,
        language=original.language,
        status=status_of(original, translation),
        page_id=translation.id if translation else None,
        is_editable=may,
        updated_at=original.updated_at,
    )


def _names(session: Session, language: str) -> tuple[NameLine, ...]:
    """The words of other languages' glossaries, each with its names in this one."""
    return tuple(
        NameLine(
            word.text,
            word.url,
            tuple(name.text for name in word.entry.names if name.language.split("-")[0] == language),
        )
        for word in glossary.everything(session)
        if word.language != language
    )


def _changes(session: Session, original: Page, since: int) -> Comparison | None:
    """What the original says otherwise than at that revision; None where that was not kept, or nothing is."""
    kept = session.get(PageVersion, (original.id, since))
    if kept is None:
        return None
    found = differing.compared(
        (_fields(kept.title, kept.summary, kept.details), kept.body),
        (_fields(original.title, original.summary, original.details), original.body),
    )
    return None if found.is_same else found


def _fields(title: str, summary: str, plain: dict[str, Any]) -> dict[str, str]:
    details = PageDetails.of(plain)
    said = {name: getattr(details, name) for name in sorted(forms.TRANSLATED)}
    told = {name: "\n".join(value) if isinstance(value, tuple) else value for name, value in said.items()}
    return {"title": title, "summary": summary, **told}


def _original(session: Session, row: Page) -> Page:
    found = stages.original_of(session, row)
    if found is None:
        raise NotFound("the original of this translation is gone")
    return found
