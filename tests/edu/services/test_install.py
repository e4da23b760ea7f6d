"""Installing a course: once, twice, with changes on either side, and back out as files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import select

import captions
from edu.cli.prepare import BUNDLED
from edu.courseware import course as files
from edu.courseware.check import check_course
from edu.courseware.finding import CourseError
from edu.courseware.read import read_course
from edu.courseware.write import text_files, write_course
from edu.db import Base
from edu.errors import Conflict
from edu.models import Course, Job, Lesson, Module, Quiz, Reference, Step, Track, Video, VideoState
from edu.runtime import Runtime
from edu.services import course_files, films, originals, video_jobs
from edu.services.quizzing.lesson_questions import EMPTIED
from edu.services.texts import tracks
from media.edit import WHOLE, Cover, Edit
from tests.edu.conftest import Site
from tests.edu.courseware.conftest import CourseFolder
from tests.filming import make_film

LESSON = "modules/M1/L1.1-touch.md"


def row(site: Site, slug: str = "touch") -> Lesson:
    with site.runtime.db.reading() as session:
        return session.scalars(select(Lesson).where(Lesson.slug == slug)).one()


def edit(site: Site, body: str, slug: str = "touch") -> None:
    """Change a lesson as the studio does."""
    with site.runtime.db.writing() as session:
        session.scalars(select(Lesson).where(Lesson.slug == slug)).one().body = body


def export(site: Site, folder: Path) -> Path:
    with site.runtime.db.reading() as session:
        course = course_files.whole(session, session.scalars(select(Course)).one())
        carried = course_files.carried(session, course)
    write_course(course, folder, lambda path: carried[path].open(site.runtime.store))
    return folder


def said(course: files.Course) -> list[object]:
    """What a course says, apart from how its quizzes and questions are laid out in their files."""
    texts = {path: text for path, text in text_files(course).items() if not path.startswith("qu")}
    return [texts, [e.quiz for e in course.quizzes], [e.item for e in course.questions], course.steps.keys()]


def everything(site: Site) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the course's tables, to see that nothing moved."""
    left_out = {"installed_file", "job", "throttle", "one_time_link"}
    with site.runtime.db.reading() as session:
        return {
            name: sorted((tuple(row) for row in session.execute(sa.select(table))), key=str)
            for name, table in Base.metadata.tables.items()
            if name not in left_out
        }


def test_the_small_course_is_without_fault(site: Site) -> None:
    assert check_course(read_course(site.folder.path)) == ()


def test_everything_in_the_folder_is_installed_once(site: Site) -> None:
    with site.runtime.db.reading() as session:
        course = session.scalars(select(Course)).one()
        assert (course.slug, course.title, course.state) == ("small", "Small", "under_construction")
        assert session.scalars(select(Module.code).order_by(Module.position)).all() == ["M1", "M5"]
        assert session.scalars(select(Lesson.code).order_by(Lesson.code)).all() == ["L1.1", "L1.2", "L5.1"]
        assert session.scalars(select(Video.code).order_by(Video.code)).all() == ["V1", "V2"]
        assert session.scalars(select(Step.identifier).order_by(Step.identifier)).all() == [
            "V1-c01",
            "V1-c02",
            "V2-c01",
        ]
        assert session.scalars(select(Reference.key)).all() == ["known2001"]
        assert len(session.scalars(select(Track)).all()) == 4
        lesson = session.scalars(select(Lesson).where(Lesson.code == "L1.1")).one()
        assert lesson.video is not None
        assert lesson.video.code == "V1"
        quiz = session.scalars(select(Quiz).where(Quiz.slug == "first")).one()
        assert (quiz.lesson_id, quiz.current) == (lesson.id, 1)


def test_each_film_is_promised_to_be_processed(site: Site) -> None:
    with site.runtime.db.reading() as session:
        kinds = session.scalars(select(Job.kind).where(Job.kind != originals.REMOVE)).all()

    assert kinds == ["check_video", "check_video"]


