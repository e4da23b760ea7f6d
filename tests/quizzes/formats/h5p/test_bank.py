"""An H5P package as a whole: sets, films, places of losses, and what is never looked at."""

import csv
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from quizzes.errors import QuizError, Reason
from quizzes.formats.h5p import read
from quizzes.vocabulary import Kind
from tests.quizzes.formats.h5p.packages import LATIN, choice, inside, package, unpacked

SET, FILM = "H5P.QuestionSet", "H5P.InteractiveVideo"


def ignore(_: QuizError) -> None:
    """Nobody asks what was lost."""


def test_a_set_gives_its_questions_and_the_paths_of_what_is_lost() -> None:
    parameters = {
        "introPage": {"introduction": "<p>Welcome.</p>"},
        "questions": [
            inside("H5P.MultiChoice", choice(), subContentId=LATIN),
            inside("H5P.Essay", {}),
            "nothing",
            inside("H5P.MultiChoice", choice(9)),
            inside("H5P.MultiChoice", choice(), subContentId=LATIN),
            inside("H5P.TrueFalse", {"question": "<b>So?</b>", "correct": "true"}),
        ],
    }

    items, lost = unpacked(SET, parameters)

    assert [(item.id, item.kind) for item in items] == [
        (LATIN, Kind.SINGLE),
        ("Q2", Kind.SINGLE),
        ("Q3", Kind.TRUEFALSE),
    ]
    assert lost == [
        "introPage: This cannot be kept: Welcome..",
        "questions[1].params: Questions of the kind H5P.Essay cannot be taken over.",
        "questions[2]: This should be a table.",
        "questions[3].params.answers: There should be at least 1.",
        "questions[5].params: This cannot be kept: formatting.",
    ]


def interaction(library: str, parameters: Any, **more: Any) -> dict[str, Any]:
    return {"duration": {"from": 12.5, "to": 20}, "action": inside(library, parameters), **more}


def test_a_film_gives_its_questions_and_tells_the_times_that_are_lost() -> None:
    leads = {"wrong": {"seekTo": 8}, "correct": {"allowOptOut": True}}
    parameters = {
        "interactiveVideo": {
            "video": {"files": [{"path": "videos/a.mp4", "mime": "video/mp4"}]},
            "assets": {
                "interactions": [
                    interaction("H5P.MultiChoice", choice(), adaptivity=leads),
                    interaction("H5P.Text", {"text": "Look."}),
                    {"duration": {"from": "soon"}},
                ],
                "bookmarks": [{"time": 3, "label": "Crest"}],
            },
            "summary": {"task": inside("H5P.Summary", {"summaries": [{"summary": ["a", "b"]}]})},
        }
    }

    items, lost = unpacked(FILM, parameters)

    at = "interactiveVideo"
    assert [item.kind for item in items] == [Kind.SINGLE]
    assert lost == [
        f"{at}.video.files[0]: This cannot be kept: the film videos/a.mp4.",
        f"{at}.assets.bookmarks[0]: This cannot be kept: the bookmark Crest at 3 s.",
        f"{at}.assets.interactions[0]: This cannot be kept: that it is asked at 12.5 to 20 s of the film.",
        f"{at}.assets.interactions[0]: This cannot be kept: that a wrong answer leads to 8 s of the film.",
        f"{at}.assets.interactions[1]: This cannot be kept: that it is asked at 12.5 to 20 s of the film.",
        f"{at}.assets.interactions[1].action.params: Questions of the kind H5P.Text cannot be taken over.",
        f"{at}.assets.interactions[2].duration.from: This should be a number.",
        f"{at}.summary: Questions of the kind H5P.Summary cannot be taken over.",
    ]


def test_an_empty_summary_that_h5p_puts_into_every_film_is_no_loss() -> None:
    summary = {"task": inside("H5P.Summary", {"summaries": [{"tip": ""}]})}

    assert unpacked(FILM, {"interactiveVideo": {"summary": summary}}) == ((), [])


