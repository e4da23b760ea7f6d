"""Films in questions: played without what names their steps, and for nobody who may not watch them."""

from __future__ import annotations

from edu.models import Question, Visibility
from edu.services.quizzing import questions
from edu.services.quizzing.publishing import Place, publish
from quizzes import Settings
from tests.edu.conftest import Site
from tests.quiz_browser import ANYWAY, begin
from tests.quizzing import items
from tests.reviewer import ReviewingClient

MOMENT = """
[[questions]]
id = "F-moment"
kind = "moment"
stem = "When is it?"
video = "V1"
tolerance_ms = 1000
key = {start_ms = 4000, end_ms = 6000}
[[questions]]
id = "F-interval"
kind = "interval"
stem = "From when to when?"
video = "V1"
key = {start_ms = 4000, end_ms = 6000}
"""


def ask(site: Site, document: str) -> None:
    """Publish a quiz of these questions."""
    now = site.runtime.clock.now()
    with site.runtime.db.writing() as session:
        kept: list[Question] = [questions.keep(session, one, now=now)[0] for one in items(document)]
        publish(
            session,
            slug="crest",
            title="Films",
            places=[Place(question=one) for one in kept],
            settings=Settings(shuffle=False),
            now=now,
        )


def test_the_film_of_a_question_is_played_without_the_names_of_its_steps(
    site: Site, client: ReviewingClient
) -> None:
    ask(site, MOMENT)

    page = client.get(begin(client)).text

    assert page.count("<edu-player ") == 2
    assert '<edu-player id="s1-film"' in page
    assert '<edu-player id="s2-film"' in page
    assert "master.m3u8" in page
    for telling in ("data-id=", 'kind="chapters"', "chapters.en", "Previous step"):
        assert telling not in page
    assert 'kind="captions"' in page
    assert 'name="q.s2.a.start"' in page


def test_the_time_line_is_as_long_as_the_film(site: Site, client: ReviewingClient) -> None:
    ask(site, MOMENT)
    attempt = begin(client)

    client.submit(attempt, {**ANYWAY, "q.s1": "0:11", "q.s1.rev": "0"})

    page = client.get(attempt).text
    assert '<rect class="time-right" x="182" y="14" width="91" height="32"/>' in page  # of 22 seconds
    assert '<rect class="time-given" x="497" y="0" width="6" height="60"/>' in page
    assert "<edu-player" not in page


def test_who_may_not_watch_the_film_is_told_so_and_can_still_write_a_time(
    site: Site, client: ReviewingClient
) -> None:
    ask(site, MOMENT.replace('"V1"', '"V2"'))
    attempt = begin(client)

    page = client.get(attempt).text

    assert "<edu-player" not in page
    assert page.count("cannot be shown here now") == 2
    client.submit(attempt, {**ANYWAY, "q.s1": "0:05", "q.s1.rev": "0"})
    assert "50 %" in client.get(attempt).text


def test_a_film_that_was_taken_back_is_not_shown(site: Site, client: ReviewingClient) -> None:
    ask(site, MOMENT)
    site.change_video("V1", visibility=Visibility.DRAFT)

    assert "<edu-player" not in client.get(begin(client)).text
