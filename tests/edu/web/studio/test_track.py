"""Text tracks in the studio: caption files with their repairs and losses, chapters as lines, versions."""

from __future__ import annotations

import io

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

import captions
from edu.errors import Invalid
from edu.models import Step, Track, TrackVersion
from edu.services.texts import track_editing

SRT = "1\n00:00:01,000 --> 00:00:04,000\nFind the crest.\n\n2\n00:00:05,000 --> 00:00:09,000\nPress.\n"
FORM = {"kind": "captions", "track_language": "en", "label": "English"}


def send(person, video_id: int, data: str | bytes, name: str = "captions.srt", **fields: str):
    content = data.encode() if isinstance(data, str) else data
    file = FileStorage(io.BytesIO(content), name, "file", "text/plain")
    # encoded here: the test client would leave the temporary file of a large body open
    boundary, body = encode_multipart({"csrf_token": person.csrf(), **FORM, **fields, "file": file})
    kind = f"multipart/form-data; boundary={boundary}"
    return person.post(f"/studio/videos/{video_id}/tracks", data=body, content_type=kind)


def documents(runtime) -> list[str]:
    with runtime.db.reading() as session:
        rows = session.query(TrackVersion).order_by(TrackVersion.number)
        return [row.document for row in rows]


def write_chapters(person, video_id: int, text: str, version: str = ""):
    return person.submit(f"/studio/videos/{video_id}/chapters", {"chapters": text, "version": version})


def steps(runtime) -> list[tuple[str, int | None, int | None, str]]:
    with runtime.db.reading() as session:
        return [
            (s.identifier, s.start_ms, s.end_ms, s.title)
            for s in session.query(Step).order_by(Step.identifier)
        ]


@pytest.mark.parametrize(
    ("kind", "words"),
    [("captions", "2 captions"), ("subtitles", "2 subtitles"), ("descriptions", "2 descriptions"),
     ("chapters", "2 chapters")],
)  # fmt: skip
def test_what_a_track_holds_is_counted_by_its_kind(instructor, make_video, kind, words):
    video_id = make_video()

    page = instructor.get(send(instructor, video_id, SRT, kind=kind).location).text

    assert f" · {words}" in page
    assert f" · {words} ·" in instructor.get(f"/studio/videos/{video_id}").text


# -- files ---------------------------------------------------------------------------------------------------


def test_an_srt_file_is_served_as_webvtt_from_then_on(instructor, make_video, runtime):
    video_id = make_video()

    response = send(instructor, video_id, SRT)
    page = instructor.get(response.location).text

    assert response.status_code == 303
    assert documents(runtime)[0].startswith("WEBVTT\n")
    assert "Find the crest." in page
    assert "Everything in the file was taken as it is" in page
    assert 'kind="captions"' in instructor.get(f"/studio/videos/{video_id}").text


def test_repairs_and_losses_are_listed_with_their_lines(instructor, make_video):
    broken = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\n00:03.000 -> 00:04.000\nTwo\n\n00:99.000 --> x\nThree\n"
    )

    page = instructor.get(send(instructor, make_video(), broken, "a.vtt").location).text

    assert "The arrow between two times was not written" in page
    assert "<td>6</td>" in page
    assert "could not be read" in page
    assert "<td>9</td>" in page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b"<html><body>", "This is a web page, not a caption file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "This is not a text file"),
        (b"just some words", "caption"),
    ],
)
def test_a_wrong_file_is_refused_in_the_page_and_the_track_stays(
    instructor, make_video, runtime, data, words
):
    video_id = make_video()
    send(instructor, video_id, SRT)

    response = send(instructor, video_id, data, label="My name")

    assert response.status_code == 422
    assert words in response.text
    assert "My name" in response.text
    assert len(documents(runtime)) == 1


def test_a_file_above_five_megabytes_is_refused_with_the_figures(instructor, make_video):
    response = send(instructor, make_video(), b"x" * (captions.UPLOAD_MAX_BYTES + 1))

    assert response.status_code == 413
    assert "5000000" in response.text


def test_a_file_of_too_many_captions_is_refused(instructor, make_video, runtime):
    cue = "00:00:01,000 --> 00:00:02,000\na\n\n"

    response = send(instructor, make_video(), cue * (captions.UPLOAD_MAX_CUES + 1))

    assert response.status_code == 413
    assert "20000" in response.text
    assert documents(runtime) == []


