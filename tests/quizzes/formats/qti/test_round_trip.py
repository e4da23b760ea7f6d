"""Any question, written as QTI and read again, is the question it was."""

import pytest
from hypothesis import given

from quizzes.errors import QuizError
from quizzes.formats.qti import qti21, qti30
from quizzes.vocabulary import Kind
from tests.quizzes.samples import items, sample, steady

VERSIONS = [qti21, qti30]


@pytest.mark.parametrize("version", VERSIONS, ids=["2.1", "3.0"])
@steady
@given(items())
def test_any_question_is_read_back_equal_and_without_a_loss(version, item):
    lost: list[QuizError] = []

    found = version.read(version.write([item], lambda error: None), lost.append)

    assert found == (item,)
    assert lost == []


def test_each_entrance_reads_the_packages_of_the_other():
    questions = tuple(sample(kind, id=kind.value) for kind in Kind)

    assert qti30.read(qti21.write(questions, print), print) == questions
    assert qti21.read(qti30.write(questions, print), print) == questions
