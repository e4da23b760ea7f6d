"""Questions as files: what is in them, what they are called, and what they do not hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

import quizzes
from edu.errors import Forbidden, Invalid
from edu.models import Role
from edu.policy import Viewer
from edu.services.quizzing import publishing, questions
from edu.services.quizzing.exchanging import exporting
from edu.services.quizzing.exchanging.exporting import Left
from edu.services.quizzing.publishing import Place
from edu.services.quizzing.writing import saving
from edu.services.quizzing.writing.listing import Filters
from edu.services.quizzing.writing.sheet import blank
from quizzes import Kind, Mode, Pool, Settings
from tests.people import add_user
from tests.quizzes.samples import sample


@pytest.fixture
def maker(runtime) -> Viewer:
    """An instructor with a quiz of a question, a pool and an ordering, and with a draft of a question."""
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        who = Viewer(add_user(session, now=now, role=Role.INSTRUCTOR).id, Role.INSTRUCTOR)
        items = [replace(sample(kind), id=f"E-{kind}") for kind in (Kind.SINGLE, Kind.ORDERING)]
        one, two = (questions.keep(session, item, now=now, author_id=who.user_id)[0] for item in items)
        places = [Place(one, 2.0), Place(pool=Pool(1, lesson="L1")), Place(two)]
        settings = Settings(Mode.TEST, pass_mark=80)
        publishing.publish(session, slug="crest", title="Crest", places=places, settings=settings, now=now,
                           owner_id=who.user_id)  # fmt: skip
        saving.keep_draft(session, who, 0, blank(Kind.SINGLE), now)
    return who


def test_the_document_of_a_quiz_is_the_whole_quiz(runtime, maker):
    with runtime.db.reading() as session:
        source = exporting.of_quiz(session, maker, "crest")

    file = exporting.file_of(source, "toml")

    quiz = quizzes.read_quiz(file.data)
    assert (file.name, file.type, file.is_whole) == ("crest.toml", "application/toml", True)
    assert [item.id for item in quiz.items] == ["E-single", "E-ordering"]
    assert [(slot.mark, slot.pool) for slot in quiz.slots] == [
        (2, None),
        (1, Pool(1, lesson="L1")),
        (1, None),
    ]
    assert quiz.settings == Settings(Mode.TEST, pass_mark=80)


def test_other_formats_tell_what_of_the_quiz_they_do_not_hold(runtime, maker):
    with runtime.db.reading() as session:
        source = exporting.of_quiz(session, maker, "crest")

    file = exporting.file_of(source, "gift")

    assert [(each.what, each.count) for each in file.leftovers] == [
        (Left.SETTINGS, 0), (Left.MARKS, 1), (Left.POOLS, 1),
    ]  # fmt: skip
    assert [loss.place for loss in file.losses] == ["E-ordering"]
    assert [item.id for item in quizzes.read(file.data, "gift").items] == ["E-single"]


def test_each_file_has_the_name_and_type_of_what_it_is(runtime, maker):
    with runtime.db.reading() as session:
        source = exporting.of_list(session, maker, Filters(kind="single"))

    made = [exporting.file_of(source, said) for said in ("moodlexml", "qti21", "csv", "aiken", "gift")]

    assert [(file.name, file.type) for file in made] == [
        ("questions.xml", "application/xml"),
        ("questions.zip", "application/zip"),
        ("questions.csv", "text/csv; charset=utf-8"),
        ("questions.txt", "text/plain; charset=utf-8"),
        ("questions.gift", "text/plain; charset=utf-8"),
    ]
    assert {file.count for file in made} == {1}
    assert (Left.DRAFTS, 1) in [(each.what, each.count) for each in made[0].leftovers]


def test_h5p_an_unknown_word_and_a_foreign_quiz_are_refused(runtime, maker):
    with runtime.db.reading() as session:
        source = exporting.of_quiz(session, maker, "crest")
        for said in ("h5p", "docx"):
            with pytest.raises(Invalid):
                exporting.file_of(source, said)
        with pytest.raises(Forbidden):
            exporting.of_quiz(session, Viewer((maker.user_id or 0) + 9, Role.INSTRUCTOR), "crest")
