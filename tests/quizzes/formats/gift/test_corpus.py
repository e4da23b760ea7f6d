"""GIFT files of other people: the kind and the number of answers of each question."""

import time

import pytest

from quizzes.errors import QuizError
from quizzes.formats.gift import read, write

# file -> what each question is, with the number of its answers; a word is the kind of a loss.
# The verdicts follow Moodle's rules. Where fuhrmanator/GIFT-grammar-PEG.js has a .json of the same text
# beside its file, they are those of the .json; that of Moodle's own file is Moodle's test.
PARSES = {
    "category1.gift": ["not_kept"],
    "descriptionTitleEscapedColon.gift": ["unsupported_kind", "truefalse"],
    "descriptionWithID.gift": ["unsupported_kind", "truefalse"],
    "escapeAll.gift": ["single 7"],
    "escapeEquals.gift": ["single 3"],
    "essay1.gift": ["unsupported_kind"],
    "formatExamples.gift": ["single 2"],
    "markdown.gift": ["unsupported_kind"] * 4,
    "matching1.gift": ["matching 3", "matching 4"],
    "mc1.gift": ["single 3"],
    "mc2.gift": ["single 3"],
    "mc4.gift": ["single 3"],
    "mc5.gift": ["single 3", "single 3", "single 3", "single 4"],
    "mcHTMLComment.gift": ["single 3"],
    "moodle-questions.gift.txt": [
        *["unsupported_kind", "matching 5", "single 3", "multiple 4", "numeric", "short 3", "truefalse"],
        *["truefalse", "truefalse"],
    ],
    "multiLineFeedback1.gift": ["single 3", "single 6"],
    "multipleAnswersFloat.gift": ["multiple 5"],
    "numerical1.gift": ["numeric"] * 10,
    "options1.gift": [
        *["numeric", "short 1", "single 3", "single 3", "short 2", "short 2", "truefalse", "single 3"],
        *["single 4", "short 3", "multiple 4", "multiple 4", "single 3", "single 6"],
    ],
    "shortAnswer1.gift": ["short 2", "short 2"],
    "shortAnswer2.gift": ["short 2", "short 1"],
    "shortAnswerNotMatching.gift": ["single 2", "single 3"],
    "shortFirstEmbeddedUnderlineHTML.gift": ["short 1", "short 1"],
    "tag_id_and_two_tags.gift": ["unsupported_kind"],
    "tag_two_tags.gift": ["unsupported_kind"],
    "tf1.gift": ["truefalse"],
    "tf2.gift": ["truefalse", "truefalse"],
    "totara_moodle_match.gift": ["matching 5"],
    "totara_moodle_multichoice.gift": ["single 3"],
    "totara_moodle_pre_content.gift": ["unsupported_kind"],
    "totara_moodle_shortanswer.gift": ["short 3"],
    "totara_moodle_shortanswer_general_feedback.gift": ["short 3"],
    "totara_moodle_truefalse.gift": ["truefalse"],
    "type_inferred_multiline_markdown.gift": ["short 2"],
}


@pytest.mark.corpus
@pytest.mark.parametrize("name", PARSES)
def test_a_file_reads_as_published_and_goes_round(corpus, name):
    lost: list[QuizError] = []

    items = read((corpus / "quizzes" / "gift" / name).read_bytes(), lost.append)

    losses = [error.code.value for error in lost if error.code == "unsupported_kind" or not items]
    found = [f"{item.kind} {len(item.options) or len(getattr(item.key, 'patterns', ()))}" for item in items]
    assert sorted([*losses, *(text.removesuffix(" 0") for text in found)]) == sorted(PARSES[name])
    assert all(error.place.startswith("line ") for error in lost)
    assert read(write(items, _ignore), _fail) == items


@pytest.mark.corpus
def test_the_table_names_every_file(corpus):
    assert {path.name for path in (corpus / "quizzes" / "gift").iterdir()} == set(PARSES)


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["regex.gift", "unclosed.gift"])
def test_a_hostile_file_gives_nothing_within_a_second(corpus, name):
    lost: list[QuizError] = []
    start = time.process_time()

    assert read((corpus / "quizzes" / "hostile" / name).read_bytes(), lost.append) == ()
    assert time.process_time() - start < 1
    assert lost[0].place.startswith("line 1")


@pytest.mark.corpus
def test_answers_are_those_of_the_published_parses(corpus):
    def read_one(name: str, place: int):
        return read((corpus / "quizzes" / "gift" / name).read_bytes(), _ignore)[place]

    folded = read_one("multiLineFeedback1.gift", 0)
    assert folded.feedback.why == "Global feedback split on multiple lines"
    assert folded.feedback.about("B") == "feedback comment on this wrong answer on multiple lines"
    assert read_one("mc2.gift", 0).stem == "Grant is _____ in Grant's tomb."
    assert read_one("type_inferred_multiline_markdown.gift", 0).stem == "stem line1  \nstem line2"
    said = read_one("escapeAll.gift", 0).feedback.about("G")
    assert said.startswith("Correct! \\ (backslash) is not")
    assert said.endswith("BUT, it is used to escape the control characters.")
    assert dict(read_one("options1.gift", 8).key.weights) == {"B": 0.25, "C": 0.5}
    assert [pattern.fraction for pattern in read_one("options1.gift", 9).key.patterns] == [1, 0.75, 0.25]
    assert read_one("options1.gift", 11).scoring.multiple == "net"
    assert read_one("totara_moodle_match.gift", 0).options[-1].text == "Chat"
    assert read_one("totara_moodle_truefalse.gift", 0).feedback.about("true") == "42 is the Ultimate Answer."
    year = read_one("numerical1.gift", 8).key
    assert (year.value, [(near.value, near.tolerance, near.fraction) for near in year.also]) == (
        1822,
        [(1822, 2, 0.5)],
    )


def _ignore(error: QuizError) -> None:
    """Told elsewhere."""


def _fail(error: QuizError) -> None:
    raise error
