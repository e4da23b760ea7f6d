"""Reading tables: columns, separators, encodings, kinds."""

import time

import pytest

from quizzes.errors import QuizError, Reason
from quizzes.form import plain
from quizzes.formats.csv_table import read, write

HEAD = "type,stem,opt_a,opt_b,opt_c,key,feedback,video,start,end,tags"


def one(row: str, head: str = HEAD) -> dict[str, object]:
    """The document form of the only row."""
    (item,) = read(f"{head}\n{row}\n".encode(), _fail)
    return plain(item)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            'single,Which?,x,y,,B,Because.,V1-c05,,,"spine, pain"',
            {"key": "B", "why": "Because.", "evidence": "V1-c05"},
        ),
        ('single,Which?,x,y,,"B,A=0.5",,,,,', {"key": "B", "weights": {"A": 0.5}}),
        ('multiple,Which?,x,y,z,"A,C",,,,,', {"kind": "multiple", "key": ["A", "C"]}),
        ('multiple,Which?,x,y,z,"A=0.5,C=0.5",,,,,', {"scoring": "weights"}),
        (",Which?,x,y,z,A C,,,,,", {"kind": "multiple", "key": ["A", "C"]}),
        ("choice,Which?,x,,z,C,,,,,", {"kind": "single", "options": {"A": "x", "C": "z"}, "key": "C"}),
        ("true/false,So?,,,,TRUE,,,,,", {"kind": "truefalse", "key": True}),
        ("numeric,Much?,,,,40 ± 2 mg,,,,,", {"key": 40, "tolerance": 2, "unit": "mg"}),
        (
            'short,Who?,bone,*crest,,"A,B=0.5",,,,,',
            {"key": [{"text": "bone"}, {"text": "*crest", "fraction": 0.5}]},
        ),
        ("short,Who?,bone,crest,,,,,,,", {"key": [{"text": "bone"}, {"text": "crest"}]}),
        ('ordering,Order!,x,y,z,"C,A,B",,,,,', {"key": ["C", "A", "B"]}),
        ("matching,Match!,a -> x,b -> y,-> z,,,,,,", {"key": {"L1": "R1", "L2": "R2"}}),
        ("moment,When?,,,,,,V1,0:36,0:46,", {"video": "V1", "key": {"start_ms": 36_000, "end_ms": 46_000}}),
    ],
)
def test_every_kind_that_a_row_can_say_is_read(row, expected):
    found = one(row)

    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_separator_and_encoding_are_found_out(separator, encoding):
    lines = [["Question", "A", "B", "Answer"], ["Où?", "“ici”", "là", "A"]]
    text = "\r\n".join(separator.join(cells) for cells in lines)

    (item,) = read(text.encode(encoding), _fail)

    assert (item.stem, item.options[0].text) == ("Où?", "“ici”")


def test_a_line_that_tells_the_separator_is_heard():
    (item,) = read(b"sep=|\nstem|key\n\nSo?|true", _fail)

    assert item.stem == "So?"


def test_further_columns_are_fields_of_our_documents():
    head = "id,stem,key,critical,references,hints,evidence"

    found = one('Q7,So?,true,yes,"R1, R2",look closer,V1-c05', head)

    expected = {"id": "Q7", "critical": True, "references": ["R1", "R2"], "hints": ["look closer"]}
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("row", "place", "code"),
    [
        ("essay,Write!,,,,,,,,,", "line 2.type", Reason.UNSUPPORTED_KIND),
        ("single,,x,y,,A,,,,,", "line 2.stem", Reason.MISSING),
        ("single,Which?,x,y,,C,,,,,", "line 2.key", Reason.UNKNOWN_OPTION),
        ("matching,Match!,a,b,,,,,,,", "line 2.options", Reason.UNREADABLE),
        ("moment,When?,,,,,,V1,soon,0:46,", "line 2", Reason.WRONG_TYPE),
        ("truefalse,So?,,,,maybe,,,,,", "line 2.key", Reason.WRONG_TYPE),
        ("cloze,Press [[a]],,,,,,,,,", "line 2.gaps", Reason.MISSING),
    ],
)
def test_a_row_that_cannot_be_used_is_told_and_the_next_is_read(row, place, code):
    lost: list[QuizError] = []

    items = read(f"{HEAD}\n{row}\ntruefalse,So?,,,,true,,,,,\n".encode(), lost.append)

    assert len(items) == 1
    assert [(error.place, error.code) for error in lost] == [(place, code)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("stem,key,colour\nSo?,true,red", "column colour"),
        ("stem,key\nSo?,true,more", "cells beyond the last column"),
        ("stem,key,video,start,end\nSo?,true,V1-c05,0:10,0:20", "start and end"),
        ("stem,key,video\nSo?,true,film.mp4", "video film.mp4"),
        ("stem,key,limit\nSo?,true,[", "["),
    ],
)
def test_cells_that_cannot_be_kept_are_told(text, told):
    lost: list[QuizError] = []

    assert len(read(text.encode(), lost.append)) == 1
    assert told in str(lost[0].parameters["what"])


@pytest.mark.parametrize("text", ["", "\n\n", "key,opt_a\nA,x", "stem,stem\na,b"])
def test_a_file_without_a_column_for_the_question_is_refused(text):
    with pytest.raises(QuizError):
        read(text.encode(), _fail)


def test_an_open_quotation_mark_ends_the_reading_with_its_line():
    lost: list[QuizError] = []

    items = read(b'stem,key\nSo?,true\n"open,true\n', lost.append)

    assert len(items) == 1
    assert [(error.place, error.code) for error in lost] == [("line 3", Reason.UNREADABLE)]


@pytest.mark.parametrize(
    "text",
    [
        "stem,type,key\nSo?,numeric,1" + " " * 100_000 + "x",
        "stem,key\n" + "So?,A=\n" * 4_000,
        "stem,key\nSo?," + "A," * 50_000,
        'stem,key\nSo?,"' + '""' * 60_000 + '"',
        "stem,type,key,edu:options\nSo?,single,A," + "[" * 100_000,
    ],
    ids=range(5),
)
def test_hostile_tables_are_refused_within_a_second(text):
    lost: list[QuizError] = []
    start = time.process_time()

    items = read(text.encode(), lost.append)

    assert time.process_time() - start < 1
    assert (items, bool(lost)) == ((), True)


@pytest.mark.corpus
def test_a_table_full_of_formulas_is_read_and_written_harmless(corpus):
    items = read((corpus / "quizzes" / "hostile" / "formula.csv").read_bytes(), _fail)

    written = write(items, _fail).decode("utf-8-sig")
    assert (items[0].stem, items[0].options[0].text) == ('=HYPERLINK("http://127.0.0.1")', "+1")
    assert '"\'=HYPERLINK(""http://127.0.0.1"")",\'+1,\'@x' in written
    assert read(written.encode(), _fail) == items


def _fail(error: QuizError) -> None:
    raise error
