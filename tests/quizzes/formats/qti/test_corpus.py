"""Other people's QTI: every file reads to the kinds that its manifest names, or is refused and told why."""

import csv
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizzes.errors import QuizError, Reason
from quizzes.formats.qti import qti21, qti30
from quizzes.vocabulary import Kind

pytestmark = pytest.mark.corpus

KINDS = {
    "choice": {Kind.SINGLE, Kind.MULTIPLE, Kind.TRUEFALSE},
    "hottext": {Kind.SINGLE, Kind.MULTIPLE},
    "order": {Kind.ORDERING},
    "match": {Kind.MATCHING},
    "associate": {Kind.MATCHING},
    "inlinechoice": {Kind.CLOZE},
    "gapmatch": {Kind.CLOZE},
    "textentry": {Kind.SHORT, Kind.NUMERIC, Kind.CLOZE},
    "slider": {Kind.NUMERIC},
    "selectpoint": {Kind.HOTSPOT},
    "positionobject": {Kind.HOTSPOT},
    "graphicgapmatch": {Kind.DRAGLABELS},
    "package": {Kind.SINGLE, Kind.TRUEFALSE, Kind.MULTIPLE, Kind.SHORT},
}
# interactions that no kind of ours can hold, and what their loss says
NONE_OF_OURS = {"extendedtext", "graphicorder", "graphicassociate", "upload", "media"}
BESIDE = {"endattempt"}  # a button beside the question
# files (by the end of their names) whose question cannot be used though its kind could, and why
EXCEPTIONS = {
    "likert.xml": Reason.MISSING,  # a questionnaire has no right answer
    "e9b8-unattended_luggage_qti3.xml": Reason.MISSING,  # no answer is said to be right
    "choice_multiple_chocolade.xml": Reason.UNKNOWN_OPTION,  # its rules name all choices in one value
    "mc_calc3.xml": Reason.MISSING,  # the key is drawn at random
    "mc_stat2.xml": Reason.MISSING,
    "stat2.xml": Reason.MISSING,
    "template.xml": Reason.MISSING,
    "template_image.xml": Reason.MISSING,
    "feedbackblock_solution_random.xml": Reason.MISSING,
    "feedbackBlock-solution-random.xml": Reason.MISSING,
    "media_coords.xml": Reason.TOO_FEW,  # one label, three times in one place
    "upload_composite.xml": Reason.MISSING,
}
READABLE_ALL_THE_SAME = {"2.2-choice_multiple_chocolade.xml", "adaptive_template.xml"}


def rows(corpus: Path, folder: str) -> Iterator[tuple[Path, set[str]]]:
    with (corpus / "quizzes" / "MANIFEST.csv").open(newline="") as table:
        for row in csv.DictReader(table):
            if row["path"].startswith(f"{folder}/"):
                types = {kind.replace("-", "").lower() for kind in row["types"].split("|") if kind}
                yield corpus / "quizzes" / row["path"], types


@pytest.mark.parametrize(("folder", "count"), [("qti21", 159), ("qti30", 75)])
def test_every_file_reads_to_its_kinds_or_is_refused_with_place_and_reason(corpus, folder, count):
    table = list(rows(corpus, folder))

    wrong = [fault for path, types in table for fault in faults(path, types)]

    assert wrong == []
    assert len(table) == count


def faults(path: Path, types: set[str]) -> Iterator[str]:
    lost: list[QuizError] = []
    try:
        items = qti21.read(path.read_bytes(), lost.append)
    except QuizError as error:
        names_questions = types - {"assessmenttest"} and path.name != "rtest01-fragment.xml"
        if error.code is not Reason.UNREADABLE or names_questions:
            yield f"{path.name}: {error}"
        return
    found = {item.kind for item in items}
    if not found and not lost:
        yield f"{path.name}: nothing, in silence"
    if not found <= set().union(*(KINDS.get(kind, set()) for kind in types)):
        yield f"{path.name}: {found}"
    for kind in types - BESIDE:
        if found & KINDS.get(kind, set()):
            continue
        expected = Reason.UNSUPPORTED_KIND if kind in NONE_OF_OURS else excuse(path)
        if expected not in {error.code for error in lost} or not all(error.place for error in lost):
            yield f"{path.name}: {kind} is neither {KINDS.get(kind)} nor lost as {expected}: {lost}"


def excuse(path: Path) -> Reason | None:
    if path.name in READABLE_ALL_THE_SAME:
        return None
    return next((reason for end, reason in EXCEPTIONS.items() if path.name.endswith(end)), None)


@pytest.mark.parametrize("folder", ["qti21", "qti30"])
def test_what_is_read_is_equal_after_writing_and_reading_it_again(corpus, folder):
    different = []
    for path, _ in rows(corpus, folder):
        try:
            items = qti21.read(path.read_bytes(), lambda error: None)
        except QuizError:
            continue
        for version in (qti21, qti30) if items else ():
            lost: list[QuizError] = []
            if version.read(version.write(items, lambda error: None), lost.append) != items or lost:
                different.append((path.name, version.__name__))

    assert different == []


@pytest.mark.parametrize(
    "name",
    [
        *("xxe_http.qti.xml", "billion_laughs.moodle.xml", "xxe_file.moodle.xml"),
        *("zipslip.qti.zip", "zipabs.qti.zip", "zipmany.qti.zip", "zipbomb.h5p", "ziplink.h5p"),
    ],
)
def test_a_hostile_file_is_refused_within_a_second(corpus, name):
    data = (corpus / "quizzes" / "hostile" / name).read_bytes()
    began = time.process_time()

    with pytest.raises(QuizError) as refusal:
        qti30.read(data, lambda error: None)

    assert refusal.value.code is Reason.HOSTILE
    assert time.process_time() - began < 1


def test_an_inclusion_is_not_followed(corpus):
    lost: list[QuizError] = []

    items = qti21.read((corpus / "quizzes/hostile/xinclude.qti.xml").read_bytes(), lost.append)

    assert items == ()
    assert "an included file" in {error.parameters.get("what") for error in lost}
