"""Chapters as rows in the studio: ids that stay, two who save at once, the question and list made of them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

import captions
from edu.models import (
    Audience,
    Checklist,
    Hearing,
    Question,
    Step,
    TrackKind,
    TrackVersion,
    Video,
    Visibility,
)
from edu.services.quizzing import questions
from edu.services.texts import tracks

ROWS = (("0:00", "Clean hands"), ("0:20", "The crest"), ("0:50", "The mark"))


def form(*rows: tuple[str, ...], version: int | str = "") -> dict[str, str]:
    """The fields of rows: start, title, step id, end."""
    fields = {"version": str(version)}
    for number, row in enumerate(rows):
        for name, value in zip(("start", "title", "id", "end"), (*row, "", "")[:4], strict=False):
            fields[f"{name}-{number}"] = value
    return fields


def save(person, video_id: int, *rows: tuple[str, ...], version: int | str = "", **more: str):
    return person.submit(f"/studio/videos/{video_id}/chapters/rows", {**form(*rows, version=version), **more})


def steps(runtime) -> dict[str, tuple[str, int | None, int | None]]:
    with runtime.db.reading() as session:
        found = session.scalars(select(Step).order_by(Step.identifier))
        return {step.identifier: (step.title, step.start_ms, step.end_ms) for step in found}


def versions(runtime) -> int:
    with runtime.db.reading() as session:
        return len(session.scalars(select(TrackVersion.id)).all())


@pytest.fixture
def video_id(make_video, instructor) -> int:
    """A video of 90 s with three steps."""
    made = make_video("Finding it", code="V9")
    assert save(instructor, made, *ROWS).status_code == 303
    return made


def test_rows_become_chapters_with_step_ids_and_end_where_the_next_begins(instructor, video_id, runtime):
    page = instructor.get(f"/studio/videos/{video_id}/chapters").text

    assert steps(runtime) == {
        "V9-c01": ("Clean hands", 0, 20_000),
        "V9-c02": ("The crest", 20_000, 50_000),
        "V9-c03": ("The mark", 50_000, 90_000),
    }
    assert 'value="0:20"' in page
    assert "<code>V9-c02</code>" in page
    assert f"/studio/videos/{video_id}/chapters" in instructor.get(f"/studio/videos/{video_id}").text


def test_a_tick_mirrors_a_step_a_new_one_too_and_taken_away_it_is_as_filmed(instructor, video_id, runtime):
    def mirrored() -> list[str]:
        with runtime.db.reading() as session:
            asked = select(Step.identifier).where(Step.is_mirrored).order_by(Step.identifier)
            return list(session.scalars(asked))

    stands = (
        ("0:00", "Clean hands", "V9-c01"),
        ("0:20", "The crest", "V9-c02"),
        ("0:50", "The mark", "V9-c03"),
    )
    more = (("1:10", "The end"), *stands)
    made = versions(runtime)

    ticks = {"mirrored-2": "1"}
    assert save(instructor, video_id, *stands, version=1, **ticks).status_code == 303
    assert (mirrored(), versions(runtime)) == (["V9-c03"], made)
    assert 'name="mirrored-2" value="1" checked' in instructor.get(f"/studio/videos/{video_id}/chapters").text

    assert save(instructor, video_id, *more, version=1, **{"mirrored-0": "1"}).status_code == 303
    assert mirrored() == ["V9-c04"]

    refused = save(instructor, video_id, ("soon", "Clean hands", "V9-c01"), version=2, **{"mirrored-0": "1"})
    assert 'name="mirrored-0" value="1" checked' in refused.text


def test_a_step_that_is_renamed_and_moved_at_once_keeps_its_id(instructor, video_id, runtime):
    answer = save(
        instructor, video_id, ("0:00", "Clean hands", "V9-c01"), ("0:31.5", "Find the crest", "V9-c02"),
        ("0:50", "The mark", "V9-c03"), version=1,
    )  # fmt: skip

    assert answer.status_code == 303
    assert steps(runtime)["V9-c02"] == ("Find the crest", 31_500, 50_000)


def test_a_new_row_is_a_new_step_even_at_the_time_and_with_the_title_of_one_that_goes(
    instructor, video_id, runtime
):
    save(
        instructor, video_id, ("0:00", "Clean hands", "V9-c01"), ("0:20", "The crest", "V9-c02"),
        ("0:20", "The crest"), ("0:50", "The mark", "V9-c03"), version=1, **{"remove-1": "1"},
    )  # fmt: skip

    found = steps(runtime)
    assert found["V9-c02"][1] is None
    assert found["V9-c04"] == ("The crest", 20_000, 50_000)


def test_a_gap_before_the_next_chapter_is_kept_and_shown(instructor, video_id, runtime):
    save(
        instructor, video_id, ("0:00", "Clean hands", "V9-c01", "0:12"), ("0:20", "The crest", "V9-c02"),
        version=1,
    )  # fmt: skip

    assert steps(runtime)["V9-c01"][2] == 12_000
    assert 'value="0:12"' in instructor.get(f"/studio/videos/{video_id}/chapters").text


def test_saving_what_stands_there_makes_no_version(instructor, video_id, runtime):
    rows = [(start, title, f"V9-c0{n}") for n, (start, title) in enumerate(ROWS, start=1)]

    save(instructor, video_id, *rows, version=1)

    assert versions(runtime) == 1


def test_all_rows_removed_take_the_chapters_away_and_keep_the_ids(instructor, video_id, runtime):
    save(instructor, video_id, version=1)

    assert [start for _, start, _ in steps(runtime).values()] == [None] * 3
    save(instructor, video_id, ("0:05", "Anew"))
    assert steps(runtime)["V9-c04"] == ("Anew", 5_000, 90_000)


def test_a_wrong_row_is_told_beside_its_field_and_nothing_typed_is_lost(instructor, video_id, runtime):
    before = steps(runtime)
    other = ("0:10", "One", "V1-c01")

    late = save(instructor, video_id, ("later", "One"), ("1:31", "Past it"), version=1)
    strange = save(instructor, video_id, other, version=1)
    twice = save(instructor, video_id, ("0:10", "One", "V9-c01"), ("0:20", "Two", "V9-c01"), version=1)

    assert (late.status_code, strange.status_code, twice.status_code) == (422, 422, 422)
    for words in ("such as 1:05", "after the end of the video", 'value="later"', 'id="field-start-1-error"'):
        assert words in late.text
    assert "not one of this video" in strange.text
    assert 'id="field-title-1-error"' in twice.text
    assert steps(runtime) == before


def test_who_saves_second_sees_both_and_may_keep_his_own(instructor, video_id, runtime):
    save(instructor, video_id, ("0:00", "Hands", "V9-c01"), ("0:30", "New step"), version=1)

    answer = save(instructor, video_id, ("0:02", "Typed by me", "V9-c01"), version=1)

    assert answer.status_code == 409
    assert "Typed by me" in answer.text
    assert "New step" in answer.text
    assert "<code>V9-c04</code>" in answer.text
    assert 'name="version" value="2"' in answer.text
    assert save(instructor, video_id, ("0:02", "Typed by me", "V9-c01"), version=2).status_code == 303
    assert steps(runtime)["V9-c01"][0] == "Typed by me"


def test_a_row_tells_which_lessons_point_to_its_step(instructor, video_id, make_lesson):
    make_lesson("Palpation", body="Watch [[V9-c02]] twice.")

    page = instructor.get(f"/studio/videos/{video_id}/chapters").text

    assert "lesson “Palpation”" in page
    assert "1 thing points to it" in page
    assert page.count("Nothing points to it.") == 2


def test_somebody_elses_chapters_are_closed(colleague, video_id):
    assert colleague.get(f"/studio/videos/{video_id}/chapters").status_code == 403
    assert save(colleague, video_id, ("0:00", "Mine")).status_code == 403
    assert colleague.submit(f"/studio/videos/{video_id}/chapters/checklist").status_code == 403


# -- proposals -----------------------------------------------------------------------------------------------


SAID = """WEBVTT

