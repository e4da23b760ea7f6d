"""Ids for the questions of a file: their own where there is a valid one, else one made for them."""

import re
import unicodedata
from collections import Counter

from quizzes.errors import Reason, refusal
from quizzes.formats.prose import Lost
from quizzes.text import IDENTIFIER, LONGEST_PROSE

LONGEST = 60  # leaves room for a number behind it
_ROOT = re.compile(r"^\s*(?:\$[a-z0-9]+\$/?)?(?:top(?:/|$))?")
_NO_LETTERS = re.compile(r"[\W_]+")
_OTHER_SIGNS = re.compile(r"[^A-Za-z0-9._]+")


class Names:
    """Gives ids that are different within a file and the same each time it is read."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: Counter[str] = Counter()  # how often a number was put behind a name

    def suggest(self, own: str, title: str, stem: str, lost: Lost) -> str:
        """The own identifier of a question, else one made of its title, else Q and its number.

        A title that is no more than the beginning of the question is passed over; one that cannot be seen in
        the id is told to `lost`.
        """
        title = title[:LONGEST_PROSE]
        stem = stem[: 4 * len(title) + LONGEST]  # the beginning, with room for blanks and other signs
        wording = _letters(title)
        says_more = bool(wording) and not _letters(f"{own} {stem}").startswith(wording)
        says_more = says_more and not _letters(stem).startswith(wording)
        chosen = _valid(own) or (_valid(title) if says_more else "")
        if says_more and _letters(chosen) != wording:
            lost(refusal(Reason.NOT_KEPT, what=f"title: {title[:80]}"))
        return self._free(chosen or f"Q{len(self._taken) + 1}")

    def take(self, identifier: str) -> None:
        """Keep an id from being given again."""
        self._taken.add(identifier)

    def is_taken(self, identifier: str) -> bool:
        """Whether a question has it already."""
        return identifier in self._taken

    def _free(self, wanted: str) -> str:
        if wanted not in self._taken:
            return wanted
        while (name := f"{wanted[:LONGEST]}-{self._numbers[wanted] + 2}") in self._taken:
            self._numbers[wanted] += 1
        return name


def category_tag(path: str) -> str:
    """The tag that stands for one of Moodle's categories: its path without the course; empty for the top."""
    return _ROOT.sub("", path).strip()


def _valid(text: str) -> str:
    """The text as an identifier, as far as its letters allow; empty when none is left."""
    if IDENTIFIER.fullmatch(text):
        return text
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _OTHER_SIGNS.sub("-", plain).strip("-._")[:LONGEST].rstrip("-._")


def _letters(text: str) -> str:
    """What of a text is to be recognised: its letters and digits, without accents and case."""
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKD", text).casefold())
