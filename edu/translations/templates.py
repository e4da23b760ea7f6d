"""The sentences of templates: those written in them, and the names of what else they ask words for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, nodes

from edu.translations.message import Message

SUFFIXES = {".html", ".txt", ".xml"}
ASKING = {"_", "gettext", "ngettext"}


@dataclass(slots=True)
class Asked:
    """What templates ask words for: sentences, fields of values such as `summary`, and constants."""

    messages: list[Message] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)
    constants: set[str] = field(default_factory=set)


def asked(folder: Path) -> Asked:
    """What all templates under a folder ask for."""
    found, read = Asked(), Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for path in sorted(folder.rglob("*")):
        if path.suffix in SUFFIXES:
            tree = read.parse(path.read_text(encoding="utf-8"))
            _look(tree, path.relative_to(folder.parent).as_posix(), found)
    return found


def _look(tree: nodes.Template, file: str, found: Asked) -> None:
    loops = list(tree.find_all(nodes.For))
    for call in tree.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name not in ASKING or not call.args:
            continue
        if call.node.name == "ngettext":
            one, many = (next(_texts(each)) for each in call.args[:2])
            found.messages.append(Message(one, file, many))
            continue
        found.messages += [Message(text, file) for text in _texts(call.args[0])]
        found.fields |= set(_fields(call.args[0]))
        found.constants |= set(_constants(call.args[0], loops))


def _texts(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.CondExpr):
        yield from _texts(node.expr1)
        if node.expr2 is not None:
            yield from _texts(node.expr2)
    elif isinstance(node, nodes.Or | nodes.And):
        yield from _texts(node.left)
        yield from _texts(node.right)


def _fields(node: nodes.Node) -> Iterator[str]:
    """The field of a value that is asked for."""
    if isinstance(node, nodes.Getattr) and not node.attr.isupper():
        yield node.attr


def _constants(node: nodes.Node, loops: list[nodes.For]) -> Iterator[str]:
    """The constant that is asked for, or that a loop goes over whose name is asked for."""
    if isinstance(node, nodes.Name):
        over = [loop.iter for loop in loops if node.name in _targets(loop)]
        every = [each for tree in over for each in (tree, *tree.find_all(nodes.Getattr))]
    else:
        every = [node]
    yield from (each.attr for each in every if isinstance(each, nodes.Getattr) and each.attr.isupper())


def _targets(loop: nodes.For) -> set[str]:
    every = (loop.target, *loop.target.find_all(nodes.Name))
    return {each.name for each in every if isinstance(each, nodes.Name)}
