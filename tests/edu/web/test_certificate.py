"""The certificate on the page of a path, its own page, and who withdraws or deletes it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from edu.models import Certificate, Course, Lesson, Module
from edu.runtime import Runtime
from edu.services.certificates.kept import Facts
from tests.edu.conftest import Site
from tests.people import Person
from tests.reviewer import ReviewingClient

PATH = "/courses/small/paths/student"
FACTS = Facts(
    course_slug="small", course_title="Small", course_state="under_construction", evidence_line="Little [C].",
    path_title="Student", note="not proof of practical competence", pass_mark=70, questions=10, right=8,
    percent=80, critical=2, films=1, modules=("M1 First",), checklists=("A",), gate_version="1",
)  # fmt: skip


@pytest.fixture
def given(site: Site, runtime: Runtime, learner: Person) -> str:
    """The address of a certificate of the learner."""
    with runtime.db.writing() as session:
        row = Certificate(id="a-secret-word", user_id=learner.user_id, path="student", name="Ada <b>L</b>")
        row.course_id = session.scalars(select(Course.id)).one()
        row.title, row.facts, row.given_at = "Theory", _plain(FACTS), runtime.clock.now()
        session.add(row)
    return "/certificates/a-secret-word"


def _plain(facts: Facts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in Facts.__slots__}


def test_a_path_says_what_its_certificate_asks_and_how_one_stands(
    site: Site, client: ReviewingClient, learner: Person
) -> None:
    for_all, mine = client.get(PATH).text, learner.get(PATH).text

    assert "It needs an account" in for_all
    for words in (
        "70 % of the questions",
        "Every film was watched: 0 of 1",
        "still to be written",
        "lacking",
    ):
        assert words in mine
    assert "Your name as it should stand there" not in mine
    assert learner.submit(f"{PATH}/certificate", {"certificate_name": "Ada"}).status_code == 409
    assert client.submit(f"{PATH}/certificate", {"certificate_name": "Ada"}).status_code == 401
    assert learner.submit("/courses/small/paths/none/certificate", {}).status_code == 404


def test_who_has_met_all_types_a_name_and_gets_it(site: Site, learner: Person, runtime: Runtime) -> None:
    with runtime.db.writing() as session:
        course = session.scalars(select(Course)).one()
        way = {**course.notices["paths"][0], "modules": ["M5"], "pass_mark": 0}
        course.notices = {**course.notices, "paths": [way]}
        module = session.scalars(select(Module).where(Module.code == "M5")).one()
        module.details = {**module.details, "quiz": "first"}
        session.scalars(select(Lesson).where(Lesson.code == "L5.1")).one().video_id = None
    closed = learner.get(PATH).text
    assert "written and open to you: 0 of 1" in closed
    assert "opens after you have confirmed" in closed
    learner.submit("/professionals", {"profession": "physician", "version": "1"})
    page = learner.get(PATH).text
    assert "written and open to you: 1 of 1" in page
    assert "Your name as it should stand there" in page

    refused = learner.submit(f"{PATH}/certificate", {"certificate_name": " "})
    made = learner.submit(f"{PATH}/certificate", {"certificate_name": "Ada"})

    assert refused.status_code == 422
    assert 'id="field-certificate_name-error"' in refused.text
    assert made.status_code == 303
    assert made.location.startswith("/certificates/")
    assert f'href="{made.location}"' in learner.get(PATH).text
    assert f'href="{made.location}"' in learner.get("/account/").text


def test_whoever_has_the_address_reads_it_and_it_is_in_no_index(client: ReviewingClient, given: str) -> None:
    answer = client.get(given)
    page = answer.text

    assert page.index("under construction: on the day of this certificate") < page.index("Ada &lt;b&gt;")
    for words in (
        "not what this person can do", "Not proof of practical competence", "Level 1 of 5: observe only",
        "8 of 10 questions right, that is 80 %; 70 % were asked", "M1 First", f"http://localhost{given}",
        'class="qr"', "All 2 critical questions right", 'content="noindex, nofollow"',
    ):  # fmt: skip
        assert words in page, words
    headers = ("X-Robots-Tag", "Referrer-Policy", "Cache-Control")
    assert [answer.headers[name] for name in headers] == ["noindex, nofollow", "no-referrer", "no-store"]
    assert "Delete this certificate" not in page
    assert "Withdraw" not in page
    assert client.get("/certificates/another").status_code == 404
    assert given not in client.get("/sitemap.xml").text


def test_an_administrator_withdraws_it_and_its_page_says_so(
    client: ReviewingClient, learner: Person, administrator: Person, given: str
) -> None:
    assert learner.submit(f"{given}/withdraw", {"reason": "x"}).status_code == 403
    assert administrator.submit(f"{given}/withdraw", {"reason": ""}).status_code == 422
    assert administrator.submit(f"{given}/withdraw", {"reason": "A <wrong> key."}).status_code == 303

    page = client.get(given).text
    assert "This certificate was withdrawn on" in page
    assert "A &lt;wrong&gt; key." in page
    assert "Delete this certificate" not in learner.get(given).text
    assert learner.submit(f"{given}/remove").status_code == 409
    assert "withdrawn" in learner.get("/account/").text


def test_its_person_deletes_it(client: ReviewingClient, learner: Person, given: str) -> None:
    assert "Delete this certificate" in learner.get(given).text
    assert client.submit(f"{given}/remove").status_code == 401

    assert learner.submit(f"{given}/remove").location == "/courses/small"
    assert client.get(given).status_code == 404
