"""Draft: the document form of an item while it is made from a Canvas question."""

from collections.abc import Sequence
from typing import Any

from quizzes.errors import Reason, refusal
from quizzes.formats.canvas.reading.question import Question, Response
from quizzes.formats.canvas.types import ABOUT_ALL, ABOUT_RIGHT, ABOUT_WRONG
from quizzes.text import IDENTIFIER, refuse_duplicates

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Draft:
    """The fields found so far; feedback that nothing asked for is reported at the end."""

    def __init__(self, question: Question, identifier: str) -> None:
        self.question = question
        self.fields: dict[str, Any] = {"id": identifier, "stem": question.stem}
        self._shown = {ABOUT_ALL, ABOUT_RIGHT, ABOUT_WRONG}
        self._said: dict[str, str] = {}

    def only_response(self) -> Response:
        """The one place to answer. Raises QuizError where there are none or several."""
        if len(self.question.responses) != 1:
            least_or_most = {"least": 1} if not self.question.responses else {"most": 1}
            code = Reason.TOO_FEW if not self.question.responses else Reason.TOO_MANY
            raise refusal(code, "presentation", **least_or_most)
        return self.question.responses[0]

    def say(self, name: str, response: str, value: str) -> None:
        """Keep the feedback for one answer under the name that it has in the item."""
        self.say_link(name, self.question.said_about(response, value, self._shown))

    def say_link(self, name: str, text: str) -> None:
        """Keep a text about one answer; several about one are put together."""
        if text:
            self._said[name] = "\n\n".join(filter(None, (self._said.get(name, ""), text)))

    def mark_shown(self, links: Sequence[str]) -> None:
        """Count feedback as kept."""
        self._shown.update(links)

    def finish(self) -> dict[str, Any]:
        """The document form; fields that hold nothing are left out."""
        feedback = self.question.feedback
        for ident in feedback:
            if ident not in self._shown and feedback[ident]:
                self.question.not_kept(f"the feedback {ident[:80]}: {feedback[ident][:200]}")
        said = {"why": ABOUT_ALL, "if_right": ABOUT_RIGHT, "if_wrong": ABOUT_WRONG}
        self.fields |= {field: feedback.get(ident, "") for field, ident in said.items()}
        self.fields["feedback"] = self._said
        return {name: value for name, value in self.fields.items() if value not in ("", [], {})}


def option_names(idents: Sequence[str], prefix: str = "") -> dict[str, str]:
    """A valid name for each identifier: itself, or where one of them cannot be kept, letters for all.

    Raises QuizError for an identifier that stands there twice.
    """
    refuse_duplicates(idents, "response_label")
    if all(IDENTIFIER.fullmatch(f"{prefix}{ident}") for ident in idents):
        return {ident: ident for ident in idents}
    return {ident: _letters(place) for place, ident in enumerate(idents)}


def _letters(place: int) -> str:
    """A to Z, then A1 to Z1 and so on."""
    round_, letter = divmod(place, len(LETTERS))
    return f"{LETTERS[letter]}{round_ or ''}"
