"""The page of a film: lines that become a cut, previews, what was done before and what moved with it."""

from __future__ import annotations

import io
import re

import pytest

from edu.models import (
    Audience,
    AuditEntry,
    FilmState,
    Job,
    JobState,
    Video,
    VideoState,
)
from edu.services import films
from media.edit import Cover, Edit, Mute, Segment
from tests.filming import all_films, make_preview

LINES = {
    "pieces": "0:05.0 - 0:20.5\n0:30 - 1:30",
    "covers": "0:10 - 0:12 at 30% 40% size 20% 15%",
    "mutes": "0:31.2 - 0:33",
    "note": "Without the name",
}
CUT = Edit(
    (Segment(5000, 20_500), Segment(30_000, 90_000)),
    (Cover(10_000, 12_000, 0.3, 0.4, 0.2, 0.15),),
    (Mute(31_200, 33_000),),
)


def page_of(video_id: int) -> str:
    return f"/studio/videos/{video_id}/film"


def field(text: str, name: str) -> str:
    found = re.search(rf'<textarea[^>]* name="{name}"[^>]*>\n(.*?)</textarea>', text, re.DOTALL)
    assert found, f"no field {name}"
    return found[1]


# -- the lines -----------------------------------------------------------------------------------------------


def test_the_page_shows_the_film_its_length_and_empty_lines(instructor, make_video):
    page = instructor.get(page_of(make_video())).text

    assert "<edu-player" in page
    assert "which lasts 1:30.0" in page
    assert [field(page, name) for name in ("pieces", "covers", "mutes")] == ["", "", ""]
    assert "the recording as it was uploaded" in page


@pytest.mark.parametrize("ticked", [True, False])
def test_a_cut_hurries_the_film_before_away_where_its_maker_says_so(instructor, make_video, runtime, ticked):
    video_id = make_video()

    instructor.submit(
        page_of(video_id),
        {"pieces": "0:05.0 - 0:20.0", "do": "use", **({"at_once": "1"} if ticked else {})},
    )

    with runtime.db.reading() as session:
        film = films.waiting(session, video_id)
        assert film is not None
        assert film.is_urgent is ticked


def test_the_lines_are_asked_for_as_a_film_and_the_page_tells_how_far_it_is(instructor, make_video, runtime):
    video_id = make_video()

    answer = instructor.submit(page_of(video_id), {**LINES, "do": "use"})

    assert (answer.status_code, answer.location) == (303, page_of(video_id))
    first, asked = all_films(runtime)
    assert (first.state, asked.state, asked.note) == (FilmState.SHOWN, FilmState.WAITING, "Without the name")
    assert Edit.read(asked.edit) == CUT
    page = instructor.get(page_of(video_id)).text
    assert f'data-url="/studio/videos/{video_id}/state"' in page
    assert "2 pieces, 1 covered place, 1 silence." in page
    assert field(page, "pieces") == "0:05.0 - 0:20.5\n0:30.0 - 1:30.0"
    assert instructor.get(f"/studio/videos/{video_id}/state").json["over"] is False
    with runtime.db.reading() as session:
        assert [entry.action for entry in session.query(AuditEntry)] == ["video.film_asked"]


@pytest.mark.parametrize(
    ("wrong", "name", "says"),
    [
        ({"pieces": "0:05 - 0:10\nthe rest"}, "pieces", "Line 2: write two times"),
        ({"covers": "0:10 - 0:12 at the top"}, "covers", "such as 0:10.0 - 0:20.0 at 30% 40% size 20% 15%."),
        ({"mutes": "0:50 - 1:45"}, "mutes", "Line 1 goes past the end of the recording, which lasts 1:30.0"),
        ({"note": "x" * 301}, "note", "at most 300"),
        ({"sound": "3"}, "sound", "Choose one of the list"),
    ],
)
@pytest.mark.parametrize("wish", ["use", "preview", "whole"])
def test_a_wrong_line_is_told_beside_its_field_and_what_was_typed_stays(
    instructor, make_video, runtime, wrong, name, says, wish
):
    video_id = make_video()

    answer = instructor.submit(page_of(video_id), {**LINES, **wrong, "do": wish})

    assert answer.status_code == 422
    assert says in answer.text
    assert f'href="#field-{name}"' in answer.text
    assert field(answer.text, "pieces") == {**LINES, **wrong}["pieces"]
    assert all_films(runtime) == []


