"""The codes of Moodle's embedded answers, such as {1:MC:=right~%50%half#why~wrong}: read and written."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizzes.errors import Reason, refusal
from quizzes.formats.weighted import Answer, read_number
from quizzes.vocabulary import GapKind

_WORDS = {
    GapKind.SHORT: "SHORTANSWER SA MW SHORTANSWER_C SAC MWC",
    GapKind.NUMERIC: "NUMERICAL NM",
    GapKind.CHOICE: "MULTICHOICE MC MULTICHOICE_V MCV MULTICHOICE_H MCH MULTICHOICE_S MCS"
    " MULTICHOICE_VS MCVS MULTICHOICE_HS MCHS",
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_LACKING = frozenset(f"{word}{layout}" for word in ("MULTIRESPONSE_", "MR") for layout in ("H", "S", "HS"))
_LACKING |= {"MULTIRESPONSE", "MR"}
_CASE = frozenset({"SHORTANSWER_C", "SAC", "MWC"})
_OPENING = re.compile(rf"\{{\s*(\d{{0,4}}):\s*({'|'.join([*_KINDS, *_LACKING])})\s*:", re.ASCII)
_INSIDE = re.compile(r"(?:\\.|[^\\}])*+\}", re.DOTALL)
_ANSWER = re.compile(r"\s*(=|%(-?\d{1,3}(?:\.\d{0,9})?)%)?(.*)", re.DOTALL)
_CUT = re.compile(r"((?:\\.|[^\\~])*+)(?:~|\Z)", re.DOTALL)
_SAID = re.compile(r"((?:\\.|[^\\#])*+)(?:#(.*))?", re.DOTALL)
_ESCAPED = re.compile(r"\\([~#}=%/\"'\\])")


@dataclass(frozen=True, slots=True)
class Code:
    """An embedded question: where it stands in the source, its weight, kind and answers."""

    start: int
    end: int
    weight: int
    kind: GapKind
    answers: tuple[Answer, ...]
    counts_case: bool = False


def codes(source: str) -> Iterator[Code]:
    """The codes of a text, in order. Raises QuizError for a sort we have none of."""
    at = 0
    while match := _OPENING.search(source, at):
        inside = _INSIDE.match(source, match.end())
        if inside is None:
            return
        word, at = match[2], inside.end()
        if word in _LACKING:
            raise refusal(Reason.UNSUPPORTED_KIND, kind=f"cloze with {word}")
        answers = tuple(map(_read_answer, _cut(inside[0][:-1])))
        yield Code(match.start(), at, int(match[1] or 1) or 1, _KINDS[word], answers, word in _CASE)


def code(weight: float, kind: GapKind, answers: list[Answer]) -> str:
    """The code of an embedded question, ready to stand in HTML; a weight that is not whole is rounded."""
    word = {GapKind.CHOICE: "MULTICHOICE", GapKind.SHORT: "SHORTANSWER", GapKind.NUMERIC: "NUMERICAL"}[kind]
    return f"{{{max(1, round(min(weight, 9999)))}:{word}:{'~'.join(map(_written, answers))}}}"


def _cut(text: str) -> list[str]:
    """The answers between the tildes."""
    return [match[1] for match in _CUT.finditer(text) if match[0]]


def _read_answer(text: str) -> Answer:
    match = _ANSWER.match(text)
    sign, percent, rest = match.groups() if match else ("", "", text)
    fraction = 1.0 if sign == "=" else read_number(percent) / 100 if percent else 0.0
    said = _SAID.match(rest)
    words, feedback = said.groups() if said else (rest, "")
    return Answer(_shown(words), fraction, _shown(feedback or ""))


def _shown(text: str) -> str:
    return html.unescape(_ESCAPED.sub(r"\1", text)).strip()


def _written(answer: Answer) -> str:
    percent = f"{answer.fraction * 100:.5f}".rstrip("0").rstrip(".")
    sign = "=" if answer.fraction == 1 else f"%{percent}%"
    text = re.sub(r"([~#}\\])", r"\\\1", html.escape(answer.text, quote=False))
    return f"{sign}{text}"
