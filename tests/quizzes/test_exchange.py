"""Files of items, in and out."""

import pytest

from quizzes import Kind, QuizError, Reason, read, write
from quizzes.toml import dump
from tests.quizzes.formats.canvas import asking
from tests.quizzes.formats.h5p import packages
from tests.quizzes.formats.qti import files
from tests.quizzes.samples import sample, sample_form

ALL = [sample(kind, id=f"Q{number}") for number, kind in enumerate(Kind)]


def test_what_is_written_is_read_again_without_loss():
    imported = read(write(ALL, "toml"), "toml")

    assert (imported.items, imported.losses) == (tuple(ALL), ())


def test_a_kind_we_lack_is_a_loss_and_the_rest_is_still_read():
    forms = [sample_form(Kind.SINGLE), {"id": "Q9", "kind": "essay", "stem": "Why?"}]

    imported = read(dump({"questions": forms}), "toml")

    assert [item.id for item in imported.items] == ["Q001"]
    (loss,) = imported.losses
    assert (loss.place, loss.code, loss.parameters["value"]) == (
        "questions[1].kind",
        Reason.NOT_ONE_OF,
        "essay",
    )
    assert loss.reason.startswith("essay is not one of: single")


@pytest.mark.parametrize(
    "data", [b"\xff", b"", b"a = 1", dump({"questions": [{"id": "Q9", "kind": "essay"}]})]
)
def test_a_file_that_gives_nothing_is_refused(data):
    with pytest.raises(QuizError):
        read(data, "toml")


def test_a_quiz_of_nothing_but_bad_questions_names_the_first_of_them():
    document = {"id": "a", "title": "A", "questions": [sample_form(Kind.SINGLE, key="E")]}

    with pytest.raises(QuizError) as caught:
        read(dump(document), "toml")
    assert caught.value.place == "questions[0].key"


def test_a_format_that_nobody_knows_is_refused():
    with pytest.raises(QuizError) as caught:
        read(b"", "docx")
    assert caught.value.code is Reason.UNKNOWN_FORMAT
    with pytest.raises(QuizError):
        write(ALL, "docx")


MOODLE = b"""<quiz><question type="multichoice"><name><text>Kept one</text></name><single>true</single>
<questiontext format="html"><text>&lt;b&gt;Which&lt;/b&gt;?</text></questiontext>
<answer fraction="100"><text>This</text></answer><answer fraction="0"><text>That</text></answer></question>
<question type="multichoice"><name><text>No key</text></name><single>true</single>
<questiontext format="html"><text>Which?</text></questiontext>
<answer fraction="50"><text>This</text></answer><answer fraction="0"><text>That</text></answer></question>
</quiz>"""
GIFT = b"::Kept one::[html]<b>Which</b>?{=this ~that}\n\n::Torn::Which? {=this ~that\n"
CSV = b"question,option a,option b,correct,points\nWhich?,this,that,A,3\nTorn,this,that,Z,1\n"
AIKEN = b"Which?\nA. this\nB. that\nANSWER: A\n\nTorn\nA. this\nB. that\nANSWER: Z\n"


@pytest.mark.parametrize(
    ("data", "format_", "name", "partly"),
    [
        (MOODLE, "moodlexml", "No key", [("Kept-one", "Kept one")]),
        (GIFT, "gift", "Torn", [("Kept-one", "Kept one")]),
        (CSV, "csv", "Torn", [("", "")]),
        (AIKEN, "aiken", "Torn", []),
    ],
)
def test_a_loss_says_whose_it_is_and_whether_the_question_is_left_out(data, format_, name, partly):
    imported = read(data, format_)

    (whole,) = [loss for loss in imported.losses if loss.is_left_out]
    parts = [loss for loss in imported.losses if not loss.is_left_out]
    assert (whole.question, whole.item) == (name, "")
    assert sorted({(loss.item, loss.question) for loss in parts}) == partly
    assert {loss.item for loss in parts} - {""} <= {item.id for item in imported.items}


def canvas() -> bytes:
    """A question with formatting, and one whose right answer is none."""
    two = asking.chooser(a="this", b="that")
    kept = asking.question(
        "multiple_choice_question", two, asking.rule(asking.equal("a"), "100"), stem="<b>Which</b>?"
    )
    torn = asking.question("multiple_choice_question", two, asking.rule(asking.equal("a"), "0"), ident="q2")
    return f"<questestinterop><section>{kept}{torn}</section></questestinterop>".encode()


def h5p() -> bytes:
    """A question with formatting, and one without a right answer."""
    kept = packages.inside("H5P.TrueFalse", {"question": "<b>So?</b>", "correct": "true"})
    torn = packages.inside("H5P.MultiChoice", packages.choice(9))
    return packages.package("H5P.QuestionSet", {"questions": [kept, torn]})


def qti() -> bytes:
    """A question with formatting, and one of a kind that we lack."""
    kept = files.item_xml("<p><b>Which</b>?</p>" + files.choice({"A": "a", "B": "b"}), files.response("B"))
    torn = files.item_xml("<p>Draw.</p><drawingInteraction responseIdentifier='R'/>").replace(
        b"Which?", b"Torn"
    )
    return files.zipped({"a.xml": kept, "b.xml": torn.replace(b'"q1"', b'"q2"')})


@pytest.mark.parametrize(
    ("data", "format_", "name", "kept"),
    [(canvas(), "qti12canvas", "Question", "q1"), (h5p(), "h5p", "", "Q1"), (qti(), "qti21", "Torn", "q1")],
    ids=["canvas", "h5p", "qti"],
)
def test_a_loss_of_a_package_says_so_as_well(data, format_, name, kept):
    imported = read(data, format_)

    assert [item.id for item in imported.items] == [kept]
    assert [loss.question for loss in imported.losses if loss.is_left_out] == [name]
    assert kept in {loss.item for loss in imported.losses if not loss.is_left_out}


def test_a_loss_of_our_own_documents_is_always_a_whole_question():
    forms = [sample_form(Kind.SINGLE), {"id": "Q9", "kind": "essay", "stem": "Why?"}]

    assert [loss.is_left_out for loss in read(dump({"questions": forms}), "toml").losses] == [True]
