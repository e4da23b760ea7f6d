"""QTI files for tests: an item of 2.1 or 3.0 around a body, and packages."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from quizzes.errors import QuizError
from quizzes.formats.archive import Archive
from quizzes.formats.qti import qti21
from quizzes.item import Item

V21 = "http://www.imsglobal.org/xsd/imsqti_v2p1"
V30 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"


def item_xml(body: str, declared: str = "", rules: str = "", after: str = "") -> bytes:
    """An item of 2.1."""
    return (
        f'<assessmentItem xmlns="{V21}" identifier="q1" title="Which?" adaptive="false"'
        f' timeDependent="false">{declared}<itemBody>{body}</itemBody>{rules}{after}'
        "</assessmentItem>"
    ).encode()


def response(
    *right: str, name: str = "RESPONSE", many: str = "single", base: str = "identifier", worth: str = ""
) -> str:
    """A response declaration."""
    values = "".join(f"<value>{value}</value>" for value in right)
    correct = f"<correctResponse>{values}</correctResponse>" if right else ""
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{many}" baseType="{base}">'
        f"{correct}{worth}</responseDeclaration>"
    )


def mapping(values: Mapping[str, float], attributes: str = 'defaultValue="0"') -> str:
    """What values are worth."""
    entries = "".join(f'<mapEntry mapKey="{key}" mappedValue="{value}"/>' for key, value in values.items())
    return f"<mapping {attributes}>{entries}</mapping>"


def template(name: str) -> str:
    """A standard response processing template."""
    return f'<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/{name}"/>'


def choice(options: Mapping[str, str], attributes: str = 'shuffle="true" maxChoices="1"') -> str:
    """A choiceInteraction."""
    choices = "".join(
        f'<simpleChoice identifier="{name}">{text}</simpleChoice>' for name, text in options.items()
    )
    return f'<choiceInteraction responseIdentifier="RESPONSE" {attributes}>{choices}</choiceInteraction>'


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip of files."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files of a zip."""
    archive = Archive(data)
    return {name: archive.read(name) for name in archive.names}


def read(data: bytes) -> tuple[tuple[Item, ...], list[QuizError]]:
    """The items and the losses."""
    lost: list[QuizError] = []
    return qti21.read(data, lost.append), lost


def read_one(data: bytes) -> Item:
    """The only item."""
    ((item,), _) = read(data)
    return item


def whats(lost: list[QuizError]) -> list[str]:
    """What was not kept."""
    return [str(error.parameters.get("what", error.code)) for error in lost]
