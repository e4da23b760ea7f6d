"""The page of a key: what a correction would change, correcting it, and what it was before."""

from __future__ import annotations

import re

import pytest

from edu.runtime import Runtime
from tests.learners import ORDER, WRONG_KEY, Cohort, add_learners, publish_bank
from tests.quizzing import MULTIPLE, NUMERIC, TRUEFALSE

PAGE = "/studio/questions/S-wrong/key"
MATCHING = """
[[questions]]
id = "S-match"
kind = "matching"
stem = "What is what?"
left = {L1 = "one", L2 = "two"}
right = {R1 = "due", R2 = "uno"}
key = {L1 = "R2", L2 = "R1"}
why = "Italian."
"""
GIVEN = {
    "control": "one", "version": "1", "expected": "0", "right": "A", "why": "It is the neck.",
    "reason": "Misread the book",
}  # fmt: skip


@pytest.fixture(autouse=True)
def taken(runtime: Runtime) -> None:
    """Twelve learners answered the question with the wrong key: A six times, B four times, C twice."""
    chosen, now = iter("AAAAAABBBBCC"), runtime.clock.now()
    with runtime.db.writing() as session:
        quiz = publish_bank(session, now, document=WRONG_KEY)
        add_learners(session, quiz, now, Cohort(12), lambda *_: next(chosen))


def look(person, **changes):
    """Ask what the key in the form would change."""
    return person.submit(PAGE, {**GIVEN, "do": "look", **changes})


def confirm(person, page: str, **changes):
    """Correct the key as it was looked at."""
    found = re.search(r'name="seen" value="(\w*)"', page)
    seen = found[1] if found else ""
    return person.submit(PAGE, {**GIVEN, "do": "correct", "seen": seen, **changes})


def test_the_page_shows_the_key_and_its_form(administrator):
    page = administrator.get(PAGE).text

    assert "12 closed answers are marked by it." in page
    assert 'name="right" type="radio" value="B" checked' in page
    assert "Show what this changes" in page
    assert "Correct the key and mark anew" not in page


def test_what_a_correction_changes_is_told_before_anything_is_changed(administrator):
    page = look(administrator).text

    assert "<strong>6</strong> would get more marks" in page
    assert "<strong>4</strong> would get fewer marks" in page
    assert "<strong>2</strong> would stay as they are" in page
    assert 'name="may_lower"' in page
    assert "Misread the book" in page
    assert 'value="B" checked' in administrator.get(PAGE).text


def test_a_key_is_corrected_as_it_was_looked_at_and_its_history_kept(administrator):
    answer = confirm(administrator, look(administrator).text)

    assert answer.location == f"{PAGE}?version=1"
    page = administrator.get(answer.location).text
    assert "The key is corrected. 12 answers were marked anew." in page
    assert 'value="A" checked' in page
    assert "Misread the book" in page
    assert "What it was before" in page
    assert "as it was written" in page


@pytest.mark.parametrize(("form", "having"), [({}, 10), ({"may_lower": "1"}, 6)])
def test_nobody_loses_a_mark_unless_it_is_ticked(administrator, form, having):
    confirm(administrator, look(administrator).text, **form)

    # C would take the mark of everybody who has one now
    page = look(administrator, right="C", expected="1").text

    assert f"<strong>{having}</strong> would get fewer marks" in page


def test_another_key_than_the_one_looked_at_is_looked_at_first(administrator):
    answer = confirm(administrator, look(administrator).text, right="C")

    assert answer.status_code == 200
    assert "<strong>2</strong> would get more marks" in answer.text
    assert 'value="B" checked' in administrator.get(PAGE).text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": ""}, "Please fill this in"),
        ({"right": "Z"}, "Z is not an option of this question"),
        ({"why": ""}, "Please fill this in"),
        ({"control": "truth"}, "does not fit the question"),
        ({"control": "made up"}, "does not fit the question"),
    ],
)
def test_a_wrong_form_is_refused_and_what_was_typed_stays(administrator, changes, words):
    page = look(administrator, **{name: value for name, value in changes.items() if name != "reason"})

    answer = confirm(administrator, page.text, **changes)

    assert (answer.status_code, page.status_code) == (422, 200 if "reason" in changes else 422)
    assert words in answer.text
    assert 'value="B" checked' in administrator.get(PAGE).text


def test_a_key_that_was_corrected_meanwhile_is_shown_anew(administrator):
    page = look(administrator).text
    confirm(administrator, page)

    answer = confirm(administrator, page)

    assert answer.status_code == 409
    assert "corrected this key meanwhile" in answer.text
    assert 'name="expected" value="1"' in answer.text


