"""DOI, PMID and PMCID: what is wrong with one, told without asking anybody."""

from __future__ import annotations

import re

# DOI Handbook, 2.2: a prefix 10.<registrant>, a slash, and a suffix of any printable signs.
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[\x21-\x7e]+")
_ADDRESS = re.compile(r"(?:https?://|doi:|(?:dx\.)?doi\.org)", re.IGNORECASE)
_PMID = re.compile(r"[1-9]\d{0,7}")
_PMCID = re.compile(r"PMC[1-9]\d{0,7}")


def faults(doi: str, pmid: str, pmcid: str) -> tuple[tuple[str, str], ...]:
    """What is wrong with the identifiers of an entry, each with its remedy; those that are empty are well."""
    found = []
    if doi and (remedy := _doi_remedy(doi)):
        found.append((f'the DOI "{doi}" cannot be one', remedy))
    if pmid and not _PMID.fullmatch(pmid):
        found.append((f'the PMID "{pmid}" cannot be one', "Write its digits alone, such as 20242353"))
    if pmcid and not _PMCID.fullmatch(pmcid):
        found.append((f'the PMCID "{pmcid}" cannot be one', "Write it like PMC2441105"))
    return tuple(found)


def _doi_remedy(doi: str) -> str:
    if _ADDRESS.match(doi):
        return "Leave the address out: write it from 10. on"
    if doi[-1] in ".,;" or _is_unbalanced(doi):
        return "Take away what follows it in a sentence"
    return "" if _DOI.fullmatch(doi) else "Write it like 10.1136/ard.11.1.30"


def _is_unbalanced(doi: str) -> bool:
    """A closing bracket of the sentence around it; brackets inside a DOI come in pairs."""
    return any(doi.count(opening) != doi.count(closing) for opening, closing in ("()", "[]"))
