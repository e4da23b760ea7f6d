"""Needed: what rows name, and no column that names objects is forgotten."""

from __future__ import annotations

from sqlalchemy import select

from edu.db import Base
from edu.keeping.needed import COLUMNS, Needed, needed, sha256_in
from edu.models import Film, FilmState, QuestionVersion, Video
from edu.services.quizzing.writing import still
from edu.storage import original_key
from tests.edu.conftest import Site
from tests.handing_in import add_hand_in
from tests.people import add_user
from tests.quizzing import publish

# Columns that are called a key and name no object.
OTHERS = {
    ("throttle", "key"),
    ("job", "key"),
    ("reference", "key"),
    ("search_name", "key"),
    ("grading", "key_number"),
}


def test_every_column_that_is_called_a_key_is_known_to_name_objects_or_not_to() -> None:
    called = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if "key" in column.name.split("_")
    }

    assert called - OTHERS == {(naming.table, naming.key) for naming in COLUMNS}


def test_originals_and_files_made_from_videos_are_needed(site: Site) -> None:
    with site.runtime.db.reading() as session:
        found = needed(session.connection(), Base.metadata.sorted_tables)
        keys = set(session.scalars(select(Video.original_key)))

    assert keys < set(found)
    assert len(found) == 2 + 16
    for key, want in found.items():
        assert site.runtime.store.size(key) == want.size


def test_what_learners_handed_in_is_needed_as_it_arrived_and_as_it_was_made(site: Site) -> None:
    now = site.runtime.clock.now()
    with site.runtime.db.writing() as session:
        learner = add_user(session, now=now)
        ready = add_hand_in(session, learner.id, site.video("V1").id, now)
        arrived = add_hand_in(
            session, learner.id, site.video("V1").id, now, file_key="", original_key="hand-ins/a/original"
        )

    with site.runtime.db.reading() as session:
        found = needed(session.connection(), Base.metadata.sorted_tables)

    for key in (ready.file_key, arrived.original_key):
        assert found[key] == Needed(key, 5)


def test_recordings_of_a_shown_film_are_needed_and_those_of_a_dropped_one_are_not(
    site: Site,
) -> None:
    with site.runtime.db.writing() as session:
        for number, state in enumerate((FilmState.SHOWN, FilmState.DROPPED)):
            key = original_key(str(number) * 64)
            film = Film(number=number, original_key=key, original_bytes=1, state=state)
            film.edit = {"segments": [{"start": 0, "end": 5, "source": str(number + 2) * 64}]}
            film.video_id, film.created_at = site.video("V1").id, site.runtime.clock.now()
            session.add(film)

    with site.runtime.db.reading() as session:
        found = needed(session.connection(), Base.metadata.sorted_tables)

    assert original_key("0" * 64) in found
    assert found[original_key("2" * 64)] == Needed(original_key("2" * 64), None)
    assert original_key("1" * 64) not in found
    assert original_key("3" * 64) not in found


def test_the_key_of_an_original_tells_its_hash() -> None:
    sha256 = "ab" * 32

    assert sha256_in(original_key(sha256)) == sha256
    assert sha256_in("videos/1/v/720.mp4") == ""
    assert Needed(original_key(sha256), 5).is_met(5, sha256)
    assert not Needed(original_key(sha256), 5).is_met(5, "cd" * 32)
    assert not Needed(original_key(sha256), 5).is_met(6, sha256)


def test_the_pictures_of_questions_are_needed_and_the_board_is_nowhere_in_the_store(site: Site) -> None:
    name = still.name_of("cd" * 32, 640, 360, "png", video_id=7)
    with site.runtime.db.writing() as session:
        publish(session, site.runtime.clock.now())
        version = session.scalars(select(QuestionVersion)).first()
        assert version is not None
        version.body = {**version.body, "picture": {"name": name}}

    with site.runtime.db.reading() as session:
        found = needed(session.connection(), Base.metadata.sorted_tables)

    assert found[f"pictures/v7/{name}"] == Needed(f"pictures/v7/{name}", None)
    assert still.key_of(still.BOARD) is None
