"""Caption files that wait to be looked at: kept for a while, and taken once."""

from __future__ import annotations

import pytest

from edu.errors import NotFound
from edu.models import TrackImport, TrackKind, TrackVersion
from edu.services.texts import imports
from tests import filming

SRT = b"1\n00:00:01,000 --> 00:00:04,000\nFind the crest.\n"


@pytest.fixture
def made(runtime):
    """A film of a minute and one who sends a file for it: session, maker, what sends a file, moment."""
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        maker = filming.add_maker(session, now)
        video = filming.add_video(session, maker, now)

        def send() -> int:
            return imports.stage(
                session, video, SRT, kind=TrackKind.CAPTIONS, language="en", label="", name="a.srt",
                viewer=maker, now=now,
            ).id  # fmt: skip

        yield session, maker, send, now


def test_of_many_files_that_nobody_took_the_oldest_go(made):
    session, _, send, _ = made

    sent = [send() for _ in range(imports.MOST_KEPT + 2)]

    assert [row.id for row in session.query(TrackImport).order_by(TrackImport.id)] == sent[2:]


def test_a_file_is_taken_once(made):
    session, maker, send, now = made
    number = send()
    imports.take(session, maker, number, "", now)

    with pytest.raises(NotFound, match="send it again"):
        imports.take(session, maker, number, "", now)
    assert session.query(TrackVersion).count() == 1
