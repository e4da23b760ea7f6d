"""XML elements for feeds and site maps: texts are escaped, and what XML cannot hold is left out."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """A child of that name with its text; a prefix such as `video:` is one that the root declares."""
    node = ElementTree.SubElement(parent, name, {key: _clean(value) for key, value in attributes.items()})
    node.text = _clean(text) or None
    return node


def written(root: Element) -> bytes:
    """The document in UTF-8."""
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def w3c_time(moment: datetime) -> str:
    """A moment as W3C's profile of ISO 8601 writes it, in UTC to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)
