"""Fields of TOML tables and the errors that name their line."""

import pytest

from edu.courseware.course import Audience
from edu.courseware.fields import parse
from edu.courseware.finding import CourseError


def refusal(text, read):
    fields = parse(text, "some.toml")
    with pytest.raises(CourseError) as caught:
        read(fields)
    return caught.value.findings[0]


@pytest.mark.parametrize(
    ("text", "read", "line", "message", "remedy"),
    [
        ("a = 1\n\n", lambda f: f.text("title"), 1, "`title` is missing", 'Write title = "…"'),
        (
            "a = 1\ntitle = 2",
            lambda f: f.text("title"),
            2,
            "`title` is of the wrong kind",
            'Write title = "…"',
        ),
        ('title = " "', lambda f: f.text("title"), 1, "`title` is empty", "Fill it in"),
        ("n = true", lambda f: f.integer("n"), 1, "`n` is of the wrong kind", "Write n = a whole number"),
        ("\nn = 0", lambda f: f.integer("n", at_least=1), 2, "`n` is 0", "It is at least 1"),
        ('s = "A b"', lambda f: f.name("s", "[a-z]+", "ab"), 1, "`s` is 'A b'", "Write it like 'ab'"),
        ('a = "all"', lambda f: f.choice("a", Audience), 1, '`a` is "all"', 'Choose one of "open", "pro"'),
        (
            "l = [1]",
            lambda f: f.texts("l"),
            1,
            "`l` holds something that is not a text",
            'Write l = ["…", "…"]',
        ),
        ("d = 1", lambda f: f.day("d"), 1, "`d` is of the wrong kind", "Write d = 2026-03-02"),
        (
            "t = [1]",
            lambda f: list(f.tables("t")),
            1,
            "`t` holds something that is not a table",
            "Write [[t]] tables",
        ),
    ],
)
def test_a_wrong_field_is_named_with_its_line_and_what_to_write(text, read, line, message, remedy):
    finding = refusal(text, read)

    assert (finding.path, finding.line) == ("some.toml", line)
    assert (finding.message, finding.remedy) == (message, remedy)


def test_an_unknown_field_is_refused_and_the_known_ones_are_told():
    def read(fields):
        fields.text("title")
        fields.close()

    finding = refusal('title = "a"\n\ntitel = "b"\n', read)

    assert (finding.line, finding.message) == (3, "`titel` is not a known field")
    assert finding.remedy == "Correct or remove it. Known here: title"


def test_a_field_in_the_third_table_is_found_there():
    text = '[[notices]]\nslug = "a"\n\n[[notices]]\nslug = "b"\n\n[[notices]]\nslug = 3\n'

    finding = refusal(text, lambda fields: [table.text("slug") for table in fields.tables("notices")])

    assert (finding.line, finding.message) == (8, "`notices[2].slug` is of the wrong kind")


def test_a_missing_field_of_a_table_is_looked_for_at_its_header():
    text = '[[notices]]\nslug = "a"\n\n[[notices]]\ntext = "b"\n'

    finding = refusal(text, lambda f: [(t.text("slug"), t.text("text", "")) for t in f.tables("notices")])

    assert finding.line == 4


def test_an_inline_table_on_a_line_of_its_own_is_found_there():
    text = 'objectives = [\n  { verb = "see" },\n  { text = "more" },\n]\n'

    finding = refusal(text, lambda fields: [table.text("verb") for table in fields.tables("objectives")])

    assert finding.line == 3


@pytest.mark.parametrize(
    ("text", "line"), [('a = "b"\nc = \n', 2), ('a = "open\n', 1), ("a = 1\na = 2\n", 2)]
)
def test_what_is_not_toml_is_refused_with_the_line(text, line):
    with pytest.raises(CourseError) as caught:
        parse(text, "some.toml", first_line=11)

    assert caught.value.findings[0].line == line + 10
