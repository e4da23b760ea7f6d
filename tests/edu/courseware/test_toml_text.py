"""TOML written in one fixed way."""

import tomllib
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from edu.courseware.toml_text import fields_text, table_text, tables_text

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=60)


@settings(derandomize=True, deadline=None)
@given(TEXTS)
def test_any_text_comes_back_as_it_was_but_for_the_last_line_end(text):
    read = tomllib.loads(fields_text({"text": text}))["text"]

    assert read.removesuffix("\n") == text or read == text


def test_values_have_one_form_each():
    written = fields_text(
        {
            "text": 'say "é"',
            "number": 3,
            "flag": True,
            "day": date(2026, 3, 2),
            "words": ("a", "b"),
            "rows": [{"verb": "see", "n": 1}],
        }
    )

    assert written == (
        'text = "say \\"é\\""\nnumber = 3\nflag = true\nday = 2026-03-02\nwords = ["a", "b"]\n'
        'rows = [\n  { verb = "see", n = 1 },\n]\n'
    )


def test_a_long_list_is_broken_over_lines():
    words = tuple(f"word number {number}" for number in range(12))

    written = fields_text({"words": words})

    assert max(map(len, written.splitlines())) < 60
    assert tomllib.loads(written)["words"] == list(words)


def test_tables_follow_after_an_empty_line():
    assert table_text("gate", {"version": "1"}) == '\n[gate]\nversion = "1"\n'
    assert tables_text("n", [{"a": 1}, {"a": 2}]) == "\n[[n]]\na = 1\n\n[[n]]\na = 2\n"
