"""Python looks for no garbage while a program starts, and goes on afterwards as before."""

from __future__ import annotations

import gc

import pytest

from edu.garbage import uncollected


def test_nothing_is_looked_for_inside_and_again_behind_it() -> None:
    with uncollected():
        inside = gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled(), "the inner one leaves it as it was"

    assert (inside, gc.isenabled()) == (False, True)


def test_an_error_inside_changes_nothing_of_that() -> None:
    with pytest.raises(ZeroDivisionError), uncollected():
        _ = 1 / 0

    assert gc.isenabled()


def test_what_stays_is_never_looked_through_again() -> None:
    gc.collect()  # what earlier tests left open is told now or never
    before = gc.get_freeze_count()

    with uncollected(stays=True):
        kept = [[number] for number in range(1000)]

    assert gc.get_freeze_count() >= before + len(kept)
