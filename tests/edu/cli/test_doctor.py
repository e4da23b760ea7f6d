"""`edu doctor`: which sandbox is used, and which feature of ffmpeg is off, and why."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from edu.cli.doctor import Check, examine_all, gate_check
from edu.runtime import Runtime
from edu.settings import Settings
from media.running.sandbox import Sandbox, examine_machine
from tests.ffmpegs import FILTERS, old_ffmpeg

Examine = Callable[..., dict[str, Check]]


@pytest.fixture
def examine(runtime: Runtime) -> Examine:
    """Every check by its name, with the given settings."""
    known = {
        "EDU_DATA_DIR": str(runtime.settings.data_dir),
        "EDU_DATABASE_URL": runtime.settings.database_url,
        "EDU_SECRET_KEY": runtime.settings.secret_key,
    }
    return lambda **settings: {check.name: check for check in examine_all(known | settings)}


def test_a_whole_ffmpeg_gets_one_line(examine: Examine) -> None:
    checks = examine()

    assert checks["ffmpeg"].is_well
    assert not any(name.startswith("ffmpeg ") for name in checks)


def test_a_feature_that_is_off_is_told_with_its_reason(examine: Examine, tmp_path: Path) -> None:
    checks = examine(EDU_FFMPEG=old_ffmpeg(tmp_path, "5.1.9", FILTERS, ("libx264", "aac")))

    assert checks["ffmpeg"].is_well
    assert checks["ffmpeg hdr-mapping"].finding == "off: HDR recordings look pale (no filter zscale)"
    assert checks["ffmpeg av1"].finding == "off: AV1 versions are not made (no encoder libsvtav1)"
    assert checks["ffmpeg av1"].is_well  # a wish, not a need


@pytest.mark.parametrize(
    ("version", "filters", "encoders", "name"),
    [
        ("4.4.1", FILTERS, ("libx264", "aac"), "ffmpeg too-old"),
        ("6.0", FILTERS, ("aac",), "ffmpeg encoder-libx264"),
        ("6.0", FILTERS[1:], ("libx264", "aac"), "ffmpeg filters"),
    ],
)
def test_an_ffmpeg_that_cannot_do_the_work_is_wrong(
    examine: Examine, tmp_path: Path, version: str, filters: list[str], encoders: tuple[str, ...], name: str
) -> None:
    checks = examine(EDU_FFMPEG=old_ffmpeg(tmp_path, version, filters, encoders))

    assert not checks["ffmpeg"].is_well
    assert not checks[name].is_well


def test_a_missing_ffmpeg_is_told_and_the_rest_is_still_looked_at(examine: Examine, tmp_path: Path) -> None:
    checks = examine(EDU_FFMPEG=str(tmp_path / "nothing"))

    assert not checks["ffmpeg"].is_well
    assert {"sandbox", "disk", "database", "storage"} <= set(checks)


def test_the_sandbox_in_use_is_named_with_the_reason(examine: Examine) -> None:
    best = examine_machine()
    found, limits = examine()["sandbox"], examine(EDU_SANDBOX="limits")["sandbox"]

    assert found.is_well
    assert (str(best.program) if best.sandbox is Sandbox.BWRAP else best.reason) in found.finding
    assert limits.finding.endswith("the settings ask for limits alone")


def test_a_sandbox_that_is_asked_for_and_does_not_work_is_wrong(
    examine: Examine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    examine_machine.cache_clear()

    check = examine(EDU_SANDBOX="bwrap")["sandbox"]

    examine_machine.cache_clear()
    assert not check.is_well
    assert "not installed" in check.finding


def strong(monkeypatch: pytest.MonkeyPatch, cores: int, memory: int) -> None:
    """Let the machine have so many cores and bytes."""
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(cores)))
    page = os.sysconf("SC_PAGE_SIZE")
    sizes = {"SC_PAGE_SIZE": page, "SC_PHYS_PAGES": memory // page}
    monkeypatch.setattr("os.sysconf", sizes.__getitem__)


@pytest.mark.parametrize(
    ("cores", "memory", "said", "finding"),
    [
        (8, 16 * 10**9, {"EDU_AV1": "off"}, "off: EDU_AV1=off"),
        (8, 16 * 10**9, {}, "on: smaller versions are made when nothing else waits"),
        (2, 16 * 10**9, {}, "off: this machine has 2 cores and 16.0 GB; 4 cores and 4 GB are needed"),
        (4, 2 * 10**9, {}, "off: this machine has 4 cores and 2.0 GB; 4 cores and 4 GB are needed"),
    ],
)
def test_av1_is_told_to_be_on_or_off_and_why(
    examine: Examine,
    monkeypatch: pytest.MonkeyPatch,
    cores: int,
    memory: int,
    said: dict[str, str],
    finding: str,
) -> None:
    strong(monkeypatch, cores, memory)

    check = examine(**said)["av1"]

    assert check.is_well
    assert check.finding == finding


def test_av1_is_off_where_a_strong_machine_has_no_encoder_for_it(
    examine: Examine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = old_ffmpeg(tmp_path, "5.1.9", FILTERS, ("libx264", "aac"))
    strong(monkeypatch, 8, 16 * 10**9)

    check = examine(EDU_FFMPEG=program)["av1"]

    assert check.finding == "off: AV1 versions are not made (no encoder libsvtav1)"


@pytest.mark.parametrize(
    ("chosen", "is_well", "words"),
    [
        ({}, True, "declaration"),
        ({"EDU_GATE": "manual, code"}, True, "code, manual"),
        ({"EDU_GATE": "code,declaration"}, True, "the declaration alone is enough"),
        ({"EDU_GATE": "institution", "EDU_GATE_DOMAINS": "a.example.org"}, False, "set EDU_SMTP_URL"),
        ({"EDU_GATE": "institution", "EDU_SMTP_URL": "smtp://m.example.org"}, False, "EDU_GATE_DOMAINS"),
    ],
)
def test_the_ways_through_the_gate_are_shown_and_one_that_cannot_be_gone_is_wrong(
    tmp_path: Path, chosen: dict[str, str], is_well: bool, words: str
) -> None:
    known = {"EDU_DATA_DIR": str(tmp_path), "EDU_SECRET_KEY": "k" * 32}

    found = gate_check(Settings.read(known | chosen))

    assert found.is_well is is_well
    assert words in found.finding
