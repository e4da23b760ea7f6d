"""Series: mean, variances, skewness and kurtosis."""

import pytest

from quizzes.analysis.spread import Series


def test_a_skewed_series_has_the_k_statistics_of_the_formulas():
    found = Series.of([1, 2, 3, 4, 10])

    assert (found.mean, found.variance, found.population_variance) == (4, 12.5, 10)
    # m3 = 36, m4 = 278.8: k3 = 25 * 36 / 12 = 75; k4 = 25 (6 * 278.8 - 12 * 100) / 24 = 492.5
    assert found.skewness == pytest.approx(75 / 12.5**1.5)
    assert found.kurtosis == pytest.approx(492.5 / 12.5**2)


@pytest.mark.parametrize(
    ("values", "variance", "skewness", "kurtosis"),
    [
        ([5], None, None, None),
        ([5, 5, 5, 5], 0, None, None),
        ([1, 2], 0.5, None, None),
        ([1, 2, 3], 1, 0, None),
    ],
)
def test_too_few_or_equal_numbers_have_no_shape(values, variance, skewness, kurtosis):
    found = Series.of(values)

    assert (found.variance, found.skewness, found.kurtosis) == (variance, skewness, kurtosis)


def test_rounding_is_no_spread():
    assert Series.of([0.3, 0.1 + 0.2, 0.3]).variance == 0


def test_a_large_offset_takes_no_digit():
    assert Series.of([1e8 + 1, 1e8 + 2, 1e8 + 3]).variance == pytest.approx(1)
