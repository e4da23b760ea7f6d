"""The index follows the track that is served, in the same transaction, on both databases."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import delete, select

from captions import Cue, TextTrack
from edu.models import SearchEntry, Track, TrackKind, Video
from edu.models.search import PLACES_OF_A_TRACK
from edu.policy import NOBODY
from edu.services.searching import asking, counting, indexing
from edu.services.texts import track_editing, tracks
from tests.edu.conftest import Site


def places(site: Site, asked: str) -> int:
    with site.runtime.db.reading() as session:
        return counting.met(session, NOBODY, asking.read(asked)).places


def keep(site: Site, *texts: str, kind: TrackKind = TrackKind.CAPTIONS, language: str = "en") -> int:
    """Serve these texts, one each ten seconds, as V1's track; its id."""
    cues = tuple(Cue(n * 10_000, n * 10_000 + 9000, text) for n, text in enumerate(texts))
    now = site.runtime.clock.now()
    with site.runtime.db.writing() as session:
        video = session.scalars(select(Video).where(Video.code == "V1")).one()
        row = tracks.keep(session, video, TextTrack(cues=cues), kind=kind, language=language, now=now)
        return row.id


def test_what_is_served_is_found_and_what_was_served_is_not(site: Site) -> None:
    keep(site, "Angle the cannula.")
    assert places(site, "cannula") == 1

    row = keep(site, "Angle the needle.")
    assert (places(site, "cannula"), places(site, "needle")) == (0, 1)

    with site.runtime.db.writing() as session:
        number = session.get_one(Track, row).current
        tracks.bring_back(session, row, number - 1, now=site.runtime.clock.now())
    assert (places(site, "cannula"), places(site, "needle")) == (1, 0)


def test_a_version_that_is_not_committed_is_not_found(site: Site) -> None:
    with site.runtime.db.writing() as session:
        video = session.scalars(select(Video).where(Video.code == "V1")).one()
        track = TextTrack(cues=(Cue(0, 1000, "cannula"),))
        now = site.runtime.clock.now()
        tracks.keep(session, video, track, kind=TrackKind.CAPTIONS, language="en", now=now)
        session.rollback()

    assert places(site, "cannula") == 0


def test_chapters_that_are_removed_are_no_longer_found(site: Site) -> None:
    keep(site, "Position of the cannula", kind=TrackKind.CHAPTERS)
    assert places(site, "cannula") == 1

    with site.runtime.db.writing() as session:
        video = session.scalars(select(Video).where(Video.code == "V1")).one()
        track_editing.remove_chapters(session, video, None, site.runtime.clock.now())

    assert places(site, "cannula") == 0


def test_deleting_the_video_removes_its_places_from_the_index(site: Site) -> None:
    keep(site, "cannula")

    with site.runtime.db.writing() as session:
        session.execute(delete(Video).where(Video.code == "V1"))

    with site.runtime.db.writing() as session:
        assert session.scalars(select(SearchEntry).where(SearchEntry.words.contains("cannula"))).all() == []
        if site.runtime.db.is_sqlite:  # raises when the index and the rows differ
            check = "INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)"
            session.execute(sa.text(check))
    assert places(site, "cannula") == 0


def test_a_place_is_half_a_minute_of_lines(site: Site) -> None:
    row = keep(site, *(f"Line {number}." for number in range(7)))

    with site.runtime.db.reading() as session:
        found = session.scalars(select(SearchEntry).where(SearchEntry.track_id == row)).all()

    assert [[line[2] for line in entry.lines] for entry in found] == [
        ["Line 0.", "Line 1.", "Line 2."],
        ["Line 3.", "Line 4.", "Line 5."],
        ["Line 6."],
    ]
    assert found[1].lines[0][:2] == [30_000, 39_000]


def test_mending_indexes_what_is_not_indexed_and_nothing_else(site: Site) -> None:
    row = keep(site, "cannula")
    with site.runtime.db.writing() as session:
        assert indexing.mend(session) == 0
        session.execute(delete(SearchEntry).where(SearchEntry.track_id == row))
    assert places(site, "cannula") == 0

    with site.runtime.db.writing() as session:
        assert indexing.mend(session) == 1

    assert places(site, "cannula") == 1


def test_an_index_made_anew_is_the_same(site: Site) -> None:
    keep(site, "cannula", "needle")
    with site.runtime.db.reading() as session:
        before = session.execute(select(SearchEntry.id, SearchEntry.words).order_by(SearchEntry.id)).all()

    with site.runtime.db.writing() as session:
        assert indexing.rebuild(session) == len({number // PLACES_OF_A_TRACK for number, _ in before})

    with site.runtime.db.reading() as session:
        after = session.execute(select(SearchEntry.id, SearchEntry.words).order_by(SearchEntry.id)).all()
    assert after == before
    assert places(site, "cannula") == 1


def test_descriptions_are_not_searched(site: Site) -> None:
    keep(site, "cannula", kind=TrackKind.DESCRIPTIONS)

    assert places(site, "cannula") == 0


def test_a_chapter_without_a_full_stop_is_a_place_of_its_own(site: Site) -> None:
    keep(site, "Welcome", "Place the fingers", kind=TrackKind.CHAPTERS)

    with site.runtime.db.reading() as session:
        found = session.scalars(select(SearchEntry).order_by(SearchEntry.id)).all()

    titles = [entry.lines for entry in found if "fingers" in entry.words or "welcome" in entry.words]
    assert [[0, 9000, "Welcome"]] in titles
    assert [[10_000, 19_000, "Place the fingers"]] in titles
