"""Install: how many packages a user gets and how large they are, from metadata or from a new venv."""

from __future__ import annotations

import re
import subprocess
import time
import venv
from collections.abc import Collection, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from pathlib import Path

from tests.bench.figure import Figure, at_most
from tests.bench.site import ROOT

PACKAGES = 45
MEGABYTES = 450.0
SECONDS = 25.0
TOOLS = {"pip", "setuptools", "wheel"}
REQUIREMENTS = ROOT / "requirements.txt"
_NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[([^\]]*)\])?")
_EXTRA = re.compile(r"""extra\s*==\s*["']([^"']+)["']""")


def measure_here() -> Iterator[Figure]:
    """What requirements.txt brings, followed through the metadata of this environment."""
    found = _closure(REQUIREMENTS.read_text().splitlines())
    yield from _figures(found.values(), "requirements.txt followed through installed metadata")


def measure_anew(folder: Path) -> Iterator[Figure]:
    """The same in a fresh environment, with the time it takes."""
    began = time.perf_counter()
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    argv = [
        str(python),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-r",
        str(REQUIREMENTS),
    ]
    subprocess.run(argv, check=True, timeout=600)
    seconds = time.perf_counter() - began
    place = next((folder / "lib").glob("python*/site-packages"))
    found = [each for each in distributions(path=[str(place)]) if _plain(each.name) not in TOOLS]
    yield from _figures(found, "pip list of a fresh venv")
    yield at_most(
        "install: time", seconds, SECONDS, "s", "venv and pip install, from the index pip is set to"
    )


def _figures(packages: Collection[Distribution], how: str) -> Iterator[Figure]:
    size = sum(_bytes(each) for each in packages) / 1e6
    yield at_most("install: packages", len(packages), PACKAGES, "", how, digits=0)
    yield at_most("install: size", size, MEGABYTES, "MB", f"{how}, sum of their files", digits=0)


def _closure(lines: list[str]) -> dict[str, Distribution]:
    """The packages that these requirements need here, by name."""
    found: dict[str, Distribution] = {}
    waiting = [line.partition("#")[0].strip() for line in lines]
    while waiting:
        wanted = _NAME.match(waiting.pop())
        if wanted is None or _plain(wanted[1]) in found:
            continue
        try:
            package = distribution(wanted[1])
        except PackageNotFoundError:
            continue  # needed on other systems or by other Pythons only
        found[_plain(wanted[1])] = package
        extras = {part.strip() for part in (wanted[2] or "").split(",")}
        for need in package.requires or ():
            marked = _EXTRA.search(need)
            if marked is None or marked[1] in extras:
                waiting.append(need)
    return found


def _bytes(package: Distribution) -> int:
    paths = (Path(str(package.locate_file(file))) for file in package.files or ())
    return sum(path.stat().st_size for path in paths if path.is_file())


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
