"""The form of each kind of question: filled, its rows changed by buttons, kept as a draft, published."""

from __future__ import annotations

import io
from dataclasses import replace

from sqlalchemy import select

from edu.models import (
    Audience,
    AuditEntry,
    Question,
    QuestionVersion,
    Quiz,
    QuizVersion,
    Reference,
    Step,
    VersionStatus,
)
from edu.services.audit import Deed
from edu.services.quizzing import drawing, questions
from edu.services.quizzing.publishing import Place, publish
from edu.services.quizzing.writing.from_item import sheet_of
from quizzes import Item, Kind, Settings
from quizzes.form import plain
from quizzes.item import Pin
from tests.edu.web.studio.pictures import PNG
from tests.quizzes.samples import sample

NEW = "/studio/questions/new"
LANDMARKS = (Pin("M1", "Crest", 640, 360), *(Pin(f"M{n}", f"Point {n}", 90 * n, 90) for n in (2, 3, 4)))


def written(kind: Kind) -> Item:
    """A sample that may be published: a hotspot has landmarks."""
    item = sample(kind)
    return replace(item, pins=LANDMARKS) if kind is Kind.HOTSPOT else item


def posted(item: Item) -> dict[str, str]:
    """The form of an item as a browser would send it."""
    sheet = sheet_of(item)
    rows = {
        f"{group}-{n}-{name}": text
        for group, rows in sheet.rows.items()
        for n, row in enumerate(rows)
        for name, text in row.items()
    }
    given = {**sheet.values, **rows, "kind": item.kind.value, "base": "0"}
    return {name: text for name, text in given.items() if text}


def bring(person, form: dict[str, str], data: bytes):
    """Press the button that takes a picture from this machine."""
    brought = {**form, "act": "picture:upload", "picture_file": (io.BytesIO(data), "x.png")}
    return person.submit(NEW, brought, content_type="multipart/form-data")


def picture_in(page: str) -> str:
    """The name of the picture that a form stands on."""
    values = (part.partition('"')[0] for part in page.split('value="'))
    return next(value for value in values if value.endswith(".png"))


def press(person, act: str, form: dict[str, str], path: str = NEW):
    return person.submit(path, {**form, "act": act})


def newest_item(runtime) -> Item:
    with runtime.db.reading() as session:
        question = session.query(Question).order_by(Question.id.desc()).first()
        version = questions.latest(session, question.id)
        return questions.keyed(session, {version.id})[version.id].item


def statuses(runtime) -> list[tuple[int, VersionStatus]]:
    with runtime.db.reading() as session:
        found = session.query(QuestionVersion).order_by(QuestionVersion.number)
        return [(version.number, version.status) for version in found]


# -- every kind ----------------------------------------------------------------------------------------------


def test_every_kind_can_be_chosen(instructor):
    page = instructor.get(NEW).text

    assert all(f"kind={kind}" in page for kind in Kind)


def test_a_question_of_each_kind_is_written_in_its_form(instructor, make_video, runtime):
    make_video(code="V1")
    for kind in Kind:
        item = written(kind)
        assert 'name="stem"' in instructor.get(f"{NEW}?kind={kind}").text, kind

        answer = press(instructor, "publish", posted(item))

        assert answer.status_code == 303, (kind, answer.text)
        page = instructor.get(answer.location).text
        assert "Version 1 is asked" in page, kind
        made = newest_item(runtime)
        assert {**plain(made), "id": item.id} == plain(item), kind


# -- rows ----------------------------------------------------------------------------------------------------


def test_buttons_add_move_and_remove_rows_without_script(instructor):
    form = posted(sample(Kind.SINGLE))

    added = press(instructor, "add:options", form).text
    moved = press(instructor, "down:options:0", form).text
    removed = press(instructor, "remove:options:0", form).text

    assert 'name="options-4-text"' in added
    assert 'data-focus="options-4"' in added
    assert moved.index("beta</textarea>") < moved.index("alpha</textarea>")
    assert "alpha</textarea>" not in removed
    assert 'name="options-3-text"' not in removed


