"""The part of a question element that differs by kind: answers, pairs, gaps, places."""

import base64
from collections.abc import Callable
from math import cos, pi, sin
from xml.sax.saxutils import quoteattr

from quizzes.errors import Reason, refusal
from quizzes.fields import tidy
from quizzes.formats.carried import Form, letters, numbered
from quizzes.formats.moodlexml.codes import code
from quizzes.formats.moodlexml.elements import answer, cdata, plain_text, prose_text
from quizzes.formats.moodlexml.lists import GRADINGS
from quizzes.formats.moodlexml.pictures import MARKER, blank_picture
from quizzes.formats.outgoing import choices, hints, in_order, numbers, pairs, report_marking, shorts, unless
from quizzes.formats.prose import Lost, to_html
from quizzes.formats.weighted import Answer, nearest_grade
from quizzes.gap import Gap, gaps_in
from quizzes.item import Item, Picture
from quizzes.kinds.gaps import Filling, Fillings
from quizzes.kinds.hotspot import Zones
from quizzes.kinds.pairs import Pairs
from quizzes.kinds.truth import Truth
from quizzes.kinds.zone import Ellipse, Polygon, Rect, Zone
from quizzes.vocabulary import GapKind, Kind

CORNERS = 24  # of the polygon that stands for an ellipse
_SHUFFLED = "    <shuffleanswers>{}</shuffleanswers>\n"

Body = tuple[str, str]  # the text element of the stem, and the elements that follow


def own_hints(item: Item) -> Form:
    """The facts that a reader of Moodle XML needs to name the parts as the item does."""
    facts = hints(item)
    if item.kind is Kind.CLOZE:
        facts |= unless([gap.id for gap in _gaps_in_order(item)], numbered("g"), "ids")
    if item.kind is Kind.DRAGLABELS:
        facts |= unless(item.option_ids, letters(), "ids")
        facts |= unless(item.prompt_ids, numbered("P"), "prompt_ids")
    return facts


def report_changes(item: Item, lost: Lost) -> None:
    """Tell what will be otherwise in Moodle, though we read it back as it was."""
    report_marking(item, lost)
    rounded = item.kind in {Kind.SINGLE, Kind.MULTIPLE, Kind.KEYFEATURE}
    if rounded and any(abs(nearest_grade(a.fraction) - a.fraction) > 1e-5 for a in choices(item)):
        lost(
            refusal(
                Reason.NOT_KEPT, item.id, what="weights (Moodle knows some only; the nearest are written)"
            )
        )
    if item.picture is not None and item.kind in {Kind.HOTSPOT, Kind.DRAGLABELS}:
        what = f"the picture {item.picture.name} itself (a white one of its size is written)"
        lost(refusal(Reason.NOT_KEPT, item.id, what=what))
    if isinstance(item.key, Zones) and any(isinstance(z, Ellipse) and z.rx != z.ry for z in item.key.zones):
        lost(refusal(Reason.NOT_KEPT, item.id, what="an ellipse (a polygon is written)"))


def _percent(fraction: float) -> str:
    """The nearest of Moodle's grades in per cent, as Moodle writes it."""
    return f"{nearest_grade(fraction) * 100:.5f}".rstrip("0").rstrip(".")


def _choice(item: Item) -> Body:
    kept = all(option.last for option in item.options)
    single = str(item.kind is Kind.SINGLE).lower()
    head = f"    <single>{single}</single>\n{_SHUFFLED.format(str(not kept).lower())}"
    head += "    <answernumbering>abc</answernumbering>\n"
    answers = "".join(answer(_percent(a.fraction), a.text, a.feedback) for a in choices(item))
    return prose_text(item.stem), head + answers


def _truth(item: Item) -> Body:
    value = isinstance(item.key, Truth) and item.key.value
    answers = "".join(
        answer("100" if (word == "true") is value else "0", word, item.feedback.about(word), plain=True)
        for word in ("true", "false")
    )
    return prose_text(item.stem), answers


