"""Pools: what fits now, and what is sure to be left when pools before take all they can."""

from __future__ import annotations

from edu.services.quizzing.arranging.bank import Bank, Entry
from edu.services.quizzing.arranging.pools import supplies
from quizzes import Kind, Pool


def entry(number: int, *tags: str, kind: str = "single", film: str = "V1", is_pro: bool = False) -> Entry:
    return Entry(number, f"Q{number}", number, kind, "Which?", "L1", tags, film, False, is_pro, True)


def bank(*entries: Entry) -> Bank:
    return Bank({each.id: each for each in entries}, (), (), (), ())


FIVE = bank(*(entry(n, "a", *(["b"] if n > 2 else [])) for n in range(1, 6)))


def test_a_question_at_a_place_of_its_own_and_one_behind_the_gate_are_not_counted():
    entries = bank(*FIVE.entries.values(), entry(9, "a", is_pro=True))

    (open_to_all,) = supplies(entries, [Pool(5, tags=("a",))], {1}, is_gated=False)
    (gated,) = supplies(entries, [Pool(5, tags=("a",))], {1}, is_gated=True)

    assert (open_to_all.fitting, open_to_all.is_enough) == (4, False)
    assert (gated.fitting, gated.is_enough) == (5, True)


def test_a_pool_is_sure_of_what_pools_before_cannot_take():
    first, unread, second = supplies(
        FIVE, [Pool(3, tags=("a",)), None, Pool(1, tags=("b",))], set(), is_gated=False
    )

    assert first.is_enough
    assert unread is None
    assert (second.fitting, second.sure, second.is_enough) == (3, 0, False)


def test_every_filter_must_fit():
    mixed = bank(entry(1, kind="emq"), entry(2, film="V2"), entry(3))

    (found,) = supplies(mixed, [Pool(1, kinds=(Kind.SINGLE,), video="V1")], set(), is_gated=False)

    assert found.fitting == 1
