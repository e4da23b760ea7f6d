"""A row of the table as the document form of a question: what the standard columns can say."""

import re
from collections.abc import Callable, Mapping
from string import ascii_lowercase

from quizzes.errors import QuizError, Reason, refusal
from quizzes.fields import tidy
from quizzes.formats.carried import Form, identifiers
from quizzes.formats.csv_table.cells import read_key, read_quantity, read_time
from quizzes.formats.prose import Lost
from quizzes.formats.weighted import Answer, choice_form, pairs_form, short_form
from quizzes.text import STEP
from quizzes.vocabulary import Kind

OPTIONS = tuple(f"opt_{letter}" for letter in ascii_lowercase)
STANDARD = frozenset({"type", "stem", *OPTIONS, "key", "feedback", "video", "start", "end", "tags"})
_TYPES = {"choice": "", "mc": "", "multichoice": "", "multiple choice": "", "": "", "tf": "truefalse"}
_TYPES |= {"true/false": "truefalse", "number": "numeric", "numerical": "numeric", "shortanswer": "short"}
_TYPES |= {"match": "matching", "order": "ordering", "multiple response": "multiple", "mr": "multiple"}
_TRUTHS = {"true": True, "t": True, "yes": True, "false": False, "f": False, "no": False}
_OF_FILM = frozenset({Kind.MOMENT, Kind.INTERVAL})

Cells = Mapping[str, str]


def native(row: Cells, facts: Form, lost: Lost) -> Form:
    """The document form of the standard columns, without an id. Raises QuizError."""
    if "stem" not in row:
        raise refusal(Reason.MISSING, "stem", field="stem")
    kind = _kind(row)
    form: Form = {"kind": kind.value}
    if kind in _READERS:
        try:
            form |= _READERS[kind](row, {**facts, "kind": kind.value}, lost)
        except QuizError:
            if "key" not in facts:  # which says what the standard columns could not
                raise
    form["stem"] = row["stem"]
    if "feedback" in row:
        form["why"] = row["feedback"]
    if "tags" in row:
        form["tags"] = list(dict.fromkeys(filter(None, map(str.strip, re.split("[,;]", row["tags"])))))
    return {**form, **_segment(kind, row, lost)}


def _kind(row: Cells) -> Kind:
    word = row.get("type", "").casefold()
    word = _TYPES.get(word, word) or _guess(row)
    try:
        return Kind(word)
    except ValueError as error:
        raise refusal(Reason.UNSUPPORTED_KIND, "type", kind=word[:80]) from error


def _guess(row: Cells) -> str:
    """The kind of a row that says no more than "choice", or nothing."""
    key = row.get("key", "")
    if any(name in row for name in OPTIONS):
        return (
            Kind.MULTIPLE if len(re.findall(r"[A-Za-z]+(?!=)", key)) > 1 and "=" not in key else Kind.SINGLE
        )
    return Kind.TRUEFALSE if key.casefold() in _TRUTHS else Kind.NUMERIC


def _options(row: Cells) -> dict[str, str]:
    """Letter and text of each option."""
    return {name[-1].upper(): row[name] for name in OPTIONS if name in row}


def _earned(row: Cells, standard: float) -> dict[str, float]:
    """What each letter of the key earns. Raises QuizError."""
    key = read_key(row.get("key", ""))
    for letter in key:
        if letter not in _options(row):
            raise refusal(Reason.UNKNOWN_OPTION, "key", value=letter[:80])
    return {letter: standard if fraction is None else fraction for letter, fraction in key.items()}


def _single(row: Cells, facts: Form, lost: Lost) -> Form:
    earned = _earned(row, 1.0)
    answers = [Answer(text, earned.get(letter, 0.0)) for letter, text in _options(row).items()]
    return choice_form(answers, True, _with_letters(row, facts), lost)


def _multiple(row: Cells, facts: Form, lost: Lost) -> Form:
    key = read_key(row.get("key", ""))
    share = 1 / len(key)
    earned = _earned(row, share)
    other = 0.0 if any(fraction is not None for fraction in key.values()) else -share
    answers = [Answer(text, earned.get(letter, other)) for letter, text in _options(row).items()]
    return choice_form(answers, False, _with_letters(row, facts), lost)


def _with_letters(row: Cells, facts: Form) -> Form:
    """The facts, with the letters of the columns as the names of the options where none are carried."""
    return {**facts, "ids": identifiers(len(_options(row)), facts.get("ids"), _options(row))}


def _ordering(row: Cells, facts: Form, lost: Lost) -> Form:
    options = _options(row)
    ids = dict(zip(options, _with_letters(row, facts)["ids"], strict=True))
    return {
        "options": {ids[letter]: text for letter, text in options.items()},
        "key": [ids[letter] for letter in _earned(row, 1.0)],
    }


def _short(row: Cells, facts: Form, lost: Lost) -> Form:
    earned = _earned(row, 1.0) if "key" in row else dict.fromkeys(_options(row), 1.0)
    return short_form([Answer(text, earned.get(letter, 0.0)) for letter, text in _options(row).items()])


def _truth(row: Cells, facts: Form, lost: Lost) -> Form:
    word = row.get("key", "").casefold()
    if word not in _TRUTHS:
        raise refusal(Reason.WRONG_TYPE, "key", expected="true or false")
    return {"key": _TRUTHS[word]}


def _numeric(row: Cells, facts: Form, lost: Lost) -> Form:
    value, tolerance, unit = read_quantity(row.get("key", ""))
    return {"key": tidy(value), "tolerance": tidy(tolerance), "unit": unit}


def _pairs(row: Cells, facts: Form, lost: Lost) -> Form:
    pairs = [text.partition("->") for text in _options(row).values()]
    if not all(arrow for _, arrow, _ in pairs):
        raise refusal(Reason.UNREADABLE, "options", detail="each pair should be written as: left -> right")
    return pairs_form([(prompt.strip(), option.strip()) for prompt, _, option in pairs], facts)


def _segment(kind: Kind, row: Cells, lost: Lost) -> Form:
    """The film and the window of a moment or interval; for other kinds the step that is the evidence."""
    times = {name: read_time(row[name]) for name in ("start", "end") if name in row}
    if kind in _OF_FILM:
        key = {"key": {"start_ms": times["start"], "end_ms": times["end"]}} if len(times) == 2 else {}
        return {**key, **({"video": row["video"]} if "video" in row else {})}
    if times:
        lost(
            refusal(Reason.NOT_KEPT, what="start and end (the step of the film is named in the column video)")
        )
    if "video" not in row:
        return {}
    if not STEP.fullmatch(row["video"]):
        lost(refusal(Reason.NOT_KEPT, what=f"video {row['video'][:80]} (a step such as V1-c05 is kept)"))
        return {}
    return {"evidence": row["video"]}


_READERS: dict[Kind, Callable[[Cells, Form, Lost], Form]] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.KEYFEATURE: _multiple,
    Kind.ORDERING: _ordering,
    Kind.SHORT: _short,
    Kind.TRUEFALSE: _truth,
    Kind.NUMERIC: _numeric,
    Kind.MATCHING: _pairs,
    Kind.EMQ: _pairs,
}