@pytest.mark.parametrize(
    ("document", "uid", "form", "words"),
    [
        (MULTIPLE, "T-multiple", {"control": "several", "right": ["A", "B"]}, "The belt"),
        (TRUEFALSE, "T-true", {"control": "truth", "truth": "false"}, 'value="false" checked'),
        (
            NUMERIC + 'why = "So deep."\n',
            "T-number",
            {"control": "number", "number": "25", "tolerance": "2", "tolerance_kind": "relative"},
            "25 mm",
        ),
        (ORDER, "S-order", {"control": "order", "place-A": "1", "place-B": "2", "place-C": "3"}, "Feel"),
        (MATCHING, "S-match", {"control": "document", "document": 'key = {L1 = "R1", L2 = "R2"}'}, "R1"),
    ],
    ids=["multiple", "truefalse", "numeric", "ordering", "matching"],
)
def test_each_kind_has_a_form_for_its_key(administrator, runtime, document, uid, form, words):
    with runtime.db.writing() as session:
        publish_bank(session, runtime.clock.now(), document=document)
    path = f"/studio/questions/{uid}/key"
    form = {"version": "1", "expected": "0", "why": "Better.", "reason": "Found wrong", **form}
    assert f'name="control" value="{form["control"]}"' in administrator.get(path).text

    looked = administrator.submit(path, {**form, "do": "look"}).text
    assert "No mark that was given would change." in looked
    seen = re.search(r'name="seen" value="(\w*)"', looked)[1]
    answer = administrator.submit(path, {**form, "do": "correct", "seen": seen})

    assert answer.status_code == 303
    page = administrator.get(path).text
    assert words in page
    assert "Found wrong" in page


SAID = WRONG_KEY.replace("S-wrong", "S-said").replace(
    'key = "B"', 'key = "B"\nweights = {C = 0.5}\nfeedback = {B = "Yes, there.", C = "Nearly."}'
)


def test_words_that_contradict_the_new_key_are_told_and_can_be_changed_with_it(administrator, runtime):
    with runtime.db.writing() as session:
        publish_bank(session, runtime.clock.now(), document=SAID)
    path = "/studio/questions/S-said/key"
    form = {**GIVEN, "right": "C", "said-B": "Yes, there.", "said-C": "Nearly."}

    shown = administrator.get(path).text
    doubted = administrator.submit(path, {**form, "do": "look"}).text
    form |= {"said-B": "No, above it.", "said-C": "Yes, at the knee."}
    looked = administrator.submit(path, {**form, "do": "look"}).text
    seen = re.search(r'name="seen" value="(\w*)"', looked)[1]
    administrator.submit(path, {**form, "do": "correct", "seen": seen})

    assert "These words were written for the old key" not in shown + looked
    assert doubted.count("These words were written for the old key. Do they still fit?") == 2
    assert "What is said to those who answered B, C was written for the old key." in doubted
    corrected = administrator.get(path).text
    assert re.findall(r'name="said-(\w)"[^>]*>\s*([^<]*)</textarea>', corrected) == [
        ("A", ""), ("B", "No, above it."), ("C", "Yes, at the knee."), ("D", ""),
    ]  # fmt: skip


def test_the_key_that_counts_now_names_what_is_worth_a_part(administrator, runtime):
    with runtime.db.writing() as session:
        publish_bank(session, runtime.clock.now(), document=SAID)

    page = administrator.get("/studio/questions/S-said/key").text

    now = page[page.index("The key that counts now") : page.index("closed answer")]
    assert re.search(r"At the waist.*At the knee\s*<span[^>]*>worth 50 % of the mark", now, re.S)


def test_words_about_single_answers_are_shown_beside_a_key_that_has_no_options(administrator, runtime):
    document = MATCHING.replace('why = "Italian."', 'why = "Italian."\nfeedback = {L1 = "One is uno."}')
    with runtime.db.writing() as session:
        publish_bank(session, runtime.clock.now(), document=document)

    page = administrator.get("/studio/questions/S-match/key").text

    assert "One is uno." in page
    assert "Write a new version" in page


def test_an_older_wording_says_that_another_is_asked_now(administrator, runtime):
    with runtime.db.writing() as session:
        publish_bank(session, runtime.clock.now(), document=WRONG_KEY.replace("Where is", "Where lies"))

    assert "Version 2 is asked now" in administrator.get(f"{PAGE}?version=1").text
    assert "Version 2 is asked now" not in administrator.get(PAGE).text


@pytest.mark.parametrize("path", ["S-none/key", "S-wrong/key?version=9", "S-wrong/key?version=x"])
def test_what_is_not_there_is_not_found(administrator, path):
    assert administrator.get(f"/studio/questions/{path}").status_code == 404


def test_a_key_is_its_makers_to_see_and_to_correct(instructor, learner):
    for person in (instructor, learner):
        assert person.get(PAGE).status_code == 403
        assert look(person).status_code == 403
        assert person.submit(PAGE, {**GIVEN, "do": "correct", "seen": ""}).status_code == 403
