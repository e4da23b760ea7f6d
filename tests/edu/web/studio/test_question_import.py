"""The pages on which a file of questions is sent, looked at, taken or left; and on which one leaves."""

from __future__ import annotations

import html
import io
import re
import zipfile

from edu.models import Question, QuestionImport, Quiz
from edu.services.quizzing.exchanging import staging
from edu.web.studio import exchange_words
from quizzes import Format, Kind
from tests.edu.web.studio.test_quiz_story import IMPORT, form_of, moodle, send
from tests.quizzes.samples import sample

GIFT = b"""::Crest::[html]<p>Which line?</p>{=Tuffier#Yes ~Ribs ~Hips ~Heel####Between the crests.}

::Tell::Tell all. {}
"""


def counts(runtime) -> tuple[int, int]:
    with runtime.db.reading() as session:
        return session.query(Question).count(), session.query(QuestionImport).count()


def test_a_file_is_looked_at_as_learners_will_see_it_with_what_was_lost(instructor, runtime):
    page = instructor.get(send(instructor, GIFT, "crest.txt").location).text

    assert "GIFT" in page
    assert "Which line?" in page
    assert "<strong>Right:</strong> Tuffier" in page
    assert "Between the crests." in page
    assert "No reference supports the key." in page
    assert "Line 3" in page
    assert "cannot be taken over" in page
    assert counts(runtime) == (0, 1)


def test_a_file_that_is_left_changes_nothing(instructor, runtime):
    look = send(instructor, GIFT, "crest.txt").location

    instructor.submit(f"{look}/leave")

    assert counts(runtime) == (0, 0)
    assert instructor.get(look).status_code == 404


def test_what_is_not_right_is_told_on_the_page_with_what_was_chosen(instructor, runtime):
    look = send(instructor, moodle(2)).location

    refused = instructor.submit(look, {"left": "2", "tags": "kept words"})
    late = instructor.submit(look, {"left": "9", "take": "0"})

    assert refused.status_code == 422
    assert "Tick at least one question" in refused.text
    assert 'value="kept words"' in refused.text
    assert late.location == look
    assert counts(runtime) == (0, 1)


def test_a_quiz_that_was_made_takes_more_questions(instructor, runtime):
    first = send(instructor, moodle(1), "first.xml").location
    quiz = instructor.submit(first, {"left": "1", "take": "0", "quiz": "new", "name": "first"}).location
    second = send(instructor, GIFT, "second.gift").location

    instructor.submit(second, {"left": "1", "take": "0", "quiz": "first"})

    page = instructor.get(quiz).text
    assert page.index("Which line runs across crest 1?") < page.index("Which line?")
    with runtime.db.reading() as session:
        assert session.query(Quiz).one().current == 0


def test_a_file_that_cannot_be_read_is_refused_with_place_and_reason(instructor, runtime):
    for data, name, said in (
        (b"hello", "a.txt", "none of the formats"),
        (b"", "a.gift", "empty"),
        (b"<quiz><question", "a.xml", "The file was not taken. The file cannot be read"),
        (b'<!DOCTYPE q [<!ENTITY a "b">]><quiz>&a;</quiz>', "a.xml", "not safe to read"),
    ):
        answer = send(instructor, data, name)

        assert (answer.status_code, said in answer.text) == (422, True), said
        assert ("Where: Line 1." in answer.text) is (b"<quiz><question" in data)
    assert counts(runtime) == (0, 0)


def test_a_bomb_and_a_file_above_the_limit_are_refused(instructor):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", b"0" * 30_000_000)

    refused = send(instructor, bomb.getvalue(), "a.zip")
    said, kind = {"CONTENT_LENGTH": str(22 * 1024 * 1024)}, "multipart/form-data; boundary=x"
    large = instructor.post(IMPORT, environ_overrides=said, content_type=kind)

    assert refused.status_code == 422
    assert "not safe to read" in refused.text
    assert large.status_code == 413
    assert "at most 20 MB" in large.text


def test_a_file_of_somebody_else_is_not_shown(instructor, colleague, learner):
    look = send(instructor, GIFT, "crest.txt").location

    assert colleague.get(look).status_code == 404
    assert learner.get(IMPORT).status_code == 403


def test_a_format_is_said_where_it_was_guessed_wrong(instructor):
    assert send(instructor, GIFT, "crest.txt", format="aiken").status_code == 422
    assert send(instructor, GIFT, "crest.txt", format="gift").status_code == 303
    assert send(instructor, GIFT, "crest.txt", format="docx").status_code == 422


PLACES = (
    ("questions[3].options.B", "Question 4, option B"),
    ("questions[0]", "Question 1"),
    ("line 12", "Line 12"),
    ("line 12.answer[1]", "Line 12, answer 2"),
    ("questions[1].key", "Question 2, its key"),
    ("questions[1].odd.thing", "Question 2, odd.thing"),
    ("items/a.xml", "items/a.xml"),
    (f"quiz_{'a1' * 32}/quiz_{'a1' * 32}.xml", "quiz_a1a1a1….xml"),
    ("", "The whole file"),
)


