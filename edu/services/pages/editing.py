"""A page outside the lessons as its maker works on it: written, published or scheduled, saved, deleted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from edu.courseware.marks import grades_of
from edu.courseware.page_details import DEFAULTS, PageDetails
from edu.errors import Conflict, Invalid, InvalidFields
from edu.models import Page, PageKind, PageState, ReviewSubject
from edu.policy import Viewer
from edu.services import audit, slugs, typed
from edu.services.audit import Deed
from edu.services.authoring import reviewing, versions
from edu.services.authoring.forgetting import forget
from edu.services.authoring.versions import Kept
from edu.services.pages import forms, lacks, related, stages, telling, translating
from edu.services.pages.forms import PageForm, State, Tick, Typed


@dataclass(frozen=True, slots=True)
class NewPage:
    """What a new page begins as; `course_id` is where its text looks up what it cites."""

    kind: PageKind
    form: PageForm
    names: tuple[str, ...]
    slugs: tuple[str, ...]  # of the site's own pages that are not there yet
    course_id: int
    is_translation: bool = False
    is_dated: bool = True


def new(session: Session, viewer: Viewer, kind: PageKind, *, message: str = "", starter: str = "") -> NewPage:
    """The form of a new page; with the number of a story that was sent, of that. Forbidden; Invalid."""
    stages.require_kind(viewer, kind)
    said = {"author": viewer.name} if kind is PageKind.NEWS else {}
    form = PageForm(body=starter, said=said)
    if kind is PageKind.STORY and message:
        row = telling.sent(session, viewer, message)
        form = replace(form, message=message, body=row.text, language=row.language)
    taken = set(session.scalars(select(Page.slug).where(Page.kind == kind)))
    return NewPage(
        kind=kind,
        form=form,
        names=forms.names_of(kind),
        slugs=tuple(slug for slug in stages.SITE_PAGES if slug not in taken) if kind is PageKind.SITE else (),
        course_id=related.library_of(session, None),
        is_dated=kind is not PageKind.SITE,
    )


def create(
    session: Session, viewer: Viewer, kind: PageKind, form: PageForm, now: datetime, *, slug: str = ""
) -> Page:
    """A new page; its address is made from its title, once. InvalidFields names what is wrong."""
    stages.require_kind(viewer, kind)
    said = forms.read(kind, form)
    row = Page(kind=kind, slug=_slug(session, kind, said.title, slug), created_at=now)
    row.owner_id = None if kind is PageKind.SITE else viewer.user_id
    row.language, row.revision = typed.language(form.language), 0
    row.details, row.state = {}, PageState.DRAFT
    row.position = _next_position(session, kind)
    _write(session, viewer, row, said, form, now)
    _note(session, Deed.PAGE_CREATED, viewer, row, now)
    return row


def save(session: Session, viewer: Viewer, page_id: int, form: PageForm, now: datetime) -> Page:
    """Change a page. Conflict when somebody saved it since the form was opened; nothing is changed then.

    What says the same as before is no new version.
    """
    row = stages.mine(session, viewer, page_id, locked=True)
    if form.revision != str(row.revision):
        raise Conflict(
            "Somebody else saved this page while you wrote. Your words are below, unsaved, with the page "
            "as it is now beside them: bring the two together, then save again.", code="page_changed",
        )  # fmt: skip
    said = forms.read(row.kind, form, is_translation=row.source_revision is not None)
    before = _state_of(row)
    versions.keep_before(session, row, now)
    _write(session, viewer, row, said, form, now)
    if _state_of(row) != before:
        _note(session, Deed.PAGE_CHANGED, viewer, row, now)
        _pass_on(session, viewer, row, now)
    return row


def bring_back(
    session: Session, viewer: Viewer, page_id: int, version: int, *, base: int, now: datetime
) -> None:
    """Let a page be again what it was. InvalidFields for a published one that could not be published so: the
    version may be a draft of before, or name what has gone behind the gate since.
    """

    def require(row: Kept) -> None:
        if isinstance(row, Page) and row.state is not PageState.DRAFT:
            _require_publishable(session, row)

    versions.bring_back(
        session, viewer, ReviewSubject.PAGE, page_id, version, base=base, now=now, require=require
    )


def delete(session: Session, viewer: Viewer, page_id: int, now: datetime) -> None:
    """Delete a page, and with an original its translations. The terms that are in force stay."""
    row = stages.mine(session, viewer, page_id, locked=True)
    if not is_deletable(row):
        raise Conflict("Accounts have agreed to the terms: they cannot be deleted.", code="terms_stay")
    others = stages.translations_of(session, row) if row.source_revision is None else []
    for each in (*others, row):
        forget(session, ReviewSubject.PAGE, [each.id])
        _note(session, Deed.PAGE_DELETED, viewer, each, now)
        session.delete(each)
    session.flush()


def is_deletable(row: Page) -> bool:
    """Whether the page can be deleted: not what accounts agreed to."""
    return not (stages.is_terms(row) and row.source_revision is None and row.published_at is not None)


def next_version(row: Page) -> str:
    """What the version of the terms is called after this one: a whole number more."""
    first = PageDetails.of(row.details).version.partition(".")[0]
    return str(int(first) + 1) if first.isdecimal() else "1"


def _write(session: Session, viewer: Viewer, row: Page, said: Typed, form: PageForm, now: datetime) -> None:
    """Write it down as the next revision, unless nothing is different from the row as it is."""
    before = _state_of(row)
    row.details = _details(session, viewer, row, said, form)
    row.title, row.summary = said.title, said.summary
    if row.body is None or row.body.strip() != said.body.strip():  # a line end at its end is no change
        row.body = said.body
    row.position = said.position or row.position
    if row.source_revision is not None:
        translating.follow(session, row, form)
    row.state, row.published_at = _state(row, said), _published(row, said, form, now)
    if stages.is_terms(row):
        _version(session, row, before, form, now)
    if said.state is State.PUBLISHED:
        _require_publishable(session, row, form.samples)
    if not row.id or _state_of(row) != before:
        _keep(session, viewer, row, said.note, now)


def _keep(session: Session, viewer: Viewer, row: Page, note: str, now: datetime) -> None:
    """The next revision, kept, with what an edit makes of a signature."""
    row.updated_at, row.revision = now, row.revision + 1
    session.add(row)
    session.flush()
    reviewing.edited(session, row, viewer, now)
    versions.keep(session, row, note=note, maker_id=viewer.user_id, now=now)


def _pass_on(session: Session, viewer: Viewer, original: Page, now: datetime) -> None:
    """Let translations say at once what is no word of theirs, such as how much is known on a question."""
    for row in stages.translations_of(session, original) if original.source_revision is None else ():
        before = _state_of(row)
        own = {name: value for name, value in row.details.items() if name in (*translating.OWN, "version")}
        row.details = {**translating.shared(session, row), **own}
        row.position = original.position
        if _state_of(row) != before:
            _keep(session, viewer, row, "", now)


def _details(session: Session, viewer: Viewer, row: Page, said: Typed, form: PageForm) -> dict[str, Any]:
    """The details with what the form says of them; a translation has the rest of its original."""
    hidden = {name: value for name, value in row.details.items() if name in ("review", "version")}
    shared = translating.shared(session, row) if row.source_revision is not None else {}
    told = {name: shared[name] for name in telling.KEPT if name in shared}
    found = {**PageDetails.of({**shared, **said.details}).plain(), **told, **hidden}
    if tags := grades_of(said.body):
        before = list(row.details.get("evidence", ()))
        found["evidence"] = before if set(before) == set(tags) else list(tags)
    if row.kind is PageKind.STORY and row.source_revision is None:
        found |= telling.allowed(session, viewer, form)
        if said.state is State.PUBLISHED:
            telling.require(found)
    return found


def _require_publishable(session: Session, row: Page, samples: tuple[str, ...] = ()) -> None:
    """InvalidFields with all that keeps the page from being read by everybody."""
    course_id, details = related.library_of(session, row.course_id), PageDetails.of(row.details)
    found = [
        *lacks.of_text(session, course_id, row.body),
        *lacks.of_details(session, course_id, details, row.body),
        *lacks.of_kind(row.kind, details, row.body, samples),
    ]
    if not row.body.strip():
        found.append(Invalid("Please fill this in.", code="blank", field="body"))
    if row.kind is PageKind.QUESTION and row.source_revision is None:
        found += _place_taken(session, row)
    if row.source_revision is not None:
        found += translating.require_translated(session, row)
        found += lacks.of_translation(translating.followed_body(session, row), row.body)
    if found:
        raise InvalidFields(found)


def _place_taken(session: Session, row: Page) -> list[Invalid]:
    asked = select(Page.title).where(
        Page.kind == row.kind, Page.position == row.position, Page.slug != row.slug,
        Page.source_revision.is_(None),
    )  # fmt: skip
    if (other := session.scalars(asked.limit(1)).first()) is None:
        return []
    return [Invalid("“%(title)s” has this number.", code="taken", field="position", title=other)]


def _state(row: Page, said: Typed) -> PageState:
    if said.state is State.DRAFT:
        if stages.is_terms(row) and row.state is not PageState.DRAFT:
            raise Invalid("The terms in force stay where they can be read.", code="terms", field="state")
        return PageState.DRAFT
    if row.state is PageState.DRAFT:
        return reviewing.published_state(row.details)
    return row.state  # `reviewing.edited` says what an edit makes of a signature


def _published(row: Page, said: Typed, form: PageForm, now: datetime) -> datetime | None:
    """From when readers find it. A form writes minutes: what says the minute of before is the same moment."""
    before = row.published_at
    if row.kind is PageKind.SITE:  # what every page of the site leads to is there at once
        return before or (now if said.state is State.PUBLISHED else None)
    if before is not None and form.publish_on == forms.minute(before):
        return before
    if said.publish_on is None and said.state is State.PUBLISHED:
        return before if before is not None and before <= now else now
    return said.publish_on


def _version(session: Session, row: Page, before: tuple[Any, ...], form: PageForm, now: datetime) -> None:
    """Other words of published terms are another version, unless a tick says that a slip was mended.

    A translation bears the version of the original that it follows.
    """
    if row.source_revision is not None:
        row.details = {**row.details, "version": translating.followed_version(session, row)}
        return
    version = row.details.get("version")
    is_other = (row.title, row.summary, row.body) != before[:3]
    if not version:
        row.details = {**row.details, "version": "1"}
    elif is_other and row.state is not PageState.DRAFT and Tick.SLIP.value not in form.ticks:
        row.details = {**row.details, "version": next_version(row)}
        row.published_at = now  # a version is dated by when it could be read


def _state_of(row: Page) -> tuple[Any, ...]:
    """What makes a version: two that are equal are one."""
    told = {name: value for name, value in row.details.items() if value != DEFAULTS.get(name)}
    return (
        row.title, row.summary, row.body, told, row.position, row.state, row.published_at,
        row.source_revision,
    )  # fmt: skip


def _slug(session: Session, kind: PageKind, title: str, wanted: str) -> str:
    taken = set(session.scalars(select(Page.slug).where(Page.kind == kind)))
    if kind is not PageKind.SITE:
        return slugs.free(slugs.stem(title, kind.value), taken | {"tell"})
    if wanted not in stages.SITE_PAGES or wanted in taken:
        raise Invalid("Choose one of the list.", code="not_one_of", field="slug")
    return wanted


def _next_position(session: Session, kind: PageKind) -> int:
    if kind not in forms.ORDERED:
        return 0
    return (session.scalar(select(func.max(Page.position)).where(Page.kind == kind)) or 0) + 1


def _note(session: Session, deed: Deed, viewer: Viewer, row: Page, now: datetime) -> None:
    told = {name: int(row.details[name]) for name in telling.KEPT if row.details.get(name)}
    audit.record(
        session, deed, now=now, actor_id=viewer.user_id, subject=f"page:{row.id}", revision=row.revision,
        **told,
    )  # fmt: skip
