"""Self-assessment: items, quizzes as documents, what a learner may see, grading.

A pure library. It knows no database, no request, no clock and no user: attempts, storage and pages belong to
`edu`. Randomness comes in as `rng: Random`, times are integer milliseconds.
"""

from quizzes.disclosure import body, from_parts, secret
from quizzes.document import read_bank, read_quiz, write_bank, write_quiz
from quizzes.errors import QuizError, Reason
from quizzes.exchange import Format, Imported, Loss, read, write
from quizzes.grade import Outcome, Remark, grade
from quizzes.item import Feedback, Item, Option, Picture, Scoring
from quizzes.quiz import Quiz, Settings, Slot
from quizzes.shuffle import disguise, option_order, undisguise
from quizzes.vocabulary import Audience, Bloom, Kind, Mode, OrderScoring, Strength, ToleranceKind

__all__ = [
    "Audience",
    "Bloom",
    "Feedback",
    "Format",
    "Imported",
    "Item",
    "Kind",
    "Loss",
    "Mode",
    "Option",
    "OrderScoring",
    "Outcome",
    "Picture",
    "Quiz",
    "QuizError",
    "Reason",
    "Remark",
    "Scoring",
    "Settings",
    "Slot",
    "Strength",
    "ToleranceKind",
    "body",
    "disguise",
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
