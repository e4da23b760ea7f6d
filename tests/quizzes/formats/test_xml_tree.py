"""XML from strangers: what is refused, what is found."""

import pytest

from quizzes.errors import QuizError, Reason
from quizzes.formats import xml_tree

XML = b"""<?xml version="1.0"?>
<a xmlns="urn:x" xmlns:y="urn:y"><b y:kind="new" id="1">one <y:i>two</y:i> &amp; three</b><b/><c/></a>"""


@pytest.mark.parametrize(
    ("data", "code", "place"),
    [
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', Reason.HOSTILE, ""),
        (b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', Reason.HOSTILE, ""),
        (b"<a>" * 20_000 + b"</a>" * 20_000, Reason.HOSTILE, ""),
        (b"<a>" + b"<b/>" * 200_000 + b"</a>", Reason.HOSTILE, ""),
        (b"<a>" + b"&lt;" * 200_001 + b"</a>", Reason.HOSTILE, ""),
        (b"<a><![CDATA[" + b"<" * 200_001 + b"]]></a>", Reason.HOSTILE, ""),
        (b" " * (20 * 1024 * 1024 + 1), Reason.TOO_LARGE, ""),
        (b"<a>\n<b>\n</a>", Reason.UNREADABLE, "line 3"),
        (b"", Reason.UNREADABLE, "line 1"),
        (b"<a>&nothing;</a>", Reason.UNREADABLE, "line 1"),
        (b'<?xml version="1.0" encoding="x-unheard-of"?><a/>', Reason.UNREADABLE, ""),
    ],
    ids=["bomb", "dtd", "deep", "many", "markup", "data", "large", "torn", "empty", "entity", "encoding"],
)
def test_a_hostile_or_broken_document_is_refused_with_its_line(data: bytes, code: Reason, place: str) -> None:
    with pytest.raises(QuizError) as refused:
        xml_tree.parse(data)

    assert (refused.value.code, refused.value.place) == (code, place)


def test_a_hundred_levels_may_be_nested() -> None:
    assert xml_tree.parse(b"<a>" * 100 + b"</a>" * 100).tag == "a"


def test_an_include_stays_an_element() -> None:
    root = xml_tree.parse(
        b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd"/></a>'
    )

    assert [xml_tree.name_of(child) for child in root] == ["include"]
    assert xml_tree.text_of(root) == ""


def test_names_are_found_without_their_namespace() -> None:
    root = xml_tree.parse(XML)
    first = xml_tree.child(root, "b", "c")

    assert first is not None
    assert xml_tree.name_of(root) == "a"
    assert [xml_tree.name_of(each) for each in xml_tree.children(root)] == ["b", "b", "c"]
    assert [xml_tree.name_of(each) for each in xml_tree.descendants(root, "i", "c")] == ["i", "c"]
    assert xml_tree.descendant(root, "z") is None
    assert (xml_tree.attribute(first, "kind"), xml_tree.attribute(first, "none", "-")) == ("new", "-")


def test_the_outermost_elements_of_a_name_hold_the_others() -> None:
    root = xml_tree.parse(b"<a><x><b id='1'><b id='2'/></b></x><c id='3'/><b id='4'/></a>")

    found = xml_tree.outermost(root, "b", "c")

    assert [xml_tree.attribute(each, "id") for each in found] == ["1", "3", "4"]


def test_the_text_and_the_markup_of_an_element_keep_their_order() -> None:
    first = xml_tree.child(xml_tree.parse(XML), "b")

    assert first is not None
    assert xml_tree.text_of(first) == "one two & three"
    assert xml_tree.markup(first) == "one <i>two</i> &amp; three"
    assert xml_tree.text_of(None) == ""