def test_what_is_for_professionals_is_so_in_the_database(site: Site) -> None:
    with site.runtime.db.reading() as session:
        for kind in (Module, Lesson, Video, Quiz):
            assert len(session.scalars(select(kind).where(kind.audience == "pro")).all()) == 1, kind


def test_installing_twice_changes_nothing(site: Site) -> None:
    before = everything(site)

    report = site.install()

    assert (report.added, report.updated, report.conflicts) == ([], [], [])
    assert everything(site) == before


def test_a_changed_file_updates_a_page_that_nobody_touched(site: Site) -> None:
    site.folder.change(LESSON, "Press gently", "Press with two fingers")

    report = site.install()

    assert (report.updated, report.conflicts) == ([LESSON], [])
    assert "two fingers" in row(site).body
    assert row(site).revision == 2


def test_a_page_edited_in_the_studio_is_never_overwritten_and_is_listed(site: Site) -> None:
    edit(site, "Words of the studio [@known2001] [C]. [[V1-c02]]")
    site.folder.change(LESSON, "Press gently", "Press with two fingers")

    for _ in range(2):
        report = site.install()

        assert (report.updated, report.conflicts) == ([], [LESSON])
        assert row(site).body.startswith("Words of the studio")


def test_an_edited_page_whose_file_did_not_change_is_no_conflict(site: Site) -> None:
    edit(site, "Words of the studio.")

    report = site.install()

    assert (report.updated, report.conflicts) == ([], [])
    assert row(site).body == "Words of the studio."


def test_a_page_removed_in_the_studio_does_not_come_back(site: Site) -> None:
    with site.runtime.db.writing() as session:
        session.delete(session.scalars(select(Lesson).where(Lesson.slug == "rest")).one())

    report = site.install()

    assert report.conflicts == ["modules/M1/L1.2-rest.md"]
    with site.runtime.db.reading() as session:
        assert session.scalar(select(Lesson).where(Lesson.slug == "rest")) is None


def test_a_page_made_in_the_studio_under_a_name_of_the_course_is_left_alone(site: Site) -> None:
    with site.runtime.db.writing() as session:
        old = session.scalars(select(Lesson).where(Lesson.slug == "rest")).one()
        session.add(
            Lesson(
                course_id=old.course_id,
                module_id=old.module_id,
                slug="sleep",
                title="Mine",
                body="Mine.",
                created_at=old.created_at,
                updated_at=old.created_at,
            )
        )
    text = (
        site.folder.text("modules/M1/L1.2-rest.md").replace('"L1.2"', '"L1.3"').replace('"rest"', '"sleep"')
    )
    site.folder.write("modules/M1/L1.3-sleep.md", text)

    report = site.install()

    assert "modules/M1/L1.3-sleep.md" in report.conflicts
    assert row(site, "sleep").body == "Mine."


def test_a_caption_file_that_changed_becomes_the_next_version(site: Site) -> None:
    site.folder.change("videos/find.captions.en.vtt", "Ask first.", "Ask before you touch.")

    assert site.install().updated == ["videos/find.captions.en.vtt"]

    with site.runtime.db.reading() as session:
        current = tracks.of_video(session, site.video("V1").id)
        assert [entry.track.current for entry in current] == [2, 1]
        assert "Ask before you touch." in current[0].document


def test_captions_corrected_in_the_studio_are_left_alone(site: Site) -> None:
    with site.runtime.db.writing() as session:
        video = session.scalars(select(Video).where(Video.code == "V1")).one()
        old = tracks.of_video(session, video.id)[0]
        better = captions.read(old.document.replace("Ask", "Please ask").encode(), format="vtt")
        tracks.keep(session, video, better, kind=old.track.kind, language="en", now=site.runtime.clock.now())
    site.folder.change("videos/find.captions.en.vtt", "Ask first.", "Ask before you touch.")

    assert site.install().conflicts == ["videos/find.captions.en.vtt"]


