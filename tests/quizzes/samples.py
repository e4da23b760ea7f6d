"""Items to test with: a sample of each kind, and strategies that make any item or quiz."""

import string
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from quizzes.fields import Fields
from quizzes.form import read_item
from quizzes.item import Item
from quizzes.quiz import LONGEST_TIME_MS, Pool, Quiz, Settings, Slot, every_item_once
from quizzes.vocabulary import (
    Audience,
    Bloom,
    IntervalScoring,
    Kind,
    Mode,
    OrderScoring,
    Review,
    Strength,
    ToleranceKind,
)

steady = settings(
    derandomize=True,
    deadline=None,
    max_examples=40,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)

LETTERS = {"A": "alpha", "B": "beta", "C": "gamma", "D": "delta"}
BOARD = {"name": "board", "width": 1280, "height": 720, "alt": "The back", "hidden": ["labels"]}
FORMS: dict[Kind, dict[str, Any]] = {
    Kind.SINGLE: {"key": "C", "options": LETTERS},
    Kind.MULTIPLE: {"key": ["A", "B"], "options": LETTERS},
    Kind.ORDERING: {"key": ["B", "D", "A", "C"], "options": LETTERS},
    Kind.NUMERIC: {"key": 40, "unit": "mg"},
    Kind.HOTSPOT: {"key": [{"shape": "circle", "x": 640, "y": 360, "r": 30}], "picture": BOARD},
    Kind.MOMENT: {"key": {"start_ms": 36_000, "end_ms": 46_000}, "tolerance_ms": 1_000, "video": "V1"},
    Kind.MATCHING: {
        "key": {"L1": "R2", "L2": "R1"},
        "left": {"L1": "one", "L2": "two"},
        "right": {"R1": "due", "R2": "uno", "R3": "tre"},
    },
    Kind.TRUEFALSE: {"key": True},
    Kind.EMQ: {"key": {"1": "A", "2": "A"}, "cases": {"1": "first", "2": "second"}, "options": LETTERS},
    Kind.KEYFEATURE: {"key": {"B": 0.6, "D": 0.4}, "limit": 2, "harmful": ["A"], "options": LETTERS},
    Kind.CLOZE: {
        "stem": "Press [[how]] over the [[where]], up to [[much]].",
        "gaps": [
            {"id": "how", "kind": "choice", "options": {"A": "hard", "B": "lightly"}},
            {"id": "where", "kind": "short", "label": "the place"},
            {"id": "much", "kind": "numeric", "unit": "cm"},
        ],
        "key": [
            {"gap": "how", "options": {"B": 1, "A": 0.25}},
            {"gap": "where", "answers": [{"text": "*crest"}, {"text": "bone", "fraction": 0.5}]},
            {"gap": "much", "weight": 2, "value": 2, "tolerance": 0.5},
        ],
    },
    Kind.SHORT: {"key": [{"text": "iliac crest"}, {"text": "*crest*", "fraction": 0.5}]},
    Kind.DRAGLABELS: {
        "picture": BOARD,
        "places": [
            {"id": "P1", "text": "first place", "x": 500, "y": 400},
            {"id": "P2", "text": "second place", "x": 640, "y": 200},
        ],
        "labels": LETTERS,
        "key": {"P1": "B", "P2": "D"},
    },
    Kind.INTERVAL: {"key": {"start_ms": 36_000, "end_ms": 46_000}, "video": "V1"},
    Kind.CONCORDANCE: {"key": {"-1": 2, "0": 3, "1": 6, "2": 1}},
}
RIGHT: dict[Kind, Any] = {
    Kind.SINGLE: "C",
    Kind.MULTIPLE: ["B", "A"],
    Kind.ORDERING: ["B", "D", "A", "C"],
    Kind.NUMERIC: "40 mg",
    Kind.HOTSPOT: [[0.5, 0.5]],
    Kind.MOMENT: 40_000,
    Kind.MATCHING: {"L1": "R2", "L2": "R1"},
    Kind.TRUEFALSE: {"answer": True, "certainty": 3},
    Kind.EMQ: {"1": "A", "2": "A"},
    Kind.KEYFEATURE: ["D", "B"],
    Kind.CLOZE: {"how": "how.B", "where": "Iliac  CREST", "much": "1,5 cm"},
    Kind.SHORT: " iliac crest",
    Kind.DRAGLABELS: {"P1": "B", "P2": "D"},
    Kind.INTERVAL: [36_000, 46_000],
    Kind.CONCORDANCE: 1,
}


def sample_form(kind: Kind, **changes: Any) -> dict[str, Any]:
    """The document form of a sample of this kind."""
    return {"id": "Q001", "kind": kind.value, "stem": "Which?", "why": "Because.", **FORMS[kind], **changes}


