"""Words of the glossary in the making: kept by revision, one page for each name, found at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from captions.terms import Term as Heard
from edu.courseware.reference import Reference as Record
from edu.errors import Conflict, Forbidden, Invalid, InvalidFields
from edu.models import AuditEntry, Course, PageState, Reference, Role, Term, TermVersion
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services import course_files, glossary, glossary_editing, glossary_forms, glossary_uses
from edu.services.glossary_forms import NameForm, WordForm
from tests.people import add_user

FORM = WordForm(
    text="Back mouse", meaning="A lump that slips away.", body="It is felt [@ries1937] [C].",
    forms="back mice", misheard="black mouse, bag mouse",
    names=(NameForm("lipome épi-sacro-iliaque", "fr", "Monnerot", "1955", "@ries1937", "D"), NameForm()),
)  # fmt: skip


@pytest.fixture
def maker(runtime: Runtime) -> Viewer:
    """The instructor of course 1, whose library holds one work."""
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        user = add_user(session, now=now, role=Role.INSTRUCTOR)
        course = Course(
            id=1, slug="back", title="Back", owner_id=user.id, created_at=now, updated_at=now,
            state=PageState.UNDER_CONSTRUCTION,
        )  # fmt: skip
        session.add(course)
        session.flush()
        fields = course_files.reference_fields(Record("ries1937", "article", "Ries"))
        session.add(Reference(course_id=1, key="ries1937", kind="article", title="Ries", fields=fields))
        return Viewer(user.id, Role.INSTRUCTOR)


def create(runtime: Runtime, maker: Viewer, form: WordForm = FORM) -> int:
    with runtime.db.writing() as session:
        return glossary_editing.create(session, maker, 1, form, runtime.clock.now()).id


def save(runtime: Runtime, maker: Viewer, term_id: int, form: WordForm) -> None:
    with runtime.db.writing() as session:
        glossary_editing.save(session, maker, term_id, form, runtime.clock.now())


def test_a_new_word_has_a_page_and_each_of_its_names_leads_there(runtime: Runtime, maker: Viewer) -> None:
    term_id = create(runtime, maker)

    with runtime.db.reading() as session:
        for asked in ("back-mouse", "back-mice", "Lipome epi sacro iliaque"):
            assert glossary.way_to(session, asked)[0].url == "/glossary/back-mouse"
        row = session.get_one(Term, term_id)
        assert row.misheard == ["black mouse", "bag mouse"]
        assert row.details["names"][0]["references"] == ["ries1937"]
        assert glossary_forms.of_row(row, str) == replace(
            FORM, misheard="black mouse\nbag mouse", revision="1",
            names=(replace(FORM.names[0], references="ries1937"),),
        )  # fmt: skip


def test_an_edit_is_a_version_and_the_address_stays(runtime: Runtime, maker: Viewer) -> None:
    term_id = create(runtime, maker)

    save(runtime, maker, term_id, replace(FORM, revision="1"))
    save(runtime, maker, term_id, replace(FORM, text="Mouse of the back", note="clearer", revision="1"))
    with pytest.raises(Conflict):
        save(runtime, maker, term_id, replace(FORM, revision="1"))

    with runtime.db.reading() as session:
        kept = session.query(TermVersion).order_by(TermVersion.revision).all()
        assert [(v.revision, v.title, v.note) for v in kept] == [
            (1, "Back mouse", ""), (2, "Mouse of the back", "clearer"),
        ]  # fmt: skip
        assert session.get_one(Term, term_id).slug == "back-mouse"
        assert [deed for (deed,) in session.query(AuditEntry.action)] == ["word.created", "word.changed"]


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"text": ""}, "text", "fill this in"),
    ({"text": "a: b"}, "text", "neither"),
    ({"text": "back mouse"}, "text", "there already"),
    ({"text": "Lipome Épi-sacro-iliaque"}, "text", "leads to another word already: Back mouse"),
    ({"forms": "back mice"}, "forms", "leads to another word"),
    ({"names": (NameForm("Back Mice"),)}, "name-0", "leads to another word"),
    ({"names": (NameForm("one"), NameForm("One"))}, "name-1", "stands here twice"),
    ({"names": (NameForm("one", year="19"),)}, "name-0", "four digits"),
    ({"names": (NameForm("one", grade="Z"),)}, "name-0", "one of the list"),
    ({"names": (NameForm("one", references="nowhere1"),)}, "name-0", "no such key"),
    ({"meaning": ""}, "meaning", "fill this in"),
    ({"see": "nothing"}, "see", "no page for nothing"),
    ({"body": "Perhaps [?]."}, "body", "Not so in line 1"),
    ({"body": "[@nowhere1] [C]"}, "body", "names what is not there"),
]


def test_a_word_that_cannot_be_is_refused_by_its_field(runtime: Runtime, maker: Viewer) -> None:
    create(runtime, maker)

    for changes, field, words in WRONG:
        with pytest.raises(InvalidFields) as refused:
            create(runtime, maker, replace(WordForm(text="nodule", meaning="A knot."), **changes))
        (fault,) = [fault for fault in refused.value.faults if fault.parameters["field"] == field]
        assert words in fault.sentence


def test_who_does_not_look_after_the_course_changes_no_word(runtime: Runtime, maker: Viewer) -> None:
    term_id = create(runtime, maker)
    other = Viewer((maker.user_id or 0) + 1, Role.INSTRUCTOR)

    with pytest.raises(Forbidden):
        save(runtime, other, term_id, replace(FORM, revision="1"))
    with runtime.db.reading() as session:
        assert [line.text for line in glossary_editing.listing(session, other)[0].lines] == ["Back mouse"]
        assert not glossary_editing.listing(session, other)[0].is_editable


def test_deleting_tells_what_uses_the_word_and_leaves_no_way_to_it(runtime: Runtime, maker: Viewer) -> None:
    term_id = create(runtime, maker)
    second = create(runtime, maker, WordForm(text="nodule", meaning="A knot.", see="Back mouse"))
    with runtime.db.reading() as session:
        uses = glossary_uses.of(session, maker, session.get_one(Term, term_id))

    with runtime.db.writing() as session:
        glossary_editing.delete(session, maker, term_id, runtime.clock.now())

    assert uses.words == ("nodule",)
    with runtime.db.reading() as session:
        left = session.query(Term).one()
        assert (left.id, left.details, left.revision) == (second, {}, 2)
        assert {version.term_id for version in session.query(TermVersion)} == {second}


def test_lines_of_the_course_change_words_and_keep_their_rows(runtime: Runtime, maker: Viewer) -> None:
    term_id = create(runtime, maker)
    create(runtime, maker, WordForm(text="fascia", has_page=False))
    lines = (Heard("back mouse", ("bat mouse",), "A lump."), Heard("sacrum"))

    with runtime.db.writing() as session:
        glossary_editing.keep_lines(session, maker, 1, lines, runtime.clock.now())
    with pytest.raises(Invalid, match="has a page in the glossary"), runtime.db.writing() as session:
        glossary_editing.keep_lines(session, maker, 1, lines[1:], runtime.clock.now())

    with runtime.db.reading() as session:
        kept = session.get_one(Term, term_id)
        assert (kept.text, kept.misheard, kept.slug, kept.revision) == (
            "back mouse", ["bat mouse"], "back-mouse", 2,
        )  # fmt: skip
        assert {row.text for row in session.query(Term)} == {"back mouse", "sacrum"}


def test_a_word_does_not_come_back_where_another_has_taken_its_name(runtime: Runtime, maker: Viewer) -> None:
    term_id, now = create(runtime, maker), runtime.clock.now()
    save(runtime, maker, term_id, replace(FORM, text="Mouse of the back", forms="", revision="1"))
    other = create(runtime, maker, WordForm(text="Back mouse", has_page=False))

    with pytest.raises(InvalidFields, match="there already"), runtime.db.writing() as session:
        glossary_editing.bring_back(session, maker, term_id, 1, base=2, now=now)
    with runtime.db.writing() as session:
        glossary_editing.delete(session, maker, other, now)
        glossary_editing.bring_back(session, maker, term_id, 1, base=2, now=now)

    with runtime.db.reading() as session:
        row = session.get_one(Term, term_id)
        assert (row.text, row.details["forms"], row.revision) == ("Back mouse", ["back mice"], 3)
