"""Writing TOML, and refusing TOML that is broken or hostile."""

import time
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.errors import QuizError
from quizzes.toml import LARGEST_FILE, dump, parse
from tests.quizzes.samples import steady

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
scalars = (
    names | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
)
tables = st.recursive(
    st.dictionaries(names, scalars | st.lists(scalars, max_size=3), max_size=4),
    lambda inner: st.dictionaries(
        names, scalars | inner | st.lists(inner, min_size=1, max_size=3), max_size=4
    ),
    max_leaves=6,
)


@steady
@given(tables)
def test_what_is_written_is_read_again(document):
    assert tomllib.loads(dump(document).decode()) == document
    assert parse(dump(document)) == document


def test_an_author_can_read_what_is_written():
    document = {
        "id": "a",
        "settings": {"shuffle": True},
        "questions": [{"id": "Q1", "options": {"A": "x\ny"}}],
    }

    assert dump(document).decode() == (
        'id = "a"\n\n[settings]\nshuffle = true\n\n[[questions]]\nid = "Q1"\n\n'
        '[questions.options]\nA = """\nx\ny"""\n'
    )


def test_what_toml_cannot_hold_is_a_mistake_of_the_programmer():
    with pytest.raises(TypeError, match="NoneType"):
        dump({"a": None})


def test_a_byte_order_mark_is_no_mistake():
    assert parse(b"\xef\xbb\xbfa = 1") == {"a": 1}


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"a = 1\nb = \n", "line 2"),
        (b"a = 1\nb = '\xff'\n", "line 2"),
        (b"a = 1\na = 2\n", "line 2"),
        (b"a = [1", ""),
    ],
)
def test_broken_files_are_refused_with_the_line(data, place):
    with pytest.raises(QuizError) as caught:
        parse(data)
    assert caught.value.place == place


@pytest.mark.parametrize(
    "data",
    [
        b"a" + b".a" * 2_000_000 + b" = 1",
        b"[" + b'"a" . ' * 1_000_000 + b"a]",
        b"a = " + b"[" * 1_000_000,
        b"a = " + b"9" * 200_000,
        b"." + b" " * 4_000_000 + b".",
        b'."' * 2_000_000,
        b"\0" * 1_000_000,
        b"#" * (LARGEST_FILE + 1),
    ],
    ids=["dotted", "quoted", "nested", "digits", "spaces", "quotes", "zeros", "large"],
)
def test_hostile_files_are_refused_at_once(data):
    began = time.process_time()

    with pytest.raises(QuizError):
        parse(data)

    assert time.process_time() - began < 1
