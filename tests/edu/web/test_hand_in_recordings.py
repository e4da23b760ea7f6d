"""Handing in a recording over the web: the form, who gets the file, ranges, withdrawal."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from sqlalchemy import select

from edu.models import HandIn, HandInState, Job, LoginSession
from edu.runtime import Runtime
from edu.services.hand_ins import files
from tests.edu.conftest import Site
from tests.handing_in import add_hand_in
from tests.people import Person
from tests.reviewer import ReviewingClient

CONFIRMED = {"seen": "self", "no_patient": "1"}
DATA = bytes(range(256)) * 40
MakePerson = Callable[..., Person]


@pytest.fixture
def address(site: Site) -> str:
    return f"/videos/{site.video('V1').slug}/hand-in"


@pytest.fixture
def recording(site: Site, learner: Person) -> HandIn:
    """A recording of the learner that is ready, with its file."""
    runtime = site.runtime
    with runtime.db.writing() as session:
        now, video = runtime.clock.now(), site.video("V1")
        row = add_hand_in(session, learner.user_id, video.id, now, bytes=len(DATA), own_ms=500, film_ms=9000)
    runtime.store.put(row.file_key, io.BytesIO(DATA))
    return row


def clip() -> bytes:
    """The head of a WebM file, which is all that is looked at before it is kept."""
    return b"\x1a\x45\xdf\xa3" + bytes(4000)


def send(person: Person, address: str, data: bytes | None = None, **fields: str) -> object:
    form = {**CONFIRMED, **fields}
    form = {name: value for name, value in form.items() if value}
    if data is not None:
        form["file"] = (io.BytesIO(data), "practice.webm")  # type: ignore[assignment]
    return person.submit(address, form)


def rows(runtime: Runtime) -> list[HandIn]:
    with runtime.db.reading() as session:
        return list(session.scalars(select(HandIn)))


def test_a_recording_with_its_consent_is_kept_and_its_work_promised(
    site: Site, learner: Person, address: str
) -> None:
    answer = send(learner, address, clip(), step="V1-c01", own_ms="1500", film_ms="12000")

    (row,) = rows(site.runtime)
    assert (answer.status_code, answer.location) == (303, f"/hand-ins/{row.id}")
    assert (row.user_id, row.step, row.own_ms, row.film_ms) == (learner.user_id, "V1-c01", 1500, 12_000)
    assert (row.consent["seen"], row.state) == ("self", HandInState.ARRIVING)
    assert site.runtime.store.size(row.original_key) == row.bytes == len(clip())
    with site.runtime.db.reading() as session:
        assert session.scalar(select(Job).where(Job.key == files.check_job(row.id))) is not None
    page = learner.get(answer.location).text
    assert "waits for its turn" in page
    assert learner.get(f"{answer.location}/state").json["state"] == "received"
    assert learner.get(f"{answer.location}/file").status_code == 404


@pytest.mark.parametrize(
    ("data", "fields", "words"),
    [
        (clip(), {"no_patient": ""}, "a patient is seen or heard cannot be handed in"),
        (clip(), {"seen": ""}, "Say who is seen"),
        (None, {}, "Choose the recording."),
        (b"", {}, "empty"),
        (b"<!doctype html><html>" * 300, {}, "web page"),
    ],
)
def test_what_is_not_confirmed_or_is_no_recording_is_refused_and_not_kept(
    site: Site, learner: Person, address: str, data: bytes | None, fields: dict[str, str], words: str
) -> None:
    answer = send(learner, address, data, **fields)

    assert answer.status_code == 422
    assert words in answer.text
    assert rows(site.runtime) == []
    assert list(site.runtime.store.list(files.PREFIX)) == []
    assert not list((site.runtime.settings.data_dir / "tmp").glob("form-*"))


def test_a_program_is_told_the_field_that_is_wrong(learner: Person, address: str) -> None:
    answer = learner.submit(address, {"seen": "self"}, headers={"Accept": "application/json"})

    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert answer.json["field"] == "no_patient"


@pytest.mark.parametrize(
    ("accepts", "kind"), [("text/html", "text/html"), ("application/json", "application/problem+json")]
)
def test_what_is_larger_than_may_be_is_refused_before_it_is_read(
    learner: Person, address: str, accepts: str, kind: str
) -> None:
    told = {"CONTENT_LENGTH": "400000000"}
    answer = learner.submit(address, CONFIRMED, headers={"Accept": accepts}, environ_overrides=told)

    assert (answer.status_code, answer.mimetype) == (413, kind)
    assert "At most 300 MB can be handed in." in answer.text


def test_a_stranger_is_led_to_sign_in_and_sends_nothing(client: ReviewingClient, address: str) -> None:
    answer = client.get(address)

    assert answer.status_code in (302, 303)
    assert "/account/sign-in" in answer.location


def test_the_file_goes_by_ranges_to_its_learner_and_to_those_it_was_handed_to_and_is_not_stored(
    learner: Person, administrator: Person, instructor: Person, person: MakePerson, client: ReviewingClient,
    recording: HandIn,
) -> None:  # fmt: skip
    address = f"/hand-ins/{recording.id}/file"

    for reader in (learner, administrator):
        whole, part = reader.get(address), reader.get(address, headers={"Range": "bytes=256-511"})
        assert (whole.status_code, whole.data, whole.headers["Cache-Control"]) == (200, DATA, "no-store")
        assert (part.status_code, part.data) == (206, DATA[256:512])
        assert (part.mimetype, part.headers["Cache-Control"]) == ("video/mp4", "no-store")
    for stranger in (instructor, person("learner")):
        for path in (address, f"/hand-ins/{recording.id}", f"/hand-ins/{recording.id}/state"):
            assert stranger.get(path).status_code == 404
    assert client.get(address).status_code in (302, 303, 401)
    assert administrator.get(f"/hand-ins/{recording.id}").status_code == 404


def test_ones_own_page_shows_both_films_and_lists_hold_it(learner: Person, recording: HandIn) -> None:
    page = learner.get(f"/hand-ins/{recording.id}").text

    assert f'data-file="/hand-ins/{recording.id}/file" data-own="500" data-film="9000"' in page
    assert "Nobody has said anything yet." in page
    assert f'href="/hand-ins/{recording.id}"' in learner.get("/hand-ins").text


def test_a_rating_that_is_not_ones_own_is_not_shown_beside_it(learner: Person, recording: HandIn) -> None:
    assert learner.submit(f"/hand-ins/{recording.id}/rating", {"rating": "ab" * 16}).status_code == 422
    assert learner.submit(f"/hand-ins/{recording.id}/rating", {"rating": ""}).status_code == 303


def test_it_is_asked_once_before_a_recording_is_withdrawn(
    site: Site, learner: Person, administrator: Person, recording: HandIn
) -> None:
    address = f"/hand-ins/{recording.id}/withdraw"
    own = learner.get(f"/hand-ins/{recording.id}").text
    assert f'href="{address}"' in own
    assert f'action="{address}"' not in own

    asked = learner.get(address).text

    assert "Withdraw the recording?" in asked
    assert f'action="{address}"' in asked
    assert f'href="/hand-ins/{recording.id}"' in asked
    assert len(rows(site.runtime)) == 1
    assert administrator.get(address).status_code == 404


def test_withdrawn_it_is_gone_at_once_with_its_file(site: Site, learner: Person, recording: HandIn) -> None:
    answer = learner.submit(f"/hand-ins/{recording.id}/withdraw")

    assert (answer.status_code, answer.location) == (303, "/hand-ins")
    assert rows(site.runtime) == []
    assert not site.runtime.store.exists(recording.file_key)
    assert "It is withdrawn." in learner.get("/hand-ins").text
    assert learner.get(f"/hand-ins/{recording.id}/file").status_code == 404


def test_nobody_withdraws_the_recording_of_another(
    site: Site, administrator: Person, recording: HandIn
) -> None:
    assert administrator.submit(f"/hand-ins/{recording.id}/withdraw").status_code == 404
    assert len(rows(site.runtime)) == 1


def test_an_ended_session_gets_nothing(site: Site, learner: Person, recording: HandIn) -> None:
    with site.runtime.db.writing() as session:
        for row in session.scalars(select(LoginSession)):
            row.ended_at = site.runtime.clock.now()

    assert learner.get(f"/hand-ins/{recording.id}/file").status_code != 200
