"""The glossary of a course: each rule, broken once."""

import pytest

from edu.courseware.check import check_course
from edu.courseware.read import read_course

TERMS = """\
[[terms]]
text = "nodule"
misheard = []
meaning = "A small lump."
slug = "nodule"
see = ["fascia"]
names = [
  { text = "lump", reference = "known2001" },
  { text = "bump" },
]

[[terms]]
text = "fascia"
misheard = ["facia"]
meaning = "A sheet."
slug = "fascia"
forms = ["fascial"]
body = \"\"\"
It is known [@known2001].

See [touch](lesson:L1.1) and [[V1-c01]].

::: open
Why? [?]
:::
\"\"\"

[[terms]]
text = "fascial"
misheard = ["facial"]
meaning = ""
"""


@pytest.fixture
def terms(folder):
    folder.write("terms.toml", TERMS)
    return folder


def test_a_sound_glossary_has_no_findings(terms):
    assert check_course(read_course(terms.path)) == ()


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        ('"bump"', '"Fascial"', "duplicate", 12),
        ('"bump"', '"LUMP"', "duplicate", 1),
        ('"bump"', '"?!"', "address", 1),
        ('slug = "fascia"', 'slug = "lump"', "duplicate", 12),
        ('see = ["fascia"]', 'see = ["muscle"]', "unknown-entry", 1),
        ('see = ["fascia"]', 'see = ["nodule"]', "unknown-entry", 1),
        ('reference = "known2001"', 'reference = "gone"', "unknown-reference", 1),
        ("It is known [@known2001]", "It is known [@gone]", "unknown-reference", 19),
        ("lesson:L1.1", "lesson:L9.9", "unknown-lesson", 21),
        ("[[V1-c01]]", "[[V9-c01]]", "unknown-step", 21),
        ("::: open\nWhy? [?]\n:::", "Why? [?]", "open-question", 23),
    ],
)
def test_each_broken_rule_is_found_where_it_is_broken(terms, old, new, rule, line):
    terms.change("terms.toml", old, new)

    found = check_course(read_course(terms.path))

    assert (rule, f"terms.toml:{line}") in {(finding.rule, finding.place) for finding in found}
    assert all(finding.remedy for finding in found)


def test_the_open_glossary_names_nothing_behind_the_gate(terms):
    terms.change("modules/M1/module.toml", 'audience = "open"', 'audience = "pro"')
    terms.change("modules/M1/L1.1-touch.md", 'audience = "open"', 'audience = "pro"')

    found = check_course(read_course(terms.path))

    assert ("gate", "terms.toml:21") in {(finding.rule, finding.place) for finding in found}
