"""Items to test with: a sample of each kind, and strategies that make any item or quiz."""

import string
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from quizzes.fields import Fields
from quizzes.form import read_item
from quizzes.item import Item
from quizzes.quiz import LONGEST_TIME_MS, Quiz, Settings, Slot, every_item_once
from quizzes.vocabulary import Audience, Bloom, Kind, Mode, OrderScoring, Strength, ToleranceKind

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
    return draw(_chosen(kind))


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
    settings = st.builds(
        Settings,
        st.sampled_from(Mode),
        st.integers(0, 100),
        st.integers(0, 9),
        st.integers(0, LONGEST_TIME_MS),
        st.booleans(),
        st.booleans(),
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
