"""Spaced review: when a question comes back, which ones come today, what counts as mastered, and a calendar.

Pure as the rest of `quizzes`: `now`, `today` and `rng` are arguments, days are days in UTC. It is a face of
its own so that who only grades loads no scheduler. Rows, pages, people and the professional gate belong to
`edu`.
"""

from quizzes.review.calendar import Event, calendar
from quizzes.review.card import Card, Rating
from quizzes.review.exam import Exam, due_day, prepare
from quizzes.review.mastery import Answer, Mastery, mastery
from quizzes.review.queue import Entry, Limits, SoFar, due_list, forecast
from quizzes.review.rating import Graded, is_right, rating_of
from quizzes.review.schedule import Fsrs, Scheduler

__all__ = [
    "Answer",
    "Card",
    "Entry",
    "Event",
    "Exam",
    "Fsrs",
    "Graded",
    "Limits",
    "Mastery",
    "Rating",
    "Scheduler",
    "SoFar",
    "calendar",
    "due_day",
    "due_list",
    "forecast",
    "is_right",
    "mastery",
    "prepare",
    "rating_of",
]
