"""One question of an attempt as a page by itself: what a film asks, and whoever wants one at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import Attempt
from edu.services.quizzing import film_places
from edu.services.quizzing.attempt_pages import AttemptPage
from edu.services.quizzing.views.question import QuestionView


@dataclass(frozen=True, slots=True)
class OneQuestion:
    """A question with its form; `film_url` leads to where it stands in a film, empty for nowhere.

    `before_url` and `after_url` lead to the questions beside it, empty at the ends.
    """

    form: AttemptPage
    question: QuestionView
    count: int
    before_url: str
    after_url: str
    film_url: str


def of(session: Session, attempt: Attempt, page: AttemptPage, position: int) -> OneQuestion:
    """The question at a position of an attempt's page; NotFound where there is none.

    What was asked after it to try a similar one is left to the whole page.
    """
    place = next((n for n, view in enumerate(page.questions) if view.position == position), None)
    if place is None:
        raise NotFound("there is no such question in this attempt")
    view = replace(page.questions[place], siblings=(), can_try_another=False)
    beside = [
        page.questions[n].position if 0 <= n < len(page.questions) else 0 for n in (place - 1, place + 1)
    ]
    before, after = (f"/attempts/{page.id}/questions/{other}" if other else "" for other in beside)
    return OneQuestion(
        form=replace(page, questions=(view,), action=f"/attempts/{page.id}/questions/{position}"),
        question=view,
        count=len(page.questions),
        before_url=before,
        after_url=after,
        film_url=film_places.moment_of(session, attempt, position),
    )
