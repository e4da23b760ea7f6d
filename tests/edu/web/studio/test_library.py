"""The studio's library: BibTeX looked at and taken, an entry's form, and who may."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select

from edu.errors import TooLarge
from edu.models import Reference
from edu.web.incoming import MOST_BODY_BYTES
from edu.web.studio.library import MOST_BYTES, text_of
from tests.edu.conftest import Site
from tests.people import Person

NEW = "@misc{new2020, title={New <i>}, abstract={long}}\n@misc{bad}\n@article{known2001, title={Changed}}\n"
BRING = "/studio/library/1/import"


def ident(site: Site, key: str) -> int:
    with site.runtime.db.reading() as session:
        return session.scalars(select(Reference.id).where(Reference.key == key)).one()


def test_bibtex_is_looked_at_and_what_is_ticked_is_taken(administrator: Person, site: Site) -> None:
    assert "1 work" in administrator.get("/studio/library").get_data(as_text=True)
    token = administrator.csrf(BRING)
    sent = {"csrf_token": token, "file": (io.BytesIO(NEW.encode()), "a.bib"), "act": "look"}

    look = administrator.post(BRING, data=sent).get_data(as_text=True)

    assert "1 entry cannot be taken" in look
    assert "Line 2:" in look
    assert "bad has no title" in look
    assert "is added" in look
    assert "is changed" in look
    assert "Not kept: abstract" in look
    assert "<del>A thing</del> → <ins>Changed</ins>" in look
    assert "New &lt;i&gt;" in look
    none = administrator.submit(BRING, {"text": NEW, "act": "take"}, token=token)
    assert none.status_code == 422
    assert "Tick the entries" in none.get_data(as_text=True)
    done = administrator.submit(BRING, {"text": NEW, "act": "take", "take": "new2020"}, token=token)
    assert (done.status_code, done.location) == (303, "/studio/library")
    assert "1 entry is added and 0 are changed." in administrator.get(done.location).get_data(as_text=True)
    page = administrator.get("/library/new2020").get_data(as_text=True)
    assert "New &lt;i&gt;" in page
    assert "Nobody has noted" in page


def test_what_is_no_text_empty_or_too_long_is_told_in_the_page(administrator: Person, site: Site) -> None:
    token = administrator.csrf(BRING)
    latin = {"csrf_token": token, "file": (io.BytesIO(b"@misc{a, title={\xe9}}"), "a.bib")}
    cut = {"csrf_token": token, "file": (io.BytesIO("@misc{a, title={é".encode()[:-1]), "a.bib")}
    for sent, status, words in (
        (latin, 422, "The file is no text in UTF-8"),
        (cut, 422, "breaks off in the middle of a letter"),
        ({"csrf_token": token, "text": ""}, 422, "Paste BibTeX here"),
        ({"csrf_token": token, "text": "x" * 200_001}, 413, "The text is too long"),
    ):
        answer = administrator.post(BRING, data=sent)
        assert answer.status_code == status
        assert words in answer.get_data(as_text=True)


def test_what_is_cut_off_by_our_own_limit_is_told_as_too_long() -> None:
    with pytest.raises(TooLarge):
        text_of(b"x" + "é".encode() * (MOST_BYTES // 2))


def test_a_body_above_the_limit_is_told_at_each_address(administrator: Person, site: Site) -> None:
    much = {"summary": "x" * MOST_BODY_BYTES}
    for address in (BRING, f"/studio/library/entries/{ident(site, 'known2001')}"):
        assert administrator.post(address, data=much).status_code == 413


def test_what_is_said_of_an_entry_is_edited_in_its_form(administrator: Person, site: Site) -> None:
    address = f"/studio/library/entries/{ident(site, 'known2001')}"
    assert f'href="{address}"' in administrator.get("/library/known2001").get_data(as_text=True)
    form = administrator.get(address).get_data(as_text=True)
    base = form.split('name="base" value="')[1].split('"')[0]
    said = {"design": "trial", "direction": "neutral", "summary": "Mine [C].", "base": base}

    wrong = administrator.submit(address, {**said, "summary": "Open [?]."}, token=administrator.csrf(address))
    done = administrator.submit(address, said, token=administrator.csrf(address))
    late = administrator.submit(address, said, token=administrator.csrf(address))

    assert wrong.status_code == 422
    assert "A summary holds no open question" in wrong.get_data(as_text=True)
    assert (done.status_code, done.location) == (303, "/library/known2001")
    assert "Mine" in administrator.get("/library/known2001").get_data(as_text=True)
    assert late.status_code == 409
    assert "Somebody changed this entry meanwhile" in late.get_data(as_text=True)


def test_others_may_not(instructor: Person, learner: Person, site: Site) -> None:
    entry = f"/studio/library/entries/{ident(site, 'known2001')}"

    assert instructor.get("/studio/library").status_code == 200
    assert instructor.get(BRING).status_code == 404
    assert instructor.get(entry).status_code == 403
    assert instructor.submit(BRING, {"text": NEW}, token=instructor.csrf("/account/")).status_code in (
        403,
        404,
    )
    assert entry not in instructor.get("/library/known2001").get_data(as_text=True)
    for address in ("/studio/library", BRING, entry):
        assert learner.get(address).status_code == 403
