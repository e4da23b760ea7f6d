"""The settings: defaults, and each wrong value told by the name of its variable."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from edu.errors import SettingsError
from edu.models import GateMode
from edu.settings import GATE_MODES, TABLE, Settings, SignUp

KEY = "k" * 32


def read(tmp_path: Path, **changes: str) -> Settings:
    return Settings.read({"EDU_DATA_DIR": str(tmp_path), "EDU_SECRET_KEY": KEY, **changes})


def test_nothing_needs_to_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    found = Settings.read({})

    assert found.data_dir == tmp_path / "data"
    assert found.base_url == "http://127.0.0.1:8000"
    assert found.database_url == f"sqlite:///{tmp_path / 'data' / 'edu.sqlite3'}"
    assert (found.storage_url, found.x_accel, found.smtp_url) == ("", "", "")
    assert found.signup is SignUp.OPEN
    assert found.courses == ("back-mice",)
    assert not found.is_secure


def test_an_empty_variable_is_as_good_as_none(tmp_path: Path) -> None:
    everything = {setting.name: "" for setting in TABLE} | {"EDU_DATA_DIR": str(tmp_path)}

    assert Settings.read(everything) == Settings.read({"EDU_DATA_DIR": str(tmp_path)})


WRONG = [
    ("EDU_PORT", "http"),
    ("EDU_PORT", "65536"),
    ("EDU_PORT", "-1"),
    ("EDU_PORT", "٨٠٠٠"),
    ("EDU_BASE_URL", "learn.example.org"),
    ("EDU_BASE_URL", "ftp://learn.example.org"),
    ("EDU_BASE_URL", "https://learn.example.org/edu"),
    ("EDU_BASE_URL", "https://learn.example.org?x=1"),
    ("EDU_BASE_URL", "https://user@learn.example.org"),
    ("EDU_BASE_URL", "https://learn.example.org:port"),
    ("EDU_BASE_URL", "https://[::1"),
    ("EDU_BASE_URL", "https://"),
    ("EDU_SECRET_KEY", "too short"),
    ("EDU_DATABASE_URL", "mysql://host/name"),
    ("EDU_DATABASE_URL", "postgresql"),
    ("EDU_QUEUE", "huey"),
    ("EDU_GATE", "honour"),
    ("EDU_GATE", "code, honour"),
    ("EDU_GATE", ","),
    ("EDU_GATE_DOMAINS", "clinic"),
    ("EDU_GATE_DOMAINS", "ada@clinic.example.org"),
    ("EDU_FFMPEG_THREADS", "many"),
    ("EDU_LEASE_SECONDS", "0"),
    ("EDU_WEB_THREADS", "0"),
    ("EDU_SIGNUP", "everyone"),
    ("EDU_MAX_UPLOAD_MB", "1.5"),
    ("EDU_QUOTA_MB", """ """),
    ("EDU_X_ACCEL", "objects"),
    ("EDU_X_ACCEL", "/a\r\nb/"),
    ("EDU_PROXIES", "9"),
    ("EDU_SIGN_UP", "open"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_value_is_refused_with_the_name_of_its_variable(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(SettingsError, match=name) as caught:
        read(tmp_path, **{name: value})

    assert KEY not in caught.value.sentence


def test_a_secret_is_never_part_of_the_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, EDU_DATABASE_URL="mysql://edu:geheim@host/name")

    assert "geheim" not in caught.value.sentence


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("postgres://u@h/n", "postgresql+psycopg://u@h/n"),
        ("postgresql://u@h/n", "postgresql+psycopg://u@h/n"),
        ("postgresql+psycopg://u@h/n?sslmode=require", "postgresql+psycopg://u@h/n?sslmode=require"),
        ("sqlite:////srv/edu.sqlite3", "sqlite:////srv/edu.sqlite3"),
    ],
)
def test_a_database_may_be_named_as_hosts_name_it(tmp_path: Path, given: str, meant: str) -> None:
    assert read(tmp_path, EDU_DATABASE_URL=given).database_url == meant


@pytest.mark.parametrize(
    ("changes", "url"),
    [
        ({"EDU_HOST": "::1", "EDU_PORT": "80"}, "http://[::1]:80"),
        ({"EDU_HOST": "0.0.0.0"}, "http://0.0.0.0:8000"),  # noqa: S104 (an address to print)
        ({"EDU_BASE_URL": "https://learn.example.org/"}, "https://learn.example.org"),
        ({"EDU_BASE_URL": "https://learn.example.org:8443"}, "https://learn.example.org:8443"),
    ],
)
def test_the_public_address_is_the_one_given_or_made_from_host_and_port(
    tmp_path: Path, changes: dict[str, str], url: str
) -> None:
    assert read(tmp_path, **changes).base_url == url


@pytest.mark.parametrize(
    ("text", "courses"),
    [("none", ()), ("back-mice, other", ("back-mice", "other")), ("a b", ("a", "b"))],
)
def test_courses_are_a_list_or_none(tmp_path: Path, text: str, courses: tuple[str, ...]) -> None:
    assert read(tmp_path, EDU_COURSES=text).courses == courses


def test_sizes_are_given_in_megabytes_of_a_million(tmp_path: Path) -> None:
    found = read(tmp_path, EDU_MAX_UPLOAD_MB="3", EDU_QUOTA_MB="4")

    assert (found.max_upload_bytes, found.quota_bytes) == (3_000_000, 4_000_000)


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    first = Settings.read({"EDU_DATA_DIR": str(tmp_path / "data")}).secret_key

    kept = tmp_path / "data" / "secret-key"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert len(first) >= 32
    assert Settings.read({"EDU_DATA_DIR": str(tmp_path / "data")}).secret_key == first
    assert [path.name for path in kept.parent.iterdir()] == ["secret-key"]


def test_starts_at_the_same_moment_agree_on_one_key(tmp_path: Path) -> None:
    environ = {"EDU_DATA_DIR": str(tmp_path / "data")}

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: Settings.read(environ).secret_key, range(16)))

    assert len(keys) == 1


def test_a_key_file_that_was_emptied_is_not_taken_for_a_key(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("")

    with pytest.raises(SettingsError, match="remove the file"):
        Settings.read({"EDU_DATA_DIR": str(tmp_path)})


def test_a_data_folder_that_cannot_be_is_said_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(SettingsError, match="EDU_DATA_DIR"):
        Settings.read({"EDU_DATA_DIR": str(tmp_path / "file" / "data")})


def test_the_ways_through_the_gate_are_those_of_the_model_each_once(tmp_path: Path) -> None:
    found = read(
        tmp_path, EDU_GATE="manual, code,code", EDU_GATE_DOMAINS="@Clinic.example.org, b.example.org"
    )

    assert found.gate == ("code", "manual")
    assert found.gate_domains == ("clinic.example.org", "b.example.org")
    assert tuple(GateMode) == GATE_MODES
