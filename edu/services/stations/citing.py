"""What the steps of a checklist are drawn from: the works that they cite, as readers know them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import Checklist, Reference


@dataclass(frozen=True, slots=True)
class Cited:
    """A work that steps cite; `label` is its authors and year, or its title where it has neither.

    `url` is empty where the library knows no address; `title` is empty where it is the label already.
    """

    key: str
    label: str
    title: str
    url: str


def cited(session: Session, slug: str, keys: Iterable[str]) -> dict[str, Cited]:
    """The works under these keys, in their order, from the library of the checklist's own course.

    A key that the library does not hold is left out: a reader can do nothing with it.
    """
    wanted = tuple(dict.fromkeys(keys))
    asked = (
        select(Reference)
        .join(Checklist, Checklist.course_id == Reference.course_id)
        .where(Checklist.slug == slug, Reference.key.in_(wanted))
    )
    found = {row.key: _cited(row) for row in session.scalars(asked)} if wanted else {}
    return {key: found[key] for key in wanted if key in found}


def _cited(row: Reference) -> Cited:
    label = " ".join(part for part in (row.authors, row.year) if part) or row.title or row.key
    address = str(row.fields.get("link", ""))
    url = address if address.startswith(("https://", "http://")) else ""
    return Cited(row.key, label, "" if label == row.title else row.title, url)
