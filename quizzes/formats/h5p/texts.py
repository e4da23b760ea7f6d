"""H5P's texts with gaps: Blanks to type into and DragText to drag words into, as document forms."""

import re
from dataclasses import dataclass
from typing import Any

from quizzes.errors import Reason, refusal
from quizzes.formats.h5p.choices import letter
from quizzes.formats.h5p.task import Task, inner, said_overall
from quizzes.item import MOST_HINTS

_GAP = re.compile(r"\*([^*]*)\*")
_SLASH = re.compile(r"(?<!\\)/")
# ":tip", "\+said when right", "\-said when wrong" behind a word, in any order
_PARTS = re.compile(r"(:|\\\+|\\-)")


@dataclass(frozen=True, slots=True)
class Solution:
    """What stands between two stars: the word, its tip, and what is said of it."""

    text: str
    tip: str = ""
    right: str = ""
    wrong: str = ""


def read_blanks(task: Task) -> dict[str, Any]:
    """Gaps to type into; "/" parts the answers that are accepted."""
    fields = task.fields
    behaviour = inner(fields, "behaviour")
    paragraphs = [task.stem(fields, "text")]
    paragraphs += [task.plain(text) for text in fields.texts("questions")]
    stem, found = cut("\n\n".join(part for part in paragraphs if part), with_feedback=False)
    if behaviour.flag("caseSensitive", True):
        task.not_kept("the difference between capital and small letters")
    if behaviour.flag("acceptSpellingErrors", False):
        task.not_kept("answers with small mistakes in spelling")
    return {
        "kind": "cloze",
        "stem": stem,
        "gaps": [{"id": gap, "kind": "short"} for gap in found],
        "key": [{"gap": gap, "answers": _patterns(solution.text)} for gap, solution in found.items()],
        **_surroundings(task, found),
    }


def read_drag_text(task: Task) -> dict[str, Any]:
    """Gaps to fill from one list: every word of the text and every distractor."""
    fields = task.fields
    description = task.stem(fields, "taskDescription")
    stem, found = cut(_with_lines(task, "textField"), with_feedback=True)
    distractors = cut(_with_lines(task, "distractors"), with_feedback=True)[1]
    words = dict.fromkeys(solution.text for solution in [*found.values(), *distractors.values()])
    names = {text: letter(place) for place, text in enumerate(words)}
    list_of_words = {name: text for text, name in names.items()}
    return {
        "kind": "cloze",
        "stem": f"{description}\n\n{stem}".strip(),
        "gaps": [{"id": gap, "kind": "choice", "options": list_of_words} for gap in found],
        "key": [{"gap": gap, "options": {names[one.text]: 1}} for gap, one in found.items()],
        **_surroundings(task, found),
    }


def _with_lines(task: Task, name: str) -> str:
    """A field of which H5P shows each line as a line."""
    return task.plain(task.fields.text(name, "").replace("\n", "<br>"))


def cut(text: str, *, with_feedback: bool) -> tuple[str, dict[str, Solution]]:
    """The text with [[g1]], [[g2]], ... where words stand between stars, and those words; ** is a star."""
    found: dict[str, Solution] = {}

    def gap(match: re.Match[str]) -> str:
        if not match[1].strip():
            return "*"
        name = f"g{len(found) + 1}"
        found[name] = _solution(match[1], with_feedback)
        return f"[[{name}]]"

    return _GAP.sub(gap, text), found


def _solution(text: str, with_feedback: bool) -> Solution:
    if not with_feedback:
        words, _, tip = text.partition(":")
        return Solution(words.strip(), tip.strip())
    words, *rest = _PARTS.split(text)
    parts = dict(zip(rest[::2], rest[1::2], strict=True))
    said = [parts.get(mark, "").strip() for mark in (":", "\\+", "\\-")]
    return Solution(words.strip(), *said)


def _patterns(text: str) -> list[dict[str, Any]]:
    """The accepted answers; a star in them is a star."""
    answers = [part.replace("\\/", "/").strip() for part in _SLASH.split(text)]
    if not any(answers):
        raise refusal(Reason.TOO_FEW, "key", least=1)
    return [{"text": answer} for answer in dict.fromkeys(answers) if answer]


def _surroundings(task: Task, found: dict[str, Solution]) -> dict[str, Any]:
    """Tips as hints with the number of their gap, and the feedback."""
    tips = [f"{place}. {one.tip}" for place, one in enumerate(found.values(), start=1) if one.tip]
    for tip in tips[MOST_HINTS:]:
        task.not_kept(f"the tip {tip[:200]}")
    for one in found.values():
        if one.right:
            task.not_kept(f"the feedback for a right word: {one.right[:200]}")
    feedback = {gap: one.wrong for gap, one in found.items() if one.wrong}
    return {"hints": tips[:MOST_HINTS], "feedback": feedback, **said_overall(task, task.fields)}
