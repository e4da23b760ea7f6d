"""A question of every kind, with right answers; the words of keys and feedback carry a planted mark."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from edu.models import AttemptSlot
from edu.services.quizzing.views import fields
from quizzes import Kind
from tests.quizzing import SECRET, STEP, Crest

BOARD = '{name = "board", width = 1280, height = 720, alt = "The low back from behind", hidden = ["labels"]}'


def _question(kind: str, stem: str, fields: str) -> str:
    """The TOML of one question; `fields` hold options and the key, and may end in a table."""
    return f"""
[[questions]]
id = "K-{kind}"
kind = "{kind}"
stem = "{stem}"
evidence = "{STEP}"
grade = "C"
references = ["{SECRET}2001"]
why = "{SECRET} why {kind}"
if_wrong = "{SECRET} wrong {kind}"
hints = ["{SECRET} first hint of {kind}", "{SECRET} second hint of {kind}"]
{fields}
"""


LETTERS = 'options = {A = "One", B = "Two", C = "Three", D = "Four"}'
FIELDS: dict[str, tuple[str, str]] = {
    "single": ("Where is the crest?", f'key = "B"\n{LETTERS}'),
    "multiple": ("Which are landmarks?", f'key = ["A", "C"]\n{LETTERS}'),
    "ordering": ("Which comes first?", f'key = ["C", "A", "D", "B"]\n{LETTERS}'),
    "numeric": ("How far out?", 'key = 61.5\ntolerance = 0.25\nunit = "mm"'),
    "hotspot": (
        "Where is the dimple?",
        f"""picture = {BOARD}
key = [{{shape = "circle", x = 727, y = 471, r = 31}}]
landmarks = [
    {{id = "M1", text = "By the spine", x = 640, y = 283}},
    {{id = "M2", text = "At the inner end", x = 730, y = 468}},
]""",
    ),
    "moment": (
        "When is the left side felt?",
        'video = "V9"\ntolerance_ms = 750\nkey = {start_ms = 36125, end_ms = 46375}',
    ),
    "matching": (
        "What goes together?",
        'left = {L1 = "Crest", L2 = "Dimple"}\nright = {R1 = "Bone", R2 = "Skin", R3 = "Fat"}\n'
        'key = {L1 = "R1", L2 = "R2"}',
    ),
    "truefalse": ("A nodule slips under the finger.", "key = true"),
    "emq": (
        "Which one is it?",
        f'cases = {{1 = "The first", 2 = "The second"}}\n{LETTERS}\nkey = {{1 = "D", 2 = "A"}}',
    ),
    "keyfeature": ("What is done now?", f'limit = 2\nharmful = ["A"]\n{LETTERS}\nkey = {{B = 0.6, D = 0.4}}'),
    "cloze": (
        "Press [[how]] over the [[where]], up to [[much]] deep.",
        f"""gaps = [
    {{id = "how", kind = "choice", label = "how hard", options = {{A = "hard", B = "lightly"}}}},
    {{id = "where", kind = "short", label = "the place"}},
    {{id = "much", kind = "numeric", unit = "cm"}},
]
key = [
    {{gap = "how", options = {{B = 1}}}},
    {{gap = "where", answers = [{{text = "{SECRET.lower()} crest"}}, {{text = "*crest"}}]}},
    {{gap = "much", value = 2.25, tolerance = 0.125}},
]""",
    ),
    "short": ("What is felt?", f'key = [{{text = "{SECRET} dimple"}}, {{text = "a dimple"}}]'),
    "draglabels": (
        "What is where?",
        f"""picture = {BOARD}
places = [
    {{id = "P1", text = "upper place", x = 500, y = 280}},
    {{id = "P2", text = "lower place", x = 730, y = 470}},
]
labels = {{A = "Crest", B = "Dimple", C = "Hip"}}
key = {{P1 = "A", P2 = "B"}}""",
    ),
    "interval": (
        "From when to when is it pressed?",
        'video = "V9"\nkey = {start_ms = 31125, end_ms = 39875}',
    ),
    "concordance": ("The lump does not move.", "key = {-2 = 7, -1 = 3, 0 = 1}"),
}
KINDS = tuple(FIELDS)
DOCUMENT = "".join(_question(kind, *FIELDS[kind]) for kind in KINDS)
POSITION = {kind: place for place, kind in enumerate(KINDS, start=1)}

# In the document's own ids; a page shows options under other ones, see `right_form`.
RIGHT: dict[str, Any] = {
    "single": "B",
    "multiple": ["A", "C"],
    "ordering": ["C", "A", "D", "B"],
    "numeric": "61,5 mm",
    "hotspot": [[730 / 1280, 468 / 720]],
    "moment": 40_000,
    "matching": {"L1": "R1", "L2": "R2"},
    "truefalse": {"answer": True},
    "emq": {"1": "D", "2": "A"},
    "keyfeature": ["B", "D"],
    "cloze": {"how": "how.B", "where": "iliac crest", "much": "2,25 cm"},
    "short": "A  dimple",
    "draglabels": {"P1": "A", "P2": "B"},
    "interval": [31_125, 39_875],
    "concordance": -2,
}

# what no page says before the release, beside the planted words
KEY = re.compile(
    rf"{SECRET}|\b61\.25\b|36125|36\.125|46375|31125|39875|\b727\b|\b471\b|\"r\"|9/11|harm", re.I
)
OF_OPTIONS = {Kind.SINGLE, Kind.MULTIPLE, Kind.ORDERING, Kind.KEYFEATURE}
PAIRED = {Kind.MATCHING, Kind.EMQ, Kind.DRAGLABELS}


def disguised(house: Crest, attempt: str, answers: dict[str, Any]) -> dict[str, Any]:
    """These answers by kind, with options named as this attempt's page names them."""
    asked = select(AttemptSlot.position, AttemptSlot.option_order)
    with house.runtime.db.reading() as session:
        rows = session.execute(asked.where(AttemptSlot.attempt_id == attempt.rpartition("/")[2]))
        orders = {position: list(order) for position, order in rows}

    def named(kind: Kind, said: Any) -> Any:
        names = {own: str(place) for place, own in enumerate(orders[POSITION[kind.value]], start=1)}
        if kind in OF_OPTIONS:
            return [names[one] for one in said] if isinstance(said, list) else names[said]
        if kind in PAIRED or kind is Kind.CLOZE:
            return {part: names.get(one, one) for part, one in said.items()}
        return said

    return {kind: named(Kind(kind), said) for kind, said in answers.items()}


def form(house: Crest, attempt: str, answers: dict[str, Any]) -> dict[str, Any]:
    """The fields of a plain form that says these answers."""
    posted: dict[str, Any] = {f"q.s{place}.rev": "0" for place in POSITION.values()}
    for kind, said in disguised(house, attempt, answers).items():
        for part, values in fields.written(Kind(kind), said).items():
            name = f"q.s{POSITION[kind]}" + (f".a.{part}" if part else "")
            posted[name] = list(values)
    return posted


def part_of(page: str, kind: str) -> str:
    """What the page holds of one question."""
    start = page.index(f'id="s{POSITION[kind]}"')
    end = page.find(f'id="s{POSITION[kind] + 1}"', start)
    return page[page.rindex("<", 0, start) : page.rindex("<", 0, end) if end > 0 else None]


def words_of(markup: str) -> str:
    """The words of a piece of a page, with single blanks."""
    return " ".join(re.sub(r"<[^>]*>", " ", markup).split())


def revs(rev: int) -> dict[str, str]:
    """The revisions that a page knew."""
    return {f"q.s{place}.rev": str(rev) for place in POSITION.values()}
