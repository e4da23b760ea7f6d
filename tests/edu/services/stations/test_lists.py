"""Checklists as lists: what everybody may find, and those that come with a course."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from edu.courseware.read import read_course
from edu.courseware.write import write_course
from edu.models import Checklist, Course, Video
from edu.policy import NOBODY, Viewer
from edu.services import checklists, course_files
from edu.services.stations import lists
from edu.services.texts import step_uses
from quizzes import Audience
from quizzes.checklist import write
from tests.edu.conftest import Site
from tests.stations import STATION

FILE = "checklists/S.toml"


def listed(site: Site, who: Viewer = NOBODY) -> list[tuple[str, bool, bool]]:
    with site.runtime.db.reading() as session:
        return [(row.slug, row.is_gated, row.is_open_to_viewer) for row in lists.listing(session, who)]


def row(site: Site) -> Checklist:
    with site.runtime.db.reading() as session:
        return session.scalars(select(Checklist)).one()


def test_stations_come_first_and_those_of_drafts_are_not_found(site: Site) -> None:
    with site.runtime.db.writing() as session:
        for code in ("V1", "V2"):
            video = session.scalars(select(Video).where(Video.code == code)).one()
            checklists.make(session, NOBODY, video, site.runtime.clock.now())
        lists.keep(session, STATION, course_id=None, now=site.runtime.clock.now())
    assert listed(site) == [("small", False, True), ("find", False, True), ("infiltrate", True, False)]

    site.change_video("V1", visibility="draft")

    assert [slug for slug, *_ in listed(site)] == ["small", "infiltrate"]


def test_a_station_of_a_course_is_installed_once_follows_its_file_and_is_never_overwritten(
    site: Site,
) -> None:
    site.folder.write(FILE, write(STATION).decode())
    assert site.install().added == [FILE]
    assert FILE in site.install().unchanged

    site.folder.write(FILE, write(replace(STATION, audience=Audience.PRO)).decode())
    assert site.install().updated == [FILE]
    assert listed(site) == [("small", True, False)]

    with site.runtime.db.writing() as session:
        lists.set_cut(session, session.scalars(select(Checklist)).one(), 12, now=site.runtime.clock.now())
    site.folder.write(FILE, write(STATION).decode())
    assert site.install().conflicts == [FILE]
    assert lists.checklist_of(row(site)).passing == replace(STATION.passing, points=12)


def test_a_station_takes_no_address_that_a_list_of_a_video_has(site: Site) -> None:
    with site.runtime.db.writing() as session:
        video = session.scalars(select(Video).where(Video.code == "V1")).one()
        checklists.make(session, NOBODY, video, site.runtime.clock.now())
    site.folder.write(FILE, write(replace(STATION, slug="find")).decode())

    assert site.install().conflicts == [FILE]
    assert row(site).title == "Find"


def test_a_station_goes_out_with_its_course_as_it_came_in(site: Site, tmp_path: Path) -> None:
    site.folder.write(FILE, write(STATION).decode())
    site.install()

    with site.runtime.db.reading() as session:
        course = course_files.whole(session, session.scalars(select(Course)).one())
        carried = course_files.carried(session, course)
    write_course(course, tmp_path / "out", lambda path: carried[path].open(site.runtime.store))

    assert [entry.checklist for entry in read_course(tmp_path / "out").checklists] == [STATION]


def test_what_is_rated_has_one_print_whatever_the_room() -> None:
    other = replace(STATION, room="Elsewhere", passing=None)

    assert lists.print_of(STATION) == lists.print_of(other)
    assert lists.print_of(STATION) != lists.print_of(replace(STATION, items=STATION.items[:3]))


def test_a_step_knows_the_stations_that_point_to_it(site: Site) -> None:
    with site.runtime.db.writing() as session:
        lists.keep(session, STATION, course_id=None, now=site.runtime.clock.now())
        video = session.scalars(select(Video).where(Video.code == "V1")).one()

        found = step_uses.of_video(session, NOBODY, video)

    assert found["V1-c01"].checklists == ("small",)
