"""`edu backup`, `restore`, `verify` and `gc` as one types them: what they say, and how they end."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from edu import schema
from edu.cli import main
from edu.cli.backup import worth_keeping
from edu.keeping import manifest
from edu.runtime import Runtime
from edu.storage import original_key
from tests.edu.conftest import Site

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Run = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def run(runtime: Runtime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `edu …` over the test's database: status, lines of standard output, standard error."""
    monkeypatch.setenv("EDU_DATA_DIR", str(runtime.settings.data_dir))
    monkeypatch.setenv("EDU_DATABASE_URL", runtime.settings.database_url)
    monkeypatch.setenv("EDU_SECRET_KEY", runtime.settings.secret_key)
    monkeypatch.setenv("EDU_SITE_NAME", "Small")
    monkeypatch.setenv("EDU_SMTP_URL", "smtp://user:password@host:587")

    def command(*words: object) -> tuple[int, list[str], str]:
        capsys.readouterr()
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        return status, said.out.splitlines(), said.err

    return command


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], Path]:
    """From then on the settings name an empty place."""

    def move() -> Path:
        for name in ("EDU_DATABASE_URL", "EDU_SECRET_KEY", "EDU_SITE_NAME", "EDU_SMTP_URL"):
            monkeypatch.delenv(name)
        monkeypatch.setenv("EDU_DATA_DIR", str(tmp_path / "elsewhere"))
        return tmp_path / "elsewhere"

    return move


def test_a_site_goes_into_a_folder_and_comes_out_of_it(
    run: Run, site: Site, elsewhere: Callable[[], Path], tmp_path: Path
) -> None:
    folder = tmp_path / "backup"

    status, out, err = run("backup", folder)

    assert (status, err) == (0, "")
    assert out[-1].startswith(f"The backup in {folder} is whole: ")
    status, out, _ = run("verify", folder)
    assert (status, out[-1]) == (0, "Everything is there")
    data = elsewhere()
    status, out, err = run("restore", folder)
    assert (status, err) == (0, "")
    assert out[-3].startswith("Restored: 18 files, ")
    assert out[-2:] == [
        "note  the site ran with EDU_SITE_NAME=Small; here it is not set",
        "Start the site with edu run",
    ]
    assert (data / "edu.sqlite3").is_file()


def test_a_second_backup_says_how_little_was_new(run: Run, site: Site, tmp_path: Path) -> None:
    run("backup", tmp_path / "backup")

    _, out, _ = run("backup", tmp_path / "backup")

    assert out[-1].endswith("New are 0 files, 0.0 MB")


def test_what_is_lost_is_said_with_status_1(run: Run, site: Site, tmp_path: Path) -> None:
    site.runtime.store.delete("videos/1/vV1/poster.jpg")

    status, out, _ = run("backup", tmp_path / "backup")

    assert status == 1
    assert out[-2].startswith("WRONG not copied: videos/1/vV1/poster.jpg: there is no object")
    assert out[-1].startswith("Run edu verify")


def test_passwords_and_places_stay_out_of_the_settings_that_are_kept(
    run: Run, site: Site, tmp_path: Path
) -> None:
    run("backup", tmp_path / "backup", "--without-key")

    assert manifest.read(tmp_path / "backup").head.settings == {"EDU_SITE_NAME": "Small"}
    assert worth_keeping({"EDU_STORAGE_URL": "s3://b", "EDU_QUOTA_MB": "5", "HOME": "/root"}) == {
        "EDU_QUOTA_MB": "5"
    }


def test_without_the_key_people_are_told_what_follows(
    run: Run, site: Site, elsewhere: Callable[[], Path], tmp_path: Path
) -> None:
    run("backup", tmp_path / "backup", "--without-key")
    elsewhere()

    status, out, _ = run("restore", tmp_path / "backup")

    assert status == 0
    assert any(line.startswith("note  the secret key is another one: people sign in again") for line in out)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("backup", "{data}/backup"), "lie in one another: choose a folder apart from it"),
        (("restore", "{tmp}/nothing"), "there is no backup in"),
        (("restore", "{tmp}/backup"), "is not empty, and nothing is ever overwritten"),
        (("verify", "{tmp}/nothing"), "there is no backup in"),
    ],
)
def test_what_is_refused_is_one_sentence(
    run: Run, site: Site, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    run("backup", tmp_path / "backup")
    filled = [word.format(data=site.runtime.settings.data_dir, tmp=tmp_path) for word in words]

    status, _, err = run(*filled)

    assert status == 1
    assert len(err.splitlines()) == 1
    assert err.startswith("edu: ")
    assert sentence in err


def test_a_server_that_does_not_answer_is_one_sentence(
    run: Run, site: Site, elsewhere: Callable[[], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("backup", tmp_path / "backup")
    elsewhere()
    monkeypatch.setenv("EDU_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/edu")

    status, _, err = run("restore", tmp_path / "backup")
    assert status == 1
    assert err.startswith("edu: the database cannot be used (")
    assert err.endswith("): nothing was restored\n")

    status, out, _ = run("verify")
    assert (status, out[-1]) == (1, "To mend: 1")
    assert out[0].startswith("WRONG the database cannot be read (")


def test_what_is_wrong_with_a_site_is_said_with_what_to_do(run: Run, site: Site) -> None:
    site.runtime.store.delete("videos/1/vV1/720.mp4")

    status, out, _ = run("verify")

    assert status == 1
    assert out[0] == "WRONG the object videos/1/vV1/720.mp4 is missing: bring it back from a backup"
    assert out[-1] == f"To mend: {len(out) - 1}"


def test_sweeping_says_what_and_how_much(run: Run, site: Site) -> None:
    site.runtime.store.put(original_key("ab" * 32), io.BytesIO(b"nobody's"))
    path = site.runtime.store.local_path(original_key("ab" * 32))
    assert path is not None
    then = (site.runtime.clock.now() - timedelta(days=2)).timestamp()
    os.utime(path, (then, then))

    status, out, _ = run("gc", "--dry-run")
    assert (status, path.exists()) == (0, True)
    assert "1 originals that no video has, 8 bytes: would be removed" in out

    status, out, _ = run("gc")
    assert (status, path.exists()) == (0, False)
    assert "1 originals that no video has, 8 bytes: removed" in out
    assert out[-1].endswith(" bytes in all: removed")


def test_nothing_is_swept_from_a_database_of_another_revision(run: Run, site: Site) -> None:
    schema.downgrade(site.runtime.db, "0001")

    status, _, err = run("gc")

    assert (status, "run edu db upgrade first" in err) == (1, True)
