"""How a program of ours that reads foreign files with PyAV is started, and what it must see of the disk."""

import importlib.util
import sys
import sysconfig
from pathlib import Path

HERE = Path(__file__).parent
PROGRAMS = ("prober.py", "probe_server.py", "launcher.py")
BOOT = (
    "import runpy, sys; sys.path.append(sys.argv[1]); del sys.argv[:2]; "
    "runpy.run_path(sys.argv[0], run_name='__main__')"
)
"""Neither the environment nor the folder of packages is read as a whole: only PyAV comes from there."""


def command(program: str, *words: str) -> list[str | Path]:
    """The command line of one of PROGRAMS: the real interpreter, not the link to it in a venv."""
    python = Path(sys.executable).resolve()
    return [python, "-I", "-S", "-c", BOOT, str(_package().parent), HERE / program, *words]


def needs() -> tuple[Path, ...]:
    """Everything that such a program reads beside its interpreter and the system's libraries."""
    base = {"platbase": sys.base_exec_prefix, "base": sys.base_prefix}
    standard = (sysconfig.get_path(name, vars=base) for name in ("stdlib", "platstdlib"))
    package = _package()
    folders = (*map(Path, standard), package, package.with_name(f"{package.name}.libs"))
    return tuple(path for path in (*folders, *(HERE / name for name in PROGRAMS)) if path.exists())


def _package() -> Path:
    """The folder of PyAV, found without loading it."""
    found = importlib.util.find_spec("av")
    if found is None or not found.submodule_search_locations:
        raise ImportError("PyAV (the package av) is not installed")
    return Path(found.submodule_search_locations[0])
