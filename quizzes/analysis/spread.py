"""Series: numbers with their mean and their moments; sums are exact to the last digit, whatever the order."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from operator import mul
from typing import Self

# A standard deviation under this share of the largest number is rounding (three thirds), not a difference.
NEGLIGIBLE = 1e-9


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers and how far each lies from their mean; `largest` is the largest absolute value."""

    values: Sequence[float]
    centred: Sequence[float]
    mean: float
    squares: float
    largest: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        """The series of at least one number."""
        mean = fsum(values) / len(values)
        centred = [value - mean for value in values]
        squares = fsum(map(mul, centred, centred))
        return cls(values, centred, mean, squares, max(max(values), -min(values)))

    def __len__(self) -> int:
        return len(self.values)

    @property
    def variance(self) -> float | None:
        """The sample variance; None of fewer than two numbers, 0 where all are the same."""
        if len(self.values) < 2:
            return None
        return settled(self.squares / (len(self.values) - 1), self.largest)

    @property
    def population_variance(self) -> float:
        """The variance of these numbers taken as all there are."""
        return settled(self.squares / len(self.values), self.largest)

    @property
    def skewness(self) -> float | None:
        """k3 / k2^1.5 of the k-statistics; None of fewer than three numbers or without spread."""
        n = len(self.values)
        k2 = self.variance
        if n < 3 or not k2:
            return None
        third = fsum(d * d * d for d in self.centred) / n
        return n * n * third / ((n - 1) * (n - 2)) / (k2 * sqrt(k2))

    @property
    def kurtosis(self) -> float | None:
        """k4 / k2^2 of the k-statistics; None of fewer than four numbers or without spread."""
        n = len(self.values)
        k2 = self.variance
        if n < 4 or not k2:
            return None
        second = self.squares / n
        fourth = fsum(d * d * d * d for d in self.centred) / n
        k4 = n * n * ((n + 1) * fourth - 3 * (n - 1) * second * second) / ((n - 1) * (n - 2) * (n - 3))
        return k4 / (k2 * k2)


def settled(variance: float, largest: float) -> float:
    """The variance, or 0 where it is no more than rounding in numbers as large as `largest`."""
    return variance if variance > (NEGLIGIBLE * largest) ** 2 else 0.0
