"""H5P's choices: which are right, what is said, what is lost."""

from typing import Any

import pytest

from quizzes.form import plain
from quizzes.vocabulary import Kind, MultipleScoring
from tests.quizzes.formats.h5p.packages import choice, only, unpacked

MULTI, TRUTH = "H5P.MultiChoice", "H5P.TrueFalse"


def test_one_right_answer_makes_a_single_choice() -> None:
    item = only(MULTI, choice(1))

    form = plain(item)
    assert (form["kind"], form["stem"], form["key"]) == ("single", "Which?", "B")
    assert form["options"] == {"A": "one", "B": "two"}


@pytest.mark.parametrize(
    ("behaviour", "scoring"),
    [({}, MultipleScoring.NET), ({"singlePoint": True}, MultipleScoring.ALL)],
)
def test_several_right_answers_make_a_multiple_choice(
    behaviour: dict[str, bool], scoring: MultipleScoring
) -> None:
    answers = [{"text": text, "correct": text != "c"} for text in "abc"]

    item = only(MULTI, {"question": "Which?", "answers": answers, "behaviour": behaviour})

    assert (item.kind, plain(item)["key"], item.scoring.multiple) == (Kind.MULTIPLE, ["A", "B"], scoring)


def test_radio_buttons_with_two_right_answers_accept_either() -> None:
    answers = [{"text": text, "correct": text != "c"} for text in "abc"]

    item = only(MULTI, {"question": "Which?", "answers": answers, "behaviour": {"type": "single"}})

    assert (plain(item)["key"], plain(item)["weights"]) == ("A", {"B": 1})


def test_a_lone_right_answer_behind_boxes_stays_a_multiple_choice() -> None:
    assert only(MULTI, choice(behaviour={"type": "multi"})).kind is Kind.MULTIPLE


def test_feedback_of_a_chosen_answer_is_kept_and_the_rest_is_told() -> None:
    parameters = choice()
    parameters["answers"][1]["tipsAndFeedback"] = {
        "tip": "<p>Think.</p>",
        "chosenFeedback": "<p>No.</p>",
        "notChosenFeedback": "<p>Good.</p>",
    }

    items, lost = unpacked(MULTI, parameters)

    assert items[0].feedback.about("B") == "No."
    assert lost == [
        ": This cannot be kept: the tip of an answer: Think..",
        ": This cannot be kept: the feedback for not choosing of an answer: Good..",
    ]


def test_feedback_for_ranges_of_the_score_says_all_part_and_nothing() -> None:
    ranges = [(0, 0, "None."), (1, 99, "Some."), (100, 100, "All."), (0, 100, "Why."), (0, 100, "@score")]
    said = [{"from": low, "to": high, "feedback": text} for low, high, text in ranges]

    items, lost = unpacked(MULTI, choice(overallFeedback=said))

    said_of = items[0].feedback
    assert (said_of.right, said_of.partly, said_of.wrong, said_of.why) == ("All.", "Some.", "None.", "Why.")
    assert lost == [": This cannot be kept: the feedback with the score: @score."]


def test_other_bounds_and_second_texts_of_a_range_are_told() -> None:
    ranges = [(0, 40, "Low."), (41, 70, "Fair."), (71, 90, "Good."), (91, 100, "All.")]
    said = [{"from": low, "to": high, "feedback": text} for low, high, text in ranges]

    items, lost = unpacked(MULTI, choice(overallFeedback=said))

    assert (items[0].feedback.right, items[0].feedback.partly) == ("All.", "Fair.")
    assert [sentence.removeprefix(": This cannot be kept: ") for sentence in lost] == [
        "the bounds 0 to 40 per cent of a feedback.",
        "the bounds 41 to 70 per cent of a feedback.",
        "the feedback from 71 to 90 per cent: Good..",
        "the bounds 91 to 100 per cent of a feedback.",
    ]


def test_a_picture_above_the_question_leaves_its_description() -> None:
    image = {"library": "H5P.Image 1.1", "params": {"alt": "The back", "file": {"path": "images/b.png"}}}

    items, lost = unpacked(MULTI, choice(media={"type": image}))

    assert items[0].stem == "(The back)\n\nWhich?"
    assert lost == [": This cannot be kept: a medium of H5P.Image 1.1 images/b.png."]


@pytest.mark.parametrize(("word", "key"), [("true", True), ("false", False)])
def test_true_or_false(word: str, key: bool) -> None:
    behaviour = {"feedbackOnCorrect": "Yes.", "feedbackOnWrong": "No."}

    item = only(TRUTH, {"question": "<p>So?</p>", "correct": word, "behaviour": behaviour})

    assert (item.kind, plain(item)["key"]) == (Kind.TRUEFALSE, key)
    assert (item.feedback.right, item.feedback.wrong) == ("Yes.", "No.")


def test_the_first_answer_of_a_single_choice_set_is_the_right_one() -> None:
    choices = [{"question": "One?", "answers": ["a", "b"]}, {"question": "Two?", "answers": ["c", "d", "e"]}]

    items, lost = unpacked("H5P.SingleChoiceSet", {"choices": choices})

    assert [(item.id, item.stem, plain(item)["key"], len(item.options)) for item in items] == [
        ("Q1", "One?", "A", 2),
        ("Q2", "Two?", "A", 3),
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("library", "parameters", "lost"),
    [
        (MULTI, choice(9), "answers: There should be at least 1."),
        (MULTI, {"question": "x", "answers": [7]}, "answers[0]: This should be a table."),
        (MULTI, {"question": 7, "answers": []}, "question: This should be a text."),
        (MULTI, choice() | {"question": ""}, "stem: The field stem is missing."),
        (TRUTH, {"question": "x", "correct": "maybe"}, "correct: maybe is not one of: true, false."),
        (TRUTH, {"question": "x" * 10_001, "correct": "true"}, ": The text is longer than 10000 characters."),
        ("H5P.Essay", {}, ": Questions of the kind H5P.Essay cannot be taken over."),
    ],
)
def test_what_is_no_question_is_lost_with_its_place(
    library: str, parameters: dict[str, Any], lost: str
) -> None:
    assert unpacked(library, parameters) == ((), [lost])
