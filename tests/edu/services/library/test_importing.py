"""BibTeX into the library of a course, and what is said of an entry, by those who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from edu.courseware.reference import Design
from edu.errors import Conflict, Forbidden, Invalid, NotFound, TooLarge
from edu.models import AuditEntry, Course, Reference, Role
from edu.policy import Viewer
from edu.services.library import editing, entry, importing
from edu.services.library.editing import Typed
from edu.services.library.importing import Change, Meeting
from tests.edu.conftest import Site

ADMINISTRATOR = Viewer(role=Role.ADMINISTRATOR)
INSTRUCTOR = Viewer(role=Role.INSTRUCTOR)
SAME = (
    "@article{canis2021, author={Cañis Parera, M.}, title={Historical review}, journal={Pain}, year={2021}}\n"
)
TEXT = SAME + "@misc{atlas, title={Atlas}, year={1999}}\n@misc{new2020, title={New}}\n@misc{bad}\n"


def ident(library: Site, key: str = "") -> int:
    with library.runtime.db.reading() as session:
        asked = select(Reference.id).where(Reference.key == key) if key else select(Course.id)
        return session.scalars(asked).one()


def test_a_look_tells_what_would_be_added_changed_and_refused(library: Site) -> None:
    with library.runtime.db.reading() as session:
        seen = importing.look(session, ADMINISTRATOR, ident(library), TEXT)

    assert [(line.key, line.line, line.meeting) for line in seen.lines] == [
        ("canis2021", 1, Meeting.SAME),
        ("atlas", 2, Meeting.CHANGED),
        ("new2020", 3, Meeting.NEW),
    ]
    assert Change("year", "", "1999") in seen.lines[1].changes
    assert Change("note", "unverified: whole entry from memory", "") in seen.lines[1].changes
    assert [finding.line for finding in seen.refused] == [4]


def test_what_is_ticked_is_taken_and_what_was_judged_stays(library: Site) -> None:
    course, now = ident(library), library.runtime.clock.now()
    changed = SAME.replace("Historical", "Another")
    with library.runtime.db.writing() as session:
        taken = importing.take(session, ADMINISTRATOR, course, changed + TEXT, {"canis2021", "new2020"}, now)
    with library.runtime.db.reading() as session:
        page = entry.page(session, ADMINISTRATOR, "canis2021", now)
        noted = session.scalars(select(AuditEntry).where(AuditEntry.action == "library.taken")).one()
        keys = set(session.scalars(select(Reference.key)))

    assert (taken.added, taken.changed) == (1, 1)
    assert page.entry.title == "Another review"
    assert page.entry.collections == ("backmice", "history")
    assert (page.entry.is_verified, page.judged.design) == (False, Design.REVIEW), "nobody saw the new words"
    assert (noted.subject, noted.detail) == (f"course:{course}", {"added": 1, "changed": 1})
    assert "new2020" in keys
    library.folder.change("references.bib", "A thing", "A thing!")
    assert library.install().conflicts == [], "and the next installation leaves both alone"
    with library.runtime.db.reading() as session:
        assert entry.page(session, ADMINISTRATOR, "canis2021", now).entry.title == "Another review"
        assert entry.page(session, ADMINISTRATOR, "new2020", now).entry.title == "New"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (" ", Invalid),
        ("@misc{a, title={T}}", Invalid),
        ("x" * 200_001, TooLarge),
        ("".join(f"@misc{{a{n}, title={{T}}}}\n" for n in range(501)), TooLarge),
    ],
)
def test_nothing_to_take_and_too_much_are_refused(library: Site, text: str, error: type[Exception]) -> None:
    with library.runtime.db.writing() as session, pytest.raises(error):
        importing.take(session, ADMINISTRATOR, ident(library), text, {"b"}, library.runtime.clock.now())


def filled(library: Site, **changes: str) -> Typed:
    with library.runtime.db.reading() as session:
        page = editing.page(session, ADMINISTRATOR, ident(library, "atlas"))
    empty = Typed("unknown", "not-judged", "", "", "fascia", "", page.base)
    return replace(empty, **changes)


def save(library: Site, said: Typed, viewer: Viewer = ADMINISTRATOR) -> str:
    with library.runtime.db.writing() as session:
        return editing.save(session, viewer, ident(library, "atlas"), said, library.runtime.clock.now())


def test_what_is_said_of_an_entry_is_kept_and_noted(library: Site) -> None:
    said = filled(
        library, design="other", direction="neutral", summary="As [@canis2021] has it [C].", summary_by="Z.",
        collections="fascia, anatomy, fascia", names="a name\n\n a name \nanother",
    )  # fmt: skip

    assert save(library, said) == "atlas"

    with library.runtime.db.reading() as session:
        page = editing.page(session, ADMINISTRATOR, ident(library, "atlas"))
        noted = session.scalars(select(AuditEntry.action)).all()
        (kept,) = editing.mine(session, ADMINISTRATOR)
    assert (page.judged.design, page.judged.summary_by) == ("other", "Z.")
    assert page.judged.names == ("a name", "another")
    assert page.collections == ("fascia", "anatomy")
    assert "library.judged" in noted
    assert (kept.works, kept.verified, kept.summed_up) == (4, 2, 2)
    with pytest.raises(Conflict):
        save(library, said)  # the form is that of before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"design": "guess"}, "design"),
        ({"direction": "up"}, "direction"),
        ({"summary": "x" * 601}, "summary"),
        ({"summary": "Perhaps [?]."}, "summary"),
        ({"summary": "As [@nobody1900] says."}, "summary"),
        ({"collections": "Back Pain"}, "collections"),
        ({"names": "\n".join("abcdef")}, "names"),
    ],
)
def test_what_cannot_be_kept_names_its_field(library: Site, changes: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        save(library, filled(library, **changes))

    assert caught.value.parameters["field"] == field


def test_only_those_who_may_edit_the_course_keep_its_library(library: Site) -> None:
    course, work, now = ident(library), ident(library, "atlas"), library.runtime.clock.now()
    deeds: list[Callable[..., object]] = [
        lambda session, viewer: importing.look(session, viewer, course, TEXT),
        lambda session, viewer: importing.take(session, viewer, course, TEXT, {"atlas"}, now),
        lambda session, viewer: editing.page(session, viewer, work),
        lambda session, viewer: editing.save(session, viewer, work, filled(library), now),
    ]
    with library.runtime.db.writing() as session:
        for deed in deeds:
            with pytest.raises(Forbidden):
                deed(session, INSTRUCTOR)
        assert editing.mine(session, INSTRUCTOR) == ()
        for missing in (
            lambda: editing.page(session, ADMINISTRATOR, 999),
            lambda: importing.look(session, ADMINISTRATOR, 999, TEXT),
        ):
            with pytest.raises(NotFound):
                missing()
