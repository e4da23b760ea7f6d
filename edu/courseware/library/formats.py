"""The formats in which entries leave the library, with their endings and media types."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from edu.courseware.library.bib import write_bibtex
from edu.courseware.library.csl_json import write_csl_json
from edu.courseware.library.ris import write_ris
from edu.courseware.reference import Reference


class Format(StrEnum):
    """A file of references."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL_JSON = "csl-json"


@dataclass(frozen=True, slots=True)
class FileKind:
    """How a format is named and made."""

    name: str
    ending: str
    media_type: str
    write: Callable[[Iterable[Reference]], str]


KINDS = {
    Format.BIBTEX: FileKind("BibTeX", "bib", "application/x-bibtex", write_bibtex),
    Format.RIS: FileKind("RIS", "ris", "application/x-research-info-systems", write_ris),
    Format.CSL_JSON: FileKind("CSL-JSON", "json", "application/vnd.citationstyles.csl+json", write_csl_json),
}