def _short(item: Item) -> Body:
    answers = "".join(answer(_percent(a.fraction), a.text, a.feedback, plain=True) for a in shorts(item))
    return prose_text(item.stem), f"    <usecase>0</usecase>\n{answers}"


def _numeric(item: Item) -> Body:
    answers = "".join(
        answer(
            _percent(number.fraction),
            str(tidy(number.value)),
            number.feedback,
            plain=True,
            extra=f"      <tolerance>{tidy(number.tolerance)}</tolerance>\n",
        )
        for number in numbers(item)
    )
    if item.feedback.wrong:
        answers += answer("0", "*", item.feedback.wrong, plain=True, extra="      <tolerance>0</tolerance>\n")
    units = ""
    if item.unit:
        unit = f"        <multiplier>1</multiplier>\n        <unit_name>{cdata(item.unit)}</unit_name>\n"
        units = f"    <units>\n      <unit>\n{unit}      </unit>\n    </units>\n"
    grading = "    <unitgradingtype>0</unitgradingtype>\n    <unitpenalty>0.1000000</unitpenalty>\n"
    shown = f"    <showunits>{0 if item.unit else 3}</showunits>\n    <unitsleft>0</unitsleft>\n"
    return prose_text(item.stem), answers + units + grading + shown


def _matching(item: Item) -> Body:
    subquestions = "".join(
        f'    <subquestion format="html">\n      {prose_text(prompt)}\n'
        f"      <answer>\n        {plain_text(option.text)}\n      </answer>\n    </subquestion>\n"
        for prompt, option in pairs(item)
    )
    return prose_text(item.stem), _SHUFFLED.format("true") + subquestions


def _ordering(item: Item) -> Body:
    name, _ = GRADINGS[item.scoring.order]
    head = (
        "    <layouttype>VERTICAL</layouttype>\n    <selecttype>ALL</selecttype>\n"
        f"    <selectcount>{len(item.options)}</selectcount>\n    <gradingtype>{name}</gradingtype>\n"
        "    <showgrading>SHOW</showgrading>\n    <numberingstyle>none</numberingstyle>\n"
    )
    answers = (answer(f"{n}.0000000", option.text) for n, option in enumerate(in_order(item), start=1))
    return prose_text(item.stem), head + "".join(answers)


def _gaps_in_order(item: Item) -> list[Gap]:
    """The gaps in the order in which they stand in the text."""
    gaps = {gap.id: gap for gap in item.gaps}
    return [gaps[name] for name in gaps_in(item.stem)]


def _cloze(item: Item) -> Body:
    fillings = {f.gap: f for f in item.key.fillings} if isinstance(item.key, Fillings) else {}
    stem = to_html(item.stem)
    for gap in item.gaps:
        filling = fillings[gap.id]
        stem = stem.replace(f"[[{gap.id}]]", code(filling.weight, gap.kind, _gap_answers(item, gap, filling)))
    return plain_text(stem), ""


def _gap_answers(item: Item, gap: Gap, filling: Filling) -> list[Answer]:
    match gap.kind:
        case GapKind.CHOICE:
            right = {gap.option_id(name): fraction for name, fraction in filling.options}
            own = (option for option in item.options if gap.owns(option.id))
            return [Answer(option.text, right.get(option.id, 0.0)) for option in own]
        case GapKind.SHORT:
            return [Answer(pattern.text, pattern.fraction) for pattern in filling.patterns]
        case GapKind.NUMERIC:
            return [Answer(f"{tidy(filling.value or 0.0)}:{tidy(filling.tolerance)}", 1.0)]


def _file(picture: Picture) -> str:
    """A white picture in the place of the real one, which this library does not hold."""
    name = picture.name if "." in picture.name else f"{picture.name}.png"
    packed = base64.b64encode(blank_picture(picture.width, picture.height)).decode()
    return f'    <file name={quoteattr(name)} path="/" encoding="base64">{packed}</file>\n'


