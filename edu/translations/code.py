"""The sentences of Python code: what words are asked for, followed from gettext back to where it is written.

Nobody has to mark anything. Words are asked for by `gettext` and its like, and by every error of ours, whose
sentence a page may show. What is asked for is a literal, or a name: of a constant (a table of sentences), of
a variable of the same function, of a parameter (then each call of that function is looked at), or a field of
a value (then each place where such a value is made). Types are not known, so a little too much may be found;
what is missed is told by the tests of pages, which note each sentence that was asked for.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PACKAGES = ("captions", "edu", "media", "quizzes")
# Rooms whose words nobody reads on a page: commands and what they say of files are in English.
WITHOUT = {
    *("edu/cli", "edu/content", "edu/courseware", "edu/keeping", "edu/migrations", "edu/settings"),
    "edu/translations",
}
ASKING = {"gettext": 1, "kept": 1, "ngettext": 2, "sentence": 1}
ASKING_FROM = {"edu.web.words", "edu.web.language", "flask_babel"}
ERROR = "EduError"
Function = ast.FunctionDef | ast.AsyncFunctionDef
_EMPTY = (ast.Name, ast.Constant, ast.expr_context, ast.operator, ast.cmpop)  # nothing to be found inside


@dataclass(slots=True)
class Source:
    """A file with what its names mean."""

    module: str
    file: str
    tree: ast.Module
    constants: dict[str, ast.expr] = field(default_factory=dict)
    imported: dict[str, str] = field(default_factory=dict)  # local name -> module.name
    asking: dict[str, int] = field(default_factory=dict)  # local name of gettext -> sentences it takes


@dataclass(frozen=True, slots=True)
class Place:
    """An expression in its file, with the function around it."""

    source: Source
    node: ast.expr
    function: Function | None = None

    def at(self, node: ast.expr) -> Place:
        """Another expression of the same function."""
        return Place(self.source, node, self.function)


@dataclass(slots=True)
class Code:
    """All sources with an index of calls, of parameters and fields, and of classes by their parents."""

    sources: dict[str, Source] = field(default_factory=dict)
    calls: dict[str, list[tuple[Place, ast.Call]]] = field(default_factory=dict)
    parameters: dict[str, list[list[str]]] = field(default_factory=dict)  # of functions and classes
    returning: dict[str, list[Place]] = field(default_factory=dict)
    properties: dict[str, list[Place]] = field(default_factory=dict)  # what they give back
    records: list[Place] = field(default_factory=list)
    values: dict[str, set[str]] = field(default_factory=dict)  # field -> classes that have it
    parents: dict[str, set[str]] = field(default_factory=dict)

    def errors(self) -> set[str]:
        """The names of all errors of ours."""
        found, size = {ERROR}, 0
        while size != len(found):
            size = len(found)
            found |= {name for name, parents in self.parents.items() if parents & found}
        return found


def read(root: Path) -> Code:
    """The code of the four packages under a folder."""
    code = Code()
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            if "/".join(parts[:2]) not in WITHOUT:
                module = ".".join(parts).removesuffix(".__init__")
                tree = ast.parse(path.read_text(encoding="utf-8"))
                source = code.sources[module] = Source(module, path.relative_to(root).as_posix(), tree)
                _note_constants(source)
                _index(code, source, source.tree, None)
    return code


def _note_constants(source: Source) -> None:
    for node in source.tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(value, ast.expr):
                source.constants[target.id] = value


def _note_imports(source: Source, node: ast.Import | ast.ImportFrom) -> None:
    module = node.module if isinstance(node, ast.ImportFrom) else ""
    for each in node.names:
        source.imported[each.asname or each.name] = f"{module}.{each.name}" if module else each.name
        if module in ASKING_FROM and each.name in ASKING:
            source.asking[each.asname or each.name] = ASKING[each.name]


def _index(code: Code, source: Source, node: ast.AST, function: Function | None) -> None:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, _EMPTY):
            continue
        if isinstance(child, ast.stmt):
            _note_statement(code, source, child, function)
        elif isinstance(child, ast.Call):
            code.calls.setdefault(called(child), []).append((Place(source, child, function), child))
        elif isinstance(child, ast.Dict):
            _note_records(code, Place(source, child, function), child)
        _index(code, source, child, child if isinstance(child, Function) else function)


def _note_statement(code: Code, source: Source, child: ast.stmt, function: Function | None) -> None:
    if isinstance(child, ast.Import | ast.ImportFrom):
        _note_imports(source, child)
    elif isinstance(child, ast.ClassDef):
        _note_class(code, child)
    elif isinstance(child, Function):
        _note_parameters(code, child, child.name)
    elif isinstance(child, ast.Return) and function and child.value:
        _note_result(code, Place(source, child.value, function), function)


def _note_result(code: Code, place: Place, function: Function) -> None:
    is_property = any(_last(each) == "property" for each in function.decorator_list)
    given = code.properties if is_property else code.returning
    given.setdefault(function.name, []).append(place)


def _note_records(code: Code, place: Place, found: ast.Dict) -> None:
    """A record such as {"code": …, "sentence": BROKEN_OFF}, which is kept and told on a page later."""
    code.records += [
        place.at(value)
        for key, value in zip(found.keys, found.values, strict=True)
        if isinstance(key, ast.Constant) and key.value == "sentence"
    ]


def _note_parameters(code: Code, function: Function, name: str) -> None:
    given = function.args
    names = [each.arg for each in (*given.posonlyargs, *given.args)]
    names = names[1:] if names[:1] in (["self"], ["cls"]) else names
    code.parameters.setdefault(name, []).append([*names, *(each.arg for each in given.kwonlyargs)])


def _note_class(code: Code, found: ast.ClassDef) -> None:
    code.parents.setdefault(found.name, set()).update(filter(None, map(_last, found.bases)))
    fields = [
        each.target.id
        for each in found.body
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
    ]
    code.parameters.setdefault(found.name, []).append(fields)
    for each in found.body:
        if isinstance(each, Function) and each.name == "__init__":
            _note_parameters(code, each, found.name)
            fields += code.parameters[found.name][-1]
    for name in fields:
        code.values.setdefault(name, set()).add(found.name)


def called(call: ast.Call) -> str:
    """The last name of what is called."""
    return _last(call.func)


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript):
        return _last(node.value)
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def is_call_of(place: Place, call: ast.Call, module: str, name: str) -> bool:
    """Whether a call is one of this function of this module, as far as imports tell."""
    if isinstance(call.func, ast.Name):
        return place.source.imported.get(name, f"{place.source.module}.{name}") == f"{module}.{name}"
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
        owner = place.source.imported.get(call.func.value.id)
        if owner is None:  # a value of unknown type: `faults.add("…", "title")`, but no set's `add(…)`
            return len(call.args) + len(call.keywords) > 1
        return owner == module
    return place.source.module == module


def arguments(code: Code, call: ast.Call, name: str, callee: str) -> Iterator[ast.expr]:
    """What a call gives for a parameter or field of this name, by place or by name."""
    yield from (each.value for each in call.keywords if each.arg == name)
    for names in code.parameters.get(callee, []):
        if name in names and names.index(name) < len(call.args):
            yield call.args[names.index(name)]
