"""Bundles: the modules that a page needs together as one module, joined when it is first asked for.

A page that takes a bundle has its name behind the build in the address of its script, as in
`/static/<build>.screening/js/player/edu-player.js`. There the first entry is the bundle; every other module
in it hands on what is there, so that a tool which comes later and imports it gets the same one; all else is
what it always is. A page that loads twenty modules one by one waits for the slowest of twenty answers.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from edu.services.packing.bundling import Script, read
from edu.web import bare

_SCREENING = (
    "player/edu-player.js",
    "player/edu-chapters.js",
    "player/edu-transcript.js",
    "player/edu-watching.js",
    "offline/edu-keep.js",
)
_SOON = ("player/player-around.js", "menu.js", "glossary/edu-terms.js")
# The modules that a page runs, in their order (the first gives the bundle its address), and those that these
# ask for soon.
BUNDLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "screening": (_SCREENING, _SOON),
    "frame": (("player/edu-player.js",), ("player/player-around.js",)),
    "asking": ((*_SCREENING, "quiz/edu-film-questions.js"), _SOON),
}
_EXPORTED = re.compile(r"return \{ (?P<names>.*) \};\n\Z")
# Browsers read a function in brackets at once, the others first in passing and again when they are called.
# `outside` names what is not in the bundle in plain imports: js/offline/collect.js reads there what may be
# asked for.
_HEAD = """const home = new URL('{up}', import.meta.url).href;
const rooms = {{
{rooms}}};
const outside = {{
{outside}}};
const made = new Map();
export const need = (name) => {{
  if (!made.has(name)) made.set(name, rooms[name]());
  return made.get(name);
}};
const later = async (name) => (name in rooms ? need(name) : outside[name]());
"""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Texts by the paths of their modules, and the files they were made of: when each was last changed."""

    texts: dict[str, str]
    files: tuple[tuple[Path, int], ...]

    @property
    def is_true(self) -> bool:
        """Whether its files are as they were."""
        return all(_changed(place) == changed for place, changed in self.files)


_made: dict[str, Bundle] = {}


def entry(name: str) -> str:
    """The module in whose place the bundle stands, a path below the folder of scripts. KeyError."""
    return BUNDLES[name][0][0]


def text(folder: Path, name: str, path: str) -> str | None:
    """What is sent for the module `path` of `folder` on a page with that bundle; None for what is not in it.

    ScriptError for modules that are written in a way not understood.
    """
    if name not in BUNDLES:
        return None
    known = _made.get(name)
    if known is None or not known.is_true:
        known = _made[name] = joined(folder, *BUNDLES[name])
    return known.texts.get(path)


def joined(folder: Path, entries: tuple[str, ...], extra: tuple[str, ...] = ()) -> Bundle:
    """The bundle of those modules and of what they cannot do without. Raises ScriptError as bundling.read."""
    found: dict[str, Script] = {}
    waiting = [*entries, *extra]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = read(bare.script((folder / name).read_text(encoding="utf-8")), name)
            waiting += found[name].needed
    place = posixpath.dirname(entries[0])
    texts = {name: _handing_on(name, script, entries[0]) for name, script in found.items()}
    texts[entries[0]] = _bundle(found, entries, place)
    return Bundle(texts, tuple((folder / name, _changed(folder / name)) for name in found))


def _bundle(found: dict[str, Script], entries: tuple[str, ...], place: str) -> str:
    asked = {later for script in found.values() for later in script.later} - found.keys()
    rooms = "".join(f"'{name}': (() => {{\n{found[name].body}}}),\n" for name in sorted(found))
    outside = "".join(f"'{name}': () => import('{_from(place, name)}'),\n" for name in sorted(asked))
    head = _HEAD.format(up=f"{posixpath.relpath('.', place)}/", rooms=rooms, outside=outside)
    first, *others = entries
    return head + _exports(first, found[first]) + "".join(f"need('{name}');\n" for name in others)


def _handing_on(name: str, script: Script, first: str) -> str:
    return f"import {{ need }} from '{_from(posixpath.dirname(name), first)}';\n{_exports(name, script)}"


def _exports(name: str, script: Script) -> str:
    """The statements that export what a module of the bundle exports."""
    names = list(_names(script))
    plain = ", ".join(one for one in names if one != "default")
    told = f"export const {{ {plain} }} = need('{name}');\n" if plain else f"need('{name}');\n"
    return told + (f"export default need('{name}').default;\n" if "default" in names else "")


def _names(script: Script) -> Iterable[str]:
    exported = _EXPORTED.search(script.body)
    names = exported["names"].split(", ") if exported else []
    return (name.partition(":")[0] for name in names if name)


def _from(place: str, name: str) -> str:
    """How a module in the folder `place` names another."""
    path = posixpath.relpath(name, place or ".")
    return path if path.startswith("../") else f"./{path}"


def _changed(place: Path) -> int:
    return place.stat().st_mtime_ns
