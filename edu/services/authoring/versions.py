"""Versions: each revision of a lesson, page or word is kept, compared with another, and brought back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.courseware.marks import grades_of
from edu.errors import Conflict, Invalid, NotFound
from edu.models import (
    Audience,
    Lesson,
    LessonVersion,
    Page,
    PageKind,
    PageVersion,
    ReviewSubject,
    Term,
    TermVersion,
    User,
)
from edu.policy import Viewer
from edu.services import audit, contents, lesson_marks
from edu.services.authoring import reviewing, subjects
from edu.services.authoring.deeds import AuthoringDeed
from edu.services.authoring.differing import Comparison, compared
from edu.services.pages import installing as pages

Kept = Lesson | Page | Term
Version = LessonVersion | PageVersion | TermVersion
MOST_NOTE = 200
KINDS = (ReviewSubject.LESSON, ReviewSubject.PAGE, ReviewSubject.TERM)
# What is told of a word but no version brings back: that is decided anew, never by an old text.
_DECIDED = ("review", "state")


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the list. `maker` is empty for a course file, and for somebody who has left."""

    revision: int
    title: str
    note: str
    maker: str
    made_at: datetime
    is_present: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """All versions of a text, newest first."""

    kind: ReviewSubject
    id: int
    title: str
    lines: tuple[VersionLine, ...]


def keep(session: Session, row: Kept, *, note: str, maker_id: int | None, now: datetime) -> None:
    """Keep the row as it stands now as the version of its revision; each edit raises the revision first.

    A revision that is kept already is not kept twice.
    """
    session.flush()
    if _version(session, row, row.revision) is not None:
        return
    if isinstance(row, Page):
        pages.keep(session, row, note=note[:MOST_NOTE], now=now, maker_id=maker_id)
        return
    version = _empty(row)
    version.title, version.summary = subjects.title(row), _summary(row)
    version.body, version.details = subjects.body(row), _details(row)
    version.note, version.maker_id, version.made_at = note[:MOST_NOTE], maker_id, now
    session.add(version)


def keep_before(session: Session, row: Kept, now: datetime) -> None:
    """Before the first edit of a text that has no versions: keep what stands there, made by nobody known."""
    if row.id and _version(session, row, row.revision) is None:
        keep(session, row, note="", maker_id=None, now=getattr(row, "updated_at", now))


def listing(session: Session, viewer: Viewer, kind: ReviewSubject, row_id: int) -> Listing:
    """The versions, newest first, for who may edit the text."""
    row = _mine(session, viewer, kind, row_id)
    model, key = _table(row)
    asked = select(model, User.name).outerjoin(User, User.id == model.maker_id).where(key == row.id)
    found = session.execute(asked.order_by(model.revision.desc()))
    lines = tuple(
        VersionLine(v.revision, v.title, v.note, name or "", v.made_at, v.revision == row.revision)
        for v, name in found
    )
    return Listing(kind, row.id, subjects.title(row), lines)


def compare(
    session: Session, viewer: Viewer, kind: ReviewSubject, row_id: int, one: int, other: int
) -> Comparison:
    """What is different from one version to the other, words marked. NotFound for a version there is not."""
    row = _mine(session, viewer, kind, row_id)
    if (found := between(session, row, one, other)) is None:
        raise NotFound("there is no such version")
    return found


def between(session: Session, row: Kept, one: int, other: int) -> Comparison | None:
    """The same for whoever was let see the row; None where a version was not kept."""
    before, after = (_version(session, row, revision) for revision in (one, other))
    return compared(_plain(before), _plain(after)) if before and after else None


def bring_back(
    session: Session, viewer: Viewer, kind: ReviewSubject, row_id: int, version: int, *,
    base: int, now: datetime, require: Callable[[Kept], None] | None = None,
) -> None:  # fmt: skip
    """Let the text be again what it was in a version; that is an edit, and what stood there stays kept.

    State, audience and place stay as they are. Conflict when it was changed since revision `base`; Invalid
    when it is a published lesson and the old text names what is no longer there. `require` raises for what
    else its kind asks, of the row as it is to be.
    """
    row = _mine(session, viewer, kind, row_id, locked=True)
    if row.revision != base:
        raise Conflict(
            "Somebody else saved this text meanwhile. Look at its versions anew.", code="text_changed"
        )
    found = _require_version(session, row, version)
    keep_before(session, row, now)
    with session.no_autoflush:  # nothing of it is written before it is known to be possible
        _take(session, row, found)
        if require is not None:
            require(row)
    row.revision += 1
    if not isinstance(row, Term):
        row.updated_at = now
    reviewing.edited(session, row, viewer, now)
    keep(session, row, note=f"Version {version} brought back", maker_id=viewer.user_id, now=now)
    audit.record(
        session, AuthoringDeed.BROUGHT_BACK, now=now, actor_id=viewer.user_id,
        subject=f"{kind.value}:{row.id}", version=version, revision=row.revision,
    )  # fmt: skip


