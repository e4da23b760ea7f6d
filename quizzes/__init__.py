"""Self-assessment: items, quizzes as documents, what a learner may see, grading.

A pure library. It knows no database, no request, no clock and no user: attempts, storage and pages belong to
`edu`. Randomness comes in as `rng: Random`, times are integer milliseconds.
"""

from quizzes.analysis import QuizStatistics, analyse
from quizzes.disclosure import body, from_parts, secret
from quizzes.document import read_bank, read_quiz, write_bank, write_quiz
from quizzes.errors import QuizError, Reason
from quizzes.exchange import WRITABLE, Exported, Format, Imported, Loss, export, read, write
from quizzes.gap import Gap
from quizzes.grade import Outcome, Remark, grade
from quizzes.item import Feedback, Item, Option, Picture, Pin, Scoring
from quizzes.kinds.truth import certainty_mark
from quizzes.quiz import Pool, Quiz, Settings, Slot
from quizzes.shuffle import disguise, option_order, undisguise
from quizzes.vocabulary import (
    Audience,
    Bloom,
    GapKind,
    IntervalScoring,
    Kind,
    Mode,
    MultipleScoring,
    OrderScoring,
    Review,
    Strength,
    ToleranceKind,
)

__all__ = [
    "WRITABLE",
    "Audience",
    "Bloom",
    "Exported",
    "Feedback",
    "Format",
    "Gap",
    "GapKind",
    "Imported",
    "IntervalScoring",
    "Item",
    "Kind",
    "Loss",
    "Mode",
    "MultipleScoring",
    "Option",
    "OrderScoring",
    "Outcome",
    "Picture",
    "Pin",
    "Pool",
    "Quiz",
    "QuizError",
    "QuizStatistics",
    "Reason",
    "Remark",
    "Review",
    "Scoring",
    "Settings",
    "Slot",
    "Strength",
    "ToleranceKind",
    "analyse",
    "body",
    "certainty_mark",
    "disguise",
    "export",
    "from_parts",
    "grade",
    "option_order",
    "read",
    "read_bank",
    "read_quiz",
    "secret",
    "undisguise",
    "write",
    "write_bank",
    "write_quiz",
]
