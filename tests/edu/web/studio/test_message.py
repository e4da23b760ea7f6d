"""The studio's pages of readers' messages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from edu.models import Message, MessageKind, MessageState
from edu.runtime import Runtime
from tests.edu.conftest import Site
from tests.messaging import add_message
from tests.people import Person

HOSTILE = "<b>bold</b>"
Add = Callable[..., int]


@pytest.fixture
def add(runtime: Runtime) -> Add:
    """Writes a message that waits; gives its number."""

    def act(**values: object) -> int:
        with runtime.db.writing() as session:
            return add_message(session, runtime.clock.now(), **values).id

    return act


def seen(page: str) -> str:
    """What the form says its decision is based on."""
    return page.split('name="seen" value="')[1].split('"')[0]


def test_what_waits_is_counted_in_the_studio_and_listed_under_filters(
    administrator: Person, instructor: Person, add: Add
) -> None:
    add(text="A correction")
    add(kind=MessageKind.STORY, path="/stories", text="A story")
    add(text="Cheap pills", state=MessageState.SPAM)

    home = administrator.get("/studio").text
    everything = administrator.get("/studio/messages").text
    stories = administrator.get("/studio/messages?kind=story&state=new&page=7").text
    spam = administrator.get("/studio/messages?state=spam&kind=nonsense").text

    assert "2 new messages" in home
    assert "A correction" in everything
    assert "Cheap pills" not in everything
    assert "A story" in stories
    assert "A correction" not in stories
    assert "Cheap pills" in spam
    assert "A correction" not in instructor.get("/studio/messages").text


def test_an_editor_sees_what_will_be_public_then_accepts_and_the_log_tells_it(
    administrator: Person, add: Add, runtime: Runtime
) -> None:
    number = add(text=f"The angle. {HOSTILE}", email="ada@example.org")
    address = f"/studio/messages/{number}"
    page = administrator.get(address)
    given = {
        "decision": "accept",
        "answer": "A reader reported it.",
        "changed": "The angle is 30 degrees now.",
        "is_public": "1",
    }
    given["seen"] = seen(page.text)

    preview = administrator.submit(address, {**given, "preview": "1"})
    accepted = administrator.submit(address, given)

    assert HOSTILE not in page.text
    assert "You may write to ada@example.org yourself." in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "What will be public" in preview.text
    assert f"by {administrator.name}" in preview.text
    assert seen(preview.text) == given["seen"]
    assert accepted.status_code == 303
    log = administrator.get(f"/corrections/{number}").text
    assert "The angle is 30 degrees now." in log
    assert "The angle." not in log  # its sender did not agree to that


def test_the_second_editor_keeps_the_words_and_reads_what_the_first_wrote(
    administrator: Person, add: Add, runtime: Runtime
) -> None:
    number = add()
    address = f"/studio/messages/{number}"
    before = seen(administrator.get(address).text)
    administrator.submit(address, {"decision": "answer", "answer": "FIRST", "seen": before})

    second = administrator.submit(address, {"decision": "decline", "answer": "SECOND", "seen": before})

    assert second.status_code == 409
    assert "FIRST" in second.text
    assert "SECOND" in second.text
    assert seen(second.text) != before


@pytest.mark.parametrize("given", [{"decision": "decline"}, {"decision": "nonsense"}, {}])
def test_a_decision_without_its_words_is_refused_beside_its_field(
    administrator: Person, add: Add, given: dict[str, str]
) -> None:
    address = f"/studio/messages/{add()}"

    page = administrator.submit(address, {**given, "seen": seen(administrator.get(address).text)})

    assert page.status_code == 422
    assert 'id="error-summary"' in page.text


def test_spam_is_undone_and_a_deleted_message_is_gone(
    administrator: Person, add: Add, runtime: Runtime
) -> None:
    number = add(state=MessageState.SPAM, text="Honest")
    address = f"/studio/messages/{number}"
    for decision in ("not_spam", "delete"):
        given = {"decision": decision, "seen": seen(administrator.get(address).text)}
        assert administrator.submit(address, given).status_code == 303

    assert administrator.get(address).status_code == 404
    with runtime.db.reading() as session:
        assert session.get_one(Message, number).text == ""


def test_an_instructor_finds_no_message_of_anothers_pages(instructor: Person, add: Add) -> None:
    address = f"/studio/messages/{add()}"

    assert instructor.get(address).status_code == 404
    assert instructor.submit(address, {"decision": "delete", "seen": "x"}).status_code == 404


def test_accepting_asks_for_a_sentence_shows_how_the_page_stands_and_the_page_names_its_correction(
    administrator: Person, site: Site, add: Add
) -> None:
    lesson = "/courses/small/touch"
    number = add(path=lesson, title="Touch", created_at=site.runtime.clock.now() + timedelta(hours=1))
    address = f"/studio/messages/{number}"
    page = administrator.get(address).text
    given = {"decision": "accept", "changed": "Done.", "is_public": "1", "seen": seen(page)}

    short = administrator.submit(address, given)
    administrator.submit(address, {**given, "changed": "The angle is 30 degrees now."})

    assert "The page stands in its revision 1" in page
    assert "It was not changed since this report came" in page
    assert short.status_code == 422
    assert "Say in a sentence what was changed" in short.text
    for told in (lesson, "/courses/small/changes", f"{lesson}/print"):
        assert f'href="/corrections/{number}"' in administrator.get(told).text, told
    assert "Corrected after a report" not in administrator.get("/courses/small/rest").text