def sample(kind: Kind, **changes: Any) -> Item:
    """An item of this kind, with some fields of its document form changed."""
    with Fields(sample_form(kind, **changes)) as fields:
        return read_item(fields)


prose = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t"), min_size=1, max_size=40
).filter(lambda text: bool(text.strip()))
ids = st.text(string.ascii_letters + string.digits, min_size=1, max_size=4)
steps = st.builds("V{}-c{:02}".format, st.integers(1, 9), st.integers(1, 99))
sizes = st.floats(0.001, 1e6) | st.integers(1, 1000)


def _options(least: int) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(ids, prose, min_size=least, max_size=6)


@st.composite
def _zone(draw: st.DrawFn) -> dict[str, Any]:
    x, y = draw(st.floats(100, 500)), draw(st.integers(100, 300))
    shape = draw(st.sampled_from(["rect", "circle", "ellipse", "polygon"]))
    wide, high = draw(st.floats(1, 90)), draw(st.integers(1, 90))
    if shape == "rect":
        return {"shape": shape, "x0": x, "x1": x + wide, "y0": y, "y1": y + high}
    if shape == "circle":
        return {"shape": shape, "x": x, "y": y, "r": wide}
    if shape == "ellipse":
        return {"shape": shape, "x": x, "y": y, "rx": wide, "ry": high}
    return {"shape": shape, "points": [[x, y], [x + wide, y], [x, y + high]]}


@st.composite
def _asked(draw: st.DrawFn, kind: Kind) -> dict[str, Any]:
    """The fields of one kind: what is asked, and the key."""
    if kind is Kind.TRUEFALSE:
        return {"key": draw(st.booleans())}
    if kind is Kind.NUMERIC:
        tolerance_kind = draw(st.sampled_from(ToleranceKind)).value
        extra = {
            "tolerance": draw(sizes),
            "tolerance_kind": tolerance_kind,
            "unit": draw(st.just("") | prose),
        }
        return {"key": draw(sizes), **extra}
    if kind is Kind.HOTSPOT:
        zones = draw(st.lists(_zone(), min_size=1, max_size=3))
        return {"key": zones, "limit": draw(st.integers(len(zones), 9)), "picture": BOARD}
    if kind is Kind.MOMENT:
        start, length = draw(st.integers(0, 90_000)), draw(st.integers(1, 9_000))
        window = {"start_ms": start, "end_ms": start + length}
        return {"key": window, "tolerance_ms": draw(st.integers(0, 2_000)), "video": "V1"}
    if kind in {Kind.MATCHING, Kind.EMQ}:
        return draw(_paired(kind))
    if kind in _TYPED:
        return draw(_typed(kind))
    return draw(_chosen(kind))


_TYPED = frozenset({Kind.CLOZE, Kind.SHORT, Kind.DRAGLABELS, Kind.INTERVAL, Kind.CONCORDANCE})


@st.composite
def _typed(draw: st.DrawFn, kind: Kind) -> dict[str, Any]:
    """The fields of what is typed, placed on a picture or judged."""
    if kind is Kind.CLOZE:
        return draw(_cloze())
    if kind is Kind.SHORT:
        return {"key": draw(_patterns())}
    if kind is Kind.INTERVAL:
        start, length = draw(st.integers(0, 90_000)), draw(st.integers(1, 9_000))
        scoring = draw(st.sampled_from(IntervalScoring)).value
        stretch = {"start_ms": start, "end_ms": start + length}
        return {"key": stretch, "video": "V1", "scoring": scoring, "tolerance_ms": draw(st.integers(0, 900))}
    if kind is Kind.CONCORDANCE:
        return {"key": {"-2": draw(st.integers(10, 20)), "1": draw(st.integers(0, 9))}}
    labels, names = draw(_options(2)), draw(st.lists(ids, min_size=1, max_size=4, unique=True))
    places = [{"id": name, "text": draw(prose), "x": draw(st.integers(0, 1280)), "y": 7} for name in names]
    key = {name: draw(st.sampled_from(sorted(labels))) for name in names}
    return {"picture": BOARD, "labels": labels, "places": places, "key": key}


_words = st.text("abc déf*", min_size=1, max_size=8).filter(lambda text: bool(text.strip()))


@st.composite
def _patterns(draw: st.DrawFn) -> list[dict[str, Any]]:
    others = draw(st.lists(st.fixed_dictionaries({"text": _words, "fraction": st.just(0.5)}), max_size=2))
    return [*others, {"text": draw(_words)}]


