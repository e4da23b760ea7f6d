"""Other people's caption files, against the parse that browsers give."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

import captions
from captions import timecode
from captions.webvtt import cuetext, settings

pytestmark = pytest.mark.corpus

HTML_NAMES = {"c": "span", "v": "span", "lang": "span"}


def as_json(nodes: tuple[cuetext.Node, ...]) -> list[Any]:
    """The tree in the form of the corpus, where a browser's document fragment is written as JSON."""
    root: list[Any] = []
    open_lists = [root]
    for node in cuetext.walk(nodes):
        if isinstance(node, cuetext.EndTag):
            open_lists.pop()
        elif isinstance(node, cuetext.Tag):
            element = as_element(node)
            open_lists[-1].append(element)
            open_lists.append(element["kids"])
        elif isinstance(node, cuetext.Timestamp):
            open_lists[-1].append({"ts": timecode.strict(node.time)})
        else:
            open_lists[-1].append(node)
    return root


def as_element(tag: cuetext.Tag) -> dict[str, Any]:
    element: dict[str, Any] = {"tag": HTML_NAMES.get(tag.name, str(tag.name)), "kids": []}
    if tag.classes:
        element["cls"] = " ".join(tag.classes)
    if tag.name == "v":
        element["title"] = tag.annotation
    if tag.name == "lang":
        element["lang"] = tag.annotation
    return element


def joined(nodes: list[Any]) -> list[Any]:
    """The expected tree with neighbouring strings as one and without empty ones."""
    result: list[Any] = []
    for node in nodes:
        if isinstance(node, dict):
            result.append(node | {"kids": joined(node["kids"])} if "kids" in node else node)
        elif node and result and isinstance(result[-1], str):
            result[-1] += node
        elif node:
            result.append(node)
    return result


def as_expected(cue: captions.Cue) -> dict[str, Any]:
    layout = settings.layout(cue.settings)
    return {
        "id": cue.identifier,
        "start": cue.start,
        "end": cue.end,
        "text": cue.text,
        "plain": cuetext.plain_text(cue.text),
        "tree": as_json(cuetext.tree(cue.text)),
        "settings": {
            "vertical": layout.vertical,
            "snapToLines": layout.snap_to_lines,
            "line": "auto" if layout.line is None else layout.line,
            "lineAlign": layout.line_align,
            "position": "auto" if layout.position is None else layout.position,
            "positionAlign": layout.position_align,
            "size": layout.size,
            "align": layout.align,
        },
    }


