"""Parts of pages that look the same to everybody: drawn once for a view, kept while they are asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any, cast

from flask import Flask
from jinja2.runtime import Macro
from markupsafe import Markup

from edu.web.language import chosen

MOST_KEPT = 64  # a player with its tools is 40 kB


class Kept:
    """What macros made, by their names, what they were given and the language."""

    def __init__(self) -> None:
        self._made: OrderedDict[Hashable, Markup] = OrderedDict()
        self._lock = Lock()

    def drawn(self, macro: Macro, *views: Hashable, **more: Hashable) -> Markup:
        """What the macro makes of frozen views; it may look at nothing else that differs between readers.

        No view that holds Markup belongs here: it is not told apart from one with the same letters as text.
        """
        code = macro._func.__code__  # which macro of that name, of which template
        key = (chosen(), code, views, *map(type, views), *sorted(more.items()))
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        made = cast(Markup, macro(*views, **more))
        with self._lock:
            self._made[key] = made
            if len(self._made) > MOST_KEPT:
                self._made.popitem(last=False)
        return made


def install(app: Flask) -> None:
    """Give templates `drawn(macro, view)`."""
    made: Any = Kept().drawn
    app.jinja_env.globals["drawn"] = made