00:01.000 --> 00:06.000
First we ask for consent.

00:07.000 --> 00:14.000
Consent comes before everything.

00:36.000 --> 00:40.000
Then find the iliac crest.

00:41.000 --> 00:52.000
Press along the crest with both thumbs.
"""


def test_chapters_are_proposed_one_by_one_and_nothing_typed_is_lost(instructor, make_video, runtime, clock):
    video_id = make_video("Proposed")
    with runtime.db.writing() as session:
        track = captions.read(SAID.encode(), format="vtt")
        video = session.get_one(Video, video_id)
        tracks.keep(session, video, track, kind=TrackKind.CAPTIONS, language="en", now=clock.now())
        session.add(
            Hearing(
                video_id=video_id, version="v1", speech=[[1000, 14_000], [36_000, 52_000]], cuts=[35_800],
                duration_ms=90_000, made_at=clock.now(),
            )
        )  # fmt: skip

    typed = save(instructor, video_id, ("0:00", "My own words"), version=0, do="suggest")
    assert typed.status_code == 200
    assert "a long pause, a cut of the picture" in typed.text
    assert 'name="offer-start-0" value="0:35.800"' in typed.text
    assert 'value="My own words"' in typed.text

    offer = {"offer-start-0": "0:35.800", "offer-title-0": "Then find the iliac crest"}
    taken = save(
        instructor, video_id, ("0:00", "My own words"), version=0, do="take", **offer, **{"take-0": "1"}
    )
    assert 'name="start-1"' in taken.text
    assert 'value="Then find the iliac crest"' in taken.text
    assert "offer-start-0" not in taken.text
    assert steps(runtime) == {}


def test_without_captions_nothing_is_proposed_and_it_says_why(instructor, video_id):
    answer = save(instructor, video_id, ("0:00", "My own words"), version=1, do="suggest")

    assert answer.status_code == 422
    assert "suggested from captions" in answer.text
    assert "My own words" in answer.text


# -- the ordering question -----------------------------------------------------------------------------------


def item_of(runtime, uid: str):
    with runtime.db.reading() as session:
        question = session.scalars(select(Question).where(Question.uid == uid)).one()
        version = questions.latest(session, question.id)
        return questions.keyed(session, {version.id})[version.id].item, version.number


def test_one_press_makes_an_ordering_question_of_the_steps(instructor, video_id, runtime):
    answer = instructor.submit(f"/studio/videos/{video_id}/chapters/ordering")
    page = instructor.get(answer.location).text

    item, number = item_of(runtime, f"order-v{video_id}")
    assert (item.kind.value, item.key.options, number) == ("ordering", ("c01", "c02", "c03"), 1)
    assert item.evidence == "V9-c01"
    assert "2. The crest (0:20)" in item.feedback.why
    assert page.index("Clean hands") < page.index("The crest") < page.index("The mark")
    assert "question order-v" in instructor.get(f"/studio/videos/{video_id}/chapters").text


def test_pressed_again_the_question_follows_the_chapters_under_its_id(instructor, video_id, runtime):
    path = f"/studio/videos/{video_id}/chapters/ordering"
    instructor.submit(path)
    save(instructor, video_id, ("0:05", "The crest", "V9-c02"), ("0:40", "Wash", "V9-c01"), version=1)

    instructor.submit(path)
    instructor.submit(path)

    item, number = item_of(runtime, f"order-v{video_id}")
    assert (item.key.options, number) == (("c02", "c01"), 2)


def test_one_chapter_makes_no_order_and_two_of_a_name_none_either(instructor, make_video):
    lonely, alike = make_video("One"), make_video("Two")
    save(instructor, lonely, ("0:00", "All of it"))
    save(instructor, alike, ("0:00", "Press"), ("0:10", "press"))

    for video_id, words in ((lonely, "from 2 to 100 chapters"), (alike, "nobody could tell")):
        answer = instructor.submit(f"/studio/videos/{video_id}/chapters/ordering")
        assert answer.status_code == 422
        assert words in answer.text
    assert instructor.get(f"/studio/videos/{lonely}/chapters/ordering").status_code == 404


# -- the checklist -------------------------------------------------------------------------------------------


def publish(runtime, video_id: int, audience: Audience = Audience.OPEN) -> None:
    with runtime.db.writing() as session:
        video = session.get_one(Video, video_id)
        video.visibility, video.audience = Visibility.PUBLISHED, audience


def test_one_press_makes_a_checklist_whose_items_lead_to_their_moments(instructor, video_id, runtime, client):
    address = instructor.submit(f"/studio/videos/{video_id}/chapters/checklist").location
    publish(runtime, video_id)

    page = client.get(address).text

    assert address == "/checklists/finding-it"
    assert '<a href="/videos/finding-it#V9-c02">The crest</a>' in page
    assert page.count("checklist-box") == 9


def test_a_checklist_of_a_draft_or_for_professionals_is_closed_as_its_video_is(
    instructor, video_id, runtime, client
):
    address = instructor.submit(f"/studio/videos/{video_id}/chapters/checklist").location
    assert client.get(address).status_code == 404
    assert client.get("/checklists/none").status_code == 404

    publish(runtime, video_id, Audience.PRO)

    assert client.get(address).location.startswith("/professionals")
    assert instructor.get(address).status_code == 200


def test_made_again_a_checklist_keeps_its_address_its_ids_and_what_is_critical(instructor, video_id, runtime):
    path = f"/studio/videos/{video_id}/chapters/checklist"
    instructor.submit(path)
    with runtime.db.writing() as session:
        row = session.scalars(select(Checklist)).one()
        items = [{**item, "critical": item["step"] == "V9-c02"} for item in row.document["items"]]
        row.document = {**row.document, "items": items}
    save(instructor, video_id, ("0:00", "Ask first"), ("0:20", "Find the crest", "V9-c02"), version=1)

    instructor.submit(path)

    with runtime.db.reading() as session:
        row = session.scalars(select(Checklist)).one()
    assert row.slug == "finding-it"
    assert [(item["id"], item["text"], item["critical"]) for item in row.document["items"]] == [
        ("i04", "Ask first", False), ("i02", "Find the crest", True),
    ]  # fmt: skip


def test_a_checklist_that_is_not_of_any_video_any_more_is_for_makers_only(
    instructor, video_id, runtime, client
):
    address = instructor.submit(f"/studio/videos/{video_id}/chapters/checklist").location
    publish(runtime, video_id)
    instructor.submit(f"/studio/videos/{video_id}/delete")

    assert client.get(address).status_code == 404
    assert "#V9-c02" not in instructor.get(address).text