def _labels(item: Item) -> Body:
    if item.picture is None or not isinstance(item.key, Pairs):
        raise TypeError("labels stand on a picture")
    numbers_of = {identifier: number for number, identifier in enumerate(item.option_ids, start=1)}
    drags = "".join(
        f"    <drag>\n      <no>{numbers_of[option.id]}</no>\n      {plain_text(option.text)}\n"
        "      <draggroup>1</draggroup>\n      <infinite/>\n    </drag>\n"
        for option in item.options
    )
    key = dict(item.key.pairs)
    drops = "".join(
        f"    <drop>\n      {plain_text(pin.text)}\n      <no>{number}</no>\n"
        f"      <choice>{numbers_of[key[pin.id]]}</choice>\n"
        f"      <xleft>{round(pin.x)}</xleft>\n      <ytop>{round(pin.y)}</ytop>\n    </drop>\n"
        for number, pin in enumerate(item.pins, start=1)
    )
    return prose_text(item.stem), _SHUFFLED.format("1") + _file(item.picture) + drags + drops


def _markers(item: Item) -> Body:
    if item.picture is None or not isinstance(item.key, Zones):
        raise TypeError("zones stand on a picture")
    drag = f"      <no>1</no>\n      {plain_text(MARKER)}\n      <noofdrags>{item.limit}</noofdrags>\n"
    drops = "".join(
        f"    <drop>\n      <no>{number}</no>\n      <shape>{shape}</shape>\n"
        f"      <coords>{coords}</coords>\n      <choice>1</choice>\n    </drop>\n"
        for number, (shape, coords) in enumerate(map(_shape, item.key.zones), start=1)
    )
    head = _SHUFFLED.format("0") + "    <showmisplaced/>\n" + _file(item.picture)
    return prose_text(item.stem), f"{head}    <drag>\n{drag}    </drag>\n{drops}"


def _shape(zone: Zone) -> tuple[str, str]:
    """Moodle's shape and its coordinates, in whole pixels."""
    match zone:
        case Rect(x0, x1, y0, y1):
            return "rectangle", f"{round(x0)},{round(y0)};{round(x1 - x0)},{round(y1 - y0)}"
        case Ellipse(x, y, rx, ry) if rx == ry:
            return "circle", f"{round(x)},{round(y)};{round(rx)}"
        case Ellipse(x, y, rx, ry):
            turns = (2 * pi * corner / CORNERS for corner in range(CORNERS))
            points = [(x + rx * cos(turn), y + ry * sin(turn)) for turn in turns]
        case Polygon():
            points = list(zone.points)
        case _:
            raise TypeError(f"no shape of Moodle's is like a {type(zone).__name__}")
    return "polygon", ";".join(f"{round(x)},{round(y)}" for x, y in points)


TYPES: dict[Kind, str] = {
    Kind.SINGLE: "multichoice",
    Kind.MULTIPLE: "multichoice",
    Kind.KEYFEATURE: "multichoice",
    Kind.TRUEFALSE: "truefalse",
    Kind.SHORT: "shortanswer",
    Kind.NUMERIC: "numerical",
    Kind.MATCHING: "matching",
    Kind.EMQ: "matching",
    Kind.ORDERING: "ordering",
    Kind.CLOZE: "cloze",
    Kind.DRAGLABELS: "ddimageortext",
    Kind.HOTSPOT: "ddmarker",
}
BODIES: dict[Kind, Callable[[Item], Body]] = {
    Kind.SINGLE: _choice,
    Kind.MULTIPLE: _choice,
    Kind.KEYFEATURE: _choice,
    Kind.TRUEFALSE: _truth,
    Kind.SHORT: _short,
    Kind.NUMERIC: _numeric,
    Kind.MATCHING: _matching,
    Kind.EMQ: _matching,
    Kind.ORDERING: _ordering,
    Kind.CLOZE: _cloze,
    Kind.DRAGLABELS: _labels,
    Kind.HOTSPOT: _markers,
}
