"""Figure: one measured line of the bench, with its budget and the verdict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a figure stands to its budget."""

    MET = "met"
    MISSED = "MISSED"
    TOLD = "-"
    """There is no budget: the figure is shown beside one that has."""
    NOT_MEASURED = "n/a"


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, what DESIGN allows, and how it was measured."""

    subject: str
    shown: str
    budget: str
    verdict: Verdict
    how: str

    @property
    def line(self) -> str:
        """The figure as one line of the table."""
        return f"{self.verdict:6} {self.subject:42} {self.shown:30} {self.budget:20} {self.how}"


def at_most(subject: str, value: float, most: float, unit: str, how: str, *, digits: int = 1) -> Figure:
    """A figure that may not be larger than `most`."""
    verdict = Verdict.MET if value <= most else Verdict.MISSED
    return Figure(
        subject, f"{value:.{digits}f} {unit}".rstrip(), f"<= {most:g} {unit}".rstrip(), verdict, how
    )


def at_least(subject: str, value: float, least: float, unit: str, how: str, *, digits: int = 2) -> Figure:
    """A figure that may not be smaller than `least`."""
    verdict = Verdict.MET if value >= least else Verdict.MISSED
    return Figure(
        subject, f"{value:.{digits}f} {unit}".rstrip(), f">= {least:g} {unit}".rstrip(), verdict, how
    )


def told(subject: str, shown: str, how: str) -> Figure:
    """A figure without a budget."""
    return Figure(subject, shown, "", Verdict.TOLD, how)


def not_measured(subject: str, why: str) -> Figure:
    """A budget that could not be looked at, and why."""
    return Figure(subject, "", "", Verdict.NOT_MEASURED, why)
