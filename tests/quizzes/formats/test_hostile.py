"""Hostile files: each is refused or lost within a second of processor time, all within 200 MB."""

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

SECONDS = 1.0
MEGABYTES = 200
# Runs in a process of its own: a limit that is passed must not take the other tests along.
CHILD = """
import json, resource, sys, time
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from quizzes.errors import QuizError
from quizzes.formats import canvas, h5p, xml_tree

def verdict(path):
    lost = []
    try:
        if path.name.endswith(".h5p"):
            return len(h5p.read(path.read_bytes(), lost.append)), [error.code for error in lost]
        if path.name.endswith(".moodle.xml"):
            return xml_tree.parse(path.read_bytes()).tag, []
        return len(canvas.read(path.read_bytes(), lost.append)), [error.code for error in lost]
    except QuizError as error:
        return "refused", [error.code]

def largest():
    line = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024

for name in sys.argv[1:]:
    start = time.process_time()
    what, codes = verdict(Path(name))
    seconds = time.process_time() - start
    print(json.dumps([Path(name).name, what, sorted(set(codes)), seconds, largest()]))
"""


def judged(paths: list[Path]) -> dict[str, tuple[object, list[str]]]:
    """What each file came to, once it is sure that none took too much."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *map(str, paths)],
        capture_output=True,
        text=True,
        timeout=90,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row[0], row[3], row[4]) for row in rows if row[3] > SECONDS or row[4] > MEGABYTES] == []
    return {row[0]: (row[1], row[2]) for row in rows}


def item(words: bytes) -> bytes:
    inside = b'<material><mattext texttype="text/html">' + words + b"</mattext></material>"
    question = b'<item ident="a"><presentation>' + inside + b"</presentation></item>"
    return b"<questestinterop>" + question + b"</questestinterop>"


def stored(content: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("h5p.json", '{"mainLibrary": "H5P.QuestionSet"}')
        archive.writestr("content/content.json", content)
    return target.getvalue()


MADE = {
    "levels.xml": (item(b"<a>" * 20_000 + b"</a>" * 20_000), ("refused", ["hostile"])),
    "levels.h5p": (stored(b"[" * 20_000), ("refused", ["hostile"])),
    "markup.xml": (item(b"&lt;a>" * 250_000), ("refused", ["hostile"])),
    "tags.xml": (item(b"&lt;a>" * 150_000), (0, ["too_long"])),
    "nested.xml": (
        b"<questestinterop>" + b"<item>" * 98 + b"<b/>" * 150_000 + b"</item>" * 98 + b"</questestinterop>",
        (0, ["unsupported_kind"]),
    ),
    "lists.h5p": (stored(b'{"questions": [' + b"[]," * 1_300_000 + b"[]]}"), (0, ["too_many"])),
}


def test_files_made_to_take_long_are_refused_within_a_second(tmp_path: Path) -> None:
    for name, (data, _) in MADE.items():
        (tmp_path / name).write_bytes(data)

    found = judged([tmp_path / name for name in MADE])

    assert found == {name: verdict for name, (_, verdict) in MADE.items()}


CORPUS = {
    "billion_laughs.moodle.xml": ("refused", ["hostile"]),
    "xxe_file.moodle.xml": ("refused", ["hostile"]),
    "xxe_http.qti.xml": ("refused", ["hostile"]),
    "xinclude.qti.xml": ("refused", ["unreadable"]),  # it is QTI 2.1
    "zipslip.qti.zip": ("refused", ["hostile"]),
    "zipabs.qti.zip": ("refused", ["hostile"]),
    "zipmany.qti.zip": ("refused", ["hostile"]),
    "ziplink.h5p": ("refused", ["hostile"]),
    "zipbomb.h5p": ("refused", ["hostile"]),
    "svg.h5p": (0, ["missing", "not_kept"]),
    "lib_js.h5p": (0, ["not_kept", "unsupported_kind"]),
}


def test_the_hostile_files_of_the_corpus_get_their_verdict(corpus: Path) -> None:
    folder = corpus / "quizzes" / "hostile"

    assert judged([folder / name for name in CORPUS]) == CORPUS
