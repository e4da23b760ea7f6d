"""README keeps up with the code: every setting, command and address stands in its tables, and no other."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from flask import Flask

from edu.cli.main import COMMANDS
from edu.policy import ENDPOINTS, Access
from edu.settings import TABLE

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
HEADINGS = re.compile(r"^## (.+)$", re.MULTILINE)
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}


def rows(heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without the backquotes around a whole cell."""
    parts = HEADINGS.split(README)
    section = dict(zip(parts[1::2], parts[2::2], strict=True))[heading]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [[cell.strip("`") if cell.count("`") == 2 else cell for cell in row] for row in cells]


def test_each_setting_stands_in_readme_with_its_default_and_meaning() -> None:
    written = {row[0]: (row[1], row[2]) for row in rows("Settings")}
    known = {setting.name: (setting.default, setting.meaning) for setting in TABLE}

    assert written.keys() ^ known.keys() == set()
    assert {name: text for name, text in written.items() if text != known[name]} == {}


def deeds() -> Iterator[str]:
    """Each command as one types it, `edu course check`, without its arguments."""
    for name, (file, _) in COMMANDS.items():
        parser = argparse.ArgumentParser()
        import_module(f"edu.cli.{file}").add_arguments(parser)
        named = [
            list(action.choices) for action in parser._actions if action.dest == "deed" and action.choices
        ]
        yield from (f"edu {name} {deed}" for deed in named[0]) if named else iter([f"edu {name}"])


def test_each_command_stands_in_readme() -> None:
    written = [row[0] for row in rows("Commands")]
    known = list(deeds())

    missing = [command for command in known if not any(_is(command, line) for line in written)]
    unknown = [line for line in written if not any(_is(command, line) for command in known)]
    assert (missing, unknown) == ([], [])


def _is(command: str, line: str) -> bool:
    return line == command or line.startswith(f"{command} ")


def test_each_address_stands_in_readme_with_its_methods(app: Flask) -> None:
    written = {row[0]: set(row[1].split()) for row in rows("Addresses")}
    known: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        known.setdefault(rule.rule, set()).update((rule.methods or set()) & METHODS)

    assert {address for address in known if address not in written} == set(), "these are missing in README"
    assert {address for address in written if address not in known} == set(), "these are in README only"
    assert {address: known[address] for address in known if known[address] != written[address]} == {}


def test_readme_says_for_whom_each_address_is(app: Flask) -> None:
    words = {"PUBLIC": "everyone", "SIGNED_IN": "account"}
    written = {row[0]: row[2] for row in rows("Addresses")}
    strictest: dict[str, Access] = {}
    for rule in app.url_map.iter_rules():
        access = ENDPOINTS[rule.endpoint]
        strictest[rule.rule] = max(access, strictest.get(rule.rule, access))

    known = {address: words.get(access.name, access.name.lower()) for address, access in strictest.items()}
    assert {address: who for address, who in known.items() if written.get(address) != who} == {}


def test_the_two_commands_stand_in_readme_and_in_the_makefile() -> None:
    makefile = (Path(__file__).parents[1] / "Makefile").read_text(encoding="utf-8")

    assert all(f"make {target}" in README and f"\n{target}:" in makefile for target in ("run", "test"))
