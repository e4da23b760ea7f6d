"""Skeleton: the files of a small course that is whole, with comments that say what each field is for."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from string import Template

from edu.courseware.finding import broken
from edu.courseware.lessons import LANGUAGE, SLUG
from edu.courseware.read import COURSE

MOST_SLUG = 80
_MARK = "~ "
"""Before a line below: a sample, for whoever writes the course to write anew. It is no part of the file."""

_COURSE = Template("""\
# The front of the course. Words after # are for you; nobody else reads them.

# Its address: /courses/$slug. Small letters, digits and hyphens. It never changes.
slug = "$slug"
title = $title
# What it is in one line more; may be left out.
subtitle = ""
# The language its readers get, as a tag: en, es, pt-BR.
language = "$language"
# Only a named clinician's signature makes "reviewed". Until then this is what readers are told.
state = "under construction"
# Two or three sentences: what one learns, and for whom it is.
~ summary = "What this course teaches, and who it is for. Write it anew."
# How sure one can be, in Markdown, with a grade after each claim: [A] several trials, [B] one trial or
# consistent studies, [C] case series, [D] expert practice, [X] evidence against, [G] guideline, [P] accepted
# practice, [?] open question. [@key] cites an entry of references.bib.
honest_summary = \"\"\"
~ Nothing has been written about the evidence yet [?].
\"\"\"

# What stands before everything for health professionals. Nothing here is for them yet; when something is,
# write audience = "pro" in its file.
[gate]
version = "1"
text = "The next part is meant for health professionals who are licensed for it and for students under their \
supervision. I confirm that I am one of them."
confirm = "I confirm"
refuse = "Show me the information for patients instead"

# Notices that readers see beside the course. A changed text gets a new version.
[[notices]]
slug = "general"
title = "Not advice for you"
version = "1"
text = "This site teaches. It is not medical advice for you. If you have a symptom, ask a qualified health \
professional."

# A way through the course for one kind of reader. With certificate = "its title" and pass_mark = 70 those who
# answer so many per cent of its questions rightly, and every critical one, get a certificate of learning.
[[paths]]
slug = "student"
title = "Student"
audience = "open"
modules = ["M1"]
# start = ["L1.1"]    up to six lessons of these modules that are shown first, in this order

# A module that is announced and not written yet:
# [[planned]]
# code = "M2"
# title = "What comes next"
# minutes = 20
# audience = "open"
""")

_MODULE = Template("""\
# A module: a part of the course. Its lessons are the .md files beside this one, in the order of their codes.

# M and a number, its own in the course.
code = "M1"
slug = "first-module"
~ title = "The first module"
# The sum of the minutes of its lessons.
minutes = 5
# "open" for everybody, "pro" for health professionals only.
audience = "open"
language = "$language"
state = "under construction"
~ summary = "What one can do after this module. Write it anew."
# The self-assessment of the whole module: the name of a file in quizzes/, or nothing.
quiz = "$slug-first-module"
# For how many months a review counts.
review_months = 12
""")

_LESSON = Template("""\
+++
# L, the number of its module, and its own number.
code = "L1.1"
slug = "first-lesson"
~ title = "The first lesson"
minutes = 5
audience = "open"
language = "$language"
state = "under construction"
# Who wrote it, as readers are told; may be left out.
author = ""
# The grade tags that stand in the text below, by which lessons can be filtered.
evidence = ["?"]
# What one can do afterwards. bloom: remember, understand, apply, analyse, evaluate or create.
objectives = [
~   { verb = "say", text = "what this course is about", bloom = "remember" },
]
# With a film: video = "V1", and steps = ["V1-c01"] for those of its chapters that the text plays.
+++

~ Write the lesson here, in Markdown: short, plain, one thought to a paragraph.

~ ## A heading

~ A claim carries its grade and its source, such as this one, which is an example [@example2001] [?].

~ ::: caution What must not go wrong
~ A box for what a reader must not overlook. There are emergency, caution, note and open.
:::

