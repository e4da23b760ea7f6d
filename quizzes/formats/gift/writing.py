"""Writing GIFT: what it can say in its own words, the rest as facts in comments."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from quizzes.errors import Reason, refusal
from quizzes.fields import tidy
from quizzes.formats.carried import Form, spelt_facts, to_carry
from quizzes.formats.gift.blocks import blocks
from quizzes.formats.gift.reading import native, read
from quizzes.formats.gift.signs import escape, literal
from quizzes.formats.naming import Names
from quizzes.formats.outgoing import choices, hints, numbers, pairs, report_marking, shorts
from quizzes.formats.prose import Lost
from quizzes.formats.weighted import Answer
from quizzes.item import Item
from quizzes.kinds.truth import Truth
from quizzes.vocabulary import Kind

_TAG = re.compile(r"[^\]\n]+")


def write(items: Sequence[Item], lost: Lost) -> bytes:
    """The GIFT file of these items; reading it gives equal items.

    Kinds that GIFT has not are told to `lost`, and where other programs will mark otherwise than we.
    """
    written = []
    for item in items:
        if item.kind not in _WRITERS:
            lost(refusal(Reason.UNSUPPORTED_KIND, item.id, kind=item.kind))
            continue
        report_marking(item, lost)
        if item.unit:
            lost(refusal(Reason.NOT_KEPT, item.id, what=f"the unit {item.unit} (elsewhere a number alone)"))
        text = _block(item, to_carry(item, hints(item), partial(_reread, item)))
        if read(text.encode(), _ignore) != (item,):
            lost(refusal(Reason.NOT_KEPT, item.id, what="some wording"))
        written.append(text)
    return "\n".join(written).encode() or b"// no questions\n"


def _ignore(_: Exception) -> None:
    """What a reading loses has been told by the comparison."""


def _reread(item: Item, facts: Form) -> Form:
    form, _ = native(next(blocks(_block(item, facts))), "", Names(), _ignore)
    return form


def _block(item: Item, facts: Form) -> str:
    tags = " ".join(f"[tag:{tag}]" for tag in item.tags if _TAG.fullmatch(tag))
    comments = [*([tags] if tags else []), *spelt_facts(facts)]
    why = f"\t####{literal(item.feedback.why)}\n" if item.feedback.why else ""
    opening = f"::{escape(item.id)}::[plain]{escape(item.stem)}"
    return (
        "".join(f"// {comment}\n" for comment in comments)
        + f"{opening}{{{_WRITERS[item.kind](item)}{why}}}\n"
    )


def _answer(sign: str, answer: Answer) -> str:
    said = f"#{literal(answer.feedback)}" if answer.feedback else ""
    return f"\t{sign}{literal(answer.text)}{said}\n"


def _single(item: Item) -> str:
    return "\n" + "".join(_answer("=" if a.fraction == 1 else _weighted("~", a), a) for a in choices(item))


def _multiple(item: Item) -> str:
    return "\n" + "".join(_answer(_weighted("~", answer), answer) for answer in choices(item))


def _short(item: Item) -> str:
    return "\n" + "".join(
        _answer("=" if answer.fraction == 1 else f"=%{_percent(answer.fraction)}%", answer)
        for answer in shorts(item)
    )


def _truth(item: Item) -> str:
    value = isinstance(item.key, Truth) and item.key.value
    right, wrong = (item.feedback.about(str(said).lower()) for said in (value, not value))
    said = f"#{literal(wrong)}#{literal(right)}" if right else f"#{literal(wrong)}" if wrong else ""
    return f"{str(value).upper()}{said}\n" if said or item.feedback.why else str(value).upper()


def _numeric(item: Item) -> str:
    lines = []
    for number in numbers(item):
        weight = "" if number.fraction == 1 else f"%{_percent(number.fraction)}%"
        said = f"#{literal(number.feedback)}" if number.feedback else ""
        lines.append(f"\t={weight}{tidy(number.value)}:{tidy(number.tolerance)}{said}\n")
    wrong = f"\t~#{literal(item.feedback.wrong)}\n" if item.feedback.wrong else ""
    return "#\n" + "".join(lines) + wrong


def _matching(item: Item) -> str:
    return "\n" + "".join(
        f"\t={literal(prompt)} -> {escape(option.text)}\n" for prompt, option in pairs(item)
    )


def _weighted(sign: str, answer: Answer) -> str:
    return f"{sign}%{_percent(answer.fraction)}%" if answer.fraction else sign


def _percent(fraction: float) -> str:
    """A share in per cent with five places, as Moodle writes it; more places would not be read as a third."""
    return f"{fraction * 100:.5f}".rstrip("0").rstrip(".")


_WRITERS: dict[Kind, Callable[[Item], str]] = {
    Kind.SINGLE: _single,
    Kind.MULTIPLE: _multiple,
    Kind.KEYFEATURE: _multiple,
    Kind.TRUEFALSE: _truth,
    Kind.SHORT: _short,
    Kind.NUMERIC: _numeric,
    Kind.MATCHING: _matching,
    Kind.EMQ: _matching,
}
