"""Questions that are typed: numbers, words, gaps, and times of a film as seconds."""

from xml.etree.ElementTree import Element

from quizzes.formats.qti.names import Version, identifier
from quizzes.formats.qti.reading.body import UNIT
from quizzes.formats.qti.writing.build import clean, flow, make, number, with_gaps
from quizzes.formats.qti.writing.marking import (
    RESPONSE,
    SCORE,
    condition,
    correct,
    declared,
    earn,
    fits,
    is_literal,
    literal,
    mapped,
    mapping,
    more,
    near,
    text_worth,
    value,
    variable,
)
from quizzes.formats.qti.writing.question import MAP, Question
from quizzes.gap import Gap
from quizzes.item import Item
from quizzes.kinds.gaps import Filling, Fillings
from quizzes.kinds.interval import Interval
from quizzes.kinds.moment import Window
from quizzes.kinds.quantity import Quantity
from quizzes.kinds.short import Words
from quizzes.vocabulary import GapKind, IntervalScoring, ToleranceKind

_SECOND = 1000  # ms
_CENT = 100
_PART = 4  # an end of an interval may lie off by a quarter of its length


def numeric(item: Item, key: Quantity, _: Version) -> Question:
    """A number within a tolerance; other numbers earn less."""
    tolerance, target = item.scoring.tolerance, correct()
    match item.scoring.tolerance_kind:
        case ToleranceKind.ABSOLUTE:
            test = near(RESPONSE, target, tolerance, tolerance)
        case ToleranceKind.RELATIVE:
            test = near(RESPONSE, target, tolerance * _CENT, tolerance * _CENT, "relative")
        case ToleranceKind.GEOMETRIC:
            down = key.value - key.value / (1 + tolerance)
            test = near(RESPONSE, target, down, key.value * tolerance)
    others = [
        (near(RESPONSE, value(other.value), other.tolerance, other.tolerance), [earn(value(other.fraction))])
        for other in key.also
    ]
    answer = declared(RESPONSE, "single", "float", [number(key.value)])
    rule = condition((test, [earn(value(1))]), *others)
    return Question([answer], [make("p", {}, *_entry(RESPONSE, item.unit))], rules=[rule])


def short(_: Item, key: Words, __: Version) -> Question:
    """Words: a mapping, or patterns where one has a star."""
    best = next(pattern for pattern in key.patterns if pattern.fraction == 1)
    asked = [make("p", {}, *_entry(RESPONSE))]
    if is_literal(key.patterns):
        worth = mapping(text_worth(key.patterns))
        return Question([declared(RESPONSE, "single", "string", [literal(best)], worth)], asked, MAP)
    answer = declared(RESPONSE, "single", "string", [literal(best).strip() or "*"])
    tests = [(fits(RESPONSE, p), [earn(value(p.fraction))]) for p in key.patterns]
    return Question([answer], asked, rules=[condition(*tests)])


def cloze(item: Item, key: Fillings, _: Version) -> Question:
    """A text with gaps; the score is the weighted mean of what they earn."""
    fillings = {filling.gap: filling for filling in key.fillings}
    answers, rules, entries = [], [], {}
    for gap in item.gaps:
        filling, response = fillings[gap.id], f"{RESPONSE}_{gap.id}"
        answer, rule = _filled(gap, filling, response)
        answers.append(answer)
        rules.append(rule)
        options = [option for option in item.options if gap.owns(option.id)]
        entries[gap.id] = (
            [_list(gap, response, [(o.id, o.text) for o in options])]
            if gap.kind is GapKind.CHOICE
            else _entry(response, gap.unit)
        )
    whole = sum(filling.weight for filling in key.fillings)
    if whole != 1:
        rules.append(earn(make("divide", {}, variable(SCORE), value(whole))))
    return Question(answers, [], rules=rules, stem=with_gaps(flow(item.stem), entries))


def moment(item: Item, key: Window, _: Version) -> Question:
    """A time of the film in seconds, within the window and its tolerance."""
    middle = (key.start + key.end) / 2 / _SECOND
    reach = (key.end - key.start) / 2 / _SECOND + item.scoring.tolerance / _SECOND
    answer = declared(RESPONSE, "single", "float", [number(middle)])
    rule = condition((near(RESPONSE, correct(), reach, reach), [earn(value(1))]))
    return Question([answer], [make("p", {}, *_entry(RESPONSE, "s"))], rules=[rule])


def interval(item: Item, key: Interval, _: Version) -> Question:
    """The two ends of a stretch of the film in seconds, half a mark each."""
    reach = item.scoring.tolerance / _SECOND
    if item.scoring.interval is IntervalScoring.OVERLAP:
        reach = (key.end - key.start) / _PART / _SECOND
    answers, rules, shown = [], [], []
    for name, end in (("start", key.start), ("end", key.end)):
        response = f"{RESPONSE}_{name}"
        answers.append(declared(response, "single", "float", [number(end / _SECOND)]))
        rules.append(condition((near(response, correct(response), reach, reach), [earn(more(value(0.5)))])))
        shown.append(make("p", {}, *_entry(response, "s")))
    return Question(answers, shown, rules=rules)


def _filled(gap: Gap, filling: Filling, response: str) -> tuple[Element, Element]:
    """The variable of a gap, and the rule that adds what it earns."""
    if gap.kind is GapKind.NUMERIC:
        answer = declared(response, "single", "float", [number(filling.value or 0.0)])
        test = near(response, correct(response), filling.tolerance, filling.tolerance)
        return answer, condition((test, [earn(more(value(filling.weight)))]))
    if gap.kind is GapKind.SHORT and not is_literal(filling.patterns):
        best = next(pattern for pattern in filling.patterns if pattern.fraction == 1)
        answer = declared(response, "single", "string", [literal(best).strip() or "*"])
        tests = [
            (fits(response, p), [earn(more(value(p.fraction * filling.weight)))]) for p in filling.patterns
        ]
        return answer, condition(*tests)
    if gap.kind is GapKind.SHORT:
        best_text = next(literal(p) for p in filling.patterns if p.fraction == 1)
        worth, base, right = text_worth(filling.patterns, filling.weight), "string", best_text
    else:
        worth = {identifier(name): share * filling.weight for name, share in filling.options}
        base, right = "identifier", next(identifier(n) for n, share in filling.options if share == 1)
    return declared(response, "single", base, [right], mapping(worth)), earn(more(mapped(response)))


def _list(gap: Gap, response: str, options: list[tuple[str, str]]) -> Element:
    choices = (
        make("inlineChoice", {"identifier": identifier(name.removeprefix(f"{gap.id}."))}, text)
        for name, text in options
    )
    return make("inlineChoiceInteraction", {"responseIdentifier": response, "shuffle": "true"}, *choices)


def _entry(response: str, unit: str = "") -> list[Element]:
    """A field to type in, and the unit behind it."""
    asked = make("textEntryInteraction", {"responseIdentifier": response})
    return [asked, make("span", {"class": UNIT}, f" {clean(unit)}")] if unit else [asked]