def test_a_button_that_the_form_does_not_have_is_refused(instructor):
    assert press(instructor, "add:zones", posted(sample(Kind.SINGLE))).status_code == 422
    assert press(instructor, "add:options", {"kind": "riddle"}).status_code == 422


# -- advice and preview --------------------------------------------------------------------------------------


def test_the_preview_says_what_is_missing_what_to_mend_and_shows_the_question(instructor):
    empty = instructor.submit("/studio/questions/preview", {"kind": "single"}).get_json()
    form = posted(sample(Kind.SINGLE, stem="Which is not one?"))
    whole = instructor.submit("/studio/questions/preview", form).get_json()

    assert empty["blocking"] == 3
    assert "Tick the one right option" in empty["html"]
    assert whole["blocking"] == 0
    assert "turns the question round" in whole["html"]
    assert "gamma" in whole["html"]
    assert "Because." not in whole["html"]


def test_what_blocks_is_refused_at_publishing_and_may_be_kept_as_a_draft(instructor, runtime):
    form = posted(sample(Kind.HOTSPOT))

    refused = press(instructor, "publish", form)
    kept = press(instructor, "draft", form)

    assert refused.status_code == 422
    assert "no named landmarks" in refused.text
    assert statuses(runtime) == [(0, VersionStatus.DRAFT)]
    assert "You see a draft" in instructor.get(kept.location).text


# -- drafts and versions -------------------------------------------------------------------------------------


def test_a_draft_holds_what_is_incomplete_and_becomes_a_version(instructor, runtime):
    kept = press(instructor, "draft", {"kind": "single", "stem": "Where", "options-0-text": "Here"})
    assert "Here</textarea>" in instructor.get(kept.location).text

    press(instructor, "publish", posted(sample(Kind.SINGLE, stem="Where?")), kept.location)

    assert statuses(runtime) == [(1, VersionStatus.READY)]
    assert newest_item(runtime).stem == "Where?"


def test_a_draft_of_a_published_question_can_be_thrown_away(instructor, runtime):
    where = press(instructor, "publish", posted(sample(Kind.SINGLE))).location
    press(instructor, "draft", {**posted(sample(Kind.SINGLE, stem="Another?")), "base": "1"}, where)
    assert newest_item(runtime).stem == "Which?"
    assert "Another?" in instructor.get(where).text

    instructor.submit(f"{where}/forget")

    assert "Another?" not in instructor.get(where).text
    assert statuses(runtime) == [(1, VersionStatus.READY)]


def test_a_question_that_was_a_draft_only_is_gone_with_it(instructor):
    where = press(instructor, "draft", {"kind": "short", "stem": "?"}).location

    assert instructor.submit(f"{where}/forget").location == "/studio/questions"
    assert instructor.get(where).status_code == 404


def test_publishing_over_a_version_that_came_meanwhile_asks_once_more(instructor, runtime):
    where = press(instructor, "publish", posted(sample(Kind.SINGLE))).location
    press(instructor, "publish", {**posted(sample(Kind.SINGLE, stem="Second?")), "base": "1"}, where)
    stale = {**posted(sample(Kind.SINGLE, stem="Third?")), "base": "1"}

    refused = press(instructor, "publish", stale, where)

    assert refused.status_code == 409
    assert "Version 2 was saved meanwhile" in refused.text
    assert 'name="base" value="2"' in refused.text
    press(instructor, "publish", {**stale, "base": "2"}, where)
    assert newest_item(runtime).stem == "Third?"


def test_saving_an_untouched_form_adds_no_version(instructor, runtime):
    where = press(instructor, "publish", posted(sample(Kind.ORDERING))).location

    press(instructor, "publish", {**posted(newest_item(runtime)), "base": "1"}, where)

    assert statuses(runtime) == [(1, VersionStatus.READY)]


# -- what it names -------------------------------------------------------------------------------------------


