"""Advice while writing items: which rules of item writing an item or a quiz breaks, and how much it matters.

Rules never change an item and never forbid one to exist; pages may keep one with blocking advice as a draft.
What makes an item impossible to show or to grade is not advice: it is a QuizError of `quizzes.item`.
"""

from quizzes.advice.advise import advise
from quizzes.advice.rules import SENTENCES, SOURCES, Advice, Rule, Severity
from quizzes.advice.whole import advise_quiz

__all__ = ["SENTENCES", "SOURCES", "Advice", "Rule", "Severity", "advise", "advise_quiz"]
