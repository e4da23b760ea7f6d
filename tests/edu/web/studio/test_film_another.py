"""Another recording for a video, and what its page offers of it: pictures, texts inside the file, its end."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from edu.models import AuditEntry, Timing, TrackKind, TrackOffer, Upload, Video, VideoState
from edu.services import posters, video_jobs
from edu.services.texts import offers
from media import Chapter
from tests.edu.web.tus import FILM, b64, folder, make_tus, names, tus
from tests.filming import add_file, all_films

__all__ = ["folder", "make_tus", "tus"]  # fixtures


def page_of(video_id: int) -> str:
    return f"/studio/videos/{video_id}/film"


def told(**details: str) -> str:
    """Details of an upload as tus writes them."""
    return ",".join(f"{name} {b64(value)}" for name, value in details.items())


# -- another recording ---------------------------------------------------------------------------------------


def send(instructor, video_id: int, **fields: Any):
    file = io.BytesIO(fields.pop("file", FILM))
    sent = {"file": (file, "take-2.mkv"), "timing": "same", **fields}
    return instructor.submit(f"{page_of(video_id)}/replace", sent)


def test_the_page_of_another_recording_speaks_tus_and_says_what_each_timing_means(instructor, make_video):
    video_id = make_video()

    page = instructor.get(f"{page_of(video_id)}/replace").text

    assert 'data-endpoint="/uploads"' in page
    assert f'name="replaces" value="{video_id}"' in page
    offered = re.findall(r'name="timing" value="(\w+)"', page)
    assert offered == ["sound", "same", "shift", "anew"]
    assert "It was filmed anew" in page


def test_another_recording_by_the_plain_form_is_the_next_film(instructor, make_video, runtime):
    video_id = make_video()

    answer = send(instructor, video_id, timing="shift", shift="-1.5")

    assert (answer.status_code, answer.location) == (303, page_of(video_id))
    film = all_films(runtime)[1]
    assert (film.timing, film.shift_ms, film.original_name) == (Timing.SHIFT, -1500, "take-2.mkv")
    assert b"".join(runtime.store.blocks(film.original_key)) == FILM
    with runtime.db.reading() as session:
        assert session.get_one(Video, video_id).original_name == "IMG_1.MOV"
    assert list((runtime.settings.data_dir / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    ("fields", "name", "says"),
    [
        ({"timing": "shift", "shift": "soon"}, "shift", "such as 2.5"),
        ({"timing": "later"}, "timing", "Choose one of the list"),
        ({"file": b"hello"}, "file", "text file"),
    ],
)
def test_a_wrong_form_of_another_recording_is_told_beside_its_field(
    instructor, make_video, runtime, fields, name, says
):
    answer = send(instructor, make_video(), **fields)

    assert answer.status_code == 422
    assert says in answer.text
    assert (
        'id="field-file-error"' in answer.text if name == "file" else '<p class="field-error"' in answer.text
    )
    assert all_films(runtime) == []


def test_another_recording_by_tus_is_the_next_film_once_and_only_once(tus, make_video, runtime):
    video_id = make_video()
    path = tus.begin(
        metadata=told(filename="take 2.mkv", replaces=str(video_id), timing="shift", shift="2,5")
    )

    ended = tus.patch(path, 0, FILM)
    again = tus.send("HEAD", path)

    assert ended.status_code == 204
    assert {each.headers["Edu-Location"] for each in (ended, again)} == {f"/studio/videos/{video_id}"}
    (film,) = all_films(runtime)[1:]
    assert (film.timing, film.shift_ms, film.original_name) == (Timing.SHIFT, 2500, "take 2.mkv")
    with runtime.db.reading() as session:
        assert session.query(Video).count() == 1


@pytest.mark.parametrize(
    ("details", "status", "field"),
    [
        ({"timing": "later"}, 422, "timing"),
        ({"timing": "shift", "shift": "x"}, 422, "shift"),
        ({"timing": "shift", "shift": ""}, 422, "shift"),
        ({"replaces": "99", "timing": "same"}, 404, ""),
        ({"replaces": "all", "timing": "same"}, 404, ""),
    ],
)
def test_an_upload_that_could_not_replace_is_refused_before_its_first_byte(
    tus, folder, runtime, make_video, details, status, field
):
    metadata = told(filename="a.mkv", **{"replaces": str(make_video()), **details})

    answer = tus.create(headers={"Upload-Metadata": metadata})

    assert answer.status_code == status
    assert answer.json.get("field", "") == field
    with runtime.db.reading() as session:
        assert session.query(Upload).count() == 0
    assert names(folder) == []


def test_a_colleague_does_not_replace_a_recording_by_tus(colleague, make_tus, make_video):
    metadata = told(filename="a.mkv", replaces=str(make_video()), timing="same")

    assert make_tus(colleague).create(headers={"Upload-Metadata": metadata}).status_code == 403


# -- pictures, offers, the original --------------------------------------------------------------------------


def test_the_picture_is_chosen_on_the_videos_page(instructor, make_video, runtime):
    video_id = make_video()
    with runtime.db.writing() as session:
        for number in (1, 2):
            add_file(
                session,
                session.get_one(Video, video_id),
                f"poster-{number}.jpg",
                posters.CANDIDATE,
                time=number * 9000,
            )
    page = instructor.get(f"/studio/videos/{video_id}").text
    assert re.findall(r'name="poster" value="([^"]*)"( checked)?', page) == [
        ("poster-1.jpg", ""), ("poster-2.jpg", ""), ("", " checked"),
    ]  # fmt: skip

    assert instructor.submit(f"{page_of(video_id)}/poster", {"poster": "poster-2.jpg"}).status_code == 303

    assert 'value="poster-2.jpg" checked' in instructor.get(f"/studio/videos/{video_id}").text
    gone = instructor.submit(f"{page_of(video_id)}/poster", {"poster": "poster-7.jpg"})
    assert gone.status_code == 422
    assert "not there any more" in gone.text


@pytest.fixture
def offered(instructor, make_video, runtime) -> int:
    """A video whose file holds German subtitles and chapters."""
    video_id = make_video()
    subtitles = offers.read_subtitles(b"1\n00:00:01,000 --> 00:00:03,000\nHallo.\n", "deu", "")
    chapters = offers.read_chapters([Chapter(0, 9000, "Haut"), Chapter(9000, 20_000, "Nadel")])
    with runtime.db.writing() as session:
        found = [each for each in (subtitles, chapters) if each]
        offers.keep(session, session.get_one(Video, video_id), found, runtime.clock.now())
    return video_id


def test_what_lies_inside_the_file_is_offered_and_taken_over(instructor, offered, runtime):
    page = instructor.get(f"/studio/videos/{offered}").text
    assert "The file holds subtitles: German, 1 caption." in page
    assert "The file holds 2 chapters." in page
    assert re.search(r'id="field-offer-1-language" name="language"[^>]* value="de"', page)

    answer = instructor.submit("/studio/offers/1/take", {"kind": "subtitles", "language": "de"})

    assert answer.location == "/studio/tracks/1"
    with runtime.db.reading() as session:
        assert [offer.kind for offer in session.query(TrackOffer)] == [TrackKind.CHAPTERS]
        assert [(entry.action, entry.subject) for entry in session.query(AuditEntry)] == [
            ("track.saved", "track:1")
        ]


def test_a_wrong_language_is_told_beside_the_offer_and_what_was_chosen_stays(instructor, offered):
    answer = instructor.submit("/studio/offers/1/take", {"kind": "subtitles", "language": "German"})

    assert answer.status_code == 422
    assert 'id="field-offer-1-language-error"' in answer.text
    assert '<option value="subtitles" selected>' in answer.text


def test_an_offer_is_left(instructor, offered):
    assert instructor.submit("/studio/offers/2/leave").status_code == 303

    assert "The file holds 2 chapters" not in instructor.get(f"/studio/videos/{offered}").text
    assert instructor.submit("/studio/offers/2/leave").status_code == 404


def test_the_original_is_deleted_after_a_question(instructor, make_video, runtime):
    video_id = make_video()
    assert "you can no longer" in instructor.get(f"{page_of(video_id)}/original/delete").text

    assert instructor.submit(f"{page_of(video_id)}/original/delete").status_code == 303

    page = instructor.get(f"/studio/videos/{video_id}").text
    assert "the film can be watched, and not be changed" in page
    assert "Edit the film" not in page
    again = instructor.submit(f"{page_of(video_id)}/original/delete")
    assert again.status_code == 409
    assert "deleted already" in again.text
    with runtime.db.reading() as session:
        assert [entry.action for entry in session.query(AuditEntry)] == ["video.original_deleted"]


def test_the_original_is_not_offered_for_deletion_while_it_is_worked_on(instructor, make_video, runtime):
    video_id = make_video()
    with runtime.db.writing() as session:
        video_jobs.promise_improvement(session, session.get_one(Video, video_id), runtime.clock.now())

    page = instructor.get(f"{page_of(video_id)}/original/delete").text

    assert "better versions of it are made from the original" in page
    assert "<form" not in page.partition("better versions of it")[2].partition("</main>")[0]
    assert instructor.submit(f"{page_of(video_id)}/original/delete").status_code == 409


def test_the_page_says_that_better_versions_will_never_come_without_the_original(instructor, make_video):
    video_id = make_video(state=VideoState.WATCHABLE)

    assert (
        "Without the original they never will be"
        in instructor.get(f"{page_of(video_id)}/original/delete").text
    )


# -- whose they are ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("deed", ["/replace", "/original/delete", "/poster"])
def test_a_colleague_neither_sees_nor_changes_what_belongs_to_the_film(colleague, make_video, runtime, deed):
    video_id = make_video()
    sent = {"file": (io.BytesIO(FILM), "a.mkv"), "timing": "same", "poster": ""}

    assert colleague.submit(page_of(video_id) + deed, sent).status_code == 403
    assert deed == "/poster" or colleague.get(page_of(video_id) + deed).status_code == 403
    assert all_films(runtime) == []


@pytest.mark.parametrize("deed", ["take", "leave"])
def test_a_colleagues_offer_is_neither_taken_nor_left(colleague, offered, deed):
    assert (
        colleague.submit(f"/studio/offers/1/{deed}", {"kind": "captions", "language": "de"}).status_code
        == 403
    )
    assert colleague.submit(f"/studio/offers/99/{deed}").status_code == 404