def test_a_film_that_was_made_anew_is_processed_while_the_old_one_is_served(site: Site) -> None:
    site.folder.write("videos/find.mp4", "another film")

    assert site.install().updated == ["videos/find.mp4"]

    video = site.video("V1")
    assert (video.version, video.state) == ("vV1", VideoState.RECEIVED)
    with site.runtime.db.reading() as session:
        newest = session.scalars(select(Job).order_by(Job.id.desc())).first()
        assert newest is not None
        assert newest.key == f"check_video:{video.id}:{video.original_sha256[:16]}"
        assert b"".join(site.runtime.store.blocks(video.original_key)) == b"another film"


def test_a_step_keeps_its_id_when_its_chapter_moves(site: Site) -> None:
    site.folder.change(
        "videos/find.chapters.en.vtt", "00:00:09.000 --> 00:00:18.000", "00:00:10.500 --> 00:00:18.000"
    )
    site.folder.change(
        "videos/find.chapters.en.vtt", "00:00:00.000 --> 00:00:09.000", "00:00:00.000 --> 00:00:10.500"
    )

    site.install()

    with site.runtime.db.reading() as session:
        assert session.get_one(Step, "V1-c02").start_ms == 10_500


def test_a_question_that_was_reworded_is_a_new_version_of_the_same(site: Site) -> None:
    site.folder.change("questions/Q001.toml", "It moves.", "It moves under the finger.")

    assert site.install().updated == ["questions/Q001.toml"]

    with site.runtime.db.reading() as session:
        numbers = session.execute(sa.text("SELECT number FROM question_version ORDER BY question_id, number"))
        assert [number for (number,) in numbers] == [1, 2, 1, 1]


def test_a_quiz_that_no_module_or_lesson_names_waits(site: Site) -> None:
    site.folder.write(
        "quizzes/later.toml",
        'id = "later"\ntitle = "Later"\nlanguage = "en"\n\n[[slots]]\nquestion = "Q001"\n',
    )
    site.install()
    with site.runtime.db.reading() as session:
        assert session.scalars(select(Quiz.current).where(Quiz.slug == "later")).one() == 0

    site.folder.change("modules/M1/L1.2-rest.md", 'language = "en"', 'language = "en"\nquiz = "later"')
    site.install()

    with site.runtime.db.reading() as session:
        quiz = session.scalars(select(Quiz).where(Quiz.slug == "later")).one()
        assert quiz.current == 1
        assert quiz.lesson_id == row(site, "rest").id


def test_a_quiz_whose_last_question_was_removed_in_the_studio_stays_empty(site: Site) -> None:
    with site.runtime.db.writing() as session:
        quiz = session.scalars(select(Quiz).where(Quiz.slug == "inject")).one()
        quiz.current, quiz.details = 0, {**quiz.details, EMPTIED: True}

    site.install()

    with site.runtime.db.reading() as session:
        assert session.scalars(select(Quiz.current).where(Quiz.slug == "inject")).one() == 0


def test_references_follow_their_file(site: Site) -> None:
    site.folder.write(
        "references.bib", "@article{other2002, author={Other, C.}, title={Another thing}, year={2002}}\n"
    )

    site.install()

    with site.runtime.db.reading() as session:
        assert session.scalars(select(Reference.key)).all() == ["other2002"]


def test_a_broken_course_is_told_as_sentences_with_places_and_nothing_is_installed(site: Site) -> None:
    before = everything(site)
    site.folder.change(LESSON, "minutes = 5", 'minutes = "five"')
    site.folder.write("questions/Q001.toml", "[[questions]]\nid = ")

    with pytest.raises(CourseError) as caught:
        site.install()

    places = [finding.place for finding in caught.value.findings]
    assert f"{LESSON}:5" in places
    assert any(place.startswith("questions/Q001.toml") for place in places)
    assert all(finding.sentence.startswith(f"{finding.place}: ") for finding in caught.value.findings)
    assert everything(site) == before