def test_what_is_not_there_is_refused_at_its_field(instructor):
    wrong = {
        "evidence": ("V9-c01", "Choose a step of a video"),
        "references": ("nobody1900", "The library has no reference nobody1900"),
        "lesson": ("L9.9", "Choose one of your lessons"),
        "picture": ("x.png", "There is no such picture"),
        "grade": ("?", "truth is open"),
        "audience": ("all", "is not one of: open, pro"),
    }
    for field, (value, sentence) in wrong.items():
        answer = press(instructor, "publish", {**posted(sample(Kind.SINGLE)), field: value})

        assert answer.status_code == 422
        assert sentence in answer.text
        assert f'href="#field-{field}"' in answer.text


def test_a_question_cites_the_library_and_shows_a_step(instructor, make_lesson, make_video, runtime):
    video_id, lesson_id = make_video(code="V9"), make_lesson()
    with runtime.db.writing() as session:
        session.add(Step(identifier="V9-c01", video_id=video_id, title="Rolling", start_ms=0, end_ms=9000))
        session.add(Reference(course_id=1, key="curtis1993", kind="article", fields={}))
    assert "V9-c01 Rolling" in instructor.get(f"{NEW}?kind=single&lesson_id={lesson_id}").text
    named = {"evidence": "V9-c01", "references": "@curtis1993", "tags": "crest, fat"}

    press(instructor, "publish", {**posted(sample(Kind.SINGLE)), **named})

    made = newest_item(runtime)
    assert (made.evidence, made.references, made.tags) == ("V9-c01", ("curtis1993",), ("crest", "fat"))


def test_a_question_of_a_lesson_joins_its_self_assessment(instructor, make_lesson, runtime):
    lesson_id = make_lesson(audience=Audience.PRO)
    page = instructor.get(f"{NEW}?kind=single&lesson_id={lesson_id}").text
    assert 'value="L1.1" selected' in page
    placed = {"lesson": "L1.1", "ask": "1", "audience": "pro"}

    press(instructor, "publish", {**posted(sample(Kind.SINGLE)), **placed})

    assert newest_item(runtime).audience == "pro"
    with runtime.db.reading() as session:
        assert session.query(Quiz).one().audience is Audience.PRO
    assert "Which?" in instructor.get(f"/studio/lessons/{lesson_id}").text


# -- whose it is ---------------------------------------------------------------------------------------------


def test_the_question_of_another_instructor_is_not_to_be_edited(instructor, colleague, learner):
    where = press(instructor, "publish", posted(sample(Kind.SINGLE))).location

    assert colleague.get(where).status_code == 403
    assert press(colleague, "publish", posted(sample(Kind.SINGLE)), where).status_code == 403
    assert learner.get(where).status_code == 403
    assert "Which?" not in colleague.get("/studio/questions").text


def test_a_draft_of_a_window_that_is_older_than_what_was_published_says_so(instructor):
    form = posted(sample(Kind.SINGLE))
    where = press(instructor, "publish", form).location

    kept = press(instructor, "draft", form, where).location

    assert "made from an older one" in instructor.get(kept).text
    press(instructor, "draft", {**form, "base": "1"}, where)
    assert "made from an older one" not in instructor.get(kept).text


# -- retired -------------------------------------------------------------------------------------------------