~ This leads to a lesson by its code: [the first lesson](lesson:L1.1).
""")

_QUIZ = Template("""\
# A self-assessment. Its name is an address of the whole site, so it begins with that of the course.
id = "$slug-first-module"
~ title = "Self-check: the first module"
audience = "open"
language = "$language"
~ intro = "One question."

[settings]
# "practice" explains after each answer, "test" after all of them.
mode = "practice"
# How many per cent pass.
pass_mark = 70
# How often it may be tried; 0: as often as one likes.
attempts = 0
# 0: no limit.
time_limit_ms = 0
shuffle = true
# Ask as well how sure one is.
certainty = false

[[slots]]
question = "$slug-1"
mark = 1
""")

_QUESTION = Template("""\
# A question. Its id is its own on the whole site, so it begins with the name of the course.
[[questions]]
id = "$slug-1"
# single, multiple, ordering, numeric, hotspot, moment, matching, truefalse, emq, keyfeature and others.
kind = "single"
lesson = "L1.1"
~ stem = "Which of these answers is the right one? (An example: write your own.)"
key = "B"
# With critical = true nobody passes who has it wrong.
critical = false
bloom = "remember"
references = ["example2001"]
# Shown after the answer: why it is right, and why the others are not.
~ why = "B is, since this example says so. A and C are there to choose from."

[questions.options]
~ A = "This one"
~ B = "That one"
~ C = "Another one"
""")

_REFERENCES = """\
% The works that the course rests on, in BibTeX. Texts cite them by their keys.
% note = {verified: where}     every field was seen at that place
% note = {unverified: …}       say what was not seen, and where the rest was
% The entry below is an example and no work: replace it by yours.

~ @misc{example2001, author={Example, A. N.}, title={An example, to be replaced: this is no real work}, \
year={2001}, note={unverified: invented as an example of the format}}
"""

_FILES: Mapping[str, Template] = {
    COURSE: _COURSE,
    "modules/M1/module.toml": _MODULE,
    "modules/M1/L1.1-first-lesson.md": _LESSON,
    "quizzes/$slug-first-module.toml": _QUIZ,
    "questions/$slug-1.toml": _QUESTION,
    "references.bib": Template(_REFERENCES.replace("$", "$$")),
}


def write_skeleton(parent: Path, slug: str, *, title: str = "", language: str = "en") -> tuple[Path, ...]:
    """Write the course into a new folder `slug` of `parent`; gives its files in the order of reading.

    CourseError, with what to do instead, for a name that is no address, an unfit language, and a folder that
    is there already: nothing is ever written over.
    """
    _require_name(slug, language)
    folder = parent / slug
    try:
        folder.mkdir()
    except FileExistsError as error:
        raise broken(slug, 0, "there is something of that name here", "Take another name") from error
    words = {"slug": slug, "language": language, "title": _quoted(title or _title_of(slug))}
    written = []
    for name, text in _FILES.items():
        path = folder / Template(name).substitute(words)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_unmarked(text.substitute(words)), encoding="utf-8")
        written.append(path)
    return tuple(written)


def samples() -> frozenset[str]:
    """The lines of a new course that stand there as samples, without the blanks around them."""
    lines = [line for text in _FILES.values() for line in text.template.splitlines()]
    return frozenset(_unmarked(line).strip() for line in lines if line.startswith(_MARK))


def _unmarked(text: str) -> str:
    return re.sub(f"^{_MARK}", "", text, flags=re.MULTILINE)


def _require_name(slug: str, language: str) -> None:
    if not re.fullmatch(SLUG, slug) or len(slug) > MOST_SLUG:
        remedy = "Write it in small letters, digits and single hyphens, such as back-mice"
        raise broken(slug, 0, "this cannot be the address of a course", remedy)
    if not re.fullmatch(LANGUAGE, language):
        raise broken(slug, 0, f'"{language}" is no language', "Write a tag such as en, es or pt-BR")


def _title_of(slug: str) -> str:
    return slug.replace("-", " ").capitalize()


def _quoted(title: str) -> str:
    """The title on one line, as TOML writes it."""
    return json.dumps(" ".join(title.split()), ensure_ascii=False).replace("\x7f", "\\u007f")
