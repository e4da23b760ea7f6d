"""Bundling: our modules as one classic script, for pages that are opened from a disk.

There `type="module"` and `import()` are refused (HTML, section 8.1.3: a file has an opaque origin). Each
module becomes a function that gives what it exports, called when it is first needed. Only the style of our
own modules is understood; whatever else is a ScriptError, so that a new way of writing fails here and not
with a learner.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from edu.services.packing.script import ScriptError, line_of, masked

_NAME = r"[A-Za-z_$][\w$]*"
_STATIC = re.compile(r"^import(?:\s+(?P<names>[\w$\s,{}*]+?)\s+from)?\s+(?P<path>'[ ]*');", re.MULTILINE)
_NAMES = re.compile(rf"(?P<default>{_NAME})?\s*,?\s*(?:\{{(?P<list>[^{{}}]*)\}})?")
_LATER = re.compile(r"(?<![\w$.])import\((?P<path>'[ ]*')\)")
_EXPORT = re.compile(
    rf"^export\s+(?P<default>default\s+)?(?P<kind>const|class|(?:async\s+)?function)\s+(?P<name>{_NAME})",
    re.MULTILINE,
)
_PLACE = re.compile(r"(?<![\w$.])import\.meta\.url\b")
_UNKNOWN = re.compile(r"(?<![\w$.#])(?:import|export)\b")
_AWAIT = re.compile(r"(?<![\w$.])await\b")
_ONE_NAME = re.compile(rf"({_NAME})(?:\s+as\s+({_NAME}))?")

# The bundle lies where the folder of scripts would, so that addresses beside a module are found from it.
_HEAD = """(() => {
'use strict';
const home = new URL('./', globalThis.document?.currentScript?.src ?? 'file:///').href;
const rooms = {
"""
_FOOT = """};
const made = new Map();
const need = (name) => {
  if (!made.has(name)) made.set(name, rooms[name]());
  return made.get(name);
};
const later = async (name) => {
  if (!(name in rooms)) throw new Error(`${name} is not in this file`);
  return need(name);
};
"""


@dataclass(frozen=True, slots=True)
class Script:
    """A module as a function's body: `body` ends with what it exports; paths are below the folder of scripts.

    `needed` are the modules that must be there before it, `later` those that it may ask for.
    """

    body: str
    needed: tuple[str, ...]
    later: tuple[str, ...]


def bundle(folder: Path, entry: str, *, without: Collection[str] = ()) -> str:
    """One classic script that does what the module `entry`, a path below `folder`, does.

    Modules in `without` that others would load later are left out: asking for one fails as a missing file
    does. Raises ScriptError for what is not understood, for a module that is not there, and for imports in a
    circle.
    """
    found: dict[str, Script] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = _loaded(folder, name)
        waiting += found[name].needed
        waiting += [later for later in found[name].later if later not in without]
    for name in without:
        found.pop(name, None)
    _refuse_circles(found, entry)
    parts = [f"'{name}': () => {{\n{found[name].body}}},\n" for name in sorted(found)]
    return f"{_HEAD}{''.join(parts)}{_FOOT}need('{entry}');\n}})();\n"


def read(source: str, name: str) -> Script:
    """The module of that path, from its text. Raises ScriptError."""
    code = masked(source)
    edits: list[tuple[int, int, str]] = []
    needed, later, exported = [], [], []
    for found in _STATIC.finditer(code):
        target = _target(name, source[found.start("path") + 1 : found.end("path") - 1])
        needed.append(target)
        edits.append((*found.span(), _taking(found["names"], target, name, line_of(source, found.start()))))
    for found in _LATER.finditer(code):
        target = _target(name, source[found.start("path") + 1 : found.end("path") - 1])
        later.append(target)
        edits.append((*found.span(), f"later('{target}')"))
    edits += [(*found.span(), f"(home + '{name}')") for found in _PLACE.finditer(code)]
    for found in _EXPORT.finditer(code):
        _refuse_lists(code, found, name)
        exported.append(f"default: {found['name']}" if found["default"] else found["name"])
        edits.append((found.start(), found.start("kind"), ""))
    _refuse_the_rest(code, edits, name)
    body = _edited(source, edits)
    return Script(f"{body}return {{ {', '.join(exported)} }};\n", tuple(needed), tuple(later))


def _loaded(folder: Path, name: str) -> Script:
    try:
        source = (folder / name).read_text(encoding="utf-8")
    except OSError as error:
        raise ScriptError(f"{name} cannot be read") from error
    try:
        return read(source, name)
    except ScriptError as error:
        raise error if str(error).startswith(name) else ScriptError(f"{name}, {error}") from error


def _target(name: str, path: str) -> str:
    if not path.startswith(("./", "../")) or not path.endswith(".js"):
        raise ScriptError(f"{name} imports {path}, which is no file of ours")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    if target.startswith(".."):
        raise ScriptError(f"{name} imports {path}, which lies outside of the scripts")
    return target


def _taking(names: str | None, target: str, name: str, line: int) -> str:
    """The statement that takes over what is imported."""
    if names is None:
        return f"need('{target}');"
    found = _NAMES.fullmatch(names.strip())
    if found is None:
        raise ScriptError(f"{name}, line {line}: this import is not understood")
    taken = [f"default: {found['default']}"] if found["default"] else []
    for one in filter(None, (part.strip() for part in (found["list"] or "").split(","))):
        each = _ONE_NAME.fullmatch(one)
        if each is None:
            raise ScriptError(f"{name}, line {line}: this import is not understood")
        taken.append(f"{each[1]}: {each[2]}" if each[2] else each[1])
    return f"const {{ {', '.join(taken)} }} = need('{target}');"


def _refuse_lists(code: str, found: re.Match[str], name: str) -> None:
    """`export const a = 1, b = 2;` would lose b."""
    if found["kind"] != "const":
        return
    depth = 0
    for sign in code[found.end() :]:
        depth += (sign in "([{") - (sign in ")]}")
        if depth == 0 and sign == ";":
            return
        if depth == 0 and sign == ",":
            raise ScriptError(f"{name}, line {line_of(code, found.start())}: one constant to an export")


def _refuse_the_rest(code: str, edits: list[tuple[int, int, str]], name: str) -> None:
    """An import or export that was not understood, and a wait at the top, which no function has."""
    known = {start for start, _, _ in edits}
    for found in _UNKNOWN.finditer(code):
        if found.start() not in known:
            raise ScriptError(
                f"{name}, line {line_of(code, found.start())}: {found[0]} in a way not understood"
            )
    for found in _AWAIT.finditer(code):
        before = code[: found.start()]
        if before.count("{") == before.count("}"):
            raise ScriptError(f"{name}, line {line_of(code, found.start())}: await at the top")


def _edited(source: str, edits: list[tuple[int, int, str]]) -> str:
    for start, end, text in sorted(edits, reverse=True):
        source = source[:start] + text + source[end:]
    return source


def _refuse_circles(found: Mapping[str, Script], entry: str) -> None:
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        if name in way:
            raise ScriptError("imports in a circle: " + " -> ".join((*way, name)))
        if name not in done:
            if name not in found:
                raise ScriptError(f"{name} is left out, but {way[-1]} cannot do without it")
            for needed in found[name].needed:
                visit(needed, (*way, name))
            done.add(name)

    for name in (entry, *sorted(found)):
        visit(name, ())
