"""Guessing the format of a file of questions: by what it holds, and by its name where that says more."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import PurePath

from quizzes import Format, QuizError
from quizzes.formats.archive import Archive, is_archive

HEAD = 64 * 1024  # bytes that are looked at
MOST_MEMBERS = 8  # XML files of an archive that are looked into
MANIFEST = "imsmanifest.xml"
_BY_ENDING = {
    ".gift": Format.GIFT, ".h5p": Format.H5P, ".csv": Format.CSV, ".toml": Format.TOML,
    ".aiken": Format.AIKEN,
}  # fmt: skip
# In the order in which they are looked for: a question may hold words of any kind.
_IN_XML = (
    (re.compile(rb"<questestinterop\b"), Format.QTI12CANVAS),
    (re.compile(rb"imsqtiasi_v3|<qti-[a-z]"), Format.QTI30),
    (re.compile(rb"imsqti_v2|imsqti_item_xmlv2|imsqti_test_xmlv2|<assessment(?:Item|Test)\b"), Format.QTI21),
    (re.compile(rb"ims_qtiasiv1p2|imsqti_xmlv1p2"), Format.QTI12CANVAS),
    (re.compile(rb"<quiz\b|<question\s+type="), Format.MOODLEXML),
)
_IN_TEXT = (
    (re.compile(rb"^\s*\[\[questions\]\]|^id\s*=\s*[\"']", re.M), Format.TOML),
    (re.compile(rb"^(?:\xef\xbb\xbf)?\"?type\"?[,;\t]\"?stem\"?\b"), Format.CSV),
    (re.compile(rb"^ANSWER:", re.M), Format.AIKEN),
    (re.compile(rb"(?<!\\)\{"), Format.GIFT),
)


def guess(data: bytes, name: str) -> Format | None:
    """The format that a file most likely has; None when it looks like none that is known."""
    if is_archive(data):
        return _in_archive(data)
    head = data[:HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[: len(head) & ~1].decode("utf-16", "replace").encode()
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _match(head, _IN_XML)
    return _BY_ENDING.get(PurePath(name).suffix.lower()) or _match(head, _IN_TEXT)


def _in_archive(data: bytes) -> Format | None:
    """By the files of a zip. One that is not safe is refused when it is read, not here."""
    try:
        archive = Archive(data)
        if "h5p.json" in archive.names:
            return Format.H5P
        documents = [name for name in archive.names if name.lower().endswith((".xml", ".qti"))]
        documents.sort(key=lambda name: PurePath(name).name != MANIFEST)
        found = (_match(archive.read(name)[:HEAD], _IN_XML) for name in islice(documents, MOST_MEMBERS))
        return next((each for each in found if each), None)
    except QuizError:
        return Format.QTI21


def _match(head: bytes, known: tuple[tuple[re.Pattern[bytes], Format], ...]) -> Format | None:
    return next((each for pattern, each in known if pattern.search(head)), None)
