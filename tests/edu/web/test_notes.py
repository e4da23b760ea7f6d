"""Notes over HTTP: the player's addresses, the page of all notes, its files; nobody else sees any of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from edu.models import Audience, Visibility
from tests.edu.conftest import Site
from tests.people import Person
from tests.reviewer import ReviewingClient

FILM = "/videos/find/notes"
MINE = "Press with two fingers"


def put(person: Person, text: Any, *, uid: str = "", address: str = FILM, **more: Any) -> Any:
    body = {"at_ms": 12_300, "film": 0, "text": text, "base": "", **more}
    token = {"X-CSRFToken": person.csrf("/account/")}
    return person.put(f"{address}/{uid or uuid4()}", json=body, headers=token)


def test_a_note_goes_to_and_fro_and_stays_out_of_caches(learner: Person, site: Site) -> None:
    uid = str(uuid4())

    kept = put(learner, MINE, uid=uid)
    listed = learner.get(FILM)

    assert (kept.status_code, kept.json["other"]) == (200, None)
    assert [(note["uid"], note["place_ms"], note["text"]) for note in listed.json["notes"]] == [
        (uid, 12_300, MINE)
    ]
    assert listed.headers["Cache-Control"] == "no-store"
    token = {"X-CSRFToken": learner.csrf("/account/")}
    base = {"base": kept.json["note"]["revision"]}
    assert learner.delete(f"{FILM}/{uid}", query_string=base, headers=token).status_code == 204
    assert learner.get(FILM).json["notes"] == []


def test_what_is_no_note_is_told_so(learner: Person, site: Site) -> None:
    for wrong in ({"at_ms": "1"}, {"at_ms": True}, {"film": 7}, {"base": 3}, {"at_ms": 1.5}):
        assert put(learner, "x", **wrong).status_code == 422
    assert put(learner, None).status_code == 422
    assert put(learner, "x", uid="x").status_code == 422
    assert put(learner, "x" * 5001).status_code == 422
    assert put(learner, "x", address="/videos/nowhere/notes").status_code == 404
    assert learner.put(f"{FILM}/{uuid4()}", json={}).status_code == 400  # no token


def test_what_is_wrong_with_a_note_does_not_tell_a_draft_from_no_film(learner: Person, site: Site) -> None:
    site.change_video("V1", visibility=Visibility.DRAFT)

    for text, uid in (("x", ""), ("x" * 5001, ""), ("x", "no-name")):
        of_draft = put(learner, text, uid=uid)
        of_none = put(learner, text, uid=uid, address="/videos/nowhere/notes")
        assert (of_draft.status_code, of_draft.json) == (of_none.status_code, of_none.json)


def test_strangers_are_asked_to_sign_in(client: ReviewingClient, site: Site) -> None:
    assert client.get(FILM, headers={"Accept": "application/json"}).status_code == 401
    assert client.get("/notes").status_code == 303


def test_nobody_else_sees_a_note_or_takes_it_away(
    person: Callable[..., Person], administrator: Person, site: Site
) -> None:
    ada, bob, uid = person(), person(), str(uuid4())
    put(ada, MINE, uid=uid)

    for other in (bob, administrator):
        assert other.submit(f"/notes/{uid}/delete", token=other.csrf("/account/")).status_code == 404
        assert other.get("/notes/films/find.vtt").status_code == 404
        pages = (FILM, "/notes", "/notes/all.json", "/search?q=fingers", f"/studio/people/{ada.user_id}")
        assert all(MINE not in other.get(page).get_data(as_text=True) for page in pages)
    assert MINE in ada.get("/notes").get_data(as_text=True)


def test_the_page_lists_by_film_finds_words_and_deletes_by_a_form(learner: Person, site: Site) -> None:
    uid = str(uuid4())
    put(learner, MINE, uid=uid)
    put(learner, "<b>Bold</b>\nwords", at_ms=5000)
    put(learner, "", at_ms=7000)

    page = learner.get("/notes").get_data(as_text=True)
    found = learner.get("/notes?q=FINGERS+press").get_data(as_text=True)

    assert 'href="/videos/find?t=12.3#t=12.3"' in page
    assert "&lt;b&gt;Bold&lt;/b&gt;" in page
    assert page.index("Bold") < page.index("Bookmark") < page.index(MINE)
    assert "Small" in page
    assert MINE in found
    assert "Bold" not in found
    gone = learner.submit(f"/notes/{uid}/delete", {"q": "press"}, token=learner.csrf("/account/"))
    assert (gone.status_code, gone.location) == (303, "/notes?q=press")
    assert MINE not in learner.get("/notes").get_data(as_text=True)


def test_all_notes_can_be_taken_along(learner: Person, site: Site) -> None:
    put(learner, MINE)

    for address, kind in (
        ("/notes/all.md", "text/markdown"),
        ("/notes/all.csv", "text/csv"),
        ("/notes/all.json", "application/json"),
        ("/notes/films/find.vtt", "text/vtt"),
    ):
        answer = learner.get(address)
        assert answer.mimetype == kind
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        assert MINE in answer.get_data(as_text=True)
    assert learner.get("/notes/all.exe").status_code == 404


def test_one_s_own_words_stay_readable_when_the_gate_closes_and_their_link_leads_to_it(
    learner: Person, site: Site, declare: Callable[[ReviewingClient], None]
) -> None:
    slug = site.video("V2").slug
    declare(learner)
    assert put(learner, MINE, address=f"/videos/{slug}/notes").status_code == 200

    learner.submit("/professionals/withdraw", token=learner.csrf("/account/"))

    page = learner.get("/notes").get_data(as_text=True)
    assert MINE in page
    assert "For professionals" in page
    led = learner.get(f"/videos/{slug}?t=12.3")
    assert led.location.startswith("/professionals?next=")
    assert put(learner, "More", address=f"/videos/{slug}/notes").status_code == 403


def test_a_film_that_was_taken_back_is_not_named_and_the_note_stays(learner: Person, site: Site) -> None:
    put(learner, MINE)
    title = site.video("V1").title

    site.change_video("V1", visibility=Visibility.DRAFT)

    page = learner.get("/notes").get_data(as_text=True)
    assert MINE in page
    assert title not in page
    assert "not on offer any more" in page
    assert site.video("V1").audience is Audience.OPEN


def test_an_empty_page_says_how_to_begin(learner: Person, site: Site) -> None:
    page = learner.get("/notes?page=7&q=x").get_data(as_text=True)

    assert "No notes yet" in page
    assert "keep the moment as a bookmark" in page
