"""Layout: which fields and which lists of rows the form of each kind of question has."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from quizzes import Kind

MOST_ROWS = 100
LAYERS = ("labels", "zone", "nodules", "ruler", "nerves")
"""What the board drawing can leave out."""
SCALE = ("-2", "-1", "0", "1", "2")

COMMON = (
    "stem", "why", "if_right", "if_partly", "if_wrong", "evidence", "references", "critical", "tags", "grade",
    "bloom", "lesson", "audience", "open_key", "ask", "picture", "picture_alt", "frame_video", "frame_time",
    *(f"hidden_{layer}" for layer in LAYERS),
)  # fmt: skip
HINTS = ("text",)
PLACED = ("id", "text", "x", "y")


@dataclass(frozen=True, slots=True)
class Layout:
    """The fields of one kind beside the common ones; its lists of rows, and how many rows one begins with."""

    values: tuple[str, ...] = ()
    groups: dict[str, tuple[str, ...]] = field(default_factory=dict)
    begins: dict[str, int] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """All fields that stand alone."""
        return (*COMMON, *self.values)

    @property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """All lists of rows with the fields of a row."""
        return {**self.groups, "hints": HINTS}


_CHOICE = ("id", "text", "right", "weight", "last", "feedback")
_PROMPT = ("id", "text", "key", "feedback")
_GAP = (
    "id",
    "kind",
    "label",
    "weight",
    "answers",
    "wrong",
    "names",
    "value",
    "tolerance",
    "unit",
    "feedback",
)
_FILM = ("video", "start", "end", "tolerance")
LAYOUTS: Final = MappingProxyType(
    {
        Kind.SINGLE: Layout((), {"options": _CHOICE}, {"options": 4}),
        Kind.MULTIPLE: Layout(("scoring",), {"options": _CHOICE}, {"options": 5}),
        Kind.KEYFEATURE: Layout(
            ("limit",), {"options": ("id", "text", "role", "weight", "last", "feedback")}, {"options": 5}
        ),
        Kind.ORDERING: Layout(("scoring",), {"options": ("id", "text", "feedback")}, {"options": 4}),
        Kind.MATCHING: Layout(
            (), {"prompts": _PROMPT, "options": ("id", "text")}, {"prompts": 3, "options": 4}
        ),
        Kind.EMQ: Layout((), {"options": ("id", "text"), "prompts": _PROMPT}, {"options": 6, "prompts": 2}),
        Kind.NUMERIC: Layout(
            ("key", "unit", "tolerance", "tolerance_kind"), {"also": ("value", "tolerance", "share")}
        ),
        Kind.TRUEFALSE: Layout(("key", "feedback_true", "feedback_false")),
        Kind.HOTSPOT: Layout(
            ("limit",),
            {
                "zones": ("shape", "left", "top", "width", "height", "points"),
                "landmarks": PLACED,
            },
            {"zones": 1, "landmarks": 4},
        ),
        Kind.DRAGLABELS: Layout(
            (),
            {"options": ("id", "text"), "prompts": (*_PROMPT, "x", "y")},
            {"options": 4, "prompts": 3},
        ),
        Kind.MOMENT: Layout(_FILM),
        Kind.INTERVAL: Layout((*_FILM, "scoring")),
        Kind.CLOZE: Layout(
            (),
            {
                "gaps": _GAP
            },
            {"gaps": 1},
        ),
        Kind.SHORT: Layout((), {"answers": ("text", "share", "feedback")}, {"answers": 2}),
        Kind.CONCORDANCE: Layout(
            (*(f"votes_{n}" for n in range(5)), *(f"feedback_{n}" for n in range(5)))
        ),
    }
)  # fmt: skip
NUMBERED = MappingProxyType({"options": "", "prompts": "P", "landmarks": "M", "gaps": "g"})
"""Lists whose rows have ids of their own, and how an id begins; options are A, B, C."""
