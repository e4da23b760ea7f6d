"""Spaced review: cards from marks, the queue of a day, its session, mastery, the plan and its calendar feed.

When a question comes back is decided in `quizzes.review`; how an answer is kept and marked in the attempts of
this room, of which a review session is one.
"""
