"""`edu`: commands do what they say, and whatever goes wrong is one sentence and status 1."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from edu.cli import main
from edu.models import Course, Lesson, User, Video, VideoState
from edu.runtime import Runtime
from tests.edu.conftest import Site

Run = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[3]


@pytest.fixture
def run(runtime: Runtime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `edu …` over the test's database: status, standard output, standard error."""
    monkeypatch.setenv("EDU_DATA_DIR", str(runtime.settings.data_dir))
    monkeypatch.setenv("EDU_DATABASE_URL", runtime.settings.database_url)
    monkeypatch.setenv("EDU_SECRET_KEY", runtime.settings.secret_key)
    monkeypatch.setenv("EDU_COURSES", "none")

    def command(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(words)
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def test_the_bundled_course_has_nothing_to_mend(run: Run) -> None:
    assert run("course", "check", "back-mice") == (0, "Nothing is wrong\n", "")


def test_a_course_with_a_fault_is_told_with_the_place(run: Run, site: Site) -> None:
    site.folder.change("modules/M1/L1.1-touch.md", "[@known2001] [C].", "[@nobody1999] [C].")

    status, out, _ = run("course", "check", str(site.folder.path))

    assert status == 1
    assert out.splitlines()[0].startswith('modules/M1/L1.1-touch.md:18: the reference "nobody1999" is not')
    assert out.splitlines()[-1] == "To mend: 1"


def test_a_course_that_cannot_be_read_is_told_line_by_line(run: Run, site: Site) -> None:
    site.folder.write("course.toml", "title = ")

    status, out, err = run("course", "check", str(site.folder.path))

    assert (status, err) == (1, "")
    assert out.startswith("course.toml")
    assert out.count("course.toml") == 1


def test_a_folder_without_a_course_is_said(run: Run, tmp_path: Path) -> None:
    status, out, _ = run("course", "check", str(tmp_path))

    assert status == 1
    assert "there is no course in" in out


def test_a_course_is_installed_and_exported(run: Run, site: Site, tmp_path: Path) -> None:
    status, out, _ = run("course", "install", str(site.folder.path))
    assert (status, "0 files added, 0 updated" in out) == (0, True)

    status, out, _ = run("course", "export", "small", str(tmp_path / "out"))
    assert status == 0
    assert (tmp_path / "out" / "course.toml").is_file()
    assert run("course", "check", str(tmp_path / "out")) == (0, "Nothing is wrong\n", "")


def test_what_was_left_alone_is_listed_and_the_status_says_so(run: Run, site: Site) -> None:
    with site.runtime.db.writing() as session:
        session.scalars(select(Lesson).where(Lesson.slug == "rest")).one().title = "Mine"
    site.folder.change("modules/M1/L1.2-rest.md", "Rest a while", "Rest longer")

    status, out, _ = run("course", "install", str(site.folder.path))

    assert status == 1
    assert "left alone" in out
    assert "modules/M1/L1.2-rest.md" in out


def test_a_course_that_is_not_here_cannot_be_exported(run: Run, tmp_path: Path) -> None:
    assert run("course", "export", "none", str(tmp_path)) == (
        1,
        "",
        "edu: there is no course none on this site\n",
    )


def test_a_database_is_compared_with_the_code(run: Run, runtime: Runtime) -> None:
    assert run("db", "check") == (0, "The database is as it should be\n", "")

    with runtime.db.writing() as session:
        session.execute(sa.text("DROP TABLE installed_file"))

    status, out, _ = run("db", "check")
    assert status == 1
    assert "installed_file" in out


def test_a_database_is_brought_to_the_newest_revision(run: Run) -> None:
    status, out, _ = run("db", "upgrade")

    assert status == 0
    assert out.startswith("The database is at revision ")


@pytest.mark.parametrize("words", [("db", "upgrade"), ("init",), ("worker",)])
def test_the_database_of_a_later_edu_is_refused(run: Run, runtime: Runtime, words: tuple[str, ...]) -> None:
    with runtime.db.writing() as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = 'later'"))

    status, _, err = run(*words)

    assert status == 1
    assert err.startswith("edu: the database ")


def test_init_offers_the_first_administrator_a_link(run: Run) -> None:
    status, out, _ = run("init")

    assert status == 0
    assert "There is no administrator yet" in out
    assert "/account/link/" in out


def test_doctor_shows_every_setting_and_hides_what_is_secret(run: Run, runtime: Runtime) -> None:
    _, out, _ = run("doctor")

    assert "EDU_PORT" in out
    assert runtime.settings.secret_key not in out
    assert runtime.settings.database_url not in out
    for check in ("settings", "ffmpeg", "disk", "database", "storage"):
        assert f" {check}: " in out


def test_doctor_shows_a_wrong_setting_beside_the_others(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDU_PORT", "http")

    status, out, _ = run("doctor")

    assert status == 1
    assert "EDU_SIGNUP" in out
    assert "WRONG settings: EDU_PORT is 'http'" in out


def test_a_wrong_setting_is_one_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDU_PORT", "http")

    status, out, err = run("db", "check")

    assert (status, out) == (1, "")
    assert err == "edu: EDU_PORT is 'http': write a whole number from 0 to 65535\n"


def test_a_video_is_taken_in_and_attached_to_its_lesson(run: Run, site: Site, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"a film")

    status, out, _ = run("video", "add", str(film), "--title", "My film", "--lesson", "small/rest")

    assert (status, "/videos/my-film" in out) == (0, True)
    with site.runtime.db.reading() as session:
        video = session.scalars(select(Video).where(Video.slug == "my-film")).one()
        lesson = session.scalars(select(Lesson).where(Lesson.slug == "rest")).one()
        assert (video.title, video.state, video.is_published) == ("My film", VideoState.RECEIVED, False)
        assert (lesson.video_id, lesson.revision) == (video.id, 2)
        assert b"".join(site.runtime.store.blocks(video.original_key)) == b"a film"


@pytest.mark.parametrize(
    ("name", "lesson", "sentence"),
    [
        ("none.mp4", "", "there is no file"),
        ("", "", "there is no file"),
        ("empty.mp4", "", "is empty"),
        ("film.mp4", "small/none", "there is no lesson small/none"),
        ("film.mp4", "rest", "there is no lesson rest"),
    ],
)
def test_a_video_that_cannot_be_taken_leaves_nothing_behind(
    run: Run, runtime: Runtime, tmp_path: Path, name: str, lesson: str, sentence: str
) -> None:
    (tmp_path / "empty.mp4").touch()
    (tmp_path / "film.mp4").write_bytes(b"a film")

    status, _, err = run("video", "add", str(tmp_path / name), *(["--lesson", lesson] if lesson else []))

    assert (status, sentence in err) == (1, True)
    assert list(runtime.store.list("originals")) == []
    with runtime.db.reading() as session:
        assert session.scalars(select(Video)).all() == []


@pytest.mark.parametrize("words", [("fly",), (), ("course",), ("course", "fly"), ("db",), ("video", "add")])
def test_an_unknown_command_is_answered_with_those_there_are(
    run: Run, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    with pytest.raises(SystemExit) as caught:
        run(*words)

    assert caught.value.code == 2
    assert "usage: edu" in capsys.readouterr().err


def test_a_database_that_was_never_made_is_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EDU_DATABASE_URL", f"sqlite:///{tmp_path / 'new.sqlite3'}")

    status, _, err = run("user", "add", "ada@example.org")

    assert status == 1
    assert err.startswith("edu: the database cannot be used (no such table")
    assert err.count("\n") == 1


def test_a_disk_that_refuses_is_one_sentence(run: Run, site: Site, tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("a file")

    status, _, err = run("course", "export", "small", str(tmp_path / "in-the-way"))

    assert (status, err.count("\n")) == (1, 1)
    assert "in-the-way" in err


def test_it_is_run_as_a_module_too(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "edu", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.startswith("edu ")


def test_a_second_start_finds_nothing_to_do(
    run: Run, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDU_COURSES", "back-mice")
    assert "Installing the course" in run("init")[1]

    assert "Installing" not in run("init")[1]

    with runtime.db.reading() as session:
        assert session.scalars(select(Course.slug)).all() == ["back-mice"]
        assert session.scalars(select(User)).all() == []
