"""Aiken, the simplest text format: a question, lettered choices, and `ANSWER: B`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from quizzes.document import MOST_QUESTIONS
from quizzes.errors import QuizError, Reason, refusal
from quizzes.form import plain
from quizzes.formats.carried import Form, differing, made
from quizzes.formats.prose import Lost
from quizzes.formats.telling import Telling
from quizzes.formats.text_file import decoded
from quizzes.formats.weighted import Answer, choice_form
from quizzes.item import Item
from quizzes.kinds.choice import Choice
from quizzes.text import refuse_duplicates
from quizzes.vocabulary import Kind

LARGEST_CHOICE = 26  # letters
_CHOICE = re.compile(r"\(?([A-Za-z])[).](?:[ \t]*)(.*)")
_STRICT_CHOICE = re.compile(r"([A-Z])[).][ \t]+(.*)")
_ANSWER = re.compile(r"answers?[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_STRICT_ANSWER = re.compile(r"ANSWER:[ \t]*(.*)")
_LETTERS = re.compile(r"[A-Z](?:[ \t,;&+]+[A-Z])*[.)]?")


@dataclass(slots=True)
class _Question:
    """The lines of a question so far; `line` is that of its first, counted from 1."""

    line: int
    stem: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)  # the lines of each choice
    answer: str | None = None
    odd: QuizError | None = None  # what the strict reading will not have

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Letter and text of each choice."""
        return [(letter, " ".join(lines)) for letter, lines in zip(self.letters, self.texts, strict=True)]


def read(data: bytes, lost: Lost, *, strict: bool = False) -> tuple[Item, ...]:
    """The questions of an Aiken file.

    Leniently a question may have several lines, choices may lack the blank behind their letter or be in small
    letters, and several right letters make a question of all that apply; `strict` refuses what Aiken itself
    does not allow. `lost` is told of each question that cannot be used, with its line.
    """
    text = decoded(data)
    if not text.strip():
        raise refusal(Reason.UNREADABLE, detail="it is empty")
    items: list[Item] = []
    questions = list(islice(_questions(text.split("\n"), strict), MOST_QUESTIONS + 1))
    if len(questions) > MOST_QUESTIONS:
        raise refusal(Reason.TOO_MANY, f"line {questions[-1].line}", most=MOST_QUESTIONS)
    for question in questions:
        telling = Telling(f"line {question.line}", lost, " ".join(question.stem))
        try:
            form = {**_form(question, strict, telling.lost), "id": f"Q{len(items) + 1}"}
            item = made(form, {}, telling.lost)
        except QuizError as error:
            telling.leave_out(error)
        else:
            telling.whose.item = item.id
            items.append(item)
    return tuple(items)


def write(items: Sequence[Item], lost: Lost) -> bytes:
    """The Aiken file of the questions with one best answer; everything else is told to `lost`."""
    written: list[str] = []
    for item in items:
        try:
            text = _written(item)
        except QuizError as error:
            lost(error)
            continue
        written.append(text)
        (again,) = read(text.encode(), _ignore, strict=True)
        native = {**plain(again), "id": f"Q{len(written)}"}
        fields = differing(plain(item), native)
        if fields:
            lost(refusal(Reason.NOT_KEPT, item.id, what=", ".join(fields)))
    return "\n".join(written).encode()


def _ignore(_: QuizError) -> None:
    """What a reading loses is told by comparing."""


def _questions(lines: Sequence[str], strict: bool) -> Iterator[_Question]:
    """The questions of a file; an empty line ends one that has choices but no answer."""
    question: _Question | None = None
    for number, raw in enumerate(lines, start=1):
        line = raw.strip()
        if question and not line and question.letters and _lacks_answer(lines, number):
            yield question
            question = None
        if not line:
            continue
        question = question or _Question(number)
        _take(question, line, strict)
        if question.answer is not None:
            yield question
            question = None
    if question:
        yield question


def _lacks_answer(lines: Sequence[str], number: int) -> bool:
    """Whether behind the empty line `number` something else than a choice or the answer follows."""
    following = next((line.strip() for line in lines[number : number + 5] if line.strip()), "")
    return not (_CHOICE.fullmatch(following) or _ANSWER.fullmatch(following))


def _take(question: _Question, line: str, strict: bool) -> None:
    """Add a line to a question."""
    answer = (_STRICT_ANSWER if strict else _ANSWER).fullmatch(line)
    choice = (_STRICT_CHOICE if strict else _CHOICE).fullmatch(line)
    if answer:
        question.answer = answer[1].strip()
    elif choice:
        question.letters.append(choice[1].upper())
        question.texts.append([choice[2].strip()])
    elif question.letters and not strict:
        question.texts[-1].append(line)
    else:
        if strict and question.stem:
            question.odd = question.odd or refusal(Reason.NOT_ALLOWED, value=line[:80])
        question.stem.append(line)


def _form(question: _Question, strict: bool, lost: Lost) -> Form:
    if question.odd:
        raise question.odd
    if not question.stem:
        raise refusal(Reason.MISSING, "stem", field="stem")
    right = _right(question, strict)
    refuse_duplicates(question.letters, "options")
    share = 1 / len(right)
    wrong = 0.0 if len(right) == 1 else -share
    answers = [Answer(text, share if letter in right else wrong) for letter, text in question.choices]
    form = choice_form(answers, len(right) == 1, {"ids": question.letters}, lost)
    return {**form, "stem": "\n".join(question.stem)}


def _right(question: _Question, strict: bool) -> set[str]:
    """The right letters. Raises QuizError."""
    if question.answer is None:
        raise refusal(Reason.MISSING, "key", field="ANSWER")
    answer = question.answer if strict else question.answer.upper()
    right = {*re.findall("[A-Z]", answer)}
    if not _LETTERS.fullmatch(answer) or (strict and len(right) > 1):
        raise refusal(Reason.NOT_ALLOWED, "key", value=question.answer[:80])
    for letter in sorted(right):
        if letter not in question.letters:
            raise refusal(Reason.UNKNOWN_OPTION, "key", value=letter)
    return right


def _written(item: Item) -> str:
    """A question as Aiken has it. Raises QuizError for what it has no words for."""
    if item.kind is not Kind.SINGLE or not isinstance(item.key, Choice):
        raise refusal(Reason.UNSUPPORTED_KIND, item.id, kind=item.kind)
    if len(item.options) > LARGEST_CHOICE:
        raise refusal(Reason.TOO_MANY, f"{item.id}.options", most=LARGEST_CHOICE)
    stem = " ".join(item.stem.split())
    if _CHOICE.fullmatch(stem) or _ANSWER.fullmatch(stem):
        raise refusal(Reason.NOT_ALLOWED, f"{item.id}.stem", value=stem[:80])
    lines = [stem]
    for place, option in enumerate(item.options):
        lines.append(f"{chr(ord('A') + place)}) {' '.join(option.text.split())}")
        if option.id == item.key.option:
            answer = chr(ord("A") + place)
    return "\n".join([*lines, f"ANSWER: {answer}", ""])
