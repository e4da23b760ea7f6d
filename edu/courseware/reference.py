"""Reference: an entry of the library and how far it was verified; Judgement: what the library says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum


class Verification(StrEnum):
    """How far the fields of an entry were seen at a source."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class Design(StrEnum):
    """How a work came to what it says."""

    TRIAL = "trial"
    REVIEW = "review"
    GUIDELINE = "guideline"
    COHORT = "cohort"  # a cohort or a cross-sectional study
    DISSECTION = "dissection"
    CASE_SERIES = "case-series"
    CASE_REPORT = "case-report"
    HISTORICAL = "historical"
    LABEL = "label"
    EDITORIAL = "editorial"
    OTHER = "other"
    UNKNOWN = "unknown"


class Direction(StrEnum):
    """Whether a work speaks for or against the idea that it looks into."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NEUTRAL = "neutral"
    NOT_JUDGED = "not-judged"


@dataclass(frozen=True, slots=True)
class Author:
    """A person (family and given name, the latter may be unknown) or a body such as a foundation."""

    family: str
    given: str = ""
    is_body: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """The librarian's note taken apart: what was not verified, and what was seen where."""

    missing: str
    seen: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the library says of an entry: its design, the direction of its evidence, a summary of our own.

    `summary` is a line of Markdown with grade tags, `summary_by` who answers for it. `names` are names of the
    nodule that the work brought into use; `line` is where it stands in library.toml.
    """

    key: str
    design: Design = Design.UNKNOWN
    direction: Direction = Direction.NOT_JUDGED
    summary: str = ""
    summary_by: str = ""
    names: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def says_something(self) -> bool:
        """Whether there is anything in it to write down."""
        return self != Judgement(self.key)


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry, in Unicode. `note` says what was seen where, exactly as the librarian wrote it.

    `year` is 0 when unknown. `more_authors` means "and others". `container` is the journal, book, school or
    place of publication: shown as confirmed only where `is_place_confirmed`. `original_title` is given where
    `title` is a translation; `line` is where the entry stands in its file.
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
    original_title: str = ""
    line: int = field(default=0, compare=False)

    @property
    def is_verified(self) -> bool:
        """Whether every field was seen at the place that `note` names."""
        return self.verification is Verification.FULL

    @property
    def seen(self) -> Seen:
        """The note in two parts; of an entry verified in full `missing` is empty."""
        return seen_in(self.note)

    @property
    def is_place_confirmed(self) -> bool:
        """Whether the container was seen: in full entries, and where the note says so of the journal."""
        if self.is_verified:
            return True
        told = self.seen
        was_seen = re.search(r"\bjournal\b|\ball other fields\b", told.seen)
        return bool(was_seen) and not re.search(r"\bjournal\b|\bwhole entry\b|\bmeeting\b", told.missing)

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


_WHERE = re.compile(r"verified\b:?\s*(.*)", re.DOTALL)
_PARTS = re.compile(r"unverified\b:?\s*(.*?)(?:;\s*(seen\b.*))?", re.DOTALL)


def seen_in(note: str) -> Seen:
    """`verified: where` or `unverified: what; seen: what, where`; a note of another form verifies nothing."""
    if found := _WHERE.fullmatch(note):
        return Seen("", found[1])
    found = _PARTS.fullmatch(note)
    if found is None:
        return Seen(note, "")
    missing, seen = found[1], found[2] or ""
    if not seen and re.match(r"seen\b", missing):
        missing, seen = "", missing
    return Seen(missing, re.sub(r"^seen:?\s*", "", seen))
