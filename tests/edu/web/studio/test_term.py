"""Words of the glossary in the studio: the list, the form with its names, and removal."""

from __future__ import annotations

import re

import pytest

from edu.models import Course, PageState, Term
from edu.runtime import Runtime
from tests.people import Person

FORM = {
    "text": "Nodule", "meaning": "A small knot.", "body": "It is felt.", "has_page": "1", "name_count": "2",
    "name-0-text": "nódulo", "name-0-language": "es", "name-0-means": "same", "name-1-text": "",
}  # fmt: skip


@pytest.fixture
def course(runtime: Runtime, instructor: Person) -> int:
    """A course of the instructor that readers find."""
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        course = Course(
            slug="back", title="Back", owner_id=instructor.user_id, created_at=now, updated_at=now
        )
        course.state = PageState.UNDER_CONSTRUCTION
        session.add(course)
        session.flush()
        return course.id


def send(who: Person, path: str, **changes: str):
    return who.submit(path, {**FORM, **changes}, token=who.csrf("/studio/terms"))


def test_a_word_is_added_found_at_once_changed_and_deleted(
    instructor: Person, client: Person, runtime: Runtime, course: int
) -> None:
    new = f"/studio/terms/new/{course}"
    more = send(instructor, new, act="more", **{"name-1-text": "knot"})
    wrong = send(instructor, new, meaning="")
    tagged = send(instructor, new, meaning="A small knot [?].")
    done = send(instructor, new)
    address = done.location

    assert 'id="field-name-2-text"' in more.text
    assert 'value="knot"' in more.text
    assert (tagged.status_code, "The meaning has no tags in it" in tagged.text) == (422, True)
    assert (wrong.status_code, 'href="#field-meaning">Meaning: Please fill' in wrong.text) == (422, True)
    assert client.get("/glossary/nodulo").location == "/glossary/nodule?asked=nodulo"
    assert "A small knot." in client.get("/search?q=nódulo").text
    late = send(instructor, address, revision="0", meaning="Mine.")
    assert late.status_code == 409
    assert "Mine.</textarea>" in late.text
    assert 'class="as-typed">A small knot.' in late.text
    revision = re.findall(r'name="revision" value="(\d+)"', late.text)[0]
    send(instructor, address, revision=revision, meaning="A lump.", **{"name-0-remove": "1"})
    assert "A lump." in client.get("/glossary/nodule").text
    assert client.get("/glossary/nodulo").status_code == 404
    assert "No lesson, no page and no other word uses it." in instructor.get(f"{address}/delete").text
    instructor.submit(f"{address}/delete", token=instructor.csrf("/studio/terms"))
    assert client.get("/glossary/nodule").status_code == 404
    with runtime.db.reading() as session:
        assert session.query(Term).count() == 0


def test_who_does_not_look_after_the_course_sees_its_words_and_changes_none(
    instructor: Person, colleague: Person, administrator: Person, course: int
) -> None:
    address = send(instructor, f"/studio/terms/new/{course}").location

    page = colleague.get("/studio/terms").text

    assert 'href="/glossary/nodule"' in page
    assert "Add a word" not in page
    assert colleague.get(address).status_code == colleague.get(f"{address}/delete").status_code == 403
    assert colleague.get(f"/studio/terms/new/{course}").status_code == 403
    assert administrator.get(address).status_code == 200
    assert administrator.get("/studio/terms/999").status_code == 404
