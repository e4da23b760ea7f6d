"""Who wrote something, with the words between the names in the reader's language."""

from __future__ import annotations

import re

from babel.lists import format_list
from flask import Flask

from edu.web.language import chosen
from edu.web.words import gettext as _

_OTHERS = re.compile(r" and others\b")
_PAIR = re.compile(r"^(\w[^,:;]*?) and ([A-Z][^,:;]*)$")  # of surnames: what follows has a capital


def install(app: Flask) -> None:
    """Give templates the filter `people`."""
    app.jinja_env.filters["people"] = people


def people(said: str) -> str:
    """`Orr and others 1948`, `Copeman and Ackerman 1944`; in Spanish `Orr y otros 1948` and so on."""
    if not said:
        return said
    if pair := _PAIR.match(said):
        return format_list([pair[1], pair[2]], locale=chosen().replace("-", "_"))
    return _OTHERS.sub(f" {_('and others')}", said)
