"""What is written down about the library in the audit trail."""

from __future__ import annotations

from enum import StrEnum


class LibraryDeed(StrEnum):
    """Deeds of instructors; the subject is the course or the entry."""

    TAKEN = "library.taken"  # entries of a BibTeX text
    JUDGED = "library.judged"  # design, direction, summary or collections of an entry
