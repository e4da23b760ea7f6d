"""XML: told element by element, and what is hostile refused."""

import pytest

from captions.errors import CaptionError, ErrorCode
from captions.findings import DropCode, Findings, RepairCode
from captions.formats.ttml import xml


class Log:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def opened(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.told.append(f"{line}<{name} {attributes}")

    def closed(self, name: str) -> None:
        self.told.append(f"{name}>")

    def text(self, text: str) -> None:
        self.told.append(text)


def walk(document: str) -> tuple[list[str], Findings]:
    log, findings = Log(), Findings()
    xml.walk(document, log, findings)
    return log.told, findings


def test_names_lose_their_prefix_even_one_that_is_not_declared() -> None:
    told, findings = walk(
        '\n<?xml version="1.0" encoding="UTF-16"?>\n<tt:tt>\n<tt:p tts:fill="red" begin="1s">é</tt:p></tt:tt>'
    )

    assert told == ["3<tt {}", "\n", "4<p {'fill': 'red', 'begin': '1s'}", "é", "p>", "tt>"]
    assert findings == Findings()


def test_ampersands_and_entities_of_html_are_mended_and_said_once() -> None:
    told, findings = walk("<tt>\nA&B &nbsp;&eacute; &amp; &#65; &lt; &bogus; &amp</tt>")

    assert "".join(told[1:-1]) == "\nA&B \xa0é & A < &bogus; &amp"
    assert [(repair.line, repair.code, repair.before) for repair in findings.repairs] == [
        (2, RepairCode.MARKUP, "&")
    ]


HOSTILE = [
    ('<!DOCTYPE tt [<!ENTITY a "aaaa">]>\n<tt>&a;</tt>', ErrorCode.XML_DOCTYPE, 1),
    ('<!DOCTYPE tt SYSTEM "file:///etc/passwd"><tt/>', ErrorCode.XML_DOCTYPE, 1),
    ("<tt>\n" + "<span>" * 65, ErrorCode.XML_DEPTH, 2),
    ("\n\n< tt", ErrorCode.XML, 3),
    ("<tt>" + "<a/>" * 500_000, ErrorCode.XML_ELEMENTS, None),
]


@pytest.mark.parametrize(("document", "code", "line"), HOSTILE, ids=lambda value: str(value)[:20])
def test_what_is_hostile_or_no_xml_is_refused_with_its_line(
    document: str, code: ErrorCode, line: int | None
) -> None:
    with pytest.raises(CaptionError) as refused:
        walk(document)

    assert (refused.value.code, refused.value.line) == (code, line)


def test_a_document_that_breaks_off_is_told_up_to_there() -> None:
    told, findings = walk("<tt><p>a</p>\n<p>b</tt>")

    assert told[:4] == ["1<tt {}", "1<p {}", "a", "p>"]
    assert told[-2:] == ["p>", "tt>"]
    assert [(loss.line, loss.code) for loss in findings.dropped] == [(2, DropCode.BROKEN)]


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    assert walk("<tt>a\x01b</tt>")[0][1] == "a\ufffdb"
