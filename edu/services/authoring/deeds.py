"""What is written down about texts of the studio in the audit trail."""

from __future__ import annotations

from enum import StrEnum


class AuthoringDeed(StrEnum):
    """Deeds of instructors; the subject is the lesson, module, page or word, such as `lesson:3`."""

    BROUGHT_BACK = "text.brought_back"  # an earlier version
    PUBLISHED = "text.published"
    SCHEDULED = "text.scheduled"
    UNSCHEDULED = "text.unscheduled"
    TAKEN_BACK = "text.taken_back"  # it is a draft again
    REVIEW_ASKED = "review.asked"
    REVIEW_WITHDRAWN = "review.withdrawn"
    REVIEW_RETURNED = "review.returned"
    REVIEW_SIGNED = "review.signed"
