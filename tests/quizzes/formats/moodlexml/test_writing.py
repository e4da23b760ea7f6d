"""Writing Moodle XML."""

from hypothesis import given, settings

from quizzes.errors import QuizError, Reason
from quizzes.formats.moodlexml import read, write
from quizzes.formats.weighted import GRADES
from quizzes.formats.xml_tree import attribute, children, descendants, name_of, parse
from quizzes.vocabulary import Kind
from tests.quizzes.samples import items, sample, steady

LACKING = frozenset({Kind.MOMENT, Kind.INTERVAL, Kind.CONCORDANCE})
KINDS = tuple(kind for kind in Kind if kind not in LACKING)


@settings(steady, max_examples=40)
@given(items(*KINDS))
def test_what_is_written_is_read_again_equal(item):
    told: list[QuizError] = []

    assert read(write((item,), told.append), _ignore) == (item,)
    assert not any("wording" in error.reason for error in told)


def test_all_kinds_go_into_one_file_and_those_that_moodle_lacks_are_told():
    every = tuple(sample(kind, id=f"Q{number}") for number, kind in enumerate(Kind))
    told: list[QuizError] = []

    written = write(every, told.append)

    assert read(written, _ignore) == tuple(item for item in every if item.kind not in LACKING)
    lacking = {error.parameters["kind"] for error in told if error.code is Reason.UNSUPPORTED_KIND}
    assert lacking == set(LACKING)


def test_a_question_has_the_structure_of_moodles_own():
    root = parse(write((sample(Kind.MULTIPLE, tags=["spine"], hints=["Look"]),), _ignore))
    (question,) = children(root, "question")

    assert [name_of(part) for part in question] == [
        *["name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "hidden", "idnumber"],
        *["correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"],
        *[
            "single",
            "shuffleanswers",
            "answernumbering",
            "answer",
            "answer",
            "answer",
            "answer",
            "hint",
            "tags",
        ],
    ]
    assert all(name_of(part[0]) == "text" for part in question if attribute(part, "format"))


def test_fractions_are_grades_that_moodle_allows_and_rounding_is_told():
    item = sample(Kind.MULTIPLE, scoring="weights", key=["A", "B"], weights={"A": 0.37, "B": 0.63})
    told: list[QuizError] = []

    written = write((item,), told.append)

    fractions = [float(attribute(a, "fraction")) / 100 for a in descendants(parse(written), "answer")]
    assert all(any(abs(fraction - grade) < 1e-5 for grade in GRADES) for fraction in fractions)
    assert [error.code for error in told] == [Reason.NOT_KEPT]
    assert read(written, _ignore) == (item,)


def test_gaps_are_written_in_moodles_codes():
    written = write((sample(Kind.CLOZE),), _ignore).decode()

    assert (
        "<p>Press {1:MULTICHOICE:%25%hard~=lightly} over the {1:SHORTANSWER:=*crest~%50%bone},"
        " up to {2:NUMERICAL:=2:0.5}.</p>"
    ) in written


def test_a_cut_off_tag_costs_that_fact_only():
    written = write((sample(Kind.SINGLE, evidence="V1-c05", references=["R1", "R2"]),), _ignore).decode()
    told: list[QuizError] = []

    (item,) = read(written.replace('"R2"]', '"R').encode(), told.append)

    assert (item.evidence, item.references) == ("V1-c05", ())
    assert [error.parameters["what"] for error in told] == ['edu:references=["R1","R']


def _ignore(error: QuizError) -> None:
    """Told elsewhere."""
