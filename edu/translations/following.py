"""Follows what words are asked for back to the literals, over constants, variables, parameters and fields."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from edu.translations.code import ASKING_FROM, Code, Place, arguments, called, is_call_of
from edu.translations.message import Message, is_worded

DEEPEST = 12
SAYING = {"message", "sentence", "template"}  # fields that hold one wherever they are given
TABLES = {"SENTENCES", "TEXTS", "WORDS"}  # what constants of sentences are called here
Text = tuple[str, str]  # with the file it stands in
Variables = dict[str, list[tuple[ast.expr, bool]]]  # name -> what it is set to, and whether to all of it
_CODE = re.compile(r"[a-z0-9_.:/-]*|(?:[a-z]+:[a-z0-9%]+ ?)+")  # a key, a path, a state or settings: no words


class Following:
    """What was found so far, and the parameters and fields that are still to be looked at."""

    def __init__(self, code: Code) -> None:
        self.found: dict[str, Message] = {}
        self._code = code
        # (module, function, parameter), or a field of any value without the first two
        self._waiting: list[tuple[str, str, str]] = []
        self._seen: set[tuple[str, str, str]] = set()
        self._asks_directly = True  # a field that is given on and on is no sentence any more
        self._variables: dict[ast.AST, Variables] = {}

    def run(self, fields: Iterable[str] = (), constants: Iterable[str] = ()) -> None:
        """Find everything that code asks for, and what templates ask for by these names."""
        self._calls_of_gettext()
        self._asks_directly = False
        for name in self._code.errors():
            for place, call in self._code.calls.get(name, []):
                for node in [*arguments(self._code, call, "sentence", name)] or call.args[:1]:
                    self._follow(place.at(node))
        for place in self._code.records:
            self._follow(place)
        for source in self._code.sources.values():
            for name in (TABLES | set(constants)) & source.constants.keys():
                self._follow(Place(source, source.constants[name]))
        self._waiting += [("", "", name) for name in fields]
        while self._waiting:
            self._look(*self._waiting.pop())

    def _calls_of_gettext(self) -> None:
        for calls in self._code.calls.values():
            for place, call in calls:
                if place.source.module in ASKING_FROM:
                    continue  # where gettext is made
                takes = place.source.asking.get(called(call), 0) or self._by_module(place, call)
                if takes == 2 and len(call.args) > 1:
                    one, many = (list(self._literals(place.at(each))) for each in call.args[:2])
                    for single, several in zip(one, many, strict=False):
                        self._add(place.source.file, single[0], several[0])
                elif takes and call.args:
                    self._follow(place.at(call.args[0]))

    def _by_module(self, place: Place, call: ast.Call) -> int:
        """How many sentences `words.gettext(...)` takes, whatever the module is called here."""
        if not isinstance(call.func, ast.Attribute) or not isinstance(call.func.value, ast.Name):
            return 0
        is_ours = place.source.imported.get(call.func.value.id) in ASKING_FROM
        return {"gettext": 1, "sentence": 1, "ngettext": 2}.get(call.func.attr, 0) if is_ours else 0

    def _follow(self, place: Place) -> None:
        for text, file in self._literals(place):
            self._add(file, text)

    def _add(self, file: str, one: str, many: str = "") -> None:
        known = self.found.get(one)
        if known is None:
            self.found[one] = Message(one, file, many)
        elif file < known.file or (many and not known.many):  # the first file by name, whatever is read first
            self.found[one] = Message(one, min(known.file, file), many or known.many)

    def _look(self, module: str, callee: str, name: str) -> None:
        if (module, callee, name) in self._seen:
            return
        self._seen.add((module, callee, name))
        if not callee:
            for place in self._code.properties.get(name, []):
                self._follow(place)
        for each in [callee] if callee else self._code.values.get(name, set()):
            for place, call in self._code.calls.get(each, []):
                if not callee or is_call_of(place, call, module, callee):
                    for node in arguments(self._code, call, name, each):
                        self._follow(place.at(node))

    def _literals(self, place: Place, depth: int = 0, *, is_whole: bool = True) -> Iterator[Text]:
        """The texts that an expression can have; those of parameters and fields are put off.

        Of a part of a table (`is_whole` is false) these are not followed: most of them are no words.
        """
        node = place.node
        if depth > DEEPEST:
            return
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str) and _is_worded(node.value, direct=depth == 0):
                yield node.value, place.source.file
        elif isinstance(node, ast.Name):
            yield from self._named(place, node.id, depth, is_whole)
        elif isinstance(node, ast.Attribute):
            yield from self._field(place, node, depth, is_whole)
        else:
            is_whole = is_whole and isinstance(node, ast.IfExp | ast.BoolOp | ast.NamedExpr)
            for each in _parts(node):
                yield from self._literals(place.at(each), depth + 1, is_whole=is_whole)
            if isinstance(node, ast.Call):
                yield from self._given_back(node, depth)

    def _named(self, place: Place, name: str, depth: int, is_whole: bool) -> Iterator[Text]:
        function = place.function
        if function:
            if is_whole and _is_parameter(function, name):
                self._waiting.append((place.source.module, function.name, name))
            for each, is_all in self._assigned(function).get(name, ()):
                yield from self._literals(place.at(each), depth + 1, is_whole=is_whole and is_all)
        yield from self._constant(place, name, depth)

    def _constant(self, place: Place, name: str, depth: int) -> Iterator[Text]:
        if name in place.source.constants:
            yield from self._literals(Place(place.source, place.source.constants[name]), depth + 1)
        elif name in place.source.imported:
            module, _, short = place.source.imported[name].rpartition(".")
            yield from self._of_module(module, short, depth)

    def _of_module(self, module: str, name: str, depth: int) -> Iterator[Text]:
        source = self._code.sources.get(module)
        if source is None:
            return
        if name in source.constants:
            yield from self._literals(Place(source, source.constants[name]), depth + 1)
        elif name in source.imported:  # a package's face
            further, _, short = source.imported[name].rpartition(".")
            yield from self._of_module(further, short, depth + 1)

    def _field(self, place: Place, node: ast.Attribute, depth: int, is_whole: bool) -> Iterator[Text]:
        if not node.attr.isupper():
            if is_whole and (self._asks_directly or node.attr in SAYING):
                self._waiting.append(("", "", node.attr))
            return
        module = ast.unparse(node.value)
        first, _, rest = module.partition(".")
        full = place.source.imported.get(first, first)
        for name in {module, f"{full}.{rest}".rstrip(".")}:
            yield from self._of_module(name, node.attr, depth)

    def _assigned(self, function: ast.AST) -> Variables:
        """The variables of a function with what they are set to, gathered once."""
        if function not in self._variables:
            self._variables[function] = _assignments(function)
        return self._variables[function]

    def _given_back(self, call: ast.Call, depth: int) -> Iterator[Text]:
        """What a function of ours gives back, where its name says that it is a sentence."""
        if called(call).endswith(("sentence", "_words")):
            for place in self._code.returning.get(called(call), []):
                yield from self._literals(place, depth + 1)


def _parts(node: ast.expr) -> list[ast.expr]:
    """The parts of an expression that its text can come from."""
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, ast.BoolOp):
        return node.values
    if isinstance(node, ast.Dict):
        return node.values
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return node.elts
    if isinstance(node, ast.Call):
        return _of_call(node)
    if isinstance(node, ast.GeneratorExp | ast.ListComp):
        return [node.elt]
    alone = isinstance(node, ast.Subscript | ast.Starred | ast.NamedExpr)
    return [node.value] if alone else []  # type: ignore[attr-defined]  # each of the three has one


def _of_call(call: ast.Call) -> list[ast.expr]:
    """`TABLE.get(key, default)`, `TABLE.items()`; a value made in a table: all that it is made of."""
    given = [*call.args, *(each.value for each in call.keywords)]
    if isinstance(call.func, ast.Attribute) and call.func.attr in ("get", "items", "values"):
        return [call.func.value, *given[1:]]
    return given if called(call)[:1].isupper() or called(call) == "MappingProxyType" else []


def _is_parameter(function: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> bool:
    given = function.args
    return any(each.arg == name for each in (*given.posonlyargs, *given.args, *given.kwonlyargs))


def _assignments(function: ast.AST) -> Variables:
    """The variables of a function with what they are set to; of a loop, what is looped over."""
    found: Variables = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            targets, value = [node.target], node.value
        elif isinstance(node, ast.For | ast.comprehension):
            targets, value = [node.target], node.iter
        else:
            continue
        is_all = not isinstance(node, ast.For | ast.comprehension)
        for target in targets:
            for each in ast.walk(target):
                if isinstance(each, ast.Name):
                    found.setdefault(each.id, []).append((value, is_all and target is each))
    return found


def _is_worded(text: str, *, direct: bool) -> bool:
    return is_worded(text) and (direct or not _CODE.fullmatch(text))
