"""Moodle XML files of other people."""

import time
from collections import Counter

import pytest

from quizzes.errors import QuizError, Reason
from quizzes.formats.moodlexml import read, write
from quizzes.formats.xml_tree import attribute, children, parse

# file -> kinds read, and the questions that cannot be: a gap that must stay empty (!!), and a list of words
# that is longer than a question's may be
FILES = {
    "gapfill-el.xml": ({"cloze": 3}, {}),
    "gapfill-en.xml": (
        {"cloze": 22},
        {"questions[6].stem": "not_allowed", "questions[17].options": "too_many"},
    ),
    "gapfill-es.xml": ({"cloze": 2}, {}),
    "gapfill-fixtures.xml": ({"cloze": 20}, {"questions[5].stem": "not_allowed"}),
    "gapfill-fr.xml": ({"cloze": 3}, {}),
    "gapfill-ja.xml": ({"cloze": 3}, {}),
    "multichoice.xml": ({"single": 1}, {}),
}


@pytest.mark.corpus
@pytest.mark.parametrize("name", FILES)
def test_a_file_reads_to_its_kinds_and_goes_round(corpus, name):
    data = (corpus / "quizzes" / "moodlexml" / name).read_bytes()
    lost: list[QuizError] = []

    items = read(data, lost.append)

    kinds, refused = FILES[name]
    assert Counter(item.kind.value for item in items) == kinds
    assert {error.place: error.code.value for error in lost if error.code is not Reason.NOT_KEPT} == refused
    asked = [q for q in children(parse(data), "question") if attribute(q, "type") != "category"]
    assert len(asked) == len(items) + len(refused)
    assert read(write(items, _ignore), _ignore) == items


@pytest.mark.corpus
def test_the_table_names_every_file(corpus):
    assert {path.name for path in (corpus / "quizzes" / "moodlexml").iterdir()} == set(FILES)


@pytest.mark.corpus
def test_each_file_inside_a_question_is_told(corpus):
    lost: list[QuizError] = []

    (item,) = read((corpus / "quizzes" / "moodlexml" / "multichoice.xml").read_bytes(), lost.append)

    told = {str(error.parameters["what"]) for error in lost}
    assert {f"the file flag-{name}.jpg" for name in ("uk", "france", "german", "denmark")} <= told
    assert "the file bonjour.mp3" in told
    assert (item.key.option, item.tags) == ("B", ("Default for testhead/Multichoice",))


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("billion_laughs.moodle.xml", Reason.HOSTILE),
        ("xxe_file.moodle.xml", Reason.HOSTILE),
        ("fraction.moodle.xml", Reason.NOT_ALLOWED),
        ("script.moodle.xml", Reason.NOT_KEPT),
    ],
)
def test_a_hostile_file_is_refused_or_harmless_within_a_second(corpus, name, code):
    found: list[QuizError] = []
    start = time.process_time()

    try:
        items = read((corpus / "quizzes" / "hostile" / name).read_bytes(), found.append)
    except QuizError as error:
        items, found = (), [error]

    assert time.process_time() - start < 1
    assert found[0].code is code
    assert not any("alert" in item.stem or "<" in item.stem for item in items)


def _ignore(error: QuizError) -> None:
    """Told elsewhere."""
