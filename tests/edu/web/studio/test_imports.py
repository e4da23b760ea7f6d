"""A caption file whose letters were guessed: looked at, read otherwise, taken or left."""

from __future__ import annotations

from edu.models import Track, TrackDraft, TrackImport
from tests.edu.web.studio.test_track import documents, send

RUSSIAN = (
    "1\n00:00:01,000 --> 00:00:04,000\nНащупайте гребень подвздошной кости.\n\n"
    "2\n00:00:05,000 --> 00:00:09,000\nНадавите мягко, двумя пальцами.\n"
).encode("cp1251")


def test_a_file_in_an_old_code_page_is_shown_before_it_is_taken(instructor, make_video, runtime):
    answer = send(instructor, make_video(), RUSSIAN, track_language="ru")

    page = instructor.get(answer.location).text
    assert "/studio/imports/" in answer.location
    assert "Нащупайте гребень" in page
    assert documents(runtime) == []


def test_another_reading_is_chosen_and_the_file_taken_as_it_was_seen(instructor, make_video, runtime):
    where = send(instructor, make_video(), RUSSIAN, track_language="ru").location

    assert "<td>Нащупайте" not in instructor.get(f"{where}?encoding=cp1252").text
    instructor.submit(where, {"encoding": "cp1251", "way": "serve"})

    (document,) = documents(runtime)
    assert "Нащупайте гребень подвздошной кости." in document
    with runtime.db.reading() as session:
        assert session.query(TrackImport).count() == 0


def test_it_is_opened_in_the_editor_without_being_served(instructor, make_video, runtime):
    where = send(instructor, make_video(), RUSSIAN, track_language="ru").location

    edited = instructor.submit(where, {"encoding": "cp1251", "way": "draft"}).location

    assert edited.endswith("/edit")
    with runtime.db.reading() as session:
        assert session.query(Track).one().current == 0
        assert "Надавите" in session.query(TrackDraft).one().rows[1]["text"]


def test_a_file_that_is_left_changes_nothing(instructor, make_video, runtime):
    where = send(instructor, make_video(), RUSSIAN, track_language="ru").location

    instructor.submit(f"{where}/leave")

    assert documents(runtime) == []
    assert instructor.get(where).status_code == 404


def test_an_encoding_that_there_is_not_is_told_and_nothing_is_taken(instructor, make_video, runtime):
    where = send(instructor, make_video(), RUSSIAN, track_language="ru").location

    page = instructor.get(f"{where}?encoding=base64").text
    instructor.submit(where, {"encoding": "base64", "way": "serve"})

    assert "cannot be taken" in page
    assert documents(runtime) == []


def test_a_file_of_another_instructors_video_is_not_shown(instructor, make_video, learner):
    where = send(instructor, make_video(), RUSSIAN, track_language="ru").location

    assert learner.get(where).status_code == 403


def test_a_chapter_whose_title_would_be_cut_is_told_by_its_line(instructor, make_video, runtime):
    long = f"1\n00:00:01,000 --> 00:00:04,000\n{'Я' * 201}\n".encode("cp1251")
    where = send(instructor, make_video(), long, kind="chapters", track_language="ru").location

    instructor.submit(where, {"encoding": "cp1251", "way": "serve"})

    assert "the title has 201 characters" in instructor.get(f"{where}?encoding=cp1251").text
    assert documents(runtime) == []
