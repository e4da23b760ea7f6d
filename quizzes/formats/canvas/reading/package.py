"""The question files of a zip that Canvas exported, or the one file that was sent bare."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from quizzes.errors import QuizError, Reason, refusal, within
from quizzes.formats.archive import Archive, is_archive
from quizzes.formats.prose import Lost
from quizzes.formats.xml_tree import name_of, parse

ROOT = "questestinterop"
MANIFEST = "imsmanifest.xml"
SETTINGS = "assessment_meta.xml"
_FULL = "non_cc_assessments/"
# some exporters leave out the blank that XML wants here
_TIGHT = re.compile(rb"""\A(<\?xml\s+version=(?:"1\.[01]"|'1\.[01]'))(?=encoding|standalone)""")


def documents(data: bytes, lost: Lost) -> Iterator[tuple[str, Element]]:
    """(name in the archive, root) of each file of questions; the name is empty for a bare file.

    A file of a zip that cannot be read is told to `lost`, and at last, as NOT_KEPT, the files beside the
    questions. Raises QuizError where nothing can be read.
    """
    if not is_archive(data):
        yield "", _root(data)
        return
    archive = Archive(data)
    others = []
    for name in archive.names:
        if name.endswith((MANIFEST, SETTINGS)) or _is_shortened(name, archive.names):
            continue
        try:
            root = _member(archive, name) if name.endswith((".xml", ".qti")) else None
        except QuizError as error:
            if error.code is Reason.HOSTILE:
                raise
            lost(error)
            continue
        if root is None:
            others.append(name)
        else:
            yield name, root
    for name in others:
        lost(refusal(Reason.NOT_KEPT, name, what="a file of the package"))


def _member(archive: Archive, name: str) -> Element | None:
    """The root of a file of questions; None for any other file."""
    data = archive.read(name)
    if ROOT.encode() not in data[:4000]:
        return None
    with within(name):
        return _root(data)


def _is_shortened(name: str, names: tuple[str, ...]) -> bool:
    """Whether the same questions stand in the package in full: Canvas writes both, this one for others."""
    folder, _, file = name.rpartition("/")
    return file == "assessment_qti.xml" and f"{_FULL}{folder.rpartition('/')[2]}.xml.qti" in names


def _root(data: bytes) -> Element:
    root = parse(_TIGHT.sub(rb"\1 ", data, count=1))
    if name_of(root) != ROOT:
        raise refusal(Reason.UNREADABLE, detail=f"a <{name_of(root)[:80]}> holds no questions")
    return root
