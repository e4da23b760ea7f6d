"""library.toml in and out."""

import pytest

from edu.courseware.check import check_course
from edu.courseware.finding import CourseError
from edu.courseware.library.judgements import (
    from_plain,
    judgement_text,
    judgements_text,
    plain,
    read_judgements,
)
from edu.courseware.read import read_course
from edu.courseware.reference import Design, Direction, Judgement
from edu.courseware.write import text_files

WHOLE = Judgement(
    "known2001", Design.CASE_SERIES, Direction.SUPPORTS, "Ten people [C].", "A. Known", ("mouse", "Maus")
)


def test_what_is_written_is_read_as_the_same(folder):
    folder.write("library.toml", judgements_text([Judgement("silent"), WHOLE]))

    assert read_judgements(folder.path, []) == (WHOLE,)
    assert text_files(read_course(folder.path))["library.toml"] == folder.text("library.toml")
    assert from_plain("known2001", plain(WHOLE)) == WHOLE
    assert plain(Judgement("silent")) == {}


def test_where_nothing_is_judged_there_is_no_file(folder):
    assert "library.toml" not in text_files(read_course(folder.path))
    assert judgement_text(Judgement("silent")) == ""
    assert from_plain("silent", {"words": " of something else "}) == Judgement("silent")


@pytest.mark.parametrize(
    ("text", "line", "message", "remedy"),
    [
        (
            '[[entries]]\nkey = "known2001"\ndesign = "guess"',
            3,
            'is "guess"',
            'Choose one of "trial", "review"',
        ),
        ('[[entries]]\nkey = "known2001"\ndirection = "up"', 3, 'is "up"', 'Choose one of "supports"'),
        ('[[entries]]\nkey = "known2001"\nsumary = "x"', 3, "not a known field", "Correct or remove it"),
        ('[[entries]]\ndesign = "trial"', 1, "is missing", 'Write key = "…"'),
        ('[[entries]]\nkey = "a"\n[[entries]]\nkey = "a"', 4, "a stands here twice", "Make one of the two"),
    ],
)
def test_a_broken_file_is_refused_with_line_and_remedy(folder, text, line, message, remedy):
    folder.write("library.toml", text)

    with pytest.raises(CourseError) as caught:
        read_course(folder.path)

    (finding,) = caught.value.findings
    assert (finding.path, finding.line) == ("library.toml", line)
    assert message in finding.message
    assert finding.remedy.startswith(remedy)


@pytest.mark.parametrize(
    ("entry", "rule"),
    [
        ('key = "nobody1900"\ndesign = "trial"', "unknown-reference"),
        ('key = "known2001"\nsummary = "As [@nobody1900] says [C]."', "unknown-reference"),
        ('key = "known2001"\nsummary = "Perhaps [?]."', "open-question"),
    ],
)
def test_what_is_not_there_and_what_is_open_are_findings(folder, entry, rule):
    folder.write("library.toml", f"[[entries]]\n{entry}\n")

    (finding,) = check_course(read_course(folder.path))

    assert (finding.path, finding.line, finding.rule) == ("library.toml", 2, rule)


@pytest.mark.parametrize(
    ("entry", "rule", "message"),
    [
        ("@misc{b, title={T}, doi={doi.org/10.1/x}}", "identifier", "b: the DOI"),
        ("@misc{b, title={T}, pmid={12 34}}", "identifier", "b: the PMID"),
        ("@misc{b, title={T}, url={example.org}}", "identifier", "b: the address"),
        ("@misc{timeline, title={T}}", "duplicate", 'the key "timeline"'),
        ("@misc{b, title={T}, pmid={7}}\n@misc{c, title={U}, pmid={7}}", "duplicate", "c has the PMID of b"),
    ],
)
def test_entries_that_cannot_be_looked_up_are_findings_with_their_line(folder, entry, rule, message):
    folder.write("references.bib", folder.text("references.bib") + entry + "\n")

    (finding,) = check_course(read_course(folder.path))

    assert (finding.path, finding.rule) == ("references.bib", rule)
    assert finding.line == 2 + entry.count("\n")
    assert finding.message.startswith(message)
