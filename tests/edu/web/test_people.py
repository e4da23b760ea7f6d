"""Who wrote something, in the words of the reader's language."""

from __future__ import annotations

import pytest
from flask import Flask

from edu.web.people import people

SAID = {
    "Orr and others 1948": "Orr y otros 1948",
    "Copeman and Ackerman": "Copeman y Ackerman",
    "Njoo and Van der Does 1994": "Njoo y Van der Does 1994",
    "Fat and fascia": "Fat and fascia",  # a title that stands where no author is known
    "": "",
}


@pytest.mark.parametrize(("english", "spanish"), SAID.items(), ids=repr)
def test_the_words_between_names_are_in_the_readers_language(app: Flask, english: str, spanish: str) -> None:
    with app.test_request_context("/?lang=es"):
        assert people(english) == spanish
    with app.test_request_context("/?lang=en"):
        assert people(english) == english
