"""What is written down about translations of lessons in the audit trail."""

from __future__ import annotations

from enum import StrEnum


class TranslationDeed(StrEnum):
    """Deeds of instructors; the subject is the lesson, such as `lesson:3`, the detail tells the language."""

    BEGUN = "translation.begun"
    CHANGED = "translation.changed"
    PUBLISHED = "translation.published"
    TAKEN_BACK = "translation.taken_back"  # it is a draft again
    DELETED = "translation.deleted"
