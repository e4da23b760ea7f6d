"""Whose: the question that a loss is about, and whether it is the reason why that question is left out."""

from dataclasses import dataclass

from quizzes.errors import QuizError

LONGEST_NAME = 80


@dataclass(slots=True)
class Whose:
    """A question of a file: its name there, and the id under which it was kept; empty until it is, and for
    good when it is left out. Losses are told while a question is read, so both are filled in later.
    """

    name: str = ""
    item: str = ""

    def call(self, *names: str) -> None:
        """Give it the first of these names that says something."""
        found = (" ".join(name[: 10 * LONGEST_NAME].split()) for name in names)
        self.name = next(filter(None, found), self.name)[:LONGEST_NAME]


class OwnLoss(QuizError):
    """A loss of which one knows whose it is. `is_whole`: for this reason the question is left out."""

    def __init__(self, error: QuizError, whose: Whose, *, is_whole: bool) -> None:
        super().__init__(error.reason, error.place, code=error.code, parameters=error.parameters)
        self.whose = whose
        self.is_whole = is_whole

    def moved(self, prefix: str) -> QuizError:
        """The same loss, its place seen from further outside."""
        return OwnLoss(super().moved(prefix), self.whose, is_whole=self.is_whole)