def _mine(
    session: Session, viewer: Viewer, kind: ReviewSubject, row_id: int, *, locked: bool = False
) -> Kept:
    row = subjects.mine(session, viewer, kind, row_id, locked=locked)
    if isinstance(row, (Lesson, Page, Term)):
        return row
    raise NotFound("there are no versions of this")


def _table(row: Kept) -> tuple[Any, Any]:
    """The table of the row's versions, and the column that names the row."""
    if isinstance(row, Lesson):
        return LessonVersion, LessonVersion.lesson_id
    if isinstance(row, Page):
        return PageVersion, PageVersion.page_id
    return TermVersion, TermVersion.term_id


def _version(session: Session, row: Kept, revision: int) -> Version | None:
    model, _ = _table(row)
    found: Version | None = session.get(model, (row.id, revision))
    return found


def _require_version(session: Session, row: Kept, revision: int) -> Version:
    if (found := _version(session, row, revision)) is None:
        raise NotFound("there is no such version")
    return found


def _empty(row: Lesson | Term) -> LessonVersion | TermVersion:
    if isinstance(row, Lesson):
        return LessonVersion(lesson_id=row.id, revision=row.revision)
    return TermVersion(term_id=row.id, revision=row.revision)


def _summary(row: Lesson | Term) -> str:
    return row.meaning if isinstance(row, Term) else row.summary


def _details(row: Lesson | Term) -> dict[str, Any]:
    """What a version keeps beside title, summary and text."""
    if isinstance(row, Term):
        more = {name: value for name, value in row.details.items() if name not in ("body", "review")}
        return {**more, "misheard": list(row.misheard), "slug": row.slug}
    return {
        "state": row.state.value, "audience": row.audience.value, "language": row.language,
        "minutes": row.minutes, "objectives": list(row.objectives), "evidence": list(row.evidence),
        "steps": list(row.details.get("steps", ())),
    }  # fmt: skip


def _take(session: Session, row: Kept, version: Version) -> None:
    """Write what a version holds into the row."""
    if isinstance(row, Page) and (row.kind, row.slug) == (PageKind.SITE, "terms"):
        raise Invalid(
            "Accounts agree to the terms: change them in their form, which asks about their version.",
            code="terms",
        )
    if isinstance(row, Term):
        kept = _decided(row)
        said = {name: v for name, v in version.details.items() if name not in ("misheard", "slug", *_DECIDED)}
        row.text, row.meaning = version.title, version.summary
        row.misheard = list(version.details.get("misheard", ()))
        row.details = {**said, **({"body": version.body} if version.body else {}), **kept}
        return
    if isinstance(row, Lesson) and row.is_published:
        _require_known(session, row.course_id, version.body)
        if contents.facts(row).audience is not Audience.PRO:
            lesson_marks.require_open(session, version.body)
    row.title, row.summary, row.body = version.title, version.summary, version.body
    if isinstance(row, Page):
        # its other details, such as what somebody allows us to show, are not the text's to bring back
        row.details = {**row.details, "evidence": list(grades_of(version.body))}
        if row.source_revision is not None:  # the words of then follow the original of then
            row.source_revision = int(version.details.get(pages.FOLLOWS, row.source_revision - 1))
        return
    said = version.details
    row.minutes, row.language = int(said.get("minutes", row.minutes)), str(said.get("language", row.language))
    row.objectives = list(said.get("objectives", row.objectives))
    row.evidence = list(grades_of(version.body))
    row.details = {**row.details, "steps": list(said.get("steps", row.details.get("steps", ())))}


def _decided(row: Term) -> dict[str, Any]:
    return {name: row.details[name] for name in _DECIDED if name in row.details}


def _require_known(session: Session, course_id: int, text: str) -> None:
    if missing := lesson_marks.unknown(session, course_id, text):
        raise Invalid(
            "This version cannot be brought back while the page is published: it names what is not there "
            "(%(names)s).", code="unknown_names", names=", ".join(missing[:10]),
        )  # fmt: skip


def _plain(version: Version) -> tuple[dict[str, str], str]:
    """A version as named short fields and a text."""
    said = version.details
    fields = {"title": version.title, "summary": version.summary}
    for name in ("minutes", "language", "audience", "state", "slug"):
        fields[name] = str(said.get(name, "") or "")
    fields["objectives"] = "\n".join(_objective(one) for one in said.get("objectives", ()))
    fields["misheard"] = ", ".join(str(word) for word in said.get("misheard", ()))
    fields["evidence"] = ", ".join(grades_of(version.body))
    return fields, version.body


def _objective(said: Any) -> str:
    return f"{said['verb']} {said['text']}" if isinstance(said, dict) else str(said)
