"""Lexicons: the words of a course's glossary as rows, and as what finds them in a text."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from edu.courseware.explaining import Explained, Lexicon
from edu.courseware.glossary import Meant
from edu.models import Term
from edu.services.glossary_words import STALE

Rows = tuple[tuple[str, str, str], ...]  # address and word in two lines, details as JSON, meaning
# What a row is made of: address and word stand in two lines of one column, for neither has a line end in it.
COLUMNS = (Term.slug + "\n" + Term.text, sa.cast(Term.details, sa.Text), Term.meaning)


@lru_cache(maxsize=20)
def lexicon(rows: Rows, language: str) -> Lexicon:
    """What finds the words of the rows in texts of that language; made once as long as they stay the same."""
    found = (_explained(*row, language) for row in rows)
    return Lexicon(each for each in found if each is not None)


def _explained(place: str, details: str, meaning: str, language: str) -> Explained | None:
    """What a row explains; None for a translation that is behind its original."""
    slug, _, word = place.partition("\n")
    more = json.loads(details)
    if more.get(STALE):
        return None
    names = [name["text"] for name in more.get("names", ()) if _is_word(name, language)]
    return Explained(slug, word, meaning, (*more.get("forms", ()), *names))


def _is_word(name: dict[str, Any], language: str) -> bool:
    """Whether a name stands for the thing itself, in the language of the texts."""
    return bool(name["language"] == language and name["means"] == Meant.SAME)
