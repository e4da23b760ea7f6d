"""Notes kept, changed in two places, taken away; and whose they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from edu.db import Database
from edu.errors import Conflict, GateClosed, Invalid, NotFound
from edu.models import Audience, Film, FilmState, Note, Role, Video, Visibility
from edu.policy import Viewer
from edu.services import erasure, export_account
from edu.services.film_times_between import Standing
from edu.services.notes import keeping
from edu.services.notes.keeping import Draft, Kept, NoteView
from media import Edit, Segment
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)

UID = "0e5b4c1a-7d0f-4f6e-9b1d-2a6f5c3b9e71"


class Cinema:
    """One film and two people before it."""

    def __init__(self, database: Database, audience: Audience = Audience.OPEN) -> None:
        self.database = database
        with database.writing() as session:
            film = Video(slug="find", title="Find", original_key="k", state_at=NOW, created_at=NOW)
            film.visibility, film.audience, film.duration_ms = Visibility.PUBLISHED, audience, 90_000
            film.original_sha256 = "first"
            session.add(film)
            self.ada = Viewer(user_id=add_user(session, now=NOW).id, role=Role.LEARNER)
            self.bob = Viewer(user_id=add_user(session, now=NOW).id, role=Role.LEARNER)

    def save(
        self,
        uid: str,
        text: str,
        *,
        base: str = "",
        at_ms: int = 12_000,
        film: int = 0,
        viewer: Viewer | None = None,
        now: datetime = NOW,
    ) -> Kept:
        with self.database.writing() as session:
            draft = Draft(at_ms, film, text, base)
            return keeping.save(session, viewer or self.ada, "find", uid, draft, now)

    def remove(self, uid: str, *, base: str = "", viewer: Viewer | None = None) -> None:
        with self.database.writing() as session:
            keeping.remove(session, viewer or self.ada, uid, base=base)

    def notes(self, viewer: Viewer | None = None) -> tuple[NoteView, ...]:
        with self.database.reading() as session:
            return keeping.of_film(session, viewer or self.ada, "find")

    def cut(self, *pieces: tuple[int, int]) -> None:
        """Show a film that leaves something out."""
        with self.database.writing() as session:
            video = session.scalars(select(Video)).one()
            edits = (Edit(), Edit(tuple(Segment(*piece) for piece in pieces)))
            for number, edit in enumerate(edits):
                row = Film(
                    video_id=video.id, number=number, edit=edit.plain(), original_key="k", created_at=NOW
                )
                row.state, row.original_sha256 = FilmState.SHOWN, "first"
                session.add(row)
            video.film, video.duration_ms = 1, edits[1].length(90_000)


@pytest.fixture
def cinema(database: Database) -> Cinema:
    return Cinema(database)


def name() -> str:
    return str(uuid4())


def test_notes_are_listed_by_time_and_a_bookmark_is_one_without_words(cinema: Cinema) -> None:
    cinema.save(name(), "  Press \r\nhere\n\n", at_ms=30_000)
    cinema.save(name(), "", at_ms=5000)

    listed = [(note.place_ms, note.text, note.is_bookmark) for note in cinema.notes()]

    assert listed == [(5000, "", True), (30_000, "  Press \nhere", False)]
    assert cinema.notes(cinema.bob) == ()


def test_a_note_that_is_sent_twice_is_kept_once(cinema: Cinema) -> None:
    uid = name()

    first, again = cinema.save(uid, "Press"), cinema.save(uid, "Press", now=LATER)

    assert first == again
    assert len(cinema.notes()) == 1


def test_a_change_of_the_latest_state_takes_its_place(cinema: Cinema) -> None:
    uid = name()
    base = cinema.save(uid, "Press").note.revision

    changed = cinema.save(uid, "Press gently", base=base)

    assert [note.text for note in cinema.notes()] == ["Press gently"]
    assert changed.note.revision != base  # though the clock stood still


def test_a_change_whose_first_answer_was_lost_is_no_second_version(cinema: Cinema) -> None:
    uid = name()
    cinema.save(uid, "Press")

    cinema.save(uid, "Press gently")

    assert [note.text for note in cinema.notes()] == ["Press gently"]


def test_of_two_changes_made_apart_both_are_kept_and_a_resend_adds_nothing(cinema: Cinema) -> None:
    uid = name()
    base = cinema.save(uid, "Press").note.revision
    cinema.save(uid, "Press on the phone", base=base, now=LATER)

    for _ in range(2):
        kept = cinema.save(uid, "Press at the desk", base=base, now=LATER)

    assert kept.note.text == "Press on the phone"
    assert kept.other is not None
    assert (kept.other.text, kept.other.at_ms) == ("Press at the desk", 12_000)
    marks = {note.text: note.is_other_version for note in cinema.notes()}
    assert marks == {"Press on the phone": False, "Press at the desk": True}


def test_a_note_that_was_changed_elsewhere_is_not_taken_away(cinema: Cinema) -> None:
    uid = name()
    base = cinema.save(uid, "Press").note.revision
    latest = cinema.save(uid, "Press gently", base=base).note.revision

    with pytest.raises(Conflict):
        cinema.remove(uid, base=base)

    cinema.remove(uid, base=latest)
    assert cinema.notes() == ()


def test_a_change_of_a_note_that_was_taken_away_elsewhere_brings_it_back(cinema: Cinema) -> None:
    uid = name()
    base = cinema.save(uid, "Press").note.revision
    cinema.remove(uid)

    cinema.save(uid, "Press gently", base=base)

    assert [note.text for note in cinema.notes()] == ["Press gently"]


def test_what_belongs_to_another_is_not_there(cinema: Cinema) -> None:
    uid = name()
    cinema.save(uid, "Mine")

    with pytest.raises(NotFound):
        cinema.remove(uid, viewer=cinema.bob)
    cinema.save(uid, "His own", viewer=cinema.bob)

    assert [note.text for note in cinema.notes()] == ["Mine"]
    assert [note.text for note in cinema.notes(cinema.bob)] == ["His own"]


@pytest.mark.parametrize(
    ("uid", "draft"),
    [
        ("not-a-name", Draft(0, 0, "")),
        (UID.upper(), Draft(0, 0, "")),
        (UID, Draft(-1, 0, "")),
        (UID, Draft(24 * 3600 * 1000 + 1, 0, "")),
        (UID, Draft(0, 1, "")),
        (UID, Draft(0, 0, "a" * 5001)),
    ],
)
def test_what_is_no_note_is_refused(cinema: Cinema, uid: str, draft: Draft) -> None:
    with pytest.raises(Invalid), cinema.database.writing() as session:
        keeping.save(session, cinema.ada, "find", uid, draft, NOW)


def test_an_account_keeps_so_many_and_can_still_change_them(
    cinema: Cinema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_NOTES", 1)
    uid = name()
    base = cinema.save(uid, "a" * 5000).note.revision

    with pytest.raises(Invalid, match="the most"):
        cinema.save(name(), "One more")

    assert cinema.save(uid, "Changed", base=base).note.text == "Changed"


def test_other_versions_come_on_top_of_them_and_not_without_end(
    cinema: Cinema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_NOTES", 1)
    uid = name()
    cinema.save(uid, "The first")

    assert cinema.save(uid, "The second", base="elsewhere").other is not None
    assert cinema.save(uid, "The second", base="elsewhere").other is not None  # the same again
    with pytest.raises(Invalid, match="the most"):
        cinema.save(uid, "The third", base="elsewhere")


def test_a_cut_moves_notes_and_flags_those_it_leaves_out_and_loses_none(cinema: Cinema) -> None:
    for at_ms in (5000, 20_000, 40_000):
        cinema.save(name(), f"at {at_ms}", at_ms=at_ms)

    cinema.cut((0, 10_000), (30_000, 90_000))
    cinema.save(name(), "new", at_ms=15_000, film=1)

    assert [(note.text, note.place_ms, note.standing) for note in cinema.notes()] == [
        ("at 5000", 5000, Standing.SHOWN),
        ("new", 15_000, Standing.SHOWN),
        ("at 40000", 20_000, Standing.SHOWN),
        ("at 20000", 20_000, Standing.CUT),
    ]


def test_the_gate_is_asked_before_a_new_note_and_not_before_one_s_own_goes(database: Database) -> None:
    cinema = Cinema(database, Audience.PRO)
    passed, uid = Viewer(cinema.ada.user_id, Role.LEARNER, is_professional=True), name()
    cinema.save(uid, "Behind it", viewer=passed)

    with pytest.raises(GateClosed):
        cinema.save(name(), "Not yet")
    with pytest.raises(GateClosed):
        cinema.notes()

    cinema.remove(uid)
    assert cinema.notes(passed) == ()


def test_notes_are_in_the_export_of_the_account_and_go_with_it(cinema: Cinema) -> None:
    cinema.save(name(), "Mine")
    cinema.save(name(), "His", viewer=cinema.bob)
    assert cinema.ada.user_id is not None

    with cinema.database.writing() as session:
        content = export_account.export(session, cinema.ada.user_id, NOW)
        erasure.erase(session, cinema.ada.user_id, NOW)

    assert [(note["video"], note["at_ms"], note["text"]) for note in content["notes"]] == [
        ("Find", 12_000, "Mine")
    ]
    with cinema.database.reading() as session:
        assert session.scalar(select(func.count(Note.id))) == 1