def test_places_and_keys_are_told_in_plain_words(app):
    with app.test_request_context():
        told = [exchange_words.place(path) for path, _words in PLACES]
        said = {kind: exchange_words.answers(sample(kind)) for kind in Kind}

    assert told == [words for _path, words in PLACES]
    assert all(said.values())
    assert said[Kind.ORDERING] == ["beta", "delta", "alpha", "gamma"]
    assert said[Kind.MATCHING] == ["one → uno", "two → due"]
    assert said[Kind.MOMENT] == ["from 0:36.0 to 0:46.0"]


MIXED = b"""<quiz>
<question type="category"><category><text>$course$/top/Spine</text></category></question>
<question type="multichoice"><name><text>MX1</text></name><single>true</single>
<questiontext format="html"><text>&lt;p&gt;Which &lt;b&gt;line&lt;/b&gt;?&lt;/p&gt;</text></questiontext>
<answer fraction="100"><text>Tuffier</text></answer><answer fraction="50"><text>Nearly Tuffier</text></answer>
<answer fraction="0"><text>Ribs</text></answer></question>
<question type="multichoice"><name><text>MX3 broken</text></name><single>true</single>
<questiontext format="html"><text>&lt;p&gt;Which &lt;i&gt;rib&lt;/i&gt;?&lt;/p&gt;</text></questiontext>
<answer fraction="50"><text>First</text></answer><answer fraction="0"><text>Last</text></answer></question>
<question type="multichoice"><name><text>MX4</text></name><single>true</single>
<questiontext format="html"><text>&lt;p&gt;Which &lt;b&gt;heel&lt;/b&gt;?&lt;/p&gt;</text></questiontext>
<answer fraction="100"><text>Left</text></answer><answer fraction="0"><text>Right</text></answer></question>
</quiz>"""
BROKEN = (
    GIFT
    + b"""
::Torn::Which one? {=this ~that

::Whole::Which other? {=this ~that}
"""
)


def plain(page: str) -> str:
    """The words of a page, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


def test_what_a_question_lost_is_told_by_its_number_in_the_list_and_its_name(instructor):
    told = plain(instructor.get(send(instructor, MIXED, "mixed.xml").location).text)

    assert "Question 1 · MX1This cannot be kept: formatting." in told
    assert "Question 2 · MX4This cannot be kept: formatting." in told
    assert "Question 4" not in told
    assert "2 things in this file could not be kept" in told


def test_a_question_that_is_left_out_is_said_to_be_with_its_name_and_why(instructor):
    told = plain(instructor.get(send(instructor, MIXED, "mixed.xml").location).text)
    torn = plain(instructor.get(send(instructor, BROKEN, "torn.gift").location).text)

    assert "1 question of this file is left out" in told
    assert "MX3 broken: No answer is marked as wholly right." in told
    assert "Tell · Line 3: Questions of the kind essay cannot be taken over." in torn
    assert "Torn · Line 5: It cannot be read: a brace is not closed or not opened." in torn
    assert "The file cannot be read" not in torn


def test_answers_worth_a_part_of_the_mark_are_seen_before_the_file_is_taken(instructor):
    told = plain(instructor.get(send(instructor, MIXED, "mixed.xml").location).text)

    assert "Right: TuffierWorth a part of the mark: Nearly Tuffier (50 %)" in told


# -- leaving -------------------------------------------------------------------------------------------------


def test_questions_leave_as_a_file_and_what_it_does_not_hold_is_told_before(instructor):
    taken = {"left": "1", "take": "0", "quiz": "new", "title": "Crest"}
    quiz = instructor.submit(send(instructor, GIFT, "crest.txt").location, taken).location
    instructor.submit(quiz, {**form_of(instructor.get(quiz).text), "pass_mark": "90", "act": "publish"})

    menu = instructor.get(f"{quiz}/export").text
    warned = instructor.get(f"{quiz}/export?format=gift")
    sent = instructor.get(f"{quiz}/export?format=gift&anyway=1")
    whole = instructor.get(f"{quiz}/export?format=toml")
    listed = instructor.get("/studio/questions/export?format=csv&kind=single")

    assert all(f'value="{name}"' in menu for name in Format if name is not Format.H5P)
    assert "Settings of the quiz" in warned.text
    assert "format=gift&amp;anyway=1" in warned.text
    assert sent.headers["Content-Disposition"] == 'attachment; filename="crest.gift"'
    assert staging.read(sent.data, "crest.gift")[1].items[0].id == "Crest"
    assert whole.headers["Content-Type"].startswith("application/toml")
    assert listed.headers["Content-Disposition"] == 'attachment; filename="questions.csv"'
    assert "No published question is like that" in instructor.get("/studio/questions/export?kind=emq").text
    assert instructor.get(f"{quiz}/export?format=h5p").status_code == 422
