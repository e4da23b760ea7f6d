"""PageDetails: what only some kinds of pages say of themselves, and the closed sets that they choose from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

_AWAITED = re.compile(
    r"\W*(?:await(?:ed|ing)|pending|not yet|still to come|se espera|en espera|esperad[oa]|pendiente|"
    r"por llegar|attendue?|en attente|à venir)\b",
    re.IGNORECASE,
)


class PageKind(StrEnum):
    """What a page outside the lessons is, and with that where it stands; the value names its folder."""

    NEWS = "news"
    STORY = "story"
    QUESTION = "question"
    CONTRIBUTOR = "contributor"
    SITE = "site"


class Group(StrEnum):
    """What an open question is about, in the order of the list (curriculum L10.3)."""

    NATURE = "nature"
    PAIN = "pain"
    CHANGE = "change"
    PLACE = "place"
    TREATMENT = "treatment"
    PEOPLE = "people"


class Known(StrEnum):
    """How much was found on an open question, from least to most."""

    NOTHING = "nothing"
    OPINION = "opinion"
    CASES = "cases"
    STUDIES = "studies"


class Subject(StrEnum):
    """What a page speaks of: what speaks of medicine waits for a clinician's review and says so."""

    MEDICINE = "medicine"
    SITE = "site"


class Freshness(StrEnum):
    """Whether a translation was made from what its original says now."""

    CURRENT = "current"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class PageDetails:
    """What a page of one kind says besides its text; what says nothing is not written.

    `awaits` says what is still to come from somebody; `told_from` and `reference` where a story was taken
    from; `group` and `known` are those of a question, and `lessons` the codes of lessons that belong to it;
    `version` is that of a text which readers accept.
    """

    subject: str = Subject.MEDICINE.value
    author: str = ""
    version: str = ""
    group: str = ""
    known: str = ""
    told_from: str = ""
    reference: str = ""
    lessons: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    orcid: str = ""
    link: str = ""
    conflicts: str = ""
    consent: str = ""
    awaits: tuple[str, ...] = ()

    @property
    def is_consent_awaited(self) -> bool:
        """Whether the words about consent say that it is still to come; in the languages of the site."""
        return _AWAITED.match(self.consent) is not None

    @property
    def is_medical(self) -> bool:
        """Whether a clinician has to review the page."""
        return self.subject == Subject.MEDICINE

    def plain(self) -> dict[str, Any]:
        """The fields that say something, as JSON gives them back."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
            if value != DEFAULTS[name]
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> PageDetails:
        """The details that `plain` was made from; names that are not known are passed over."""
        known: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in plain.items()
            if name in DEFAULTS
        }
        return cls(**known)


DEFAULTS: dict[str, Any] = {field.name: field.default for field in fields(PageDetails)}
