"""gettext with types: every visible word of Python code passes through here."""

from __future__ import annotations

import flask_babel


def gettext(sentence: str, **parameters: object) -> str:
    """The sentence in the reader's language, with `%(name)s` filled in."""
    return str(flask_babel.gettext(sentence, **parameters))