def test_all_that_is_wrong_in_the_form_is_told_at_once(instructor, make_video):
    wrong = {"pieces": "the rest", "covers": "here", "mutes": "0:50 - 9:45", "note": "x" * 301, "sound": "3"}

    page = instructor.submit(page_of(make_video()), {**wrong, "do": "use"}).text

    summary = page.partition('id="error-summary"')[2].partition("</ul>")[0]
    assert re.findall(r'href="#field-(\w+)"', summary) == ["pieces", "covers", "mutes", "sound", "note"]
    assert page.count('class="field-error"') == 4  # there is no choice of sounds on this page


def test_the_same_cut_again_is_refused_in_the_page(instructor, make_video):
    answer = instructor.submit(page_of(make_video()), {"do": "use"})

    assert answer.status_code == 422
    assert "cut like that already" in answer.text


def test_a_video_that_cannot_be_watched_yet_or_lost_its_original_has_no_lines(instructor, make_video):
    early = instructor.get(page_of(make_video(version=""))).text
    late = instructor.get(page_of(make_video("Lost", original_key=""))).text

    assert "<textarea" not in early + late
    assert "as soon as it can be watched" in early
    assert "original recording was deleted" in late
    assert instructor.submit(page_of(1), {**LINES, "do": "use"}).status_code == 409


def test_another_video_of_ones_own_is_joined_by_its_name(instructor, make_video, runtime):
    video_id = make_video()
    make_video("First steps", original_key="originals/cd", original_sha256="cd" * 32)
    assert "<code>first-steps</code>" in instructor.get(page_of(video_id)).text

    instructor.submit(page_of(video_id), {"pieces": "0:00 - 0:04 from first-steps\n0:00 - 1:30", "do": "use"})

    assert all_films(runtime)[1].edit["segments"] == [[0, 4000, "cd" * 32], [0, 90_000, ""]]


def test_a_video_with_nothing_to_play_is_not_offered_for_joining(instructor, make_video):
    video_id = make_video()
    make_video("Fine", original_sha256="cd" * 32)
    make_video("Early", original_sha256="ce" * 32, version="")
    make_video("Broken", original_sha256="cf" * 32, state=VideoState.FAILED)

    page = instructor.get(page_of(video_id)).text

    assert "<code>fine</code>" in page
    assert "<code>early</code>" not in page
    assert "<code>broken</code>" not in page
    assert "Its captions and steps do not come with it" in page


def test_a_sound_track_is_chosen_where_the_recording_holds_several(instructor, make_video, runtime):
    told = {"duration": 90_000, "sounds": [
        {"index": 1, "language": "en", "title": "Room"}, {"index": 2, "language": "de", "title": ""},
    ]}  # fmt: skip
    video_id = make_video(report={"remarks": [], "recording": told})
    page = instructor.get(page_of(video_id)).text
    assert "Track 1 · English · Room" in page
    assert "Track 2 · German" in page

    instructor.submit(page_of(video_id), {"sound": "2", "do": "use"})

    assert all_films(runtime)[1].edit == {"sound": 2}


def test_words_that_look_like_markup_stay_words(instructor, make_video):
    typed = {"pieces": "<b>0:05</b>", "note": "<i>x</i>", "do": "use"}

    answer = instructor.submit(page_of(make_video()), typed)

    assert "&lt;b&gt;0:05&lt;/b&gt;" in answer.text
    assert "<i>x</i>" not in answer.text


# -- previews ------------------------------------------------------------------------------------------------


def ask_preview(instructor, video_id: int, **fields: str) -> str:
    answer = instructor.submit(page_of(video_id), {**LINES, "do": "preview", **fields})
    assert answer.status_code == 303, answer.text
    return answer.location.partition("#")[0]


def test_a_preview_is_waited_for_and_the_lines_stay(instructor, make_video, runtime):
    video_id = make_video()

    address = ask_preview(instructor, video_id)

    job_id = int(address.partition("preview=")[2])
    page = instructor.get(address).text
    assert f'data-url="{page_of(video_id)}/previews/{job_id}"' in page
    assert field(page, "covers") == "0:10.0 - 0:12.0 at 30% 40% size 20% 15%"
    assert 'value="Without the name"' in page
    told = instructor.get(f"{page_of(video_id)}/previews/{job_id}").json
    assert (told["state"], told["over"], told["progress"]) == ("received", False, None)
    assert all_films(runtime) == []


