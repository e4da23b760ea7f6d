"""Writing tables."""

from hypothesis import given, settings

from quizzes.errors import QuizError
from quizzes.formats.csv_table import read, write
from quizzes.vocabulary import Kind
from tests.quizzes.samples import items, sample, steady


@settings(steady, max_examples=40)
@given(items())
def test_what_is_written_is_read_again_equal(item):
    assert read(write((item,), _fail), _fail) == (item,)


def test_every_kind_goes_into_one_table():
    every = tuple(sample(kind, id=f"Q{number}") for number, kind in enumerate(Kind))

    assert read(write(every, _fail), _fail) == every


def test_a_row_is_what_a_person_would_fill_in():
    item = sample(Kind.SINGLE, tags=["spine", "pain"], evidence="V1-c05", critical=True, lesson="Finding it")

    assert write((item,), _fail).decode("utf-8-sig").splitlines() == [
        "type,stem,opt_a,opt_b,opt_c,opt_d,key,feedback,video,start,end,tags,id,lesson,critical",
        'single,Which?,alpha,beta,gamma,delta,C,Because.,V1-c05,,,"spine, pain",Q001,Finding it,true',
    ]


def test_more_options_than_letters_stand_in_a_further_column():
    options = {f"O{number}": f"option {number}" for number in range(30)}
    item = sample(Kind.SINGLE, options=options, key="O29")

    assert read(write((item,), _fail), _fail) == (item,)


def _fail(error: QuizError) -> None:
    raise error
