"""Which class of key each kind of question has."""

from quizzes.kinds.actions import Actions
from quizzes.kinds.choice import Choice, Choices
from quizzes.kinds.gaps import Fillings
from quizzes.kinds.hotspot import Zones
from quizzes.kinds.interval import Interval
from quizzes.kinds.moment import Window
from quizzes.kinds.order import Order
from quizzes.kinds.pairs import Pairs
from quizzes.kinds.panel import Panel
from quizzes.kinds.quantity import Quantity
from quizzes.kinds.short import Words
from quizzes.kinds.truth import Truth
from quizzes.vocabulary import Kind

AnyKey = (
    Choice
    | Choices
    | Order
    | Quantity
    | Zones
    | Window
    | Pairs
    | Truth
    | Actions
    | Fillings
    | Words
    | Interval
    | Panel
)

KEYS: dict[Kind, type[AnyKey]] = {
    Kind.SINGLE: Choice,
    Kind.MULTIPLE: Choices,
    Kind.ORDERING: Order,
    Kind.NUMERIC: Quantity,
    Kind.HOTSPOT: Zones,
    Kind.MOMENT: Window,
    Kind.MATCHING: Pairs,
    Kind.TRUEFALSE: Truth,
    Kind.EMQ: Pairs,
    Kind.KEYFEATURE: Actions,
    Kind.CLOZE: Fillings,
    Kind.SHORT: Words,
    Kind.DRAGLABELS: Pairs,
    Kind.INTERVAL: Interval,
    Kind.CONCORDANCE: Panel,
}