def as_found(cue: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """An expected cue; settings that it does not state are as found, numbers are doubles."""
    stated = {
        name: float(value) if name in ("line", "position", "size") and value != "auto" else value
        for name, value in cue["settings"].items()
    }
    return {
        "id": cue["id"],
        "start": round(cue["start"] * 1000),
        "end": round(cue["end"] * 1000),
        "text": cue["text"],
        "plain": cue["plain"],
        "tree": joined(cue["tree"]),
        "settings": found["settings"] | stated,
    }


def differs(expected: dict[str, Any], data: bytes) -> bool:
    try:
        track = captions.read(data, format="vtt")
    except captions.CaptionError:
        return bool(expected["valid"])
    if not expected["valid"] or len(track.cues) != len(expected["cues"]):
        return True
    found = [as_expected(cue) for cue in sorted(track.cues, key=lambda cue: (cue.start, -cue.end))]
    wanted = sorted(expected["cues"], key=lambda cue: (cue["start"], -cue["end"]))
    return found != [as_found(want, have) for want, have in zip(wanted, found, strict=True)]


def test_each_of_the_307_files_is_parsed_as_browsers_parse_it(corpus: Path) -> None:
    cases = sorted(path for path in (corpus / "webvtt").glob("*.json") if path.name != "cue-text.json")

    wrong = [
        path.stem
        for path in cases
        if differs(json.loads(path.read_text("utf-8")), path.with_suffix(".vtt").read_bytes())
    ]

    assert len(cases) == 307
    assert wrong == []


def test_each_of_the_46_cue_texts_gives_the_tree_of_browsers(corpus: Path) -> None:
    cases = json.loads((corpus / "webvtt/cue-text.json").read_text("utf-8"))

    wrong = [case["case"] for case in cases if as_json(cuetext.tree(case["text"])) != joined(case["tree"])]

    assert len(cases) == 46
    assert wrong == []


def manifest(corpus: Path, *formats: str) -> list[dict[str, str]]:
    with (corpus / "captions/MANIFEST.csv").open(encoding="utf-8", newline="") as rows:
        return [row for row in csv.DictReader(rows) if row["format"] in formats]


def count(data: bytes, format_: str | None) -> str:
    try:
        return str(len(captions.read(data, format=format_).cues))
    except captions.CaptionError:
        return "refuse"


def test_real_webvtt_files_have_the_cues_that_a_browser_counts(corpus: Path) -> None:
    rows = manifest(corpus, "vtt")

    found = {row["file"]: count((corpus / "captions" / row["file"]).read_bytes(), "vtt") for row in rows}

    wanted = {row["file"]: row["cues"] for row in rows}
    # the file of a byte order mark alone has no cue because it is refused
    wanted["derived__only-bom.vtt"] = "refuse"
    assert found == wanted


NO_CUE = "refuse"
EXCEPTIONS = {
    # lines of SCC that only clear the screen
    "subtitles__scc.scc": "2",
    # <p dur="10s"> begins with its container, at zero: the reference counts paragraphs with a begin
    "imsc-tests__Animation018.ttml": "1",
    # its two paragraphs hold pictures and no text
    "testsuite__ttml_images_head.ttml": NO_CUE,
    # its line of dialogue is indented, which the reference did not look for
    "subsrt__sample.ass": "1",
}
"""Files whose stated number is another thing than the captions that people would see, with our number."""


@pytest.mark.parametrize(
    ("formats", "files"),
    [
        (("srt",), 50),
        (("sbv",), 5),
        (("ttml", "dfxp"), 35),
        (("ass", "ssa"), 15),
        (("scc",), 2),
        (("stl",), 14),
        (("smi",), 2),
        (("lrc",), 6),
    ],
    ids=str,
)
def test_every_real_file_gives_its_stated_cues_or_a_refusal_where_it_has_none(
    corpus: Path, formats: tuple[str, ...], files: int
) -> None:
    rows = manifest(corpus, *formats)

    found = {row["file"]: count((corpus / "captions" / row["file"]).read_bytes(), None) for row in rows}

    stated = {row["file"]: row["cues"] if row["cues"] != "0" else NO_CUE for row in rows}
    assert len(rows) == files
    assert found == {name: EXCEPTIONS.get(name, cues) for name, cues in stated.items()}


@pytest.mark.parametrize("format_", ["ttml", "dfxp", "ass", "ssa", "scc", "smi", "lrc", "srt", "sbv"])
def test_a_real_file_read_by_the_name_of_its_format_is_the_same(corpus: Path, format_: str) -> None:
    for row in manifest(corpus, format_):
        data = (corpus / "captions" / row["file"]).read_bytes()
        assert count(data, format_) == count(data, None), row["file"]


LEGACY = {
    "derived__cp1251-ru.srt": ("cp1251", "Нащупайте узелок над подвздошным гребнем, строка 1"),
    "derived__cp1255-he.srt": ("cp1255", "לחץ בעדינות על הגוש 1"),
    "derived__euckr-ko.srt": ("cp949", "허리 지방 결절을 촉진합니다 1"),
    "derived__gb18030-zh.srt": ("gb18030", "触诊腰部脂肪结节，第1步"),
    "derived__shiftjis-ja.srt": ("cp932", "腰部の脂肪性結節を触診します。1"),
    "derived__utf16le-nobom.srt": ("utf-16-le", ""),
    "pysrt__bom-utf-16-be.srt": ("utf-16-be", ""),
    "pysrt__bom-utf-16-le.srt": ("utf-16-le", ""),
    "pysrt__bom-utf-32-be.srt": ("utf-32-be", ""),
    "srt__gb2312.srt": ("gb18030", "宇宙守护神  保护我们远离邪恶"),
    "testsuite__subtitle.srt": ("cp1252", "and unicode: é ï ö Ä"),
    "testsuite__subtitle_fr.srt": ("cp1252", "et de l'unicode: é ï ö Ä"),
}


@pytest.mark.parametrize("name", LEGACY)
def test_the_first_guess_of_an_old_encoding_is_the_right_one(corpus: Path, name: str) -> None:
    encoding, line = LEGACY[name]

    look = captions.look((corpus / "captions" / name).read_bytes())

    assert (look.encoding, look.guesses[0].encoding) == (encoding, encoding)
    assert look.track is not None
    lines = [line for cue in look.track.cues for line in cuetext.plain_text(cue.text).split("\n")]
    assert not line or line in lines


def test_the_lenient_import_loses_no_cue_that_a_browser_shows(corpus: Path) -> None:
    fewer = []
    for row in manifest(corpus, "vtt"):
        data = (corpus / "captions" / row["file"]).read_bytes()
        if row["cues"] not in ("refuse", "0") and int(count(data, None)) < int(row["cues"]):
            fewer.append(row["file"])

    assert fewer == []


@pytest.mark.parametrize("format_", ["vtt", "srt", "sbv", "ttml", "ass", "txt"])
def test_whatever_was_imported_can_be_written(corpus: Path, format_: str) -> None:
    for row in manifest(
        corpus, "vtt", "srt", "sbv", "ttml", "dfxp", "ass", "ssa", "scc", "stl", "smi", "lrc"
    ):
        try:
            track = captions.read((corpus / "captions" / row["file"]).read_bytes())
        except captions.CaptionError:
            continue
        data = captions.write(track, format_)
        if format_ == "vtt":
            assert captions.read(data, format="vtt").cues == track.cues, row["file"]
