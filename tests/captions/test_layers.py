"""Layers over a film: written and read back, moved evenly, and refused by the line when anything is wrong."""

from __future__ import annotations

import json
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from captions import layers
from captions.layer_faults import LayerFault, LayersError
from captions.layers import LayerCue, LayerKind, Layers, LayerShape, LayerSide
from captions.track import TrackKind
from captions.webvtt import vtt

CREST = LayerCue(
    1000, 3000, "crest", "Iliac crest", LayerKind.BONE, LayerShape.POLYLINE,
    ((0.1, 0.2), (0.3, 0.4)), LayerSide.RIGHT, ((0.5, 0.2), (0.7, 0.4)),
)  # fmt: skip
POINT: dict[str, object] = {
    "layer": "crest", "label": "Iliac crest", "kind": "bone", "shape": "point", "points": [[0.5, 0.5]],
}  # fmt: skip

fractions = st.floats(0, 1, allow_nan=False)
labels = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=layers.MAX_LABEL)


@st.composite
def shapes(draw: st.DrawFn) -> LayerCue:
    """Any shape; its label and kind follow from its name, as they must throughout a document."""
    shape, number = draw(st.sampled_from(LayerShape)), draw(st.integers(0, 9))
    least, most = layers.LEAST_POINTS[shape], min(5, layers.MOST_POINTS[shape])
    points = st.lists(st.tuples(fractions, fractions), min_size=least, max_size=most)
    placed = tuple(draw(points))
    far = st.lists(st.tuples(fractions, fractions), min_size=len(placed), max_size=len(placed))
    start = draw(st.integers(0, 10**7))
    return LayerCue(
        start, start + draw(st.integers(1, 10**6)), f"layer-{number}", f"Layer <{number}> & -->",
        list(LayerKind)[number % len(LayerKind)], shape, placed,
        draw(st.none() | st.sampled_from(LayerSide)), tuple(draw(st.just([]) | far)),
    )  # fmt: skip


def document(*cues: object, head: str = "WEBVTT") -> bytes:
    texts = [cue if isinstance(cue, str) else json.dumps(cue) for cue in cues]
    return "\n\n".join([head, *(f"00:01.000 --> 00:02.000\n{text}" for text in texts)]).encode()


@given(st.lists(shapes(), min_size=1, max_size=8), st.sampled_from(["", "en", "pt-BR"]))
def test_what_is_written_is_read_back_unchanged(cues: list[LayerCue], language: str) -> None:
    kept = Layers(tuple(sorted(cues, key=lambda cue: cue.start)), language)

    data = layers.write(kept)

    assert layers.read(data) == kept
    assert data.count(b"-->") == len(cues)
    assert vtt.parse(data).kind is TrackKind.METADATA


@given(labels)
def test_any_label_of_one_line_comes_back(label: str) -> None:
    kept = Layers((LayerCue(0, 1, "a", label, LayerKind.OTHER, LayerShape.POINT, ((0, 1),)),))

    assert layers.read(layers.write(kept)) == kept


@given(shapes())
def test_a_shape_is_at_its_points_when_it_comes_and_at_their_goals_when_it_goes(cue: LayerCue) -> None:
    assert cue.at(cue.start) == cue.points
    assert cue.at(cue.end) == (cue.to or cue.points)
    assert cue.at(cue.start - 5) == cue.points
    assert cue.at(cue.end + 5) == (cue.to or cue.points)


def test_between_them_it_moves_evenly() -> None:
    assert [*chain(*CREST.at(2000))] == pytest.approx([0.3, 0.2, 0.5, 0.4])
    assert [*chain(*CREST.at(1500))] == pytest.approx([0.2, 0.2, 0.4, 0.4])


def test_a_shape_is_seen_from_its_start_and_no_more_at_its_end() -> None:
    kept = Layers((CREST,))

    assert [len(kept.at(ms)) for ms in (999, 1000, 2999, 3000)] == [0, 1, 1, 0]


def test_comments_and_json_over_several_lines_are_read() -> None:
    text = json.dumps(POINT, indent=1)

    found = layers.read(document(text, head="WEBVTT Kind: metadata\n\nNOTE drawn by hand"))

    assert [cue.label for cue in found.cues] == ["Iliac crest"]


