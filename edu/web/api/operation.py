"""Operation: one address of the API, all that serving it and describing it need."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from edu.services.api.listing import Asked

ROOT = "/api/v1"


@dataclass(frozen=True, slots=True)
class Operation:
    """An address that is read.

    `answer` takes the session, who asks and the names of the path; it gives a value of `body`, a part of a
    list of such, or a response of its own. `others` are media types in which it is had besides JSON.
    """

    name: str
    path: str
    summary: str
    answer: Callable[..., Any]
    body: type
    is_list: bool = False
    is_own: bool = False
    can_be_closed: bool = False
    query: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # name -> the words it takes
    others: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the path."""
        return tuple(re.findall(r"{(\w+)}", self.path))

    @property
    def rule(self) -> str:
        """The path as the router has it."""
        return ROOT + re.sub(r"{(\w+)}", r"<\1>", self.path)

    def call(self, session: Session, asked: Asked) -> Any:
        """The answer to the present request."""
        return self.answer(session, asked, **(request.view_args or {}))