def test_captions_past_the_end_of_the_film_are_cut_and_told(instructor, make_video, runtime):
    long = SRT + "\n3\n00:01:29,000 --> 00:01:40,000\nEnd\n\n4\n00:02:00,000 --> 00:02:02,000\nGone\n"

    page = instructor.get(send(instructor, make_video(), long).location).text

    assert "00:01:29.000 --> 00:01:30.000" in documents(runtime)[0]
    assert "Gone" not in documents(runtime)[0]
    assert "ended after the end of the film" in page
    assert "began after the end of the film" in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kind": "thumbnails"}, "one of the list"),
        ({"track_language": "e n"}, "as a tag"),
        ({"label": "x" * 81}, "at most 80"),
    ],
)
def test_wrong_words_about_a_track_are_refused_beside_their_field(
    instructor, make_video, runtime, wrong, words
):
    response = send(instructor, make_video(), SRT, **wrong)

    assert response.status_code == 422
    assert words in response.text
    assert documents(runtime) == []


def test_a_form_without_a_file_is_refused(instructor, make_video):
    response = instructor.submit(f"/studio/videos/{make_video()}/tracks", FORM)

    assert response.status_code == 422
    assert "Choose a file" in response.text


# -- versions ------------------------------------------------------------------------------------------------


def test_the_next_file_is_the_next_version_and_the_first_can_be_brought_back(instructor, make_video, runtime):
    video_id = make_video()
    send(instructor, video_id, SRT)
    path = send(instructor, video_id, SRT.replace("Press.", "Press gently.")).location

    response = instructor.submit(f"{path}/versions/1")
    page = instructor.get(path).text

    assert response.status_code == 303
    assert len(documents(runtime)) == 2
    with runtime.db.reading() as session:
        assert session.query(Track).one().current == 1
    assert "Press gently" not in page
    assert "captions.srt" in page


def test_a_track_is_downloaded_in_three_forms(instructor, make_video):
    path = send(instructor, make_video(), SRT).location

    assert instructor.get(f"{path}/file.vtt").text.startswith("WEBVTT")
    assert "00:00:01,000 --> 00:00:04,000" in instructor.get(f"{path}/file.srt").text
    assert "Find the crest." in instructor.get(f"{path}/file.txt").text
    assert instructor.get(f"{path}/file.exe").status_code == 422


def test_a_colleagues_tracks_cannot_be_seen_or_changed(instructor, colleague, make_video, runtime):
    video_id = make_video()
    path = send(instructor, video_id, SRT).location

    assert send(colleague, video_id, SRT).status_code == 403
    assert write_chapters(colleague, video_id, "0:00 A").status_code == 403
    assert colleague.get(path).status_code == 403
    assert colleague.get(f"{path}/file.vtt").status_code == 403
    assert colleague.submit(f"{path}/versions/1").status_code == 403
    assert instructor.get("/studio/tracks/999").status_code == 404


# -- chapters ------------------------------------------------------------------------------------------------


def test_chapters_are_typed_as_lines_and_get_step_ids(instructor, make_video, runtime):
    video_id = make_video(code="V9")

    write_chapters(instructor, video_id, "0:00 Landmarks\n0:12.500 Rolling the nodule\n")
    page = instructor.get(f"/studio/videos/{video_id}").text

    assert steps(runtime) == [
        ("V9-c01", 0, 12_500, "Landmarks"),
        ("V9-c02", 12_500, 90_000, "Rolling the nodule"),
    ]
    assert "V9-c02" in page
    assert "0:12.500 Rolling the nodule" in page


def test_a_step_keeps_its_id_when_its_time_or_its_title_changes(instructor, make_video, runtime):
    video_id = make_video(code="V9")
    write_chapters(instructor, video_id, "0:00 Landmarks\n0:10 Rolling\n0:20 Marking")

    write_chapters(instructor, video_id, "0:00 The landmarks\n0:05 A new one\n0:15 Rolling")

    assert steps(runtime) == [
        ("V9-c01", 0, 5000, "The landmarks"),
        ("V9-c02", 15_000, 90_000, "Rolling"),
        ("V9-c03", None, None, "Marking"),
        ("V9-c04", 5000, 15_000, "A new one"),
    ]


def test_saving_chapters_unchanged_keeps_the_gaps_between_them(instructor, make_video, runtime):
    video_id = make_video(code="V9")
    vtt = "WEBVTT\n\n00:00.000 --> 00:20.000\nOne\n\n00:30.000 --> 01:20.000\nTwo\n"
    send(instructor, video_id, vtt, "chapters.vtt", kind="chapters")
    before = steps(runtime)

    write_chapters(instructor, video_id, "0:00 One\n0:30 Two")

    assert steps(runtime) == before
    assert before[0][1:3] == (0, 20_000)


