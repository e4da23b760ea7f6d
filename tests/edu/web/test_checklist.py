"""Checklists in a browser without script: read, begin, mark, finish; and what a page's script sends."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from sqlalchemy import func, select

from edu.models import ChecklistMark, ChecklistRun, Role
from quizzes import Audience
from tests.edu.web.ratings import begin, text
from tests.people import Person
from tests.reviewer import ReviewingClient
from tests.stations import STATION, Stations

MADE = re.compile(r"/checklists/invitations/[\w-]+")


def put(client: ReviewingClient, run: str, *marks: object, **more: object) -> tuple[int, object]:
    answer = client.put(
        f"{run}/marks", json={"marks": list(marks), **more}, headers={"X-CSRFToken": client.csrf()}
    )
    return answer.status_code, answer.json


def mark(item: str, value: int | None, rev: int = 1, **more: object) -> dict[str, object]:
    said = {"value": value, "at_ms": None, "recording_ms": None, "note": "", **more}
    return {"item": item, "rev": rev, "response": said}


def test_a_learner_without_account_rates_themselves_by_the_plain_form(
    client: ReviewingClient, stations: Stations
) -> None:
    run = begin(client)
    first = {"v.S1": "2", "rev.S1": "0", "n.S1": " twice ", "t.S1": "1:05", "v.S2": "1", "rev.S2": "0"}
    assert client.submit(run, {**first, "save": "1"}).location.endswith(run)

    waits = client.submit(run, {**first, "rev.S1": "1", "rev.S2": "1", "finish": "1"})
    asked = text(client, str(waits.location))
    assert "1 step has no mark" in asked
    assert "1 more step waits for something that the patient says" in asked
    assert "(provisional, until" not in asked
    assert "not done. Without the overall rating" in asked
    done = client.submit(run, {"v.rating:global": "4", "rev.rating:global": "0", "finish": "anyway"})

    page = text(client, str(done.location))
    assert "By your own rating: not yet" in page
    assert "5 of 14 points; 10 are needed" in page
    assert "1 critical step was not fully done" in page
    assert "5 points are missing" in page
    assert "twice" in page
    assert "recording 1:05" in page


def test_a_passed_station_says_so_where_somebody_else_rated(instructor: Person, stations: Stations) -> None:
    run = begin(instructor, whom="other", label="Candidate 12")
    marks = [mark(name, 2) for name in ("S1", "S2", "S3", "E1")]
    put(instructor, run, *marks, mark("rating:global", 3))

    page = text(instructor, str(instructor.submit(run, {"finish": "1"}).location))

    assert ">Passed<" in page
    assert "14 of 14 points" in page
    assert "Let others look" in page


def test_ones_own_rating_is_no_examination_however_good(client: ReviewingClient, stations: Stations) -> None:
    run = begin(client)
    put(client, run, *(mark(name, 2) for name in ("S1", "S2", "S3", "E1")), mark("rating:global", 3))

    page = text(client, str(client.submit(run, {"finish": "1"}).location))

    assert "By your own rating: all that is needed" in page
    assert "It is no examination" in page
    assert "14 of 14 points" in page
    assert ">Passed<" not in page
    assert ", passed" not in text(client, "/checklists")


def test_the_examiners_words_are_for_examiners(
    client: ReviewingClient, stations: Stations, instructor: Person
) -> None:
    secrets = ("PATIENT words", "HIDDEN words", "WHEN words", "AFTER words")
    own, theirs = begin(client), begin(instructor, whom="other", label="Candidate 12")

    for page in (text(client, "/checklists/small"), text(client, own)):
        assert "TASK words" in page
        assert not any(word in page for word in secrets)
    assert "my lips feel odd" not in text(client, "/checklists/small")
    assert "Overall entrustment" not in text(client, own)
    page = text(instructor, theirs)
    assert all(word in page for word in (*secrets, "You rate Candidate 12.", "Overall entrustment"))
    assert "my lips feel odd" in text(instructor, "/checklists/small")
    assert "I felt respected" in text(instructor, "/checklists/small")
    assert "I felt respected" not in text(client, "/checklists/small")


def test_the_branch_opens_without_script_and_comes_back_to_itself(
    client: ReviewingClient, stations: Stations
) -> None:
    run = begin(client)
    assert re.search(r'id="branch-E"[^>]* hidden', text(client, run))

    answer = client.submit(run, {"v.branch:E": "1", "rev.branch:E": "0"})

    assert str(answer.location).endswith("#branch-E")
    assert not re.search(r'id="branch-E"[^>]* hidden', text(client, run))


def test_marks_are_kept_once_however_often_they_arrive_and_stale_ones_are_told(
    client: ReviewingClient, stations: Stations
) -> None:
    run = begin(client)
    given = mark("S1", 2, 3, at_ms=5000, recording_ms=7000, note="well")

    assert (
        put(client, run, given)
        == put(client, run, given)
        == (200, {"saved": [{"item": "S1", "rev": 3}], "stale": []})
    )
    told = put(client, run, mark("S1", 0, 2))

    assert told == (200, {"saved": [], "stale": [given]})
    with stations.runtime.db.reading() as session:
        assert session.scalar(select(func.count()).select_from(ChecklistMark)) == 1


BAD_MARKS: list[object] = [
    {"item": "Q1", "rev": 1, "response": {"value": 2}},
    {"item": "S1", "rev": 0, "response": {"value": 2}},
    {"item": "S1", "rev": True, "response": {"value": 2}},
    {"item": "S1", "rev": 1, "response": {"value": 3}},
    {"item": "S1", "rev": 1, "response": {"value": 1.5}},
    {"item": "S1", "rev": 1, "response": {"value": -1}},
    {"item": "S1", "rev": 1, "response": {"value": 2, "points": 9}},
    {"item": "S1", "rev": 1, "response": {"value": 2, "note": 5}},
    {"item": "S1", "rev": 1, "response": 2},
    {"item": "../x", "rev": 1, "response": {"value": 2}},
    {"item": "S1", "rev": 1},
    "S1",
]


def test_a_bad_mark_is_refused_with_a_sentence(client: ReviewingClient, stations: Stations) -> None:
    run = begin(client)

    for bad in BAD_MARKS:
        status, told = put(client, run, bad)
        assert status == 422, bad
        assert isinstance(told, dict)
        assert told["detail"], bad


def test_other_fields_and_no_list_are_refused(client: ReviewingClient, stations: Stations) -> None:
    run = begin(client)

    assert put(client, run, owner="me")[0] == 422
    answer = client.put(f"{run}/marks", json={"marks": 5}, headers={"X-CSRFToken": client.csrf()})
    assert answer.status_code == 422


BAD_FORMS: list[dict[str, str]] = [
    {"v.S1": "9"},
    {"v.S1": "x"},
    {"t.S1": "soon"},
    {"v.S1": "2", "rev.S1": "-1"},
    {"n.S1": "x" * 1001},
    {"a.S1": "1e9"},
]


def test_a_form_that_holds_nonsense_comes_back_with_a_sentence_and_nothing_kept(
    client: ReviewingClient, stations: Stations
) -> None:
    run = begin(client)

    for fields in BAD_FORMS:
        answer = client.submit(run, fields)
        assert answer.status_code == 422, fields
        assert "alert-bad" in answer.get_data(as_text=True), fields

    with stations.runtime.db.reading() as session:
        assert session.scalar(select(func.count()).select_from(ChecklistMark)) == 0


def test_a_form_that_was_open_in_two_windows_overwrites_nothing(
    client: ReviewingClient, stations: Stations
) -> None:
    run = begin(client)
    put(client, run, mark("S1", 2, 4))

    answer = client.submit(run, {"v.S1": "0", "rev.S1": "3", "finish": "anyway"})

    assert answer.status_code == 409
    assert "another window" in answer.get_data(as_text=True)
    assert "edu-checklist" in text(client, run)


def test_a_finished_run_takes_no_marks_and_finishing_twice_is_one(
    client: ReviewingClient, stations: Stations
) -> None:
    run = begin(client)

    for _ in range(2):
        assert client.submit(run, {"finish": "anyway"}).status_code == 303

    assert put(client, run, mark("S1", 2))[0] == 409


def test_after_watching_one_rates_again_and_sees_the_difference(
    client: ReviewingClient, stations: Stations
) -> None:
    run = begin(client)
    client.submit(run, {"v.S1": "0", "finish": "anyway"})
    assert "rate yourself again" in text(client, run)

    answer = client.submit(f"{run}/again", {"run": str(uuid4())})
    again = str(answer.location)
    assert "after watching the video" in text(client, again)
    client.submit(again, {"v.S1": "2", "finish": "anyway"})

    page = text(client, again)
    assert "Before and after watching" in page
    assert "rate yourself again" not in page


def test_a_rater_enters_by_a_link_and_both_see_where_they_differ(
    client: ReviewingClient, stations: Stations, learner: Person
) -> None:
    run = begin(client)
    client.submit(run, {"v.S1": "2", "finish": "anyway"})
    shown = client.submit(f"{run}/invitations", {"purpose": "rate"})
    made = MADE.search(shown.get_data(as_text=True))
    assert made
    link = made[0]
    assert "you come back here by yourself" in text(client, link)

    theirs = str(learner.submit(link, {"run": str(uuid4())}).location)
    assert "PATIENT words" in text(learner, theirs)
    learner.submit(theirs, {"v.S1": "0", "n.S1": "no water", "finish": "anyway"})

    page = text(learner, theirs)
    assert "Self and rater" in page
    assert "What did you see?" in page
    learner.submit(f"{theirs}/comments", {"item": "S1", "note": "the tap was never open"})
    assert "the tap was never open" in text(client, run)
    assert client.get(link).status_code == learner.get(link).status_code == 410
    assert learner.submit(f"{theirs}/comments", {"item": "S2", "note": "x"}).status_code == 422


def test_a_teachers_result_is_handed_to_the_one_who_performed(
    client: ReviewingClient, stations: Stations, instructor: Person
) -> None:
    run = begin(instructor, whom="other", label="Candidate 12")
    assert instructor.submit(f"{run}/invitations", {"purpose": "claim"}).status_code == 409
    instructor.submit(run, {"v.S1": "2", "finish": "anyway"})
    shown = instructor.submit(f"{run}/invitations", {"purpose": "claim"}).get_data(as_text=True)
    made = MADE.search(shown)
    assert made
    link = made[0]
    assert client.get(run).status_code == 404
    assert "Is this your result?" in text(client, link)

    assert str(client.submit(link, {"run": str(uuid4())}).location) == run

    assert "Teacher" in text(client, run)
    assert run in text(client, "/checklists/small")
    assert instructor.submit(f"{run}/invitations", {"purpose": "claim"}).status_code == 422


def test_rating_others_without_a_link_is_for_instructors(learner: Person, stations: Stations) -> None:
    answer = learner.submit("/checklists/small/runs", {"run": str(uuid4()), "whom": "other"})

    assert answer.status_code == 403


def test_what_was_rated_before_signing_up_is_found_after_it(
    client: ReviewingClient, stations: Stations
) -> None:
    run = begin(client)
    client.submit(run, {"v.S1": "2", "finish": "anyway"})

    client.submit(
        "/account/sign-up",
        {"name": "Ada", "email": "ada@example.org", "password": "four words that rhyme"},
        token=client.csrf("/account/sign-up"),
    )

    with stations.runtime.db.reading() as session:
        found = session.scalars(select(ChecklistRun)).one()
    assert (found.rater_id is not None, found.rater_hash) == (True, None)
    assert run in text(client, "/checklists")


def test_the_list_shows_what_one_may_find_and_a_gated_station_leads_to_the_gate(
    client: ReviewingClient, stations: Stations
) -> None:
    assert "A small station" in text(client, "/checklists")

    stations.keep(replace(STATION, audience=Audience.PRO))

    assert "For professionals" in text(client, "/checklists")
    assert str(client.get("/checklists/small").location).startswith("/professionals")
    assert client.submit("/checklists/small/runs", {"run": str(uuid4())}).status_code == 403
    assert client.get("/checklists/none").status_code == client.get("/checklists/runs/x").status_code == 404
    assert client.submit("/checklists/small/runs", {"run": "x"}).status_code == 422


def test_statistics_are_for_instructors_and_silent_about_few(
    client: ReviewingClient, stations: Stations, person: Callable[..., Person]
) -> None:
    assert client.get("/studio/checklists/small/statistics").status_code == 303
    teacher, admin = person(Role.INSTRUCTOR), person(Role.ADMINISTRATOR)
    assert "0 of at least 5" in text(teacher, "/studio/checklists/small/statistics")
    who = stations.person(Role.INSTRUCTOR)
    good = {"S1": 2, "S2": 2, "S3": 2, "E1": 2, "rating:global": 4}
    for n in range(30):
        stations.rated(who, {**good, **({"S1": 1, "rating:global": 2} if n % 2 else {})}, is_self=False)

    page = text(teacher, "/studio/checklists/small/statistics")
    assert "Needed now: 10 of 14" in page
    assert "so 13 would be needed" in page
    assert teacher.submit("/studio/checklists/small/cut", {"do": "cut"}).status_code == 403
    assert admin.submit("/studio/checklists/small/cut", {"do": "cut"}).status_code == 303

    assert "Needed now: 13 of 14" in text(admin, "/studio/checklists/small/statistics")
    admin.submit("/studio/checklists/small/cut", {"do": "share"})
    assert "Needed now: 10 of 14" in text(admin, "/studio/checklists/small/statistics")


def test_no_cut_is_taken_from_too_few(administrator: Person, stations: Stations) -> None:
    assert administrator.submit("/studio/checklists/small/cut", {"do": "cut"}).status_code == 422
