"""Parts of a script that are in no caption: told by their place, put in there, forgotten."""

from __future__ import annotations

import pytest

from captions import Cue
from edu.errors import Conflict
from edu.models import DraftOrigin, TrackKind
from edu.services.texts import beginnings, drafts, missing
from tests import filming

CUES = (Cue(1000, 4000, "Press gently."), Cue(4100, 6000, "Hold & wait."), Cue(20_000, 22_000, "Look."))


def part(number: int, text: str, after: int, follows: str = "", speaker: str = "") -> dict:
    return {
        "id": number, "text": text, "speaker": speaker, "part": "words", "line": number + 1, "after": after,
        "until": 60_000, "follows": follows,
    }  # fmt: skip


PARTS = [
    part(0, "Welcome & sit", 0),
    part(1, "very", 1800, "Press"),
    part(2, "[door closes]", 6000, "wait."),
    part(3, "Goodbye.", 22_000, "Look.", "ANNA"),
]


@pytest.fixture
def made(runtime):
    """A working copy of three captions, with four parts of the script that are in none."""
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        maker = filming.add_maker(session, now)
        video = filming.add_video(session, maker, now)
        wanted = beginnings.Wanted(TrackKind.CAPTIONS, "en", "")
        track = beginnings.begin(session, video, wanted, maker, now)
        drafts.replace_all(
            session, track, CUES, origin=DraftOrigin.SCRIPT, viewer=maker, now=now, report={"unfound": PARTS}
        )
        yield session, track, maker, now


def texts(made) -> list[str]:
    session, track, *_ = made
    return [row.cue.text for row in drafts.of(session, track).rows]


def told(made) -> list[tuple[int, int]]:
    session, track, *_ = made
    draft = drafts.of(session, track)
    return [(each.id, each.place) for each in missing.of(draft.report, draft.rows)]


def test_each_part_is_told_by_the_caption_it_follows(made):
    assert told(made) == [(0, 0), (1, 1), (2, 2), (3, 3)]


@pytest.mark.parametrize(
    ("number", "after"),
    [
        (0, ["Welcome &amp; sit", "Press gently.", "Hold & wait.", "Look."]),
        (1, ["Press very gently.", "Hold & wait.", "Look."]),
        (2, ["Press gently.", "Hold & wait.", "[door closes]", "Look."]),
        (3, ["Press gently.", "Hold & wait.", "Look.", "<v ANNA>Goodbye."]),
    ],
)
def test_a_part_becomes_a_caption_where_there_is_room_else_part_of_one(made, number, after):
    session, track, maker, now = made

    done = missing.put_in(session, track, number, maker, now)

    assert texts(made) == after
    assert number not in dict(told(made))
    row = drafts.of(session, track).rows[done.number - 1]
    assert row.key == done.key
    assert done.is_joined is (number == 1)


def test_a_part_keeps_its_place_when_all_times_are_changed(made):
    session, track, maker, now = made
    text = drafts.text_track(track, drafts.of(session, track))
    later = [Cue(cue.start + 30_000, cue.end + 30_000, cue.text) for cue in text.cues]
    moved = type(text)(cues=tuple(later))

    beginnings.retime(session, track, moved, drafts.of(session, track).revision, maker, now)

    assert told(made) == [(0, 0), (1, 1), (2, 2), (3, 3)]


def test_a_part_is_put_in_once_only(made):
    session, track, maker, now = made
    missing.put_in(session, track, 2, maker, now)

    with pytest.raises(Conflict):
        missing.put_in(session, track, 2, maker, now)


def test_forgotten_parts_are_told_no_more(made):
    session, track, *_ = made

    missing.forget(session, track)

    assert told(made) == []
