"""Lesson packs on the site: what is offered to whom, what the zip holds and holds not, and the way back."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from edu.models import Attempt, Audience, Note, Pack, SignFilm, VideoFile
from edu.services import layers
from edu.services.packing import zipping
from edu.services.packing.contents import REST_BYTES
from tests.edu.conftest import Site
from tests.people import Person
from tests.reviewer import Review, ReviewingClient

PACK, GATED, BACK = "/courses/small/touch/pack", "/courses/small/needle/pack", "/packs/return"
PLANTED = "PLANTED"  # in everything that belongs to a key
QUESTIONS = """\
[[questions]]
id = "Q001"
kind = "truefalse"
lesson = "L1.1"
evidence = "V1-c01"
stem = "It moves."
key = true
grade = "C"
references = ["known2001"]
hints = ["PLANTED hint"]
why = "PLANTED why"
if_wrong = "PLANTED words"
feedback = {true = "PLANTED about true"}
"""
SINGLE = """\
[[questions]]
id = "Q004"
kind = "single"
lesson = "L1.1"
stem = "Where is it?"
options = {A = "In the fat", B = "In the bone"}
key = "A"
open_key = true
why = "OPENED why"
"""


@pytest.fixture
def shop(site: Site) -> Site:
    """The small course; its open film may be taken along, and one question has an open key."""
    site.folder.write("questions/Q001.toml", QUESTIONS)
    site.folder.write("questions/Q004.toml", SINGLE)
    quiz = (site.folder.path / "quizzes/first.toml").read_text()
    site.folder.write("quizzes/first.toml", quiz + '\n[[slots]]\nquestion = "Q004"\n')
    site.install()
    site.change_video("V1", may_download=True)
    return site


def text(client: ReviewingClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def opened(answer: TestResponse) -> dict[str, bytes]:
    """The files of a pack by their names inside its folder."""
    assert answer.status_code == 200
    assert answer.content_length == len(answer.data)
    with zipfile.ZipFile(io.BytesIO(answer.data)) as pack:
        assert pack.testzip() is None
        return {name.partition("/")[2]: pack.read(name) for name in pack.namelist()}


def data_of(files: dict[str, bytes]) -> dict[str, Any]:
    found = re.search(r'id="pack-data">(.*?)</script>', files["index.html"].decode(), re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_the_page_says_what_is_in_it_and_what_is_not(client: ReviewingClient, shop: Site) -> None:
    page = text(client, PACK)

    assert "Self-check: 2 questions" in page
    assert "1 question for practice can be checked in the pack itself" in page
    assert "1 question that asks for a time in a film" in page
    assert "720p" in page


def test_the_pack_holds_film_words_text_and_questions_under_safe_names(
    client: ReviewingClient, shop: Site
) -> None:
    files = opened(client.submit(PACK))

    assert {"index.html", "README.txt", "files/js/pack.js", "film/720.mp4", "film/poster.jpg"} <= set(files)
    assert files["film/720.mp4"].startswith(b"OPEN 720.mp4")
    assert files["words/captions.en.vtt"].startswith(b"WEBVTT")
    assert all(re.fullmatch(r"[\w.+/-]+", name) for name in files)
    page = files["index.html"].decode()
    assert "Press gently" in page
    assert "Where is it?" in page
    assert 'href="#V1-c02"' in page
    assert list(files)[-1] == "film/720.mp4"


def test_the_page_in_it_asks_for_nothing_but_what_lies_beside_it(client: ReviewingClient, shop: Site) -> None:
    files = opened(client.submit(PACK))

    page = files["index.html"].decode()
    review = Review()
    review.feed(page)
    assert [fault for fault in review.verdict() if fault != "a form without an action"] == []
    assert not re.search(r'[\w-]+="/', page)
    assert 'type="module"' not in page
    assert "csrf" not in page
    beside = re.findall(r'(?:src|poster|href)="((?:files|film|words|pictures)/[^"#]+)', page)
    assert "film/poster.jpg" in beside
    assert set(beside) <= set(files)
    loaded = set(re.findall(r"['/]([\w-]+\.css)'", files["files/js/pack.js"].decode()))
    assert {f"files/css/{name}" for name in loaded} <= set(files)
    assert "caption-look.css" in loaded
    assert data_of(files)["files"].keys() == {"film/storyboard.vtt"}
    assert [track["kind"] for track in data_of(files)["tracks"]] == ["captions", "chapters"]


def test_no_byte_of_it_tells_a_key_but_that_of_the_question_whose_author_opened_it(
    client: ReviewingClient, shop: Site
) -> None:
    files = opened(client.submit(PACK))

    assert not [name for name, data in files.items() if PLANTED.encode() in data]
    data = data_of(files)
    assert [key["kind"] for key in data["keys"].values()] == ["single"]
    page = files["index.html"].decode()
    assert "OPENED why" in page
    assert page.count("data-check=") == 1
    assert "evidence" not in page


def test_two_packs_of_an_unchanged_lesson_are_the_same_bytes(client: ReviewingClient, shop: Site) -> None:
    first, second = client.submit(PACK), client.submit(PACK, {"height": "720"})

    assert first.data == second.data
    with shop.runtime.db.reading() as session:
        assert len(session.scalars(select(Pack)).all()) == 1


def test_nothing_in_a_pack_tells_who_took_it(client: ReviewingClient, learner: Person, shop: Site) -> None:
    of_nobody, of_learner = opened(client.submit(PACK)), opened(learner.submit(PACK))

    assert of_learner == of_nobody


def test_a_film_that_may_not_be_taken_along_makes_no_pack(client: ReviewingClient, shop: Site) -> None:
    shop.change_video("V1", may_download=False)

    assert "do not give it away" in text(client, PACK)
    assert client.submit(PACK).status_code == 409


def test_a_film_that_cannot_be_watched_yet_is_told(client: ReviewingClient, shop: Site) -> None:
    shop.change_video("V1", version="")

    assert "still being made ready" in text(client, PACK)


def test_a_lesson_without_a_film_is_packed_as_well(client: ReviewingClient, shop: Site) -> None:
    files = opened(client.submit("/courses/small/rest/pack"))

    assert "Rest a while" in files["index.html"].decode()
    assert not [name for name in files if name.startswith("film")]


def test_the_smallest_film_goes_unless_another_is_asked_for(client: ReviewingClient, shop: Site) -> None:
    video = shop.video("V1")
    with shop.runtime.db.writing() as session:
        large = session.scalars(
            select(VideoFile).where(VideoFile.name == "720.mp4", VideoFile.video_id == video.id)
        )
        kept = large.one()
        row = VideoFile(
            video_id=video.id, version=kept.version, name="360.mp4", role="rendition", key=kept.key
        )
        row.content_type, row.bytes, row.detail = kept.content_type, kept.bytes, {"height": 360}
        session.add(row)

    for no_size in ({}, {"height": "999"}, {"height": "tall"}, {"height": "9" * 5000}):
        assert "film/360.mp4" in opened(client.submit(PACK, no_size))
    assert "film/720.mp4" in opened(client.submit(PACK, {"height": "720"}))


LAYERS = b"""WEBVTT Kind: metadata

