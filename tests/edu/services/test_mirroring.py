"""Steps that are shown mirrored at first: said by a file, changed in the studio, told to the player."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from edu.courseware.check import check_course
from edu.courseware.read import read_course
from edu.courseware.write import write_course
from edu.models import Course, Step, Video
from edu.services import course_files, mirroring, players
from edu.services.delivery import Addresses
from tests.edu.conftest import Site
from tests.statements import Counter

FILE = "videos/find.toml"


def mirrored(site: Site) -> tuple[str, ...]:
    with site.runtime.db.reading() as session:
        return mirroring.mirrored_steps(session, site.video("V1").id)


def say(site: Site, *steps: str) -> None:
    """Let the file of the video name these steps."""
    kept = [line for line in site.folder.text(FILE).splitlines() if not line.startswith("mirrored")]
    named = ", ".join(f'"{step}"' for step in steps)
    site.folder.write(FILE, "\n".join([*kept, f"mirrored = [{named}]"] if steps else kept) + "\n")


def test_a_course_file_mirrors_steps_and_takes_it_back(site: Site) -> None:
    say(site, "V1-c02")
    assert site.install().conflicts == []
    assert mirrored(site) == ("V1-c02",)

    say(site, "V1-c01")
    assert site.install().conflicts == []
    assert mirrored(site) == ("V1-c01",)

    say(site)
    assert site.install().conflicts == []
    assert mirrored(site) == ()


def test_what_the_studio_mirrors_is_left_alone_by_the_file(site: Site) -> None:
    say(site, "V1-c02")
    site.install()
    with site.runtime.db.writing() as session:
        session.get_one(Step, "V1-c01").is_mirrored = True
    say(site)

    assert site.install().conflicts == [f"{FILE}#mirrored"]

    assert mirrored(site) == ("V1-c01", "V1-c02")


def test_an_export_says_it_and_reads_as_what_was_installed(site: Site, tmp_path: Path) -> None:
    say(site, "V1-c02")
    site.install()

    with site.runtime.db.reading() as session:
        course = course_files.whole(session, session.scalars(select(Course)).one())
        carried = course_files.carried(session, course)
        write_course(course, tmp_path / "out", lambda path: carried[path].open(site.runtime.store))

    again = read_course(tmp_path / "out")
    assert [video.mirrored for video in again.videos if video.code == "V1"] == [("V1-c02",)]
    assert site.install_from(tmp_path / "out").conflicts == []


def test_a_step_that_the_video_does_not_have_is_told(site: Site) -> None:
    say(site, "V1-c02", "V1-c99")

    (finding,) = check_course(read_course(site.folder.path))

    assert (finding.place, finding.rule) == (FILE, "unknown-step")
    assert "V1-c99" in finding.message


def test_the_player_is_told_of_it_without_another_statement(site: Site, statements: Counter) -> None:
    say(site, "V1-c02")
    site.install()

    with site.runtime.db.reading() as session:
        video = session.scalars(select(Video).where(Video.code == "V1")).one()
        addresses = Addresses(site.signer, "", site.runtime.clock.now())
        with statements() as seen:
            shown = players.screening(session, video, addresses, language="en")

    assert [step.id for step in shown.player.chapters if step.is_mirrored] == ["V1-c02"]
    assert len(seen) <= 3