def test_a_retired_question_is_asked_no_more_until_it_is_brought_back(
    instructor, colleague, learner, make_lesson, runtime
):
    make_lesson()
    form = {**posted(sample(Kind.SINGLE)), "lesson": "L1.1", "ask": "1"}
    where = press(instructor, "publish", form).location
    with runtime.db.reading() as session:
        quiz = f"/quizzes/{session.query(Quiz).one().slug}"
    assert "Bring back" not in instructor.get(where).text

    assert colleague.submit(f"{where}/retire", {}).status_code == 403
    assert learner.submit(f"{where}/retire", {}).status_code == 403
    for _twice in range(2):
        assert instructor.submit(f"{where}/retire", {}).status_code == 303

    assert "Which?" not in instructor.get("/studio/questions").text
    assert "Which?" in instructor.get("/studio/questions?retired=1").text
    assert "Bring back" in instructor.get(where).text
    with runtime.db.reading() as session:
        assert not drawing.asked_count(session, session.query(QuizVersion).one())
        assert [entry.detail for entry in of_deed(session)] == [{"what": "retired"}]
    assert [learner.get(quiz).status_code, instructor.get(quiz).status_code] == [404, 200]

    instructor.submit(f"{where}/bring-back", {})

    assert "Which?" in instructor.get("/studio/questions").text
    with runtime.db.reading() as session:
        assert drawing.asked_count(session, session.query(QuizVersion).one()) == 1
        assert [entry.detail["what"] for entry in of_deed(session)] == ["retired", "brought back"]


def of_deed(session) -> list[AuditEntry]:
    """The notes about questions taken away, the oldest first."""
    noted = session.query(AuditEntry).filter_by(action=Deed.QUESTION_REMOVED)
    return noted.order_by(AuditEntry.id).all()


# -- pictures ------------------------------------------------------------------------------------------------


def test_a_picture_is_brought_drawn_anew_and_shown_to_whom_the_question_is(instructor, learner, runtime):
    form = posted(sample(Kind.SINGLE))
    name = picture_in(bring(instructor, form, PNG).text)

    press(instructor, "publish", {**form, "picture": name, "picture_alt": "A dot."})

    made = newest_item(runtime).picture
    assert (made.name, made.width, made.height) == (name, 4, 3)
    assert learner.get("/questions/pictures/1").status_code == 404  # nobody asks it yet
    with runtime.db.writing() as session:
        place = Place(session.scalars(select(Question)).one())
        now = runtime.clock.now()
        publish(session, slug="q", title="Q", places=[place], settings=Settings(), now=now)
    shown = learner.get("/questions/pictures/1")
    assert (shown.status_code, shown.mimetype) == (200, "image/png")
    assert instructor.get(f"/studio/pictures/{name}").status_code == 200
    assert learner.get(f"/studio/pictures/{name}").status_code == 403


def test_what_is_no_picture_is_refused_at_its_field(instructor):
    answer = bring(instructor, posted(sample(Kind.SINGLE)), b"GIF89a")

    assert answer.status_code == 422
    assert "Save it as PNG, JPEG or WebP" in answer.text


def test_the_picture_of_a_question_for_professionals_is_behind_the_gate(instructor, client):
    form = posted(sample(Kind.SINGLE))
    name = picture_in(bring(instructor, form, PNG).text)
    press(instructor, "publish", {**form, "picture": name, "picture_alt": "A dot.", "audience": "pro"})

    assert client.get("/questions/pictures/1").location.startswith("/professionals")
    assert client.get("/questions/pictures/99").status_code == 404


# -- the list ------------------------------------------------------------------------------------------------


def test_the_list_is_filtered(instructor):
    first = {**posted(sample(Kind.SINGLE, stem="First?")), "critical": "1", "tags": "crest"}
    press(instructor, "publish", first)
    press(instructor, "publish", posted(sample(Kind.NUMERIC, stem="Second?")))
    press(instructor, "draft", {"kind": "short", "stem": "Third?"})

    def shown(query: str) -> list[str]:
        page = instructor.get(f"/studio/questions?{query}").text
        return [name for name in ("First", "Second", "Third") if f"{name}?" in page]

    assert shown("") == ["First", "Second", "Third"]
    assert shown("kind=numeric") == ["Second"]
    assert shown("tag=crest") == shown("critical=1") == ["First"]
    assert shown("flag=draft") == ["Third"]
    assert shown("flag=unasked") == shown("flag=no_evidence") == ["First", "Second"]
    assert shown("evidence=yes") == []
    assert shown("words=sec") == ["Second"]
    assert shown("page=9&kind=") == ["First", "Second", "Third"]
