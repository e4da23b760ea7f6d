"""Quizzes that a test adds to the common site, through the services and beside the running web process."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from edu.models import Audience
from edu.runtime import build
from edu.services.quizzing import questions
from edu.services.quizzing.publishing import Place, publish
from edu.settings import Settings
from quizzes import Item
from quizzes import Settings as QuizSettings
from tests.sites import Site


def add_quiz(
    site: Site, slug: str, items: Iterable[Item], *, audience: Audience = Audience.OPEN, **settings: Any
) -> None:
    """Keep the questions and publish a quiz of them; unshuffled, unless `settings` say otherwise."""
    runtime = build(Settings.read(site.environ))
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        places = [Place(question=questions.keep(session, item, now=now)[0]) for item in items]
        publish(
            session,
            slug=slug,
            title="A quiz of a test",
            places=places,
            settings=QuizSettings(**{"shuffle": False, **settings}),
            audience=audience,
            now=now,
        )
    runtime.db.dispose()
