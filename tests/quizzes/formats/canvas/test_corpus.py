"""Other people's Canvas files: the stated kinds, or a reason; and back again."""

import csv
from pathlib import Path

import pytest

from quizzes.errors import QuizError, Reason
from quizzes.formats.canvas import read, write
from quizzes.vocabulary import Kind

FOLDER = "qti12canvas"
KINDS = {
    "multiple_choice_question": Kind.SINGLE,
    "multiple_choice": Kind.SINGLE,
    "true_false_question": Kind.TRUEFALSE,
    "multiple_answers_question": Kind.MULTIPLE,
    "multiple_answers": Kind.MULTIPLE,
    "short_answer_question": Kind.SHORT,
    "short_answer": Kind.SHORT,
    "fill_in_multiple_blanks_question": Kind.CLOZE,
    "multiple_dropdowns_question": Kind.CLOZE,
    "matching_question": Kind.MATCHING,
    "numerical_question": Kind.NUMERIC,
    "numerical": Kind.NUMERIC,
}
WITHOUT = {  # kinds that are told as lost
    *("essay_question", "essay", "file_upload_question", "text_only_question"),
    *("calculated_question", "categorization_question"),
}
# Files whose stated kinds are not all that comes out, and why.
OTHERWISE = {
    # questions that say no type
    "assessment_qti.xml": {Kind.SINGLE, Kind.TRUEFALSE, Kind.SHORT, Kind.MULTIPLE},
    "edge_cases_1.2.xml": {Kind.CLOZE, Kind.MATCHING},
    "multiple_choice.xml": {Kind.SINGLE},
    "numeric_exact_match.xml": {Kind.NUMERIC},
    "interaction_checks_1.2.xml": {
        *(Kind.SINGLE, Kind.TRUEFALSE, Kind.SHORT, Kind.CLOZE),
        *(Kind.MULTIPLE, Kind.MATCHING, Kind.NUMERIC),
    },
    "choice_vary_points_by_answer_zero_points.xml": set[Kind](),  # no answer earns anything: there is no key
    "matching.xml": {Kind.MATCHING},  # the second type is that of a second, stray block of metadata
    "choice.xml": {Kind.SINGLE, Kind.TRUEFALSE, Kind.MULTIPLE},  # three of the four say no type
}
BESIDE = {"stimulus_with_child_item.xml": {"text_only"}}  # kept: the text stands before its question
REFUSED = {
    "assessment_meta.xml": "a <quiz> holds no questions",
    "assignment_groups.xml": "a <assignmentGroups> holds no questions",
    "course_settings.xml": "a <course> holds no questions",
    "imsmanifest.xml": "a <manifest> holds no questions",
    "media_tracks.xml": "a <media_tracks> holds no questions",
    "fib.xml": "line 45: The file cannot be read: mismatched tag",
    "fib_str.xml": "line 45: The file cannot be read: mismatched tag",
    "ordering.xml": "it declares a document type or entities",
    "ordering_with_labels.xml": "it declares a document type or entities",
}


def stated(corpus: Path) -> dict[str, list[str]]:
    with (corpus / "quizzes" / "MANIFEST.csv").open(encoding="utf-8", newline="") as rows:
        found = {row["path"]: row["types"].split("|") for row in csv.DictReader(rows)}
    return {path.partition("/")[2]: types for path, types in found.items() if path.startswith(f"{FOLDER}/")}


def kind(error: QuizError) -> bool:
    return error.code is Reason.UNSUPPORTED_KIND


def test_every_file_gives_its_stated_kinds_or_is_refused_with_a_reason(corpus: Path) -> None:
    files = stated(corpus)
    assert len(files) == 41

    for name, types in files.items():
        data = (corpus / "quizzes" / FOLDER / name).read_bytes()
        if name in REFUSED:
            with pytest.raises(QuizError, match=REFUSED[name]):
                read(data, lambda _: None)
            continue
        lost: list[QuizError] = []
        kinds = {item.kind for item in read(data, lost.append)}
        known = {KINDS[word] for word in types if word in KINDS}
        assert kinds == OTHERWISE.get(name, known), name
        missing = {str(error.parameters["kind"]).removesuffix("_question") for error in lost if kind(error)}
        unsaid = {word.removesuffix("_question") for word in types if word in WITHOUT} - missing
        assert unsaid == BESIDE.get(name, set()), name
        assert all(error.place for error in lost), name


def test_what_was_read_is_written_and_read_again_without_a_difference(corpus: Path) -> None:
    for path in sorted((corpus / "quizzes" / FOLDER).iterdir()):
        if path.name in REFUSED:
            continue
        items = tuple(item for item in read(path.read_bytes(), lambda _: None) if item.kind in KINDS.values())
        lost: list[QuizError] = []

        back = read(write(items, lost.append), lost.append)

        assert back == items, path.name
        assert all("other than for this platform" in error.reason for error in lost), path.name
