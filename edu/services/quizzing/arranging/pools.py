"""Pools of a quiz: how many questions fit each now, and how many are sure to be left for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from edu.services.quizzing.arranging.bank import Bank
from quizzes import Pool


@dataclass(frozen=True, slots=True)
class Supply:
    """What there is for a pool: `fitting` questions that do not stand in the quiz by themselves.

    Pools that come before draw first. `sure` is how many are left when they take all that they can of these.
    """

    fitting: int
    sure: int
    wanted: int

    @property
    def is_enough(self) -> bool:
        """Whether each attempt gets as many questions as it should."""
        return self.sure >= self.wanted


def supplies(
    bank: Bank, pools: Sequence[Pool | None], fixed: Collection[int], *, is_gated: bool
) -> list[Supply | None]:
    """What there is for each pool, in the order of the places; None for one that cannot be read.

    Questions for professionals count only behind the gate.
    """
    free = {
        entry.id: entry
        for entry in bank.entries.values()
        if entry.id not in fixed and (is_gated or not entry.is_pro)
    }
    found: list[Supply | None] = []
    before: list[tuple[set[int], int]] = []
    for pool in pools:
        if pool is None:
            found.append(None)
            continue
        fitting = {ident for ident, entry in free.items() if entry.fits(pool)}
        taken = sum(min(count, len(fitting & theirs)) for theirs, count in before)
        found.append(Supply(len(fitting), max(0, len(fitting) - taken), pool.count))
        before.append((fitting, pool.count))
    return found
