"""Notes each sentence that pages ask words for: one that extraction does not find fails the run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from edu.translations.catalogues import ENGLISH, Words, languages
from edu.translations.extracting import extracted
from edu.translations.message import is_worded
from edu.translations.updating import words_of


class Recorder(Words):
    """English as it is, with the sentences that were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def ugettext(self, sentence: str) -> str:
        """The sentence itself."""
        self.asked.add(sentence)
        return sentence

    def ungettext(self, one: str, many: str, number: int) -> str:
        """The sentence itself."""
        self.asked.add(one)
        return one if number == 1 else many


@pytest.fixture(scope="session")
def recorder() -> Iterator[Recorder]:
    """The sentences of this process; at its end each must be one that translators are given.

    One that is not was either put together with words of a user, which must not be looked up, or comes from
    a place that edu/translations/following.py does not see: give the sentence to gettext, to an error, or to
    a field or constant that it follows.
    """
    made = Recorder()
    yield made
    unknown = set(filter(is_worded, made.asked))
    for language in languages()[1:]:  # quick, and the same as what is extracted while all is well
        unknown -= words_of(language).keys()
        break
    if unknown:
        unknown -= extracted().keys()
    if unknown:
        pytest.fail("words were asked for, and translators are not given:\n" + "\n".join(sorted(unknown)))


@pytest.fixture
def app(app: Flask, recorder: Recorder) -> Flask:
    """The application, whose English is noted."""
    app.extensions["edu-words"].put(ENGLISH, recorder)
    return app
