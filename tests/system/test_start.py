"""Starting: an empty folder becomes a site with videos to watch; wrong settings are told in a sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from edu.cli import main
from tests.sites import Site
from tests.visitors import Visitor

pytestmark = pytest.mark.slow
VIDEOS = ("find", "infiltrate", "bilateral")


@pytest.fixture(scope="module")
def again(installed: Site) -> Iterator[Site]:
    """The site after its second start."""
    yield installed.start(first="/courses/back-mice")
    installed.stop()


@pytest.fixture(scope="module")
def professional(again: Site) -> Visitor:
    """Somebody to whom the whole course is open."""
    visitor = Visitor(again.url)
    page = visitor.ask("/professionals").text
    version = page.partition('name="version" value="')[2].partition('"')[0]
    assert visitor.send("/professionals", profession="physician", version=version).status == 200
    return visitor


@pytest.mark.parametrize("slug", VIDEOS)
def test_an_empty_folder_becomes_a_site_whose_videos_can_be_watched(professional: Visitor, slug: str):
    """How soon is measured by `make bench`; here a minute is the limit, of a machine that has other work."""
    assert json.loads(professional.ask(f"/videos/{slug}/state").text)["is_playable"]


def test_no_header_of_a_request_says_where_the_site_lies(again: Site):
    honest = again.get("/courses")
    lied = again.get("/courses", SCRIPT_NAME="/courses")

    assert lied[0] == honest[0] == 200
    assert b'href="/courses/account/' not in lied[1]


def test_the_machine_and_the_settings_are_found_well(again: Site):
    told = again.command("doctor")

    assert told.returncode == 0, told.stdout
    assert "WRONG" not in told.stdout


def test_the_next_start_finds_everything_there(again: Site):
    assert again.printed.count("Starting gunicorn") == 2
    assert again.printed.count("Installing the course") == 1


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
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str,
    says: str,
):
    monkeypatch.setenv("EDU_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv(name, value)

    status = main(["run"])

    told = capsys.readouterr().err
    assert status == 1
    assert len(told.splitlines()) == 1, told
    assert told.startswith("edu: ")
    assert says in told
