"""The closed sets of words that quiz documents use."""

from enum import StrEnum


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    ORDERING = "ordering"
    NUMERIC = "numeric"
    HOTSPOT = "hotspot"
    MOMENT = "moment"
    MATCHING = "matching"
    TRUEFALSE = "truefalse"
    EMQ = "emq"
    KEYFEATURE = "keyfeature"
    CLOZE = "cloze"
    SHORT = "short"
    DRAGLABELS = "draglabels"
    INTERVAL = "interval"
    CONCORDANCE = "concordance"


class Audience(StrEnum):
    """Who may see it: everyone, or only those behind the professional gate."""

    OPEN = "open"
    PRO = "pro"


class Mode(StrEnum):
    """Practice shows the explanation after each answer, a test only after it is handed in."""

    PRACTICE = "practice"
    TEST = "test"


class Strength(StrEnum):
    """How strong the evidence behind a key is.

    A (strong) to D (weak); X speaks against a common belief; G is a guideline or product label; P is accepted
    practice or general knowledge.
    """

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    X = "X"
    G = "G"
    P = "P"


class Bloom(StrEnum):
    """What a question asks of the learner (Anderson and Krathwohl's revision of Bloom's taxonomy, 2001)."""

    REMEMBER = "remember"
    UNDERSTAND = "understand"
    APPLY = "apply"
    ANALYSE = "analyse"
    EVALUATE = "evaluate"
    CREATE = "create"


class OrderScoring(StrEnum):
    """How an ordering is marked; `quizzes.kinds.order` gives each formula."""

    PAIRS = "pairs"
    ALL = "all"
    ABSOLUTE = "absolute"
    NEXT = "next"
    NEXT_LAST = "next_last"
    NEIGHBOURS = "neighbours"
    LONGEST = "longest"
    RUN = "run"
    DISTANCE = "distance"


class MultipleScoring(StrEnum):
    """How "tick all that apply" is marked.

    `net` is right ticks minus wrong ticks over the right options; `each` the share of options ticked or left
    as the key says; `all` all or nothing; `weights` the sum of the ticked options' weights, between 0 and 1.
    """

    NET = "net"
    EACH = "each"
    ALL = "all"
    WEIGHTS = "weights"


class IntervalScoring(StrEnum):
    """How a stretch of a film is marked: its overlap with the key, or each end for a half."""

    OVERLAP = "overlap"
    ENDS = "ends"


class GapKind(StrEnum):
    """How a gap in a text is filled: from a list, with words, or with a number."""

    CHOICE = "choice"
    SHORT = "short"
    NUMERIC = "numeric"


class Review(StrEnum):
    """What a learner reads about an attempt that was handed in.

    `explanations`: marks, right answers and why; `last`: the same, but only when no further attempt is left;
    `marks`: which answers were right; `score`: only what it came to.
    """

    EXPLANATIONS = "explanations"
    LAST = "last"
    MARKS = "marks"
    SCORE = "score"


class ToleranceKind(StrEnum):
    """How far a number may lie from the key: a distance, a share of the key, or a factor."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    GEOMETRIC = "geometric"


def sides(kind: Kind) -> tuple[str, str]:
    """The document's names of the prompts and of the options of this kind."""
    return _SIDES.get(kind, ("prompts", "options"))


_SIDES = {
    Kind.MATCHING: ("left", "right"),
    Kind.EMQ: ("cases", "options"),
    Kind.DRAGLABELS: ("places", "labels"),
}
