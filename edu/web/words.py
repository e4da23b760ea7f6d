"""gettext with types: every visible word of Python code passes through here."""

from __future__ import annotations

import flask_babel

from edu.web import language


def gettext(sentence: str, **parameters: object) -> str:
    """The sentence in the reader's language, with `%(name)s` filled in."""
    return str(flask_babel.gettext(sentence, **parameters))


def ngettext(one: str, many: str, number: int, **parameters: object) -> str:
    """The sentence for this number in the reader's language; `%(num)s` is the number."""
    return str(flask_babel.ngettext(one, many, number, **parameters))


def kept(sentence: str) -> str:
    """A sentence that a job or a record kept: in the reader's language if it is one of ours."""
    return str(language.words().gettext(sentence))
