"""Reference: one entry of the library, with how far it was verified."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verification(StrEnum):
    """How far the fields of an entry were seen at a source."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Author:
    """A person (family and given name, the latter may be unknown) or a body such as a foundation."""

    family: str
    given: str = ""
    is_body: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry, in Unicode. `note` says what was seen where, exactly as the librarian wrote it.

    `year` is 0 when unknown. `more_authors` means "and others". `container` is the journal, book, school or
    place of publication; in an entry that is not verified in full it must never be shown as confirmed.
    """

    key: str
    kind: str
    title: str
    authors: tuple[Author, ...] = ()
    more_authors: bool = False
    year: int = 0
    container: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    language: str = "en"
    address: str = ""
    url: str = ""
    collections: tuple[str, ...] = ()
    note: str = ""
    verification: Verification = Verification.NONE

    @property
    def is_verified(self) -> bool:
        """Whether every field was seen at the place that `note` names."""
        return self.verification is Verification.FULL

    @property
    def addresses(self) -> tuple[tuple[str, str], ...]:
        """Where the entry can be looked up: (name, address), from the identifiers that it gives."""
        known = (
            (f"doi:{self.doi}", f"https://doi.org/{self.doi}" if self.doi else ""),
            (f"PMID {self.pmid}", f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/" if self.pmid else ""),
            (self.pmcid, f"https://pmc.ncbi.nlm.nih.gov/articles/{self.pmcid}/" if self.pmcid else ""),
            (self.url, self.url),
        )
        return tuple((name, address) for name, address in known if address)