def test_programs_and_media_of_a_package_are_told_and_never_read() -> None:
    lost: list[QuizError] = []
    files = {
        "H5P.MultiChoice-1.16/js/a.js": b"alert(1)",
        "H5P.MultiChoice-1.16/library.json": b"{",
        "content/images/a.svg": b"<svg onload='alert(1)'/>",
    }

    items = read(package("H5P.MultiChoice", choice(), **files), lost.append)

    assert len(items) == 1
    assert [(error.place, error.reason) for error in lost] == [
        ("content/images/a.svg", "This cannot be kept: a file of the package."),
        ("", "This cannot be kept: the files of H5P's libraries."),
    ]


def nested(levels: int) -> dict[str, Any]:
    content: dict[str, Any] = choice()
    library = "H5P.MultiChoice"
    for _ in range(levels):
        content, library = {"questions": [inside(library, content)]}, SET
    return content


def test_sets_within_sets_are_opened_to_a_depth() -> None:
    assert len(unpacked(SET, nested(5))[0]) == 1
    items, lost = unpacked(SET, nested(9))
    assert items == ()
    assert lost[0].endswith("The file is not safe to read: it is nested too deeply.")


@pytest.mark.parametrize(
    ("make", "code", "place"),
    [
        (lambda: b"PK", Reason.UNREADABLE, ""),
        (lambda: package("H5P.MultiChoice", []), Reason.WRONG_TYPE, "content/content.json"),
        (lambda: package("", {}, **{"h5p.json2": b""})[:-1], Reason.UNREADABLE, ""),
        (lambda: package("x", {"a": "<" * 100_001}), Reason.HOSTILE, "content/content.json"),
        (lambda: package("x", {"a": "b" * 4_194_304}), Reason.TOO_LARGE, "content/content.json"),
        (lambda: torn(b'{"a":\n1,}'), Reason.UNREADABLE, "content/content.json, line 2"),
        (lambda: torn(b"\xff"), Reason.UNREADABLE, "content/content.json"),
        (lambda: torn(b"[" * 50_000), Reason.HOSTILE, "content/content.json"),
        (lambda: torn(b'{"a":' + b"1" * 5000 + b"}"), Reason.UNREADABLE, "content/content.json"),
    ],
    ids=["no zip", "list", "library", "tags", "large", "syntax", "bytes", "deep", "digits"],
)
def test_a_package_that_cannot_be_read_is_refused_with_its_place(
    make: Callable[[], bytes], code: Reason, place: str
) -> None:
    with pytest.raises(QuizError) as refused:
        read(make(), ignore)

    assert (refused.value.code, refused.value.place) == (code, place)


def torn(content: bytes) -> bytes:
    """A package whose content is these bytes, stored as they are."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("h5p.json", json.dumps({"mainLibrary": "H5P.MultiChoice"}))
        archive.writestr("content/content.json", content)
    return target.getvalue()


# What the packages of other people come to: the kinds that are read, or the reason of the refusal.
CORPUS: dict[str, set[Kind] | str] = {
    "H5P.DragText.h5p": {Kind.CLOZE},
    "broken-content-json.h5p": "content/content.json, line 11: The file cannot be read",
    "corrupt_archive.h5p": "it is not a zip archive",
}


def test_every_package_of_the_corpus_is_read_or_refused_with_a_reason(corpus: Path) -> None:
    with (corpus / "quizzes" / "MANIFEST.csv").open(encoding="utf-8", newline="") as rows:
        files = [row["path"] for row in csv.DictReader(rows) if row["path"].startswith("h5p/")]
    assert len(files) == 9

    for path in files:
        data = (corpus / "quizzes" / path).read_bytes()
        expected = CORPUS.get(path.removeprefix("h5p/"), set())
        lost: list[QuizError] = []
        if isinstance(expected, str):
            with pytest.raises(QuizError, match=expected):
                read(data, lost.append)
            continue
        assert {item.kind for item in read(data, lost.append)} == expected, path
        if not expected:  # greeting cards
            assert lost[0].code is Reason.UNSUPPORTED_KIND, path
