"""Reading tables field by field."""

import pytest

from quizzes.errors import QuizError, Reason
from quizzes.fields import Fields, read_table, tidy
from quizzes.vocabulary import Kind


def refused(read):
    """The code and place with which reading is refused."""
    with pytest.raises(QuizError) as caught:
        read()
    return caught.value.code, caught.value.place


def test_fields_left_over_are_refused_by_name():
    def read():
        with Fields({"stem": "Which?", "sten": "typo"}) as fields:
            fields.text("stem")

    assert refused(read) == (Reason.UNKNOWN_FIELD, "sten")


def test_an_error_is_not_hidden_by_the_fields_left_over():
    def read():
        with Fields({"id": 3, "stem": "Which?"}) as fields:
            fields.text("id")

    assert refused(read) == (Reason.WRONG_TYPE, "id")


@pytest.mark.parametrize(
    ("table", "read", "code", "place"),
    [
        ({}, lambda fields: fields.text("a"), Reason.MISSING, "a"),
        ({"a": 1}, lambda fields: fields.text("a"), Reason.WRONG_TYPE, "a"),
        ({"a": 1}, lambda fields: fields.flag("a"), Reason.WRONG_TYPE, "a"),
        ({"a": True}, lambda fields: fields.integer("a"), Reason.WRONG_TYPE, "a"),
        ({"a": 1.0}, lambda fields: fields.integer("a"), Reason.WRONG_TYPE, "a"),
        ({"a": 2**54}, lambda fields: fields.integer("a"), Reason.OUT_OF_RANGE, "a"),
        ({"a": False}, lambda fields: fields.number("a"), Reason.WRONG_TYPE, "a"),
        ({"a": float("inf")}, lambda fields: fields.number("a"), Reason.WRONG_TYPE, "a"),
        ({"a": "cloudy"}, lambda fields: fields.word("a", Kind), Reason.NOT_ONE_OF, "a"),
        ({}, lambda fields: fields.word("a", Kind), Reason.MISSING, "a"),
        ({"a": "B"}, lambda fields: fields.texts("a"), Reason.WRONG_TYPE, "a"),
        ({"a": ["B", 1]}, lambda fields: fields.texts("a"), Reason.WRONG_TYPE, "a[1]"),
        ({"a": ["B"] * 101}, lambda fields: fields.texts("a"), Reason.TOO_MANY, "a"),
        ({"a": [[1, "2"]]}, lambda fields: fields.points("a"), Reason.WRONG_TYPE, "a[0][1]"),
        ({"a": []}, lambda fields: fields.table("a"), Reason.WRONG_TYPE, "a"),
        ({"a": {"B": 1}}, lambda fields: fields.table_of_texts("a"), Reason.WRONG_TYPE, "a.B"),
        ({"a": {"B": "1"}}, lambda fields: fields.table_of_numbers("a"), Reason.WRONG_TYPE, "a.B"),
        ({"a": [1]}, lambda fields: fields.each("a", lambda one: one.text("b")), Reason.WRONG_TYPE, "a[0]"),
        ({"a": [{}]}, lambda fields: fields.each("a", lambda one: one.text("b")), Reason.MISSING, "a[0].b"),
    ],
)
def test_a_field_of_the_wrong_kind_is_refused_with_its_place(table, read, code, place):
    assert refused(lambda: read(Fields(table))) == (code, place)


def test_a_default_stands_in_for_a_missing_field():
    fields = Fields({})

    assert (fields.text("a", "x"), fields.flag("b", True), fields.number("c", 1.5)) == ("x", True, 1.5)
    assert (fields.integer("d", 3), fields.texts("e", ()), fields.word("f", Kind, Kind.EMQ)) == (3, (), "emq")


def test_a_table_is_read_whole():
    assert read_table({"b": "x"}, lambda fields: fields.text("b"), "a") == "x"
    assert refused(lambda: read_table({"b": "x", "c": 1}, lambda fields: fields.text("b"), "a")) == (
        Reason.UNKNOWN_FIELD,
        "a.c",
    )


@pytest.mark.parametrize(("value", "written"), [(6.0, "6"), (0.1, "0.1"), (-2.0, "-2"), (1e300, "1e+300")])
def test_numbers_are_written_as_an_author_would(value, written):
    assert repr(tidy(value)) == written
