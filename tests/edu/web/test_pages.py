"""The public pages: what they show to whom, what they cost, and what stands in place of what is not there."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from edu.cli.prepare import BUNDLED
from edu.models import Course, Job, JobState, Lesson, PageState, Quiz, VideoState, Visibility
from edu.runtime import Runtime
from edu.web import assets
from tests.edu.conftest import Site, add_package
from tests.edu.courseware.conftest import CourseFolder
from tests.people import Person
from tests.reviewer import ReviewingClient
from tests.statements import Counter

LESSON = "/courses/small/touch"
PAGES = ("/courses", "/courses/small", LESSON, "/courses/small/rest", "/videos", "/videos/find")


def text(client: ReviewingClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def fetch(client: ReviewingClient, address: str) -> tuple[int, str, str, bytes]:
    """Status, type, how long it may be kept, and the bytes of a file, which is closed again."""
    with client.get(address) as answer:
        kept = answer.headers["Cache-Control"]
        return answer.status_code, answer.mimetype, kept, answer.data


def set_lesson(site: Site, code: str, **values: object) -> None:
    with site.runtime.db.writing() as session:
        session.execute(update(Lesson).where(Lesson.code == code).values(**values))


@pytest.mark.parametrize("address", PAGES)
def test_every_public_page_is_well_made(client: ReviewingClient, site: Site, address: str) -> None:
    answer = client.get(address)  # the client reviews what it is given

    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert answer.headers["Cache-Control"] == "no-cache, private"
    assert "Set-Cookie" not in answer.headers or "session" in answer.headers["Set-Cookie"]


def test_a_site_with_one_course_opens_it_at_once(client: ReviewingClient, site: Site) -> None:
    answer = client.get("/")

    assert (answer.status_code, answer.location) == (302, "/courses/small")


def test_a_site_without_courses_says_so(client: ReviewingClient) -> None:
    assert client.get("/").status_code == 200
    assert client.get("/videos").status_code == 200


def test_a_course_shows_its_honest_summary_its_modules_and_what_is_to_come(
    client: ReviewingClient, site: Site
) -> None:
    page = text(client, "/courses/small")

    for words in (
        "Little is known",
        "Touch",
        "Rest",
        "1 lesson for health professionals",
        "To come",
        "Not advice",
        "Self-check",
    ):
        assert words in page
    assert "GATED" not in page
    assert "The needle" not in page, "of lessons for professionals no title is told"


def test_a_film_is_as_long_in_lists_as_it_is_to_the_nearest_second(
    client: ReviewingClient, site: Site
) -> None:
    site.change_video("V1", duration_ms=93_600, teaching_ms=90_000)  # its credits are a part of it

    for address in ("/videos", "/courses/small"):
        assert "<span>1:34</span>" in text(client, address)
        assert "1:30" not in text(client, address)


def test_nothing_claims_a_review_that_never_was(client: ReviewingClient, site: Site) -> None:
    for address in ("/courses/small", LESSON, "/videos", "/videos/find"):
        page = text(client, address)
        assert re.search(r"not (yet )?been reviewed by a clinician|not yet reviewed", page), address
        assert not re.search(r"Reviewed (by|on)|reviewed by [A-Z]", page), address


def test_a_film_of_no_course_under_construction_says_nothing_of_a_review(
    client: ReviewingClient, site: Site
) -> None:
    with site.runtime.db.writing() as session:
        session.execute(update(Course).values(state=PageState.REVIEWED))

    for address in ("/videos", "/videos/find"):
        assert "reviewed" not in text(client, address)


def test_a_lesson_shows_film_steps_words_text_self_check_and_sources(
    client: ReviewingClient, site: Site
) -> None:
    page = text(client, LESSON)

    assert "<video" in page
    assert 'href="#V1-c02"' in page
    assert "Ask first" in page
    assert "Press gently" in page
    assert "Self-check" in page
    assert "A thing" in page, "the source that the text cites"
    assert 'rel="next" href="/courses/small/rest"' in page


def test_a_lesson_costs_eight_statements_and_no_more_for_more_rows(
    learner: Person, site: Site, statements: Counter
) -> None:
    learner.get(LESSON)
    with statements() as few:
        learner.get(LESSON)
    with site.runtime.db.writing() as session:
        old = session.scalars(select(Lesson).where(Lesson.code == "L1.2")).one()
        for number in range(20):
            more = Lesson(slug=f"more-{number}", title="More", state=PageState.REVIEWED)
            more.course_id, more.module_id = old.course_id, old.module_id
            more.created_at = more.updated_at = old.created_at
            session.add(more)
        quiz = session.scalars(select(Quiz).where(Quiz.slug == "first")).one()
        for number in range(5):
            session.add(
                Quiz(slug=f"more-{number}", title="More", lesson_id=quiz.lesson_id, current=1,
                     created_at=quiz.created_at)
            )  # fmt: skip
    add_package(site.runtime, site.video("V1").id, "older", b"OPEN")

    with statements() as many:
        assert "more-19" not in text(learner, LESSON)

    assert len(few) <= 8, few
    assert len(many) == len(few), many


@pytest.mark.parametrize(
    ("address", "most"), [("/courses", 3), ("/courses/small", 9), ("/videos", 3), ("/videos/find", 6)]
)
def test_the_other_pages_cost_few_statements(
    learner: Person, site: Site, statements: Counter, address: str, most: int
) -> None:
    learner.get(address)  # that one is here is noted once in a while

    with statements() as sent:
        learner.get(address)

    assert len(sent) <= most, sent


def test_a_lesson_page_without_its_film_is_small(client: ReviewingClient, site: Site) -> None:
    """The budget: 150 kB and 30 requests for page, styles and scripts as sent, what is deferred as well."""
    answer = client.get(LESSON)
    page = answer.get_data(as_text=True)
    wanted = set(re.findall(r'<(?:link[^>]+href|script[^>]+src|img[^>]+src)="(/static/[^"]+)"', page))

    sent = [client.get(address, headers={"Accept-Encoding": "gzip"}) for address in sorted(wanted)]
    weights = [len(one.data) for one in sent]
    for one in sent:
        one.close()

    assert len(weights) + 1 <= 30
    assert len(answer.data) + sum(weights) <= 150_000, sum(weights)


def test_a_draft_is_seen_by_makers_only(client: ReviewingClient, site: Site, instructor: Person) -> None:
    set_lesson(site, "L1.2", state=PageState.DRAFT)

    assert client.get("/courses/small/rest").status_code == 404
    assert "Rest" not in text(client, "/courses/small")
    assert 'rel="next"' not in text(client, LESSON) or "/rest" not in text(client, LESSON)
    assert "only instructors see this page" in text(instructor, "/courses/small/rest")


def test_a_course_that_is_a_draft_hides_all_its_lessons(
    client: ReviewingClient, site: Site, instructor: Person
) -> None:
    with site.runtime.db.writing() as session:
        session.execute(update(Course).values(state=PageState.DRAFT))

    for address in ("/courses/small", LESSON):
        assert client.get(address).status_code == 404
        assert instructor.get(address).status_code == 200
    assert "Small" not in text(client, "/courses")
    assert LESSON not in text(client, "/videos/find")


def test_a_reviewed_lesson_carries_no_banner(client: ReviewingClient, site: Site) -> None:
    set_lesson(site, "L1.1", state=PageState.REVIEWED)

    assert "not yet been reviewed" not in text(client, LESSON)


def test_a_changed_chapter_is_shown_at_once_wherever_its_step_is_named(
    client: ReviewingClient, site: Site
) -> None:
    assert "Position</span>" in text(client, LESSON)
    site.folder.change("videos/find.chapters.en.vtt", "Position", "Lie down")

    site.install()

    page = text(client, LESSON)
    assert "Lie down" in page
    assert "Position</span>" not in page


def test_a_step_of_a_film_that_was_taken_back_plays_nowhere(client: ReviewingClient, site: Site) -> None:
    site.change_video("V1", visibility=Visibility.DRAFT)

    page = text(client, LESSON)

    assert "<video" not in page
    assert 'href="/videos/find' not in page


def test_a_film_that_is_not_ready_says_how_far_it_is(client: ReviewingClient, site: Site) -> None:
    site.change_video("V1", version="", state=VideoState.RECEIVED)

    page = text(client, LESSON)

    assert "waits for its turn" in page
    assert "/media/" not in page.replace(site.public("V1") + "/tracks", "")


def test_the_state_of_a_film_follows_its_job(client: ReviewingClient, site: Site) -> None:
    site.change_video("V1", state=VideoState.IMPROVING)
    now = site.runtime.clock.now()
    with site.runtime.db.writing() as session:
        job = session.scalars(select(Job).where(Job.kind == "check_video").order_by(Job.id)).first()
        assert job is not None
        job.state, job.progress, job.started_at = JobState.RUNNING, 0.25, now - timedelta(seconds=10)

    told = client.get("/videos/find/state").json

    assert told == {
        "state": "improving",
        "progress": 0.25,
        "message": "Versions for every screen are being made.",
        "problem": "",
        "is_playable": True,
        "is_over": False,
        "seconds_left": 30,
    }


NOWHERE = (
    "/courses/none",
    "/courses/small/none",
    "/courses/none/touch",
    "/videos/none",
    "/videos/none/state",
)


@pytest.mark.parametrize(
    "address",
    [*NOWHERE, "/nothing", "/quizzes/none", "/courses/small/%00", "/videos/%00", "/static/x/../../db.py"],
)
def test_what_is_not_there_is_said_on_a_page_with_a_way_on(
    client: ReviewingClient, site: Site, address: str
) -> None:
    answer = client.get(address)

    assert answer.status_code == 404
    assert "Nothing here" in answer.text
    assert 'href="/"' in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_program_gets_a_problem_document(client: ReviewingClient, site: Site) -> None:
    for address in NOWHERE:
        answer = client.get(address, headers={"Accept": "application/json"})

        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json"), address
        assert answer.json is not None
        assert answer.json.keys() == {"type", "title", "status", "detail", "code"}
        assert answer.json["detail"].endswith(".")


def test_a_method_that_an_address_does_not_take_is_said_with_those_it_takes(client: ReviewingClient) -> None:
    answer = client.delete("/courses")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_two_who_make_the_same_thing_at_once_are_told_so(app: Flask, client: ReviewingClient) -> None:
    def make() -> str:
        with app.extensions["edu"].db.writing() as session:
            now = app.extensions["edu"].clock.now()
            session.add_all([Course(slug="a", title="A", created_at=now, updated_at=now) for _ in range(2)])
        return "made"

    app.view_functions["health.livez"] = make

    answer = client.get("/livez", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json["code"]) == (409, "busy")


def test_every_page_has_words_for_those_who_are_signed_in(learner: Person, site: Site) -> None:
    for address in PAGES:
        assert "Sign out" in text(learner, address)


def test_robots_leave_accounts_and_the_studio_alone(client: ReviewingClient) -> None:
    answer = client.get("/robots.txt")

    assert answer.mimetype == "text/plain"
    assert {"Disallow: /studio", "Disallow: /account"} <= set(answer.text.splitlines())


def test_the_sites_mark_is_found_without_being_named(client: ReviewingClient) -> None:
    assert fetch(client, "/favicon.ico")[:2] == (200, "image/svg+xml")


def test_files_of_the_interface_are_kept_for_ever_under_the_hash_of_the_build(
    app: Flask, client: ReviewingClient
) -> None:
    build = app.config["BUILD"]

    now, old = (fetch(client, f"/static/{name}/css/site.css") for name in (build, "old"))

    css = assets.text("css/site.css")
    assert now == (200, "text/css", "public, max-age=31536000, immutable", css)
    assert old == (200, "text/css", "no-cache", css)


@pytest.mark.parametrize(
    "path", ["../settings.py", "..%2Fsettings.py", "%2e%2e/settings.py", "/etc/passwd", "css"]
)
def test_nothing_outside_the_interface_is_given_out(client: ReviewingClient, path: str) -> None:
    answer = client.get(f"/static/x/{path}")

    assert answer.status_code in (308, 404)
    assert b"EDU_" not in answer.data
    assert b"root:" not in answer.data


def test_pages_of_the_bundled_course_stay_small(
    client: ReviewingClient, runtime: Runtime, tmp_path: Path
) -> None:
    Site(runtime, CourseFolder(tmp_path / "unused")).install_from(BUNDLED / "back-mice")

    for address in ("/courses/back-mice", "/courses/back-mice/the-sequence", "/videos/find"):
        assert len(client.get(address).data) < 60_000, address


def test_only_a_page_with_the_card_of_another_sites_video_may_frame_its_player(
    client: ReviewingClient, site: Site
) -> None:
    address = "https://www.youtube.com/watch?v=abcdefghijk"
    with site.runtime.db.writing() as session:
        row = session.scalars(select(Lesson).where(Lesson.slug == "rest")).one()
        row.body = f"::: external {address}\nA debate.\n:::\n"

    shown, other = client.get("/courses/small/rest"), client.get(LESSON)

    assert "frame-src https://www.youtube-nocookie.com" in shown.headers["Content-Security-Policy"]
    assert "js/external/edu-external.js" in shown.text
    assert f'href="{address}"' in shown.text
    assert "<iframe" not in shown.text
    assert "frame-src" not in other.headers["Content-Security-Policy"]
    assert "edu-external" not in other.text
