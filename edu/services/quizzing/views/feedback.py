"""What a learner reads about a closed question; each part is empty where it may not be shown."""

from __future__ import annotations

from dataclasses import dataclass

from edu.services.quizzing.views.solution import Solution


@dataclass(frozen=True, slots=True)
class ClipView:
    """The seconds of a video that show a step."""

    url: str
    title: str
    start_ms: int
    end_ms: int
    step: str


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A reference of the explanation."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class OptionNote:
    """What is said about one option when the answer is in; a harmful one should not have been chosen.

    `is_partly`: it is not what was asked for, and earns a part of the marks all the same.
    """

    id: str
    is_right: bool
    note: str
    is_harmful: bool = False
    is_partly: bool = False


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """What the learner reads after answering; `outcome` is right, partly, wrong or unanswered.

    `outcome` is empty where only the score of the whole attempt is told. `fraction` is exact, `earned`
    rounded for reading; `is_corrected` when the key was put right after the answer. `solution` is None where
    right answers are not shown. `overall` is said to an answer that earned so much, `text` is the
    explanation.
    """

    outcome: str
    fraction: float
    earned: float
    possible: float
    text: str
    options: tuple[OptionNote, ...]
    certainty_mark: int | None
    grade: str
    references: tuple[SourceLink, ...]
    clip: ClipView | None
    is_critical: bool
    is_corrected: bool = False
    overall: str = ""
    is_harmful: bool = False
    is_unsure: bool = False
    solution: Solution | None = None