WITHOUT = {name: value for name, value in POINT.items() if name != "kind"}
WRONG: list[tuple[str, bytes, LayerFault, int | None]] = [
    ("no WebVTT", b"[]", LayerFault.NOT_WEBVTT, 1),
    ("no shape", b"WEBVTT\n", LayerFault.NO_LAYERS, None),
    ("text without a time", document(POINT) + b"\n\nnothing", LayerFault.LOST, 6),
    ("a time that is none", b"WEBVTT\n\n00:01 --> 2\n{}", LayerFault.LOST, 3),
    ("words", document(POINT, "Iliac crest"), LayerFault.NOT_JSON, 7),
    ("json that breaks in its second line", document('{"layer":\n"crest",}'), LayerFault.NOT_JSON, 5),
    ("a list", document("[1]"), LayerFault.NOT_JSON, 4),
    ("a name twice", document('{"layer": "a", "layer": "b"}'), LayerFault.NOT_JSON, 4),
    ("not a number", document('{"points": [[NaN, 0]]}'), LayerFault.NOT_JSON, 4),
    ("nested too deep", document("[" * 90_000), LayerFault.NOT_JSON, 4),
    ("a digit string beyond all", document(f'{{"points": {"9" * 5000}}}'), LayerFault.NOT_JSON, 4),
    ("an unknown name", document({**POINT, "colour": "red"}), LayerFault.FIELD, 4),
    ("a name missing", document(WITHOUT), LayerFault.MISSING, 4),
    ("an unknown kind", document({**POINT, "kind": "muscle"}), LayerFault.WORD, 4),
    ("an unknown side", document({**POINT, "side": None}), LayerFault.WORD, 4),
    ("a shape that is a list", document({**POINT, "shape": ["point"]}), LayerFault.WORD, 4),
    ("a layer with spaces", document({**POINT, "layer": "Iliac crest"}), LayerFault.NAME, 4),
    ("a layer that is a number", document({**POINT, "layer": 5}), LayerFault.NAME, 4),
    ("an empty label", document({**POINT, "label": ""}), LayerFault.LABEL, 4),
    ("a label of two lines", document({**POINT, "label": "a\nb"}), LayerFault.LABEL, 4),
    ("half a character", document({**POINT, "label": "\ud800"}), LayerFault.LABEL, 4),
    ("a place outside", document({**POINT, "points": [[0.5, 1.01]]}), LayerFault.POINTS, 4),
    ("a place of one number", document({**POINT, "points": [[0.5]]}), LayerFault.POINTS, 4),
    ("yes for a number", document({**POINT, "points": [[True, 0.5]]}), LayerFault.POINTS, 4),
    ("two points for one", document({**POINT, "points": [[0, 0], [1, 1]]}), LayerFault.COUNT, 4),
    ("a line of one point", document({**POINT, "shape": "polyline"}), LayerFault.COUNT, 4),
    ("goals for other points", document({**POINT, "to": []}), LayerFault.TO, 4),
    ("another label", document(POINT, {**POINT, "label": "Crest"}), LayerFault.DIFFERS, 7),
    ("an end at the start", document(POINT).replace(b"02.000", b"01.000"), LayerFault.TIME, 4),
]


@pytest.mark.parametrize(("data", "code", "line"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_wrong_is_told_with_its_line(data: bytes, code: LayerFault, line: int | None) -> None:
    with pytest.raises(LayersError) as caught:
        layers.read(data)

    assert (caught.value.code, caught.value.line) == (code, line)
    assert "{" not in caught.value.reason.replace("{ and }", "")


def test_an_unknown_kind_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(LayersError, match="bone, fascia, nerve, zone, nodule, danger, other"):
        layers.read(document({**POINT, "kind": "muscle"}))


def test_too_much_is_refused_before_it_is_read() -> None:
    short = '{"layer":"a","label":"a","kind":"bone","shape":"point","points":[[0,0]]}'
    many = [{**POINT, "layer": f"l-{n}"} for n in range(layers.MAX_LAYERS + 1)]
    line: dict[str, object] = {**POINT, "shape": "polyline"}
    for data, code in (
        (b"WEBVTT" + b" " * layers.MAX_BYTES, LayerFault.TOO_LARGE),
        (document(*[short] * (layers.MAX_CUES + 1)), LayerFault.TOO_MANY),
        (document(*many), LayerFault.TOO_MANY_LAYERS),
        (document({**line, "points": [[0, 0]] * (layers.MAX_POINTS + 1)}), LayerFault.COUNT),
    ):
        with pytest.raises(LayersError) as caught:
            layers.read(data)
        assert caught.value.code is code


def test_the_writer_refuses_what_the_reader_would_not_take() -> None:
    for wrong in (
        LayerCue(0, 0, "a", "A", LayerKind.BONE, LayerShape.POINT, ((0, 0),)),
        LayerCue(0, 1, "A b", "A", LayerKind.BONE, LayerShape.POINT, ((0, 0),)),
        LayerCue(0, 1, "a", "A", LayerKind.BONE, LayerShape.POINT, ((0, 2),)),
        LayerCue(0, 1, "a", "A", LayerKind.BONE, LayerShape.POINT, ((0, 0),), to=((0, 0), (1, 1))),
    ):
        with pytest.raises(LayersError):
            layers.write(Layers((wrong,)))