def test_what_is_exported_reads_as_what_was_installed(site: Site, tmp_path: Path) -> None:
    out = export(site, tmp_path / "out")

    first, second = read_course(site.folder.path), read_course(out)

    assert said(second) == said(first)
    for film in ("find", "needle"):
        assert (out / f"videos/{film}.mp4").read_bytes() == (
            site.folder.path / f"videos/{film}.mp4"
        ).read_bytes()


def test_export_writes_what_was_edited(site: Site, tmp_path: Path) -> None:
    edit(site, "Words of the studio.\n")

    out = export(site, tmp_path / "out")

    assert (out / LESSON).read_text().endswith("Words of the studio.\n")


def test_installing_an_export_changes_nothing_even_after_an_edit(site: Site, tmp_path: Path) -> None:
    edit(site, "Words of the studio.\n")
    out = export(site, tmp_path / "out")
    before = everything(site)

    report = site.install_from(out)

    assert (report.added, report.updated, report.conflicts) == ([], [], [])
    assert everything(site) == before


def test_after_an_export_was_installed_the_edit_is_still_safe_from_the_first_folder(
    site: Site, tmp_path: Path
) -> None:
    edit(site, "Words of the studio.\n")
    site.install_from(export(site, tmp_path / "out"))
    site.folder.change(LESSON, "Press gently", "Press with two fingers")

    assert site.install().conflicts == [LESSON]
    assert row(site).body == "Words of the studio.\n"


def test_a_video_code_that_another_course_has_is_refused_with_a_sentence(site: Site, tmp_path: Path) -> None:
    other = CourseFolder(tmp_path / "other")
    other.change("course.toml", 'slug = "small"', 'slug = "other"')
    for file in ("find.toml", "find.mp4", "find.captions.en.vtt", "find.chapters.en.vtt"):
        (other.path / "videos" / file).rename(other.path / "videos" / f"seek{file[4:]}")

    with pytest.raises(Conflict, match='the code V1 is that of the video "Find" already'):
        site.install_from(other.path)


def test_the_bundled_course_comes_in_whole_and_goes_out_saying_the_same(
    runtime: Runtime, tmp_path: Path
) -> None:
    site = Site(runtime, CourseFolder(tmp_path / "unused"))

    report = site.install_from(BUNDLED / "back-mice")

    assert (report.updated, report.conflicts) == ([], [])
    first, second = read_course(BUNDLED / "back-mice"), read_course(export(site, tmp_path / "out"))
    plain = tuple(replace(video, word_times="") for video in first.videos)
    assert said(second) == said(replace(first, videos=plain))
    assert site.install_from(tmp_path / "out").updated == []


def add_film(site: Site, edit: Edit = WHOLE) -> None:
    """Give V1 a film that is shown, as one that a maker has cut and brought back has."""
    now = site.runtime.clock.now()
    with site.runtime.db.writing() as session:
        video = session.scalars(select(Video).where(Video.code == "V1")).one()
        video_jobs.first_film(session, video)
        session.flush()
        film = video_jobs.next_film(session, video, None, now)
        assert film is not None
        film.edit = edit.plain()
        session.flush()
        make_film(session, video, film, now)


def test_a_film_that_was_made_anew_twice_is_taken_twice_where_the_video_has_films(site: Site) -> None:
    add_film(site)
    for words in ("another film", "a third film"):
        site.folder.write("videos/find.mp4", words)

        assert site.install().updated == ["videos/find.mp4"]

        with site.runtime.db.writing() as session:
            video = session.scalars(select(Video).where(Video.code == "V1")).one()
            film = films.waiting(session, video.id)
            assert film is not None
            make_film(session, video, film, site.runtime.clock.now())
    assert site.video("V1").film == 3


def test_a_film_that_was_cut_or_covered_in_the_studio_is_left_alone(site: Site) -> None:
    add_film(site, Edit(covers=(Cover(0, 1000, 0.1, 0.1, 0.2, 0.2),)))
    site.folder.write("videos/find.mp4", "another film")

    assert site.install().conflicts == ["videos/find.mp4"]
