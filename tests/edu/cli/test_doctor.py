"""`edu doctor`: which sandbox is used, and which feature of ffmpeg is off, and why."""

from collections.abc import Callable
from pathlib import Path

import pytest

from edu.cli.doctor import Check, examine_all
from edu.runtime import Runtime
from media.running.features import BASIS
from media.running.sandbox import Sandbox, examine_machine

Examine = Callable[..., dict[str, Check]]

FILTERS = [
    "aformat",
    *sorted(BASIS - {"aformat"}),
    "ebur128",
    "bwdif",
    "crop",
    "overlay",
    "concat",
    "drawbox",
]


@pytest.fixture
def examine(runtime: Runtime) -> Examine:
    """Every check by its name, with the given settings."""
    known = {
        "EDU_DATA_DIR": str(runtime.settings.data_dir),
        "EDU_DATABASE_URL": runtime.settings.database_url,
        "EDU_SECRET_KEY": runtime.settings.secret_key,
    }
    return lambda **settings: {check.name: check for check in examine_all(known | settings)}


def old_ffmpeg(folder: Path, version: str, filters: list[str], encoders: tuple[str, ...]) -> str:
    """A program that answers the questions about itself as an ffmpeg of that kind does."""
    listed = "\n".join(f" ... {name}              V->V       A filter." for name in filters)
    coders = "\n".join(f" V....D {name}             A coder" for name in encoders)
    answers = f"""case "$2" in
-version) echo "ffmpeg version {version} Copyright";;
-filters) cat <<'END'\n{listed}\nEND\n;;
-encoders) cat <<'END'\n{coders}\nEND\n;;
*) exit 1;; esac"""
    program = folder / "ffmpeg"
    program.write_text(f"#!/bin/sh\n{answers}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


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
