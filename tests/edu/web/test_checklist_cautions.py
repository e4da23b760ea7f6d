"""What the pages of a station tell before and while it is done: cautions, the rule, sources, hidden tests."""

from __future__ import annotations

from dataclasses import replace

from edu.models import Course, Reference
from edu.services.stations import lists
from quizzes import Audience
from tests.edu.web.ratings import begin, text
from tests.people import Person
from tests.reviewer import ReviewingClient
from tests.stations import STATION, Stations


def test_the_hidden_test_is_not_told_to_who_rates_themselves_until_it_came(
    client: ReviewingClient, stations: Stations, instructor: Person
) -> None:
    own, theirs = begin(client), begin(instructor, whom="other")
    shown = text(client, own)

    assert ">The patient said something was wrong</button>" in shown
    assert "The patient says: “my lips feel odd”" not in shown
    assert "The patient says: “my lips feel odd”" in text(instructor, theirs)
    assert "0 of 3" in shown
    assert "3 steps</span>" in text(client, "/checklists")
    assert "1 more on the way" in text(client, "/checklists")
    client.submit(own, {"v.branch:E": "1", "rev.branch:E": "0"})
    assert "0 of 4" in text(client, own)


def test_every_page_of_a_gated_station_says_on_what_it_is_done_and_that_nobody_reviewed_it(
    client: ReviewingClient, stations: Stations, instructor: Person
) -> None:
    words = "Part-task model only, never a partner."
    run = begin(instructor, whom="other")
    stations.keep(replace(STATION, audience=Audience.PRO, level=words))

    assert words in text(client, "/checklists")
    assert text(instructor, "/checklists/small").count(words) == 3  # at the head, and at both ways to begin
    for address in ("/checklists", "/checklists/small", run):
        page = text(instructor, address)
        assert words in page
        assert "not yet been reviewed by a clinician" in page
    instructor.submit(run, {"finish": "anyway"})
    assert "not yet been reviewed by a clinician" in text(instructor, run)


def test_the_pass_rule_is_told_as_strictly_as_it_is_counted(
    client: ReviewingClient, stations: Stations
) -> None:
    page = text(client, "/checklists/small")

    assert "done in part, late or not done, it fails the whole" in page
    assert "provisional, until a group has been examined" in page
    run = begin(client)
    client.submit(run, {"v.S1": "1", "finish": "anyway"})
    assert "(provisional, until a group has been examined)" in text(client, run)


def test_sources_are_named_as_people_know_them(client: ReviewingClient, stations: Stations) -> None:
    with stations.runtime.db.writing() as session:
        course = Course(slug="c", title="C", created_at=stations.clock.now(), updated_at=stations.clock.now())
        session.add(course)
        session.flush()
        link = {"link": "https://example.org/paper"}
        session.add(
            Reference(
                course_id=course.id, key="known2001", kind="article",
                authors="Known", year="2001", title="A paper", fields=link,
            )
        )  # fmt: skip
        lists.keep(session, STATION, course_id=course.id, now=stations.clock.now())

    page = text(client, "/checklists/small")

    assert '<a href="#source-known2001" lang="en">Known 2001</a>' in page
    assert '<a href="https://example.org/paper" rel="external noopener">Known 2001</a>: A paper' in page
    assert ">known2001<" not in page
    assert "accepted practice, to be confirmed" in page


def test_a_patient_who_lands_on_a_checklist_is_led_to_what_is_theirs(
    client: ReviewingClient, stations: Stations, learner: Person
) -> None:
    for address in ("/checklists", "/checklists/small"):
        assert "because of your own back?" in text(client, address)
        assert "because of your own back?" not in text(learner, address)