def test_the_last_chapter_ends_with_the_teaching_and_the_film_is_said_to_be_as_long_as_it_is() -> None:
    def last(text: str) -> int:
        return track_editing.typed_chapters(text, 94_000, (), teaching_ms=90_000).cues[-1].end

    assert (last("0:00 One\n0:50 Two"), last("0:00 One\n1:31 Credits")) == (90_000, 94_000)
    with pytest.raises(Invalid, match=r"which lasts 1:34"):
        last("0:00 One\n1:35 Two")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0:00 One\nzwei", "Line 2: This is not a chapter line"),
        ("0:10 One\n\n0:05 Two", "Line 3 begins before line 1"),
        ("0:10 One\n0:10 Two", "Line 2 begins at the same time as line 1"),
        (f"0:00 One\n0:10 {'x' * 201}", "Line 2: the title has 201 characters; at most 200"),
        ("0:00 One\n2:00 Two", "Line 2 begins after the end of the video, which lasts 1:30"),
    ],
)
def test_wrong_chapters_are_refused_with_their_line_and_stay_in_the_form(
    instructor, make_video, runtime, text, words
):
    video_id = make_video()

    response = write_chapters(instructor, video_id, text)

    assert response.status_code == 422
    assert words in response.text
    assert text.splitlines()[-1:] == [] or text.splitlines()[-1] in response.text
    assert steps(runtime) == []


def test_an_empty_box_removes_the_chapters_and_their_ids_are_never_given_again(
    instructor, make_video, runtime
):
    video_id = make_video(code="V9")
    write_chapters(instructor, video_id, "0:00 One\n0:10 Two")
    with runtime.db.reading() as session:
        track_id = session.query(Track).one().id

    response = write_chapters(instructor, video_id, " \n", version="1")

    assert response.status_code == 303
    assert [step[:2] for step in steps(runtime)] == [("V9-c01", None), ("V9-c02", None)]
    page = instructor.get(f"/studio/videos/{video_id}").text
    assert "The chapters are removed" in page
    assert 'kind="chapters"' not in page
    assert instructor.get(f"/studio/tracks/{track_id}").status_code == 404
    write_chapters(instructor, video_id, "0:05 Three", version="0")
    assert [step[0] for step in steps(runtime) if step[1] is not None] == ["V9-c03"]


def test_an_empty_box_does_not_remove_chapters_that_somebody_saved_meanwhile(instructor, make_video, runtime):
    video_id = make_video()
    write_chapters(instructor, video_id, "0:00 One")

    assert write_chapters(instructor, video_id, "", version="0").status_code == 409
    assert [step[3] for step in steps(runtime)] == ["One"]


def test_a_file_with_a_chapter_title_that_is_too_long_is_refused_with_its_line(
    instructor, make_video, runtime
):
    vtt = f"WEBVTT\n\n00:00.000 --> 00:20.000\n{'x' * 201}\n"

    response = send(instructor, make_video(), vtt, "chapters.vtt", kind="chapters")

    assert response.status_code == 422
    assert "Line 3: the title has 201 characters" in response.text
    assert steps(runtime) == []


def test_two_editors_do_not_lose_each_others_chapters(instructor, make_video, runtime):
    video_id = make_video()
    write_chapters(instructor, video_id, "0:00 One", version="0")

    response = write_chapters(instructor, video_id, "0:00 Mine", version="0")

    assert response.status_code == 409
    assert "0:00 Mine" in response.text
    assert [step[3] for step in steps(runtime)] == ["One"]


def test_chapters_wait_until_the_length_is_known(instructor, make_video):
    response = write_chapters(instructor, make_video(duration_ms=0), "0:00 One")

    assert response.status_code == 422
    assert "length of the video is not known" in response.text


def test_chapter_ids_of_another_video_are_refused(instructor, make_video, runtime):
    first, second = make_video("First", code="V1"), make_video("Second", code="V2")
    write_chapters(instructor, first, "0:00 One")
    vtt = "WEBVTT\n\nV1-c01\n00:00.000 --> 00:20.000\nStolen\n"

    response = send(instructor, second, vtt, "chapters.vtt", kind="chapters")

    assert response.status_code == 422
    assert "V1-c01 belongs to another video" in response.text
    assert steps(runtime)[0][3] == "One"


def test_the_typed_form_of_a_time_reads_back_as_the_same_millisecond():
    for ms in (0, 999, 60_000, 61_001, 3_600_000, 3_723_040):
        track = track_editing.typed_chapters(f"{track_editing.typed_time(ms)} One", 10_000_000, ())
        assert track.cues[0].start == ms


@pytest.mark.parametrize("state", ["01", "\u0661", "0", "9", "1e1"])
def test_a_state_that_there_is_not_is_compared_with_nothing(instructor, make_video, state):
    track = send(instructor, make_video(), SRT).location

    assert instructor.get(f"{track}/compare", query_string={"one": state}).status_code == 404
