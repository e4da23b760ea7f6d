"""Recordings in the studio: for whom they are, and remarks at their moments."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from edu.errors import Invalid
from edu.models import HandIn, HandInRemark
from edu.services.hand_ins import lists
from edu.web.studio.hand_in import milliseconds
from tests.edu.conftest import Site
from tests.handing_in import add_hand_in
from tests.people import Person


@pytest.fixture
def recording(site: Site, learner: Person) -> HandIn:
    with site.runtime.db.writing() as session:
        now = site.runtime.clock.now()
        return add_hand_in(session, learner.user_id, site.video("V1").id, now, step="V1-c01")


@pytest.mark.parametrize(
    ("written", "ms"), [("0:00.0", 0), ("1:12.5", 72_500), ("72,4", 72_400), (" 2:03 ", 123_000), ("9", 9000)]
)
def test_a_time_is_read_as_people_write_it(written: str, ms: int) -> None:
    assert milliseconds(written) == ms


@pytest.mark.parametrize("written", ["", "soon", "1:2:3", "-4", "1:"])
def test_what_is_no_time_is_refused(written: str) -> None:
    with pytest.raises(Invalid):
        milliseconds(written)


def test_what_is_said_to_a_moment_reaches_the_learner_with_its_time(
    site: Site, administrator: Person, learner: Person, recording: HandIn
) -> None:
    address = f"/studio/hand-ins/{recording.id}"
    assert learner.name in administrator.get("/studio/hand-ins").text
    assert f'data-file="/hand-ins/{recording.id}/file"' in administrator.get(address).text

    answer = administrator.submit(f"{address}/remarks", {"at": "0:12.5", "text": "Softer <here>."})

    with site.runtime.db.reading() as session:
        said = session.scalars(select(HandInRemark)).one()
    assert (answer.status_code, answer.location) == (303, f"{address}#remark-{said.id}")
    page = learner.get(f"/hand-ins/{recording.id}").text
    assert 'data-at="12500"' in page
    assert "Softer &lt;here&gt;." in page
    assert f"{address}/remarks/{said.id}/delete" not in page

    assert administrator.submit(f"{address}/remarks/{said.id}/delete").status_code == 303
    assert "Softer" not in learner.get(f"/hand-ins/{recording.id}").text


def test_the_list_has_pages_and_shows_what_is_not_answered_yet_alone(
    site: Site, administrator: Person, learner: Person, recording: HandIn
) -> None:
    with site.runtime.db.writing() as session:
        for _ in range(lists.PER_PAGE):
            add_hand_in(session, learner.user_id, recording.video_id, site.runtime.clock.now())
    address = "/studio/hand-ins"
    administrator.submit(f"{address}/{recording.id}/remarks", {"at": "0", "text": "Softer."})

    first, second = administrator.get(address), administrator.get(f"{address}?page=2")
    waiting = administrator.get(f"{address}?show=waiting&page=nonsense")

    rows = [page.text.count('class="rows-title"') for page in (first, second, waiting)]
    assert rows == [lists.PER_PAGE, 1, lists.PER_PAGE]
    assert f'href="{address}?page=2" rel="next"' in first.text
    assert "Not answered yet (20)" in waiting.text
    assert 'rel="next"' not in waiting.text
    assert 'href="/hand-ins?page=2" rel="next"' in learner.get("/hand-ins").text


def test_a_remark_without_a_time_or_without_words_is_refused_and_what_was_written_stays(
    administrator: Person, recording: HandIn
) -> None:
    answer = administrator.submit(
        f"/studio/hand-ins/{recording.id}/remarks", {"at": "soon", "text": "Softer here."}
    )

    assert answer.status_code == 422
    assert "Softer here." in answer.text
    assert "Write the time as minutes and seconds" in answer.text


def test_an_instructor_who_may_not_change_the_film_finds_nothing(
    instructor: Person, learner: Person, recording: HandIn
) -> None:
    assert "Nothing is handed in" in instructor.get("/studio/hand-ins").text
    assert instructor.get(f"/studio/hand-ins/{recording.id}").status_code == 404
    said = instructor.submit(f"/studio/hand-ins/{recording.id}/remarks", {"at": "0", "text": "x"})
    assert said.status_code == 404
    assert learner.get("/studio/hand-ins").status_code == 403
