"""From a file to figures: a Moodle quiz is brought, bound to a video, published, taken, and read about."""

from __future__ import annotations

import csv
import io
import re

from edu.models import Question, Quiz, Step
from edu.services.quizzing import questions
from tests.learners import Cohort, add_learners
from tests.people import Person

IMPORT, QUIZZES = "/studio/questions/import", "/studio/quizzes"


def moodle(count: int) -> bytes:
    """A small Moodle XML file: single choice questions whose first option is right, and one that we lack."""
    asked = "".join(
        f"""<question type="multichoice"><name><text>Crest {n}</text></name>
        <questiontext format="html"><text><![CDATA[<p>Which line runs across crest {n}?</p>]]></text>
        </questiontext>
        <generalfeedback format="html"><text>It runs between the highest points.</text></generalfeedback>
        <defaultgrade>1</defaultgrade><single>true</single><shuffleanswers>1</shuffleanswers>
        <answer fraction="100"><text>The line of Tuffier</text></answer>
        <answer fraction="0"><text>The line of the ribs</text></answer>
        <answer fraction="0"><text>The line of the hips</text></answer>
        <answer fraction="0"><text>The line of the heel</text></answer></question>"""
        for n in range(1, count + 1)
    )
    essay = """<question type="essay"><name><text>Essay</text></name>
        <questiontext format="html"><text>Tell all you know.</text></questiontext></question>"""
    return f'<?xml version="1.0" encoding="UTF-8"?><quiz>{asked}{essay}</quiz>'.encode()


def send(person: Person, data: bytes, name: str = "crest.xml", **form: str):
    """Send a file of questions."""
    brought = {**form, "file": (io.BytesIO(data), name)}
    return person.submit(IMPORT, brought, content_type="multipart/form-data")


def form_of(page: str) -> dict[str, object]:
    """The fields of the quiz form as a browser would send them: texts, ticks, radios and selects."""
    text = page[page.index('id="quiz-form"') : page.index("<aside")]
    found: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]*>", text):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="([^"]*)"', tag)
        is_off = kind and kind[1] in ("checkbox", "radio") and "checked" not in tag
        if name and not is_off and name[1] != "csrf_token":
            found[name[1]] = value[1] if value else ""
    for name, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', text, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    return found


def test_a_moodle_quiz_is_brought_bound_published_taken_and_read_about(instructor, make_video, runtime):
    step, video_id = "V1-c01", make_video(code="V1")
    with runtime.db.writing() as session:
        session.add(Step(identifier=step, video_id=video_id, title="The crest", start_ms=0, end_ms=9_000))

    look = send(instructor, moodle(6)).location
    page = instructor.get(look).text
    assert "6 questions" in page
    assert "1 question of this file is left out" in page  # the essay
    assert "Which line runs across crest 3?" in page
    chosen = {"left": "6", "take": [str(n) for n in range(6)], "same": step, "tags": "moodle, crest",
              "quiz": "new", "title": "About the crest"}  # fmt: skip
    quiz = instructor.submit(look, chosen).location
    assert quiz.endswith("/studio/quizzes/about-the-crest")
    form = form_of(instructor.get(quiz).text)
    published = instructor.submit(quiz, {**form, "attempts": "2", "act": "publish"})
    assert published.status_code == 303, published.text

    with runtime.db.writing() as session:
        row = session.query(Quiz).filter_by(slug="about-the-crest").one()
        assert row.current == 1
        add_learners(session, row, runtime.clock.now(), Cohort(200))
        wording = questions.latest(session, session.query(Question).first().id)
        item = questions.keyed(session, {wording.id})[wording.id].item
    assert item.evidence == step
    assert item.tags == ("moodle", "crest")
    shown = instructor.get(f"{quiz}/statistics").text
    assert "First tries of 200 learners." in shown
    table = instructor.get(f"{quiz}/statistics.csv").text
    rows = [line for line in csv.reader(io.StringIO(table.lstrip("\ufeff"))) if line]
    assert sum("Which line runs across crest" in " ".join(line) for line in rows) >= 6
    assert "200 attempts so far" in instructor.get(QUIZZES).text
