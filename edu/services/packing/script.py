"""The text of a script with everything blanked that is no code: comments, strings, templates, patterns.

Only what tells code from the rest is known of the language (ECMA-262, section 12), so that words can be
looked for in code alone. Every sign keeps its place.
"""

from __future__ import annotations

import re

_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_QUOTED = re.compile(r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"", re.DOTALL)
_PATTERN = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_WORD = re.compile(r"[#\w$]+")
_CHUNK = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*", re.DOTALL)
_NO_NEWLINE = re.compile(r"[^\n]")
# After these a slash begins a pattern; after a name, a number or a closing bracket it divides.
_OPERATORS = frozenset("(,=:[!&|?{};+-*%<>~^")
_BEFORE_PATTERN = frozenset(
    ["return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "throw", "new", "instanceof"]
)


class ScriptError(ValueError):
    """A script that is not written in the way understood here; the text says what, and in which line."""


def masked(source: str) -> str:
    """The script with its comments, patterns and the insides of its strings as blanks.

    The quotation marks stay. Raises ScriptError for a string, a pattern or a template without an end.
    """
    return _Scanner(source).run()


def line_of(source: str, at: int) -> int:
    """The number of the line, from 1, of a place in the text."""
    return source.count("\n", 0, at) + 1


class _Scanner:
    """Goes once through a script; `holes` counts the braces that are open in each `${` of a template."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._before = ""  # the last sign or word of code
        self._holes: list[int] = []
        self._made: list[str] = []

    def run(self) -> str:
        """The masked text."""
        while self._at < len(self._source):
            self._next(self._source[self._at])
        if self._holes:
            raise self._refused("a template without an end")
        return "".join(self._made)

    def _next(self, sign: str) -> None:
        if comment := _COMMENT.match(self._source, self._at):
            self._blank(comment.end())
        elif sign in "'\"":
            self._quoted()
        elif sign == "`" or (sign == "}" and self._holes and self._holes[-1] == 0):
            self._template(sign)
        elif sign == "/" and (self._before in _BEFORE_PATTERN or self._before[-1:] in {"", *_OPERATORS}):
            self._pattern()
        elif word := _WORD.match(self._source, self._at):
            self._keep(word.end(), word[0])
        else:
            self._sign(sign)

    def _sign(self, sign: str) -> None:
        if self._holes and sign in "{}":
            self._holes[-1] += 1 if sign == "{" else -1
        self._keep(self._at + 1, self._before if sign.isspace() else sign)

    def _quoted(self) -> None:
        found = _QUOTED.match(self._source, self._at)
        if found is None:
            raise self._refused("a string without an end")
        self._keep(self._at + 1, "'")
        self._blank(found.end() - 1)
        self._keep(found.end(), "x")  # a slash behind it divides

    def _pattern(self) -> None:
        found = _PATTERN.match(self._source, self._at)
        if found is None:
            raise self._refused("a pattern without an end")
        self._blank(found.end())
        self._before = "x"

    def _template(self, sign: str) -> None:
        """The words of a template up to its end or to the next hole, in which there is code again."""
        if sign == "}":
            self._holes.pop()
        chunk = _CHUNK.match(self._source, self._at + 1)
        end = chunk.end() if chunk else len(self._source)
        if self._source.startswith("${", end):
            self._holes.append(0)
            self._blank(end + 2)
            self._before = "{"
        elif self._source.startswith("`", end):
            self._blank(end + 1)
            self._before = "x"
        else:
            raise self._refused("a template without an end")

    def _keep(self, end: int, before: str) -> None:
        self._made.append(self._source[self._at : end])
        self._at, self._before = end, before

    def _blank(self, end: int) -> None:
        self._made.append(_NO_NEWLINE.sub(" ", self._source[self._at : end]))
        self._at = end

    def _refused(self, what: str) -> ScriptError:
        return ScriptError(f"line {line_of(self._source, self._at)}: {what}")
