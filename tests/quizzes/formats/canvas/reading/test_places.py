"""Pairs, blanks and drop-down lists from Canvas: questions with several places to answer."""

from quizzes.form import plain
from quizzes.vocabulary import Kind
from tests.quizzes.formats.canvas.asking import asked, equal, only, place, question, rule

STEM = "<p>Roses are [color1], violets [color2], not [color1] or [x].</p>"


def test_left_sides_are_matched_with_all_right_sides() -> None:
    item = only(
        question(
            "matching_question",
            place("1", "one", u="uno", d="due") + place("2", "two", u="uno", d="due", t="tre"),
            rule(equal("u", "response_1"), "50", action="Add"),
            rule(f"<not>{equal('d', 'response_2')}</not>", link="two"),
            rule(equal("d", "response_2"), "50", action="Add"),
            two="Not two.",
            **{"1_fb": "Not one."},
        )
    )

    form = plain(item)
    assert form["left"] == {"1": "one", "2": "two"}
    assert form["right"] == {"u": "uno", "d": "due", "t": "tre"}
    assert form["key"] == {"1": "u", "2": "d"}
    assert form["feedback"] == {"1": "Not one.", "2": "Not two."}


def test_an_empty_row_of_pairs_is_left_out_and_told() -> None:
    rows = place("1", "one", u="uno", d="due", e="") + place("2", "", u="uno", d="due", e="")
    rules = [rule(equal("u", "response_1"), "50"), rule(equal("e", "response_2"), "50")]

    items, lost = asked(question("matching_question", rows, *rules))

    assert plain(items[0])["key"] == {"1": "u"}
    assert lost == ["q1: This cannot be kept: a side of a pair without words."]


def test_blanks_accept_every_label_and_stand_in_the_text_once() -> None:
    item = only(
        question(
            "fill_in_multiple_blanks_question",
            place("color1", "color1", a="red", b="Red*") + place("color2", "color2", c="blue"),
            rule(equal("a", "response_color1"), "50", action="Add"),
            rule(equal("c", "response_color2"), "50", action="Add"),
            stem=STEM,
        )
    )

    form = plain(item)
    assert form["stem"] == "Roses are [[color1]], violets [[color2]], not [color1] or [x]."
    assert form["key"] == [
        {"gap": "color1", "answers": [{"text": "red"}, {"text": "Red\\*"}]},
        {"gap": "color2", "answers": [{"text": "blue"}]},
    ]


def test_lists_keep_their_options_their_feedback_and_their_weight() -> None:
    item = only(
        question(
            "multiple_dropdowns_question",
            place("color1", "color1", a="red", b="plaid") + place("color2", "color2", a="blue", b="green"),
            rule(equal("b", "response_color1"), link="plaid"),
            rule(equal("a", "response_color1"), "25", action="Add"),
            rule(equal("a", "response_color2"), "75", action="Add"),
            rule(equal("b", "response_color2"), "37.5", action="Add"),
            stem=STEM,
            plaid="Plaid is none.",
        )
    )

    form = plain(item)
    assert form["gaps"][0] == {"id": "color1", "kind": "choice", "options": {"a": "red", "b": "plaid"}}
    assert form["key"] == [
        {"gap": "color1", "options": {"a": 1}},
        {"gap": "color2", "weight": 3, "options": {"a": 1, "b": 0.5}},
    ]
    assert form["feedback"] == {"color1.b": "Plaid is none."}


def test_names_that_cannot_be_kept_are_counted() -> None:
    names = ["the first place of all", "b"]
    places = "".join(place(name, name, a="x", b="y") for name in names)
    rules = [rule(equal("a", f"response_{name}"), "50") for name in names]

    item = only(
        question("multiple_dropdowns_question", places, *rules, stem="[the first place of all] and [b]")
    )

    assert item.stem == "[[g1]] and [[g2]]"


def compared(algorithm: str, words: str) -> str:
    found = place("a", "a", x=words)
    return found.replace('ident="x"', f'ident="x" scoring_algorithm="{algorithm}"')


def test_the_ways_to_compare_of_new_quizzes_are_kept_where_they_can_be() -> None:
    def read(algorithm: str, words: str) -> tuple[str, list[str]]:
        items, lost = asked(
            question("fill_in_multiple_blanks_question", compared(algorithm, words), stem="It is [a].")
        )
        return (plain(items[0])["key"][0]["answers"][0]["text"] if items else "", lost)

    assert read("TextEquivalence", "red") == ("red", [])
    assert read("TextContainsAnswer", "red") == ("*red*", [])
    assert read("TextRegex", "^red$") == ("red", [])
    assert read("TextCloseEnough", "red")[1] == [
        "q1: This cannot be kept: answers with small mistakes in spelling."
    ]
    assert read("TextRegex", "^(red|blue)+$") == (
        "",
        ["q1.response_label: the expression ^(red|blue)+$ is not allowed here."],
    )


def test_a_question_without_a_type_is_told_by_its_shape() -> None:
    spelt = place("a", "a", x="red", y="Red")
    offered = place("a", "a", x="red", y="blue")
    right = rule(equal("x", "response_a"), "100")

    def kind(places: str, stem: str) -> tuple[Kind, tuple[str, ...]]:
        item = only(question("", places, right, stem=stem))
        return item.kind, tuple(gap.kind.value for gap in item.gaps)

    assert kind(spelt, "It is [a].") == (Kind.CLOZE, ("short",))
    assert kind(offered, "It is [a].") == (Kind.CLOZE, ("choice",))
    assert kind(offered, "Match.") == (Kind.MATCHING, ())