@st.composite
def _cloze(draw: st.DrawFn) -> dict[str, Any]:
    """One gap of each sort."""
    choices, unit = draw(_options(2)), draw(st.sampled_from(["", "mg"]))
    gaps = [
        {"id": "a", "kind": "choice", "options": choices},
        {"id": "b", "kind": "short", "label": draw(st.just("") | prose)},
        {"id": "c", "kind": "numeric", "unit": unit},
    ]
    key = [
        {"gap": "a", "options": {draw(st.sampled_from(sorted(choices))): 1}},
        {"gap": "b", "answers": draw(_patterns())},
        {"gap": "c", "value": draw(sizes), "weight": draw(st.integers(1, 3))},
    ]
    return {"stem": draw(st.just("Fill in: ") | prose) + "[[a]] and [[b]], [[c]].", "gaps": gaps, "key": key}


@st.composite
def _paired(draw: st.DrawFn, kind: Kind) -> dict[str, Any]:
    left, right = ("left", "right") if kind is Kind.MATCHING else ("cases", "options")
    prompts, options = draw(_options(1)), draw(_options(2))
    key = {prompt: draw(st.sampled_from(sorted(options))) for prompt in prompts}
    return {left: prompts, right: options, "key": key}


@st.composite
def _chosen(draw: st.DrawFn, kind: Kind) -> dict[str, Any]:
    options = draw(_options(2))
    some = draw(st.lists(st.sampled_from(sorted(options)), min_size=1, unique=True))
    form: dict[str, Any] = {
        "options": options,
        "last": draw(st.lists(st.sampled_from(sorted(options)), unique=True)),
    }
    if kind is Kind.SINGLE:
        return {**form, "key": some[0]}
    if kind is Kind.MULTIPLE:
        return {**form, "key": some}
    if kind is Kind.ORDERING:
        order = draw(st.permutations(sorted(options)))
        return {**form, "key": order, "scoring": draw(st.sampled_from(OrderScoring)).value}
    harmful = [option for option in options if option not in some]
    weights = {option: 1 / len(some) for option in some}
    return {**form, "key": weights, "harmful": harmful, "limit": draw(st.integers(len(some), 9))}


@st.composite
def forms(draw: st.DrawFn, kinds: tuple[Kind, ...] = tuple(Kind)) -> dict[str, Any]:
    """The document form of any item."""
    kind = draw(st.sampled_from(kinds))
    form: dict[str, Any] = {"id": draw(ids), "kind": kind.value, "stem": draw(prose), **draw(_asked(kind))}
    optional: dict[str, st.SearchStrategy[Any]] = {
        "lesson": prose,
        "audience": st.sampled_from(Audience).map(str),
        "why": prose,
        "critical": st.booleans(),
        "evidence": steps,
        "references": st.lists(ids, max_size=3),
        "grade": st.sampled_from(Strength).map(str),
        "bloom": st.sampled_from(Bloom).map(str),
        "hints": st.lists(prose, max_size=2),
        "tags": st.lists(ids, max_size=2, unique=True),
        "if_right": prose,
        "if_wrong": prose,
    }
    form |= draw(st.fixed_dictionaries({}, optional=optional))
    choosable = form.get("options") or form.get("right")
    if choosable:
        form["feedback"] = draw(st.dictionaries(st.sampled_from(sorted(choosable)), prose, max_size=3))
    return form


def items(*kinds: Kind) -> st.SearchStrategy[Item]:
    """Any item of these kinds, or of any kind."""
    return forms(kinds or tuple(Kind)).map(lambda form: read_item(Fields(form)))


@st.composite
def quizzes_of_items(draw: st.DrawFn) -> Quiz:
    """Any quiz."""
    audience = draw(st.sampled_from(Audience))
    found = draw(st.lists(items(), min_size=1, max_size=3, unique_by=lambda item: item.id))
    if audience is Audience.OPEN:
        found = [replace(item, audience=audience) for item in found]
    slots = tuple(Slot(item.id, draw(st.integers(1, 5))) for item in reversed(found))
    pool = st.builds(
        Pool, st.integers(1, 9), st.lists(ids, max_size=2).map(tuple), lesson=st.just("") | prose
    )
    slots = (
        *slots,
        *(
            Slot(pool=drawn, at_ms=draw(st.none() | st.just(41_000)))
            for drawn in draw(st.lists(pool, max_size=2))
        ),
    )
    settings = st.builds(
        Settings,
        st.sampled_from(Mode),
        st.integers(0, 100),
        st.integers(0, 9),
        st.integers(0, LONGEST_TIME_MS),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.sampled_from(Review),
    )
    return Quiz(
        "finding-back-mice",
        draw(prose),
        tuple(found),
        draw(st.sampled_from([slots, every_item_once(found)])),
        draw(st.just("") | prose),
        audience,
        draw(st.sampled_from(["en", "es", "pt-BR"])),
        draw(st.just("") | prose),
        draw(settings),
    )
