"""H5P's texts with gaps."""

from quizzes.form import plain
from tests.quizzes.formats.h5p.packages import only, unpacked

EXACT = {"caseSensitive": False}


def test_blanks_accept_what_stands_between_slashes_and_tips_become_hints() -> None:
    item = only(
        "H5P.Blanks",
        {
            "text": "<p>Fill in.</p>",
            "questions": ["<p>The *crest/iliac crest:A bone* is **2** cm wide.</p>", "<p>*1\\/2*</p>"],
            "behaviour": EXACT,
        },
    )

    form = plain(item)
    assert form["stem"] == "Fill in.\n\nThe [[g1]] is *2* cm wide.\n\n[[g2]]"
    assert form["key"] == [
        {"gap": "g1", "answers": [{"text": "crest"}, {"text": "iliac crest"}]},
        {"gap": "g2", "answers": [{"text": "1/2"}]},
    ]
    assert form["hints"] == ["1. A bone"]


def test_ways_of_comparing_that_we_lack_are_told() -> None:
    _, lost = unpacked("H5P.Blanks", {"questions": ["*a*"], "behaviour": {"acceptSpellingErrors": True}})

    assert lost == [
        ": This cannot be kept: the difference between capital and small letters.",
        ": This cannot be kept: answers with small mistakes in spelling.",
    ]


def test_words_to_drag_are_offered_in_every_gap_with_the_distractors() -> None:
    item = only(
        "H5P.DragText",
        {
            "taskDescription": "<p>Drag.</p>",
            "textField": "A *crest:bone* here,\na *node* there.",
            "distractors": "*nerve*",
        },
    )

    form = plain(item)
    assert form["stem"] == "Drag.\n\nA [[g1]] here,\na [[g2]] there."
    assert form["gaps"][1]["options"] == {"A": "crest", "B": "node", "C": "nerve"}
    assert form["key"] == [{"gap": "g1", "options": {"A": 1}}, {"gap": "g2", "options": {"B": 1}}]


def test_feedback_for_a_wrong_word_is_kept_and_that_for_a_right_one_told() -> None:
    items, lost = unpacked("H5P.DragText", {"textField": "*one\\+Yes. \\-No. :tip* *two*"})

    assert items[0].feedback.about("g1") == "No."
    assert items[0].hints == ("1. tip",)
    assert lost == [": This cannot be kept: the feedback for a right word: Yes.."]


def test_more_tips_than_an_item_has_hints_are_told() -> None:
    text = " ".join(f"*{number}:tip {number}*" for number in range(11))

    items, lost = unpacked("H5P.Blanks", {"questions": [text], "behaviour": EXACT})

    assert len(items[0].hints) == 10
    assert lost == [": This cannot be kept: the tip 11. tip 10."]


def test_a_text_without_gaps_and_one_with_too_many_are_lost() -> None:
    words = " ".join(f"*{number}*" for number in range(101))

    assert unpacked("H5P.Blanks", {"questions": ["None."], "behaviour": EXACT})[0] == ()
    assert unpacked("H5P.Blanks", {"questions": [words], "behaviour": EXACT})[0] == ()
