"""Starting: an empty folder becomes a site with videos to watch; wrong settings are told in a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.sites import Site, eventually
from tests.visitors import Visitor

pytestmark = pytest.mark.slow
VIDEOS = ("find", "infiltrate", "bilateral")


@pytest.fixture(scope="module")
def professional(installed: Site) -> Visitor:
    """Somebody to whom the whole course is open."""
    visitor = Visitor(installed.url)
    page = visitor.ask("/professionals").text
    version = page.partition('name="version" value="')[2].partition('"')[0]
    assert visitor.send("/professionals", profession="physician", version=version).status == 200
    return visitor


def test_an_empty_folder_serves_its_first_page_soon(installed: Site):
    """`make bench` gives the figure; here the limit only tells a start from a standstill."""
    assert installed.seconds_to_first_page < 20


@pytest.mark.parametrize("slug", VIDEOS)
def test_every_video_of_the_course_can_be_watched_soon(professional: Visitor, slug: str):
    def is_playable() -> bool:
        return bool(json.loads(professional.ask(f"/videos/{slug}/state").text)["is_playable"])

    eventually(is_playable, f"{slug} can be watched", 60)


def test_the_machine_and_the_settings_are_found_well(installed: Site):
    told = installed.command("doctor")

    assert told.returncode == 0, told.stdout
    assert "WRONG" not in told.stdout


def test_the_next_start_finds_everything_there(installed: Site, professional: Visitor):
    installed.stop()

    installed.start(first="/courses/back-mice")

    assert installed.seconds_to_first_page < 10
    assert installed.printed.count("Installing the course") == 1
    assert json.loads(professional.ask("/videos/infiltrate/state").text)["is_playable"]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("EDU_PORT", "eighty", "write a whole number from 0 to 65535"),
        ("EDU_BASE_URL", "learn.example.org", "write http:// or https:// and the host"),
        ("EDU_SIGNUP", "perhaps", "write one of open, invitation, closed"),
        ("EDU_SECRET_KEY", "short", "shorter than 32 characters"),
        ("EDU_DATABASE_URL", "mysql://root@host/edu", "cannot be read"),
        ("EDU_DATA_DIR", "/proc/edu", "name a folder in which edu may write"),
        ("EDU_COURSES", "back-rats", "there is no bundled course back-rats"),
        ("EDU_PROT", "8000", "unknown setting EDU_PROT"),
    ],
)
def test_a_wrong_setting_is_one_sentence_and_status_1(
    new_site: Callable[..., Site], name: str, value: str, says: str
):
    refused = new_site(**{name: value}).command("run")

    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1, refused.stderr
    assert refused.stderr.startswith("edu: ")
    assert says in refused.stderr
