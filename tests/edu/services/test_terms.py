"""The terms of a course as lines that people edit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captions.terms import Term
from edu.errors import Invalid
from edu.services import terms

WORD = st.from_regex(r"[a-zé-]{1,12}( [a-z]{1,8})?", fullmatch=True)


@given(st.lists(st.builds(Term, WORD, st.lists(WORD, max_size=3).map(tuple), st.just("") | WORD)))
def test_what_is_shown_is_read_back_as_it_was(found):
    once = {term.text.casefold(): term for term in found}

    assert terms.typed(terms.lines(tuple(once.values()))) == tuple(once.values())


@pytest.mark.parametrize(
    ("text", "line"), [("lidocaine\n: nothing", 2), ("crest\n\nCrest: press", 3), ("x" * 600, 1)]
)
def test_a_line_that_is_no_term_is_told(text, line):
    with pytest.raises(Invalid) as refused:
        terms.typed(text)

    assert refused.value.parameters["line"] == line
