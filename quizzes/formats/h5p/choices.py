"""H5P's choices: MultiChoice, TrueFalse and the questions of a SingleChoiceSet, as document forms."""

from collections.abc import Mapping
from typing import Any

from quizzes.errors import Reason, refusal
from quizzes.fields import Fields
from quizzes.formats.h5p.task import Task, inner, said_overall

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def read_multi_choice(task: Task) -> dict[str, Any]:
    """One answer, or all that apply: as `behaviour.type` says, else as many as are right."""
    fields = task.fields
    behaviour = inner(fields, "behaviour")
    options: dict[str, str] = {}
    right: list[str] = []
    feedback: dict[str, str] = {}
    for place, answer in enumerate(_answers(fields)):
        name = letter(place)
        options[name] = task.prose(answer, "text")
        if answer.has("correct") and answer.flag("correct"):
            right.append(name)
        said = _said_about(task, answer)
        if said:
            feedback[name] = said
    form: dict[str, Any] = {
        "stem": task.stem(fields, "question"),
        "options": options,
        "feedback": feedback,
        **said_overall(task, fields),
    }
    if not right:
        raise refusal(Reason.TOO_FEW, "answers", least=1)
    kind = behaviour.text("type", "auto")
    if kind == "single" or (kind == "auto" and len(right) == 1):
        also = {"weights": dict.fromkeys(right[1:], 1)} if right[1:] else {}
        return {"kind": "single", **form, "key": right[0], **also}
    scoring = "all" if behaviour.flag("singlePoint", False) else "net"
    return {"kind": "multiple", **form, "key": right, "scoring": scoring}


def read_true_false(task: Task) -> dict[str, Any]:
    """A statement that is true or false."""
    fields = task.fields
    behaviour = inner(fields, "behaviour")
    answer = fields.text("correct")
    if answer not in {"true", "false"}:
        raise refusal(Reason.NOT_ONE_OF, "correct", value=answer[:80], allowed="true, false")
    return {
        "kind": "truefalse",
        "stem": task.stem(fields, "question"),
        "key": answer == "true",
        "if_right": task.prose(behaviour, "feedbackOnCorrect"),
        "if_wrong": task.prose(behaviour, "feedbackOnWrong"),
    }


def read_one_of_set(task: Task) -> dict[str, Any]:
    """A question of a SingleChoiceSet: the first answer is the right one."""
    fields = task.fields
    texts = [task.plain(text) for text in fields.texts("answers")]
    return {
        "kind": "single",
        "stem": task.prose(fields, "question"),
        "options": {letter(place): text for place, text in enumerate(texts)},
        "key": "A",
    }


def letter(place: int) -> str:
    """A to Z, then A1 to Z1 and so on."""
    round_, at = divmod(place, len(LETTERS))
    return f"{LETTERS[at]}{round_ or ''}"


def _answers(fields: Fields) -> list[Fields]:
    found = []
    for place, value in fields.tables("answers"):
        if not isinstance(value, Mapping):
            raise refusal(Reason.WRONG_TYPE, place, expected="a table")
        found.append(Fields(value, place))
    return found


def _said_about(task: Task, answer: Fields) -> str:
    """What is said to somebody who chose the answer; a tip and what others are told are lost."""
    texts = inner(answer, "tipsAndFeedback")
    for name, what in (("tip", "the tip"), ("notChosenFeedback", "the feedback for not choosing")):
        text = task.prose(texts, name)
        if text:
            task.not_kept(f"{what} of an answer: {text[:200]}")
    return task.prose(texts, "chosenFeedback")
