"""Translating a lesson in the studio: beside its original, with what is to be mended, published, deleted."""

from __future__ import annotations

from collections.abc import Callable

from edu.models import AuditEntry, Lesson, LessonTranslation, PageState
from edu.runtime import Runtime
from tests.people import Person

BODY = "Feel for it.\n\n::: caution\nStop when it hurts.\n:::"
SPANISH = "Pálpelo.\n\n::: caution\nDeténgase si duele.\n:::"


def save(person: Person, address: str, **changes: str):
    page = person.get(address).text
    form = {"title": "Palpación", "summary": "", "objectives": "", "body": SPANISH, "state": "published"}
    for name in ("revision", "source_revision"):
        marker = f'name="{name}" value="'
        form[name] = page[page.index(marker) + len(marker) :].split('"')[0]
    return person.submit(address, {**form, **changes})


def test_a_lesson_is_translated_beside_its_original_and_published(
    instructor: Person, make_lesson: Callable[..., int], runtime: Runtime
) -> None:
    lesson_id = make_lesson(state=PageState.UNDER_CONSTRUCTION, body=BODY)
    lessons = f"/studio/lessons/{lesson_id}"
    assert "Translate this lesson into" in instructor.get(lessons).text

    begun = instructor.submit(f"{lessons}/translations", {"language": "es"})
    page = instructor.get(begun.location).text
    short = save(instructor, begun.location, body="Pálpelo.")
    saved = save(instructor, begun.location)

    assert begun.location == f"{lessons}/translations/es"
    assert '<pre lang="en" tabindex="0" aria-labelledby="original-heading">Feel for it.' in page
    assert "Stop when it hurts." in page.split("<textarea")[-1]  # it begins with the original's words
    assert short.status_code == 422
    assert "Line 1: a box (caution) is missing, which stands on line 3 of the original." in short.text
    assert "Pálpelo." in short.text
    assert saved.status_code == 303
    assert '<span lang="es">Palpación</span></h1>' in instructor.get("/courses/c-palpation/palpation/es").text
    assert f'href="{begun.location}"' in instructor.get(lessons).text
    assert "Up to date: 1" in instructor.get("/studio/translations?language=es").text
    with runtime.db.reading() as session:
        told = [entry.action for entry in session.query(AuditEntry).order_by(AuditEntry.id)]
    assert told[-2:] == ["translation.begun", "translation.published"]


def test_words_typed_against_an_older_state_stay_and_what_the_original_changed_is_shown(
    instructor: Person, make_lesson: Callable[..., int], runtime: Runtime
) -> None:
    lesson_id = make_lesson(state=PageState.UNDER_CONSTRUCTION, body=BODY)
    address = f"/studio/lessons/{lesson_id}/translations/es"
    instructor.submit(f"/studio/lessons/{lesson_id}/translations", {"language": "es"})
    save(instructor, address)

    late = save(instructor, address, revision="1", title="Tocar")

    assert late.status_code == 409
    assert "The translation as it is now" in late.text
    assert 'value="Tocar"' in late.text
    assert 'name="revision" value="2"' in late.text
    assert instructor.get(f"/studio/lessons/{lesson_id}/translations?language=en").status_code == 200
    wrong = instructor.submit(f"/studio/lessons/{lesson_id}/translations", {"language": "en"})
    assert wrong.status_code == 422
    assert "The lesson is written in this language." in wrong.text
    with runtime.db.writing() as session:
        row = session.get_one(Lesson, lesson_id)
        row.revision += 1
    page = instructor.get(address).text
    assert "The original has changed since this translation was made" in page
    assert save(instructor, address, follows="1").status_code == 303
    assert "behind its original" not in instructor.get(address).text


def test_a_translation_is_deleted_after_a_question_and_nobody_else_may(
    instructor: Person, learner: Person, make_lesson: Callable[..., int], runtime: Runtime
) -> None:
    lesson_id = make_lesson(state=PageState.UNDER_CONSTRUCTION, body=BODY)
    address = f"/studio/lessons/{lesson_id}/translations/es"
    instructor.submit(f"/studio/lessons/{lesson_id}/translations", {"language": "es"})

    assert learner.get(address).status_code == 403
    assert "Its text goes and cannot be brought back." in instructor.get(f"{address}/delete").text
    assert instructor.submit(f"{address}/delete", {}).status_code == 303
    assert instructor.get(address).status_code == 404
    with runtime.db.reading() as session:
        assert session.query(LessonTranslation).count() == 0
