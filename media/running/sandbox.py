"""What a tool may see: under bubblewrap its own files and nothing else, where the machine allows it."""

import functools
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from media.errors import ToolMissing

SYSTEM_LIBRARIES = ("/usr/lib", "/usr/lib32", "/usr/lib64", "/lib", "/lib64")
"""Where the system keeps shared libraries; they are the same for everyone and hold nobody's data."""
TRIAL_SECONDS = 10
UNLOADABLE = 127
"""The exit status when the loader misses a library."""
LIBRARY = re.compile(r"(?:=>|^)\s*(/\S+) \(0x", re.MULTILINE)


class Sandbox(StrEnum):
    """How foreign files are shut in: AUTO takes the best that works here."""

    AUTO = "auto"
    BWRAP = "bwrap"
    LIMITS = "limits"


@dataclass(frozen=True, slots=True)
class View:
    """What one run of a tool may see beside itself: files or folders to read, folders to write in.

    With Sandbox.LIMITS nothing is hidden; the list then says only what the tool is meant to use.
    """

    reads: tuple[Path, ...] = ()
    writes: tuple[Path, ...] = ()
    sandbox: Sandbox = Sandbox.AUTO


@dataclass(frozen=True, slots=True)
class Choice:
    """What is used on this machine: BWRAP with its program, or LIMITS and `reason`, why it is not BWRAP."""

    sandbox: Sandbox
    program: Path | None = None
    reason: str = ""


def choose(wanted: Sandbox = Sandbox.AUTO, tool: Path | None = None) -> Choice:
    """The sandbox in which `tool`, or any, is run when `wanted` is asked for.

    Raises ToolMissing when bubblewrap is asked for by name and does not work here or not with the tool.
    """
    if wanted is Sandbox.LIMITS:
        return Choice(Sandbox.LIMITS, reason="the settings ask for limits alone")
    found = examine_machine()
    if found.program is not None and tool is not None and (words := refuses(found.program, tool)):
        found = Choice(Sandbox.LIMITS, reason=f"{tool} does not start inside bubblewrap ({words})")
    if wanted is Sandbox.BWRAP and found.program is None:
        raise ToolMissing("tool-unusable", tool="bwrap", path="the PATH", detail=found.reason)
    return found


@functools.lru_cache(maxsize=1)
def examine_machine() -> Choice:
    """Look for bubblewrap and try it; remembered for the life of the process."""
    found = shutil.which("bwrap")
    if found is None:
        return Choice(Sandbox.LIMITS, reason="bubblewrap (bwrap) is not installed")
    program = Path(found)
    words = refuses(program, program)
    if words:
        return Choice(Sandbox.LIMITS, reason=f"this machine does not allow it ({words})")
    return Choice(Sandbox.BWRAP, program)


@functools.lru_cache(maxsize=8)
def refuses(program: Path, tool: Path) -> str:
    """Try to start `tool` inside, with all the options of a real run; why it cannot be, or nothing."""
    # What the tool thinks of the option does not matter (ffmpeg and bubblewrap know it), only that it starts.
    asked = "--version" if tool == program else "-version"
    argv = [*arguments(program, tool, View(), None), str(tool), asked]
    try:
        ended = subprocess.run(  # noqa: S603 -- an argv list of ours
            argv,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TRIAL_SECONDS,
            check=False,
            env=_plain(),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)[:200]
    words = ended.stderr.decode("utf-8", "replace").strip()
    if ended.returncode == UNLOADABLE or words.startswith("bwrap:") or (ended.returncode and tool == program):
        return words[-200:] or f"exit status {ended.returncode}"
    return ""


def wrapped(command: Sequence[str], view: View, folder: Path | None) -> list[str] | None:
    """`command` inside bubblewrap, working in `folder`; None when it is to run under limits alone."""
    tool = Path(command[0])
    program = choose(view.sandbox, tool).program
    return None if program is None else [*arguments(program, tool, view, folder), *command]


def arguments(program: Path, tool: Path, view: View, folder: Path | None) -> list[str]:
    """bubblewrap's part of the command line.

    The tool itself is process 1 of its own process namespace: when it ends, all that it started ends, and the
    processor time it used reaches us. Neither /proc nor /dev nor /etc is there.
    """
    argv = [str(program), "--unshare-all", "--die-with-parent", "--as-pid-1", "--cap-drop", "ALL"]
    for path in (*_system(), *_strays(tool), tool):
        argv += ["--ro-bind", str(path), str(path)]
    for path in _once(view.writes):
        argv += ["--bind", str(path), str(path)]
    for path in _once(view.reads):  # after the folders: a source inside of one stays unwritable
        argv += ["--ro-bind", str(path), str(path)]
    search = ":".join(dict.fromkeys(str(path.parent) for path in libraries(tool)))
    if search:
        argv += ["--setenv", "LD_LIBRARY_PATH", search]
    return argv + (["--chdir", str(folder)] if folder else [])


@functools.lru_cache(maxsize=8)
def libraries(tool: Path) -> tuple[Path, ...]:
    """The shared libraries that the loader finds for `tool`; none for a static program."""
    asked = shutil.which("ldd")
    if asked is None:
        return ()
    try:
        ended = subprocess.run(  # noqa: S603 -- the loader's own question about a program that we run anyway
            [asked, str(tool)], capture_output=True, timeout=TRIAL_SECONDS, check=False, env=_plain()
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return tuple(Path(path) for path in LIBRARY.findall(ended.stdout.decode("utf-8", "replace")))


def _strays(tool: Path) -> tuple[Path, ...]:
    """Library files, and links on the way to them, that lie outside of the system's folders."""
    hops = (hop for library in libraries(tool) for hop in _chain(library))
    return tuple(dict.fromkeys(hop for hop in hops if not str(hop).startswith(_roots())))


def _chain(path: Path) -> Iterator[Path]:
    """A path and what it links to, one link after the other (Debian leads some through /etc/alternatives)."""
    for _ in range(16):
        yield path
        if not path.is_symlink():
            return
        path = Path(os.path.normpath(path.parent / path.readlink()))


def _system() -> tuple[Path, ...]:
    return tuple(path for path in map(Path, SYSTEM_LIBRARIES) if path.is_dir())


def _roots() -> tuple[str, ...]:
    return tuple(f"{path}/" for path in SYSTEM_LIBRARIES)


def _once(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(path.absolute() for path in paths))


def _plain() -> dict[str, str]:
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