00:01.000 --> 00:02.000
{"layer":"crest","label":"Crest <of> bone","kind":"bone","shape":"point","points":[[0.5,0.5]]}
"""


def test_the_layers_over_the_film_stand_in_the_page(client: ReviewingClient, shop: Site) -> None:
    assert "The layers over the picture" not in text(client, PACK)
    with shop.runtime.db.writing() as session:
        video, now = session.merge(shop.video("V1")), shop.runtime.clock.now()
        layers.keep(session, video, LAYERS, author_id=None, now=now)

    assert "The layers over the picture" in text(client, PACK)
    files = opened(client.submit(PACK))
    (track,) = [track for track in data_of(files)["tracks"] if track["kind"] == "metadata"]
    ((start, end, words, *_),) = track["cues"]
    assert (start, end, json.loads(words)["label"]) == (1000, 2000, "Crest <of> bone")
    assert 'data-layers="#layers"' in files["index.html"].decode()
    assert b"'practice/layers.js'" in files["files/js/pack.js"]
    assert "files/css/layers.css" in files
    assert not re.search(r'[\w-]+="/', files["index.html"].decode())


def test_the_film_in_sign_language_lies_in_the_pack_of_whoever_asks_for_it(
    client: ReviewingClient, shop: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer, shown = "With the film in sign language", shop.video("V2").id
    with shop.runtime.db.writing() as session:
        session.add(SignFilm(video_id=shop.video("V1").id, shown_id=shown))
    shop.change_video("V2", may_download=True)
    assert offer not in text(client, PACK)  # for professionals, beside a film for all
    shop.change_video("V2", audience=Audience.OPEN, may_download=False)
    assert offer not in text(client, PACK)  # not given away
    assert "film/sign.mp4" not in opened(client.submit(PACK, {"sign": "1"}))

    shop.change_video("V2", may_download=True)

    assert offer in text(client, PACK)
    assert "film/sign.mp4" not in opened(client.submit(PACK))
    files = opened(client.submit(PACK, {"sign": "1"}))
    assert files["film/sign.mp4"].startswith(b"GATED 720.mp4")
    assert 'src="film/sign.mp4"' in files["index.html"].decode()
    monkeypatch.setattr(zipping, "MOST_BYTES", REST_BYTES)
    assert offer not in text(client, PACK)
    refused = client.submit(PACK, {"sign": "1"})
    assert (refused.status_code, b"too large for one pack" in refused.data) == (422, True)


def test_notes_are_in_no_pack_and_the_page_says_so(learner: Person, shop: Site) -> None:
    with shop.runtime.db.writing() as session:
        now, video = shop.runtime.clock.now(), shop.video("V1").id
        places = {"video_id": video, "film": 0, "at_ms": 0, "created_at": now, "updated_at": now}
        session.add(Note(uid="n" * 36, user_id=learner.user_id, text="PLANTED note", **places))

    assert "your notes are never in it" in learner.get(PACK).text
    assert not [name for name, data in opened(learner.submit(PACK)).items() if b"PLANTED note" in data]


def test_the_gate_stands_before_the_pack_of_a_gated_lesson(
    client: ReviewingClient, shop: Site, declare: Callable[[ReviewingClient], None]
) -> None:
    shop.change_video("V2", may_download=True)
    assert client.get(GATED).status_code == 303
    refused = client.submit(GATED)
    assert (refused.status_code, b"GATED" in refused.data) == (403, False)

    declare(client)
    files = opened(client.submit(GATED))

    page = files["index.html"].decode()
    assert files["film/720.mp4"].startswith(b"GATED 720.mp4")
    assert "This pack is for health professionals" in page
    assert "This pack is for health professionals" in files["README.txt"].decode()
    assert data_of(files)["keys"] == {}


def test_an_open_lesson_with_a_gated_film_is_packed_without_a_byte_of_it(
    client: ReviewingClient, shop: Site
) -> None:
    lesson = (shop.folder.path / "modules/M1/L1.2-rest.md").read_text()
    shop.folder.write("modules/M1/L1.2-rest.md", lesson.replace("evidence", 'video = "V2"\nevidence', 1))
    shop.install()
    shop.change_video("V2", may_download=True)

    assert "The film: it is for professionals" in text(client, "/courses/small/rest/pack")
    files = opened(client.submit("/courses/small/rest/pack"))
    assert not [name for name, data in files.items() if b"GATED" in data]


def answers(files: dict[str, bytes], **changes: Any) -> bytes:
    """What the pack of these files would give."""
    given = [{"item": "s1", "response": {"answer": True}}, {"item": "s3", "response": "1"}]
    document = {
        "format": "edu-pack-answers",
        "version": 1,
        "pack": data_of(files)["pack"],
        "quiz": 0,
        "uid": "01234567-89ab-4def-8123-456789abcdef",
        "begun": "2026-03-02T09:00:00.000Z",
        "finished": "2026-03-02T09:05:00.000Z",
        "answers": given,
    }
    return json.dumps({**document, **changes}).encode()


def test_answers_come_home_as_a_file_or_as_text_and_are_explained(
    client: ReviewingClient, shop: Site
) -> None:
    given = answers(opened(client.submit(PACK)))
    assert "File with the answers" in text(client, BACK)

    by_file = client.submit(BACK, {"file": (io.BytesIO(given), "answers.json")})
    by_text = client.submit(BACK, {"text": given.decode()})

    assert by_file.status_code == 303
    assert by_file.location == by_text.location
    page = text(client, str(by_file.location))
    assert "PLANTED why" in page
    assert "Stop where it moves." in page  # what the pack could not ask waits here


def test_a_file_that_is_none_is_refused_beside_the_form_and_the_text_stays(
    client: ReviewingClient, shop: Site
) -> None:
    forged = answers(opened(client.submit(PACK)), pack="f" * 32).decode()

    for typed, words in (("{}", "does not come from a lesson pack"), (forged, "not made by this site")):
        refused = client.submit(BACK, {"text": typed})
        assert refused.status_code == 422
        assert words in refused.get_data(as_text=True)
        assert typed in unescape(refused.get_data(as_text=True))
    assert client.submit(BACK).status_code == 422
    large = client.submit(BACK, {"file": (io.BytesIO(b"{" * 300_000), "answers.json")})
    assert large.status_code == 413
    with shop.runtime.db.reading() as session:
        assert session.scalars(select(Attempt)).all() == []
