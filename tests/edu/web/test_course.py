"""Pages of a course: doors, paths, the filter by grade, what is new, how pages stand, and what is closed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select, update

from edu.cli.prepare import BUNDLED
from edu.clock import FixedClock
from edu.models import (
    Audience,
    Checklist,
    Course,
    Lesson,
    LessonVisit,
    Module,
    PageState,
    Question,
    Quiz,
)
from edu.runtime import Runtime
from tests.edu.conftest import Site
from tests.edu.courseware.conftest import CourseFolder
from tests.people import Person
from tests.reviewer import ReviewingClient
from tests.statements import Counter

COURSE = "/courses/small"
NEEDLE = f"{COURSE}/needle"
SIGNED = {
    "reviewer": "Dr Grey",
    "reviewed_on": "2026-01-10",
    "due_on": "2026-03-05",
    "conflicts": "none",
}


def sign(site: Site, model: type[Lesson] | type[Module], code: str, **facts: object) -> None:
    with site.runtime.db.writing() as session:
        row = session.scalars(select(model).where(model.code == code)).one()
        row.details = {**row.details, "review": SIGNED}
        for name, value in facts.items():
            setattr(row, name, value)


def practise(site: Site) -> None:
    """The quiz belongs to the lesson for professionals, and a checklist asks for the step of its film."""
    now = site.runtime.clock.now()
    with site.runtime.db.writing() as session:
        needle = session.scalars(select(Lesson).where(Lesson.slug == "needle")).one()
        session.execute(update(Quiz).where(Quiz.slug == "first").values(lesson_id=needle.id))
        session.execute(update(Module).where(Module.code == "M1").values(details={}))
        row = Checklist(slug="needle", title="Needle", audience=Audience.PRO, is_published=True)
        row.document = {"items": [{"id": "s1", "text": "Stop", "step": "V2-c01"}]}
        row.created_at = row.updated_at = now
        session.add(row)


def test_the_pages_of_a_course_are_well_made_and_tell_no_gated_title(
    client: ReviewingClient, site: Site
) -> None:
    for address in ("", "/paths/student", "/changes", "/state", "?grade=C", "?grade=none", "/rest"):
        answer = client.get(COURSE + address)  # the client reviews what it is given

        assert answer.status_code == 200, address
        assert "The needle" not in answer.text, address
        assert NEEDLE not in answer.text, address


def test_a_grade_keeps_the_lessons_that_carry_it(client: ReviewingClient, site: Site) -> None:
    page = client.get(f"{COURSE}?grade=C").text
    lessons = page[page.index('id="lessons"') :]

    assert 'href="/courses/small/touch"' in lessons
    assert 'href="/courses/small/rest"' not in lessons
    assert 'aria-current="true"><b>C</b>' in lessons


def test_between_lessons_what_is_closed_is_named_as_its_module(
    client: ReviewingClient, site: Site, declare: Callable[[ReviewingClient], None]
) -> None:
    page = client.get(f"{COURSE}/rest").text

    assert re.search(r'href="/courses/small#M5">.*?Injecting</span></a>, 1 lesson for health', page)
    assert 'rel="next"' not in page
    declare(client)
    assert f'rel="next" href="{NEEDLE}"' in client.get(f"{COURSE}/rest").text


def test_who_came_from_a_path_goes_along_its_first_lessons_and_back_to_it(
    client: ReviewingClient, site: Site
) -> None:
    with site.runtime.db.writing() as session:
        course = session.scalars(select(Course)).one()
        way = {**course.notices["paths"][0], "start": ["L1.2", "L5.1", "L1.1"]}
        course.notices = {**course.notices, "paths": [way]}
    listed = client.get(f"{COURSE}/paths/student").text
    first = client.get(f"{COURSE}/rest?path=student").text
    last = client.get(f"{COURSE}/touch?path=student").text

    assert f'href="{COURSE}/rest?path=student"' in listed
    ways = re.compile(r'rel="(next|prev)" href="([^"]+)"')
    assert ways.findall(first) == [("next", f"{COURSE}/touch?path=student")]
    assert ways.findall(last) == [("prev", f"{COURSE}/rest?path=student")]
    assert f'Back to the path: <a href="{COURSE}/paths/student"' in last
    assert f'rel="canonical" href="http://localhost{COURSE}/touch"' in last
    for elsewhere in ("", "?path=none"):
        page = client.get(f"{COURSE}/touch{elsewhere}").text
        assert f'rel="next" href="{COURSE}/rest"' in page
        assert "Back to the path" not in page


def test_who_comes_back_finds_where_they_were_and_what_is_new(
    learner: Person, client: ReviewingClient, site: Site, clock: FixedClock
) -> None:
    learner.get(f"{COURSE}/touch")
    clock.advance(timedelta(hours=20))
    with site.runtime.db.writing() as session:
        now = clock.now()
        session.execute(update(Lesson).where(Lesson.code == "L1.2").values(updated_at=now))
    clock.advance(timedelta(hours=1))

    page = learner.get(COURSE).text
    way = learner.get(f"{COURSE}/paths/student").text

    entry = page[page.index("Go on where you left") : page.index("How sure can one be")]
    assert re.findall(r'href="/courses/small/(\w+)"[^>]*>([^<]+)', entry)[:3] == [
        ("touch", "L1.1 Touch"),
        ("rest", "L1.2 Rest"),
        ("rest", "L1.2 Rest"),
    ]
    assert "New or changed since 2 Mar 2026" in entry
    assert "Lessons opened: 1 of 2" in way
    assert "70 % of the questions" in way
    assert "Go on where you left" not in client.get(COURSE).text


def test_that_somebody_is_here_is_noted_once_in_a_while(
    learner: Person, client: ReviewingClient, site: Site, statements: Counter, clock: FixedClock
) -> None:
    client.get(f"{COURSE}/touch")
    learner.get(f"{COURSE}/touch")
    clock.advance(timedelta(minutes=4))
    with statements() as sent:
        learner.get(f"{COURSE}/touch")

    assert not [statement for statement in sent if not statement.lstrip().startswith(("SELECT", "WITH"))]
    with site.runtime.db.reading() as session:
        assert [row.user_id for row in session.scalars(select(LessonVisit))] == [learner.user_id]


def test_a_signed_page_names_its_reviewer_and_after_its_day_needs_review(
    client: ReviewingClient, site: Site, clock: FixedClock
) -> None:
    sign(site, Lesson, "L1.1", state=PageState.REVIEWED)
    page = client.get(f"{COURSE}/touch").text
    assert "Dr Grey, 10 Jan 2026" in page
    assert 'class="banner"' not in page

    clock.advance(timedelta(days=4))

    page = client.get(f"{COURSE}/touch").text
    assert "the next was due by 5 Mar 2026" in page
    assert "Needs review" in client.get(COURSE).text
    assert "Dr Grey" in client.get(f"{COURSE}/state?state=needs_review").text


def test_a_module_past_its_day_is_closed_to_those_who_had_not_begun_it(
    learner: Person, client: ReviewingClient, site: Site, clock: FixedClock, declare: Callable[..., None]
) -> None:
    sign(site, Module, "M5")
    practise(site)
    for reader in (learner, client):
        declare(reader)
    assert learner.get(NEEDLE).status_code == 200
    assert client.get("/quizzes/first").status_code == 200
    words = "/videos/needle/captions/en.vtt"
    assert client.get(words).status_code == 200

    clock.advance(timedelta(days=4))

    refused = client.get(NEEDLE)
    assert (refused.status_code, "was due by 2026-03-05" in refused.text) == (403, True)
    assert "GATED" not in refused.text
    assert client.get(f"{NEEDLE}/pack").status_code == 403
    for closed in ("/videos/needle", words, "/quizzes/first", "/checklists/needle"):
        assert client.get(closed).status_code == 403, closed
    assert client.submit("/quizzes/first/attempts", {}).status_code == 403
    assert "closed to new learners" in client.get(COURSE).text
    assert learner.get(NEEDLE).status_code == 200, "who began it in time goes on"
    for open_still in (words, "/quizzes/first", "/checklists/needle"):
        assert learner.get(open_still).status_code == 200, open_still
    assert "closed to new learners" not in learner.get(COURSE).text


def test_the_frame_leads_only_to_what_is_there(client: ReviewingClient, site: Site) -> None:
    page = client.get("/videos").text
    header = page[page.index("<header") : page.index("</header>")]
    ways = dict.fromkeys(re.findall(r'<a href="(/[^"]*)"', header))

    assert "/courses" in ways
    assert "/checklists" in ways
    for address in ways:
        assert client.get(address).status_code in (200, 302), address


def test_a_course_leads_those_who_worry_to_their_page_before_all_else(
    client: ReviewingClient, site: Site
) -> None:
    page = client.get(COURSE).text

    entry = page[page.index('class="urgent"') : page.index("A course for tests.</p>")]
    assert re.findall(r'href="([^"]+)"', entry) == ["/courses/small/touch"]
    assert client.get("/seek-care").location == "/courses/small/touch"
    assert 'href="/seek-care"' in client.get("/videos").text, "from every page"


def test_a_course_that_names_no_page_for_patients_has_no_such_entry(
    client: ReviewingClient, site: Site
) -> None:
    with site.runtime.db.writing() as session:
        session.execute(update(Lesson).where(Lesson.code == "L1.1").values(state=PageState.DRAFT))

    assert 'class="urgent"' not in client.get(COURSE).text
    assert client.get("/seek-care").location == "/courses/small"


def test_the_bundled_course_has_three_doors_and_names_the_signs(
    client: ReviewingClient, runtime: Runtime, tmp_path: Path
) -> None:
    Site(runtime, CourseFolder(tmp_path / "unused")).install_from(BUNDLED / "back-mice")

    page = client.get("/courses/back-mice").text

    entry, _, rest = page.partition("How sure can one be")
    signs = 'href="/courses/back-mice/when-to-seek-care-now"'
    assert signs in entry
    doors = re.findall(r'<h3><a href="/courses/back-mice/paths/(\w+)">([^<]+)', entry)
    assert doors == [
        ("patient", "I have back pain and felt a lump"),
        ("student", "I am learning"),
        ("professional", "I am a licensed professional"),
    ]
    assert "is a hypothesis" in entry, "how sure one can be, in a line"
    assert signs in rest.partition("Not advice for you")[2]
    assert "Should I?" not in page
    assert "7 lessons for health professionals" in page
    assert 'href="/courses/back-mice/should-i' not in client.get("/courses/back-mice/imaging").text


def test_a_self_check_of_which_a_question_went_behind_the_gate_is_told_to_professionals_alone(
    client: ReviewingClient, site: Site
) -> None:
    pages = ("/courses/small", "/courses/small/touch")
    assert all("/quizzes/first" in client.get(page).get_data(as_text=True) for page in pages)

    with site.runtime.db.writing() as session:
        session.execute(update(Question).values(audience=Audience.PRO))

    assert not any("/quizzes/first" in client.get(page).get_data(as_text=True) for page in pages)
