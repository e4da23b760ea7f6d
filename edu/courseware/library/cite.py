"""A reference in one line, in the manner of Vancouver."""

from __future__ import annotations

from edu.courseware.reference import Author, Reference

MOST_AUTHORS = 6


def cite(reference: Reference, *, unconfirmed: str = "") -> str:
    """Authors, title, place, year, volume(number):pages; what is unknown is left out, nothing is made up.

    `unconfirmed` is the mark behind a place that nobody saw, such as "[unconfirmed]".
    """
    mark = unconfirmed if reference.container and not reference.is_place_confirmed else ""
    container = f"{reference.container} {mark}".strip()
    parts = [
        _authors(reference),
        reference.title,
        ", ".join(part for part in (container, reference.address) if part),
        _issue(reference),
    ]
    return " ".join(part if part.endswith((".", "?", "!", ")")) else part + "." for part in parts if part)


def short_name(reference: Reference) -> str:
    """Who and when, for use inside a sentence: "Motyka et al. 2000"."""
    families = [author.family for author in reference.authors]
    if len(families) > 2 or reference.more_authors:
        families = [f"{families[0]} et al."]
    return " ".join([" and ".join(families) or reference.title, str(reference.year or "")]).strip()


def _authors(reference: Reference) -> str:
    names = [_name(author) for author in reference.authors]
    if len(names) > MOST_AUTHORS or reference.more_authors:
        names = [*names[:MOST_AUTHORS], "et al"]
    return ", ".join(names)


def _name(author: Author) -> str:
    if author.is_body or not author.given:
        return author.family
    initials = "".join(part[0] for part in author.given.replace("-", " ").replace(".", " ").split())
    return f"{author.family} {initials}"


def _issue(reference: Reference) -> str:
    year = str(reference.year or "")
    number = f"({reference.number})" if reference.number else ""
    volume = f"{reference.volume}{number}"
    text = f"{year};{volume}" if year and volume else year or volume
    pages = reference.pages.rstrip("–-")
    return f"{text}:{pages}" if pages and text else text or pages