def test_a_preview_that_is_made_is_played_below(instructor, make_video, runtime):
    video_id = make_video()
    address = ask_preview(instructor, video_id)
    with runtime.db.writing() as session:
        make_preview(session, session.get_one(Video, video_id), session.query(Job).one())

    page = instructor.get(address).text

    assert re.search(r'<video class="cutter-preview"[^>]*src="/media/[^"]*/preview\.mp4"', page)
    assert instructor.get(f"{page_of(video_id)}/previews/{address.partition('=')[2]}").json["over"] is True


def test_the_whole_recording_is_put_on_the_stage_and_the_lines_stay(instructor, make_video, runtime):
    video_id = make_video()
    address = ask_preview(instructor, video_id, do="whole")
    with runtime.db.writing() as session:
        make_preview(session, session.get_one(Video, video_id), session.query(Job).one())

    page = instructor.get(address).text

    assert "You see the whole recording" in page
    assert 'data-pieces="[[0, 90000, 1]]"' in page
    assert field(page, "mutes") == "0:31.2 - 0:33.0"


def test_a_preview_that_failed_says_why(instructor, make_video, runtime):
    video_id = make_video()
    address = ask_preview(instructor, video_id)
    with runtime.db.writing() as session:
        job = session.query(Job).one()
        job.state, job.error_code, job.error = JobState.FAILED, "refused", "It is damaged.\nmoov atom"

    page = instructor.get(address).text

    assert "It is damaged." in page
    assert "moov atom" in page


def test_a_sentence_with_figures_is_told_whole_where_only_the_job_knows_them(instructor, make_video, runtime):
    video_id = make_video()
    address = ask_preview(instructor, video_id)
    with runtime.db.writing() as session:
        job = session.query(Job).one()
        job.state, job.error_code = JobState.FAILED, "frame-rate-too-low"
        job.error = "The video lasts 90 seconds but has only 0.1 frames per second.\n"

    page = instructor.get(address).text

    assert "The video lasts 90 seconds" in page
    assert "{seconds}" not in page


def test_a_preview_that_gave_way_to_another_is_no_fault(instructor, make_video):
    video_id = make_video()
    first = ask_preview(instructor, video_id)
    ask_preview(instructor, video_id, mutes="")

    page = instructor.get(first).text

    assert "given up for another" in page
    assert "alert-bad" not in page


@pytest.mark.parametrize("audience", list(Audience))
def test_only_makers_fetch_a_preview(instructor, colleague, learner, client, make_video, runtime, audience):
    video_id = make_video(audience=audience)
    instructor.submit(f"/studio/videos/{video_id}/publish")
    address = ask_preview(instructor, video_id)
    with runtime.db.writing() as session:
        make_preview(session, session.get_one(Video, video_id), session.query(Job).one())
    page = instructor.get(address).text
    found = re.search(r'/media/([^/"]+)/(preview-\d+/preview\.mp4)', page)
    assert found
    token, name = found.groups()
    runtime.store.put(f"videos/{video_id}/{name}", io.BytesIO(b"a preview"))

    answers = [who.get(f"/media/{token}/{name}").status_code for who in (colleague, learner, client)]

    assert set(answers) <= {403, 404}
    assert instructor.get(f"/media/{token}/{name}").status_code == 200


# -- giving up and going back --------------------------------------------------------------------------------


def test_a_film_is_given_up(instructor, make_video, runtime):
    video_id = make_video()
    instructor.submit(page_of(video_id), {**LINES, "do": "use"})

    assert instructor.submit(f"{page_of(video_id)}/forget").status_code == 303

    assert [film.state for film in all_films(runtime)] == [FilmState.SHOWN, FilmState.DROPPED]
    again = instructor.submit(f"{page_of(video_id)}/forget")
    assert again.status_code == 409
    assert "given up" in again.text


# -- whose it is ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("deed", ["", "/forget", "/back/1", "/looked"])
def test_a_colleagues_film_is_neither_seen_nor_changed(colleague, make_video, runtime, deed):
    video_id = make_video()

    assert colleague.submit(page_of(video_id) + deed, {**LINES, "do": "use"}).status_code == 403
    assert colleague.get(page_of(video_id)).status_code == 403
    assert all_films(runtime) == []


def test_a_film_that_is_not_there_is_not_found(instructor):
    assert instructor.get(page_of(9)).status_code == 404
    assert instructor.submit(page_of(9), {"do": "use"}).status_code == 404
