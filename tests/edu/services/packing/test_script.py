"""The mask over a script: what is no code is blank, and everything keeps its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from edu.services.packing.script import ScriptError, line_of, masked

SCRIPTS = Path(__file__).parents[4] / "edu/static/js"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("a; // import x", "a;            "),
        ("a /* import\nx */ b", "a          \n     b"),
        ("f('import')", "f('      ')"),
        ('f("it\\"s")', 'f("     ")'),
        ("a = /import'/g; b", "a =           ; b"),
        ("a = b / c; d = 'e' / f", "a = b / c; d = ' ' / f"),
        ("a = (b) / c / d", "a = (b) / c / d"),
        ("return /[/']/.test(a)", "return       .test(a)"),
        ("a = `import ${b(`export ${c}`)} '` + d", "a =           b(          c  )     + d"),
        ("a = `${{ b: 1 }.b}` / 2", "a =    { b: 1 }.b   / 2"),
        ("this.#a / 2 / b", "this.#a / 2 / b"),
    ],
)
def test_what_is_no_code_is_blank(source: str, code: str) -> None:
    assert masked(source) == code
    assert len(code) == len(source)


@pytest.mark.parametrize("source", ["f('a\n')", "a = `b", "a = `${b", "a = /b\n/"])
def test_what_has_no_end_is_refused_with_its_line(source: str) -> None:
    with pytest.raises(ScriptError, match=r"line \d: .* without an end"):
        masked(source)


def test_a_line_is_counted_from_one() -> None:
    assert [line_of("a\nb\nc", at) for at in (0, 2, 4)] == [1, 2, 3]


def test_every_script_of_ours_keeps_its_length_and_its_lines() -> None:
    for path in SCRIPTS.rglob("*.js"):
        source = path.read_text()
        code = masked(source)
        assert (len(code), code.count("\n")) == (len(source), source.count("\n")), path
