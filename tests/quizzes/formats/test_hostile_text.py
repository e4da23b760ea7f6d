"""Hostile files of text, and of Moodle's: each is read or refused within a second and 200 MB."""

import json
import subprocess
import sys
from pathlib import Path

SECONDS = 1.0
MEGABYTES = 200
SIZE = 4 * 1024 * 1024 - 1000  # bytes: nearly as much as these formats may have
# Runs in a process of its own: a limit that is passed must not take the other tests along.
CHILD = """
import json, resource, sys, time
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
import quizzes
for name in ("gift", "csv", "aiken", "toml", "moodlexml"):
    try:
        quizzes.read(b"", name)  # loads what reads it
    except quizzes.QuizError:
        pass

def verdict(path):
    try:
        return len(quizzes.read(path.read_bytes(), path.suffix[1:]).items)
    except quizzes.QuizError as error:
        return error.code

def largest():
    line = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024

for name in sys.argv[1:]:
    start = time.process_time()
    what = verdict(Path(name))
    print(json.dumps([Path(name).name, what, time.process_time() - start, largest()]))
"""


def filled(part: str) -> str:
    return part * (SIZE // len(part))


def moodle(text: str, kind: str = "shortanswer", more: str = "") -> str:
    inside = f'<questiontext format="html"><text>{text}</text></questiontext>{more}'
    answer = '<answer fraction="100"><text>a</text></answer>'
    return f'<quiz><question type="{kind}">{inside}{answer}</question></quiz>'


MADE: dict[str, tuple[str, object]] = {
    "answers.gift": ("::a::x {" + filled("~a") + "}", "hostile"),
    "options.gift": ("::a::x {" + "~a" * 300 + "}", "too_many"),
    "numbers.gift": ("::a::x {#" + filled("=1") + "}", "hostile"),
    "markup.gift": ("::a::[html]" + filled("<b>") + "{=a ~b}", "hostile"),
    "tags.gift": ("::a::[html]" + "<b>" * 20_000 + "{=a ~b}", "hostile"),
    "spread.gift": ("::a::[html]x{=" + "<b>" * 9_900 + "a ~b}\n\n", 1),
    "links.gift": ("::a::[markdown]" + filled("[") + " {=a ~b}", "too_long"),
    "lines.gift": ("::a::[markdown]" + filled("\\n") + "#{=a ~b}", 1),
    "blanks.gift": ("::a::x" + filled(" ") + "y{=a ~b}", "too_long"),
    "escapes.gift": ("::a::x" + filled("\\~") + "{=a ~b}", "too_long"),
    "title.gift": ("::" + filled("ab") + "::x {=a ~b}", "too_long"),
    "labels.gift": ("// " + filled("[tag:a]") + "\n::a::x {=a ~b}", "too_many"),
    "open.gift": ("// " + filled("[id:") + "\n::a::x {=a ~b}", 1),
    "many.gift": ("::a::x {=a ~b}\n\n" * 90_000, "too_many"),
    "facts.gift": ("".join(f"// edu:tags=[{n}\n" for n in range(190_000)) + "::a::x {=a ~b}", "hostile"),
    "lines.aiken": (filled("a\n"), "hostile"),
    "choice.aiken": ("Q\nA. x\n" + filled("a line of the choice\n") + "ANSWER: A\n", "too_long"),
    "letters.aiken": ("Q\n" + filled("A. one of the choices\n") + "ANSWER: A\n", "duplicate"),
    "many.aiken": ("What is it?\nA. one\nB. two\nANSWER: A\n\n" * 30_000, "too_many"),
    "columns.csv": (filled("a,"), "too_many"),
    "cells.csv": ("stem,key\nSo?,true" + filled(",a") + "\n", 1),
    "rows.csv": ("stem,key\n" + "So?,true\n" * 190_000, "too_many"),
    "many.toml": ('[[questions]]\nid="a"\n' * 150_000, "too_many"),
    "keys.toml": ("".join(f"a{n}=1\n" for n in range(300_000)), "hostile"),
    "values.toml": ("questions=[" + filled("1,") + "]", "hostile"),
    "parts.toml": (("a." * 30 + "a=1\n") * 50_000, "hostile"),
    "lines.toml": (filled("#\n"), "hostile"),
    "markup.moodlexml": (moodle("<![CDATA[" + "<p>a " * 190_000 + "]]>"), "too_long"),
    "tags.moodlexml": (moodle("<![CDATA[" + "<b>" * 20_000 + "]]>"), "hostile"),
    "long.moodlexml": (moodle("word " * 3_000_000), "too_long"),
    "gaps.moodlexml": (moodle("{1:SHORTANSWER:=a}" * 200_000, "cloze"), "too_many"),
    "pairs.moodlexml": (moodle("x", "matching", "<subquestion><text>a</text></subquestion>" * 80_000),
                        "too_many"),
    "order.moodlexml": (moodle("x", "ordering", "<answer><text>a</text></answer>" * 80_000), "too_many"),
    "hints.moodlexml": (moodle("x", more="<hint><text>a</text></hint>" * 20_000), 1),
}  # fmt: skip


def test_files_made_to_take_long_are_read_or_refused_within_a_second(tmp_path: Path) -> None:
    for name, (text, _) in MADE.items():
        (tmp_path / name).write_text(text)

    done = subprocess.run(
        [sys.executable, "-c", CHILD, *(str(tmp_path / name) for name in MADE)],
        capture_output=True,
        text=True,
        timeout=90,
        check=True,
        cwd=Path(__file__).parents[3],
    )

    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row for row in rows if row[2] > SECONDS or row[3] > MEGABYTES] == []
    assert {row[0]: row[1] for row in rows} == {name: verdict for name, (_, verdict) in MADE.items()}
