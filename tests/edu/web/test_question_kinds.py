"""Every kind of question through HTTP: asked, answered by a plain form and by the script's way, explained."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from werkzeug.test import TestResponse

from edu.services.quizzing.questions import ASKED
from quizzes import Kind, Mode
from tests.question_kinds import (
    DOCUMENT,
    KEY,
    KINDS,
    POSITION,
    RIGHT,
    disguised,
    form,
    part_of,
    revs,
    words_of,
)
from tests.quiz_browser import begin, save, tells_nothing
from tests.quizzing import SECRET, Crest
from tests.reviewer import ReviewingClient


def test_every_kind_of_document_is_asked() -> None:
    assert {kind.value for kind in Kind} == ASKED == set(KINDS)


def test_a_plain_form_answers_every_kind_and_right_answers_are_a_full_mark(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    house = crest(document=DOCUMENT)
    attempt = begin(client)

    kept = client.submit(attempt, {"save": "1", **form(house, attempt, RIGHT)})

    assert kept.status_code == 303
    assert "15 of 15 answered" in client.get(attempt).text
    client.submit(attempt)
    page = client.get(attempt).text
    assert "100 %" in page
    assert page.count("question-right") == len(KINDS)


def test_what_the_script_saves_is_the_same_and_stands_in_the_fields_of_the_next_page(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    house = crest(document=DOCUMENT, certainty=True)
    attempt = begin(client)
    given = disguised(house, attempt, RIGHT)

    answer = save(client, attempt, *[(f"s{POSITION[kind]}", 1, said) for kind, said in given.items()])

    assert answer.json == {"saved": [{"item": f"s{place}", "rev": 1} for place in range(1, 16)], "stale": []}
    page = client.get(attempt).text
    assert 'value="61,5 mm"' in page
    assert 'value="0:40.0"' in page
    assert 'value="0:31.125"' in page
    assert 'value="iliac crest"' in page
    assert re.findall(r'name="q\.s5" value="([^"]+)" checked', page) == ["0.5703125,0.65"]
    assert re.findall(r'name="q\.s15" value="([^"]+)" checked', page) == ["-2"]
    assert page.count(" selected>") == 2 + 2 + 2 + 1
    places = re.findall(r'name="q\.s3\.a\.(\d)"[^>]*value="(\d)"', page)
    assert [place for _, place in places] == ["1", "2", "3", "4"]  # in the learner's order
    assert [option for option, _ in places] == given["ordering"]
    # posting that very page again changes nothing
    client.submit(attempt, {"save": "1", **form(house, attempt, RIGHT), **revs(1)})
    assert set(re.findall(r'name="q\.s\d+\.rev" value="(\d+)"', client.get(attempt).text)) == {"1"}


def test_what_cannot_be_read_is_told_at_its_question_and_everything_else_is_kept(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    house = crest(document=DOCUMENT)
    attempt = begin(client)
    bad = {
        "q.s3.a.1": "1", "q.s3.a.2": "1", "q.s3.a.3": "2", "q.s3.a.4": "",
        "q.s4": "about six",
        "q.s5": ["0.5,0.5", "0.1,0.1"],
        "q.s6": "later",
        "q.s10": ["1", "2", "3"],
        "q.s11.a.much": "two or three",
        "q.s14.a.start": "0:40", "q.s14.a.end": "0:30",
        "q.s15": "3",
    }  # fmt: skip
    posted = {"save": "1", **form(house, attempt, {"single": "B", "short": "a dimple"}), **bad}

    answer = client.submit(attempt, posted)

    assert answer.status_code == 422
    said = {place: words_of(text) for place, text in re.findall(
        r'id="s(\d+)-error" role="alert" data-part="error">([^<]+)<', answer.text)}  # fmt: skip
    assert said == {
        "3": "Give each of them a number of its own, from 1 to 4.",
        "4": "Write a number, such as 12 or 1.5",
        "5": "There may be at most 1.",
        "6": "Write the time as minutes and seconds, such as 0:41.5.",
        "10": "There may be at most 2.",
        "11": "Write a number, such as 12 or 1.5",
        "14": "The start should come before the end.",
        "15": "Choose one of the five answers.",
    }
    for typed in ("about six", "later", "two or three"):
        assert f'value="{typed}"' in answer.text
    assert "2 of 15 answered" in client.get(attempt).text
    checked = client.submit(attempt, {"check": "s12", "q.s4": "about six", "q.s4.rev": "0"})
    assert checked.status_code == 422
    assert "question-right" in part_of(checked.text, "short")


def test_an_answer_of_the_script_that_cannot_be_read_names_its_question(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest(document=DOCUMENT)
    attempt = begin(client)

    answer = save(client, attempt, ("s12", 1, "a dimple"), ("s4", 1, "about six"))

    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["field"] == "s4"
    assert answer.json["detail"] == "Write a number, such as 12 or 1.5"
    assert "0 of 15 answered" in client.get(attempt).text


def test_how_sure_one_is_is_kept_beside_the_answer_and_told_to_another_window(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest(document=DOCUMENT, certainty=True)
    attempt = begin(client)
    headers = {"X-CSRFToken": client.csrf()}

    def put(**answer: object) -> TestResponse:
        answers = [{"item": "s4", "rev": 1, "response": "61.5", **answer}]
        return client.put(f"{attempt}/answers", json={"answers": answers}, headers=headers)

    assert put(certainty=4).status_code == 422
    assert put(certainty=True).status_code == 422
    assert put(certainty=3).json == {"saved": [{"item": "s4", "rev": 1}], "stale": []}
    assert put(certainty=2).json == {
        "saved": [],
        "stale": [{"item": "s4", "rev": 1, "response": "61.5", "certainty": 3}],
    }
    assert re.findall(r'name="q\.s4\.certainty" value="(\d)" checked', client.get(attempt).text) == ["3"]


def test_emptied_fields_take_an_answer_back(crest: Callable[..., Crest], client: ReviewingClient) -> None:
    house = crest(document=DOCUMENT)
    attempt = begin(client)
    taken = {kind: said for kind, said in RIGHT.items() if kind not in ("single", "truefalse", "concordance")}
    first = form(house, attempt, taken)
    client.submit(attempt, {"save": "1", **first})
    assert "12 of 15 answered" in client.get(attempt).text
    names = (name for name in first if name.endswith("rev") or name not in ("q.s2", "q.s5", "q.s10"))

    client.submit(attempt, {"save": "1", **dict.fromkeys(names, ""), **revs(1)})

    assert "0 of 15 answered" in client.get(attempt).text


# nothing too early


@pytest.mark.parametrize("mode", list(Mode))
def test_nothing_of_any_key_is_told_before_the_release(
    crest: Callable[..., Crest], client: ReviewingClient, mode: Mode
) -> None:
    house = crest(document=DOCUMENT, mode=mode, certainty=True)
    attempt = begin(client)
    right = disguised(house, attempt, RIGHT)
    headers = {"X-CSRFToken": client.csrf()}
    watched = {"item": "s1", "step": "V9-c05", "watched_ms": 1}
    wrong = [(f"s{place}", 1, {"x": 1}) for place in (1, 4, 5, 6, 12, 14, 15)]

    seen = [
        client.get("/quizzes/crest"),
        client.get(attempt),
        save(client, attempt, *[(f"s{POSITION[kind]}", 1, said) for kind, said in right.items()]),
        *[save(client, attempt, one) for one in wrong],
        client.submit(attempt, {"check": "s99"}),
        client.submit(attempt, {"save": "1", "q.s4": "x", "q.s4.rev": "1", "q.s6": "x", "q.s6.rev": "1"}),
        client.put(f"{attempt}/clips", json=watched, headers=headers),
        client.submit(f"{attempt}/siblings", {"slot": "s1"}),
        client.get(attempt),
    ]  # fmt: skip

    for answer in seen:
        assert tells_nothing(answer), answer.get_data(as_text=True)
        assert not KEY.search(answer.get_data(as_text=True)), answer.get_data(as_text=True)


def test_hints_come_one_by_one_and_only_as_asked_for(
    crest: Callable[..., Crest], client: ReviewingClient
) -> None:
    crest(document=DOCUMENT)
    attempt = begin(client)
    assert "Hint 1 of 2" in part_of(client.get(attempt).text, "numeric")

    client.submit(attempt, {"hint": "s4", "q.s4": "40 mm", "q.s4.rev": "0"})

    page = client.get(attempt).text
    assert re.findall(rf"{SECRET} [\w ]+", page) == [f"{SECRET} first hint of numeric"]
    assert "Hint 2 of 2" in part_of(page, "numeric")
    assert 'value="40 mm"' in page
    client.submit(attempt, {"hint": "s4"})
    assert "Hint 2" not in part_of(client.get(attempt).text, "numeric")
