"""The page of a quiz's statistics: in plain words, drawn, and as a table to take along."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable

import pytest

from edu.models import Question, Quiz
from edu.runtime import Runtime
from tests.learners import BANK, FOUR, WRONG_KEY, Cohort, add_learners, publish_bank
from tests.people import Person

PAGE = "/studio/quizzes/bank/statistics"


@pytest.fixture
def taken(runtime: Runtime) -> Callable[..., None]:
    """Publishes the bank, or its next edition, and lets so many take it."""

    def take(learners: int, *, seed: int = 1, **settings: object) -> None:
        now = runtime.clock.now()
        with runtime.db.writing() as session:
            quiz = publish_bank(session, now, **settings)
            if learners:
                add_learners(session, quiz, now, Cohort(learners, seed=seed))

    return take


def test_after_two_hundred_learners_the_wrong_key_is_named_with_what_to_do(administrator, taken):
    taken(200)

    page = administrator.get(PAGE).text

    assert "First tries of 200 learners." in page
    assert "The key is probably wrong: those who chose “At the waist”, which counts as right" in page
    assert "/studio/questions/S-wrong/key?version=1" in page
    assert re.search(r"About \d of 10 got this right\.", page)
    assert "Reliability (KR-20)" in page
    assert "Likely range:" in page


def test_each_drawing_has_a_name_and_a_table_that_says_the_same(administrator, taken):
    taken(120)

    page = administrator.get(PAGE).text

    for name in ("histogram-words", "scatter-words"):
        assert f'role="img" aria-labelledby="{name}"' in page
        assert f'<figcaption id="{name}">' in page
    assert page.count('class="stat-point') == 6
    assert "The same as a table" in page
    counts = re.findall(r"per cent|<td class=\"stat-number\">(\d+)</td></tr>", page)
    assert sum(int(count) for count in counts if count) == 120
    assert 'class="stat-mark"' in page


@pytest.mark.parametrize(
    ("learners", "said", "unsaid"),
    [
        (0, "Nobody has handed in a first try yet", "One by one"),
        (3, "3 learners have handed in a first try.", "One by one"),
        (9, "Too few learners yet", "One by one"),
        (20, "Few learners", "Reliability"),
        (50, "take what is marked as a hint", "is-firm"),
    ],
)
def test_few_learners_are_told_to_be_few(administrator, taken, learners, said, unsaid):
    taken(learners)

    page = administrator.get(PAGE).text

    assert said in page
    assert unsaid not in page


def test_an_edition_is_chosen_and_taken_along(administrator, taken):
    taken(40)
    taken(30, seed=2, document=BANK.replace("Where is", "Where lies"), pass_mark=70)

    both, second = administrator.get(PAGE).text, administrator.get(f"{PAGE}?edition=2").text

    assert '<option value="2">Edition 2 (30 learners)</option>' in both
    assert "older wording" in both
    assert '<option value="2" selected>' in second
    assert "First tries of 30 learners." in second
    assert "statistics.csv?edition=2" in second


def test_the_table_is_a_file_of_its_own(administrator, taken):
    taken(30)

    answer = administrator.get("/studio/quizzes/bank/statistics.csv")

    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="bank-statistics.csv"'
    assert answer.text.splitlines()[0].startswith("\ufeffrecord,position,question")
    assert "'=2+2" in answer.text


@pytest.mark.parametrize(
    "path", ["nothing/statistics", "bank/statistics?edition=7", "bank/statistics?edition=x"]
)
def test_what_is_not_there_is_not_found(administrator, taken, path):
    taken(0)

    assert administrator.get(f"/studio/quizzes/{path}").status_code == 404


def test_only_its_maker_and_administrators_read_the_statistics_of_a_quiz(
    instructor: Person, learner: Person, runtime: Runtime, taken
):
    taken(0)
    for person in (instructor, learner):
        assert person.get(PAGE).status_code == 403
        assert person.get(f"{PAGE}.csv").status_code == 403

    with runtime.db.writing() as session:
        publish_bank(session, runtime.clock.now()).owner_id = instructor.user_id

    assert instructor.get(PAGE).status_code == 200


def test_the_key_of_a_question_is_offered_to_those_who_may_correct_it(
    instructor: Person, runtime: Runtime, taken
):
    taken(10)
    with runtime.db.writing() as session:
        session.query(Quiz).one().owner_id = instructor.user_id
        session.query(Question).filter_by(uid="S-wrong").one().owner_id = instructor.user_id

    page = instructor.get(PAGE).text

    assert set(re.findall(r"/studio/questions/([^/]+)/key", page)) == {"S-wrong"}
    assert page.count("Only the maker of this question or an administrator can correct its key.") == 5


# -- few learners, and numbers that must not contradict each other -------------------------------------------

GAPS = """
[[questions]]
id = "S-gaps"
kind = "cloze"
stem = "Press [[g1]] over the [[g2]] of the hip."
why = "So it is felt."
gaps = [{id = "g1", kind = "short"}, {id = "g2", kind = "short"}]
key = [{gap = "g1", answers = [{text = "gently"}]}, {gap = "g2", answers = [{text = "crest"}]}]
"""


@pytest.fixture
def chosen(runtime: Runtime) -> Callable[..., None]:
    """Publishes a document and lets a learner after the other choose what is said, question by question."""

    def choose(document: str, learners: int, answers: str) -> None:
        now, given = runtime.clock.now(), iter(answers)
        with runtime.db.writing() as session:
            quiz = publish_bank(session, now, document=document)
            add_learners(session, quiz, now, Cohort(learners), lambda *_: next(given, None))

    return choose


def test_a_large_count_hidden_beside_a_small_one_is_never_said_to_be_small(administrator, chosen):
    chosen(WRONG_KEY, 11, "CCCCCCCCCAA")  # the key is B

    page = administrator.get(PAGE).text
    table = administrator.get(f"{PAGE}.csv").text

    cells = dict(re.findall(r'option-id">(\w)</span>.*?<td class="stat-number">([^<]*)</td>', page, re.S))
    assert cells == {"A": "not shown", "B": "0", "C": "not shown", "D": "0"}
    assert ">1 to 4<" not in page
    assert "or is a larger number that would give such a small one away" in page
    counts = [(row["option"], row["count"]) for row in csv.DictReader(io.StringIO(table.lstrip("\ufeff")))]
    assert counts[2:] == [("A", ""), ("B", "0"), ("C", ""), ("D", "0")]


def test_passes_are_the_real_count_and_correlations_wait_for_thirty(administrator, chosen):
    chosen(WRONG_KEY, 11, "BBBBBBAAAAA")

    page = administrator.get(PAGE).text
    table = administrator.get(f"{PAGE}.csv").text

    assert "<strong>6 of 11</strong>" in page
    assert "5 of 10" not in page.replace("About 5 of 10", "")
    assert "Correlation" not in page
    assert {row["pointbiserial"] for row in csv.DictReader(io.StringIO(table.lstrip("\ufeff")))} == {""}


def test_the_more_learners_a_bar_holds_the_higher_it_is(administrator, chosen):
    three = "".join(
        f'[[questions]]\nid = "S-{n}"\nkind = "single"\nstem = "Question {n}"\nkey = "A"\n{FOUR}\n'
        for n in range(3)
    )
    chosen(three, 11, "BBB" * 5 + "AAB" * 3 + "AAA" * 3)  # 0, 67 and 100 %: the last two are one bar

    page = administrator.get(PAGE).text

    drawn = r'class="stat-bar" x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="([\d.]+)"/>\s*<text[^>]*>(\d+)<'
    bars = {int(count): (float(width), float(height)) for width, height, count in re.findall(drawn, page)}
    assert bars[6][0] > bars[5][0]
    assert bars[6][1] / bars[5][1] == pytest.approx(6 / 5, abs=0.01)
    ends = re.findall(r'class="stat-tick"[^>]*>(\d+)<', page)
    assert ends == ["0", "10", "20", "30", "40", "50", "60", "100"]


def test_what_nobody_answered_is_not_called_hard_and_gaps_are_points(administrator, chosen):
    chosen(GAPS, 11, "")

    page = administrator.get(PAGE).text

    assert "Press … over the … of the hip." in page
    assert "[[g1]]" not in page
    assert "Nobody answered it." in page
    assert "11 learners were asked." in page
    for word in ("very hard", "Nobody got this right", "whether the key is"):
        assert word not in page
