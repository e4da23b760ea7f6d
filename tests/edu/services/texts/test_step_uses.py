"""What points to steps: questions by their newest wording, lessons by their text, checklists."""

from __future__ import annotations

from sqlalchemy import select

from edu.models import Question, Video
from edu.policy import NOBODY
from edu.services import checklists
from edu.services.quizzing import questions
from edu.services.texts import step_uses
from tests.edu.conftest import Site


def test_a_step_knows_the_questions_lessons_and_checklists_that_point_to_it(site: Site) -> None:
    now = site.runtime.clock.now()
    with site.runtime.db.writing() as session:
        video = session.scalars(select(Video).where(Video.code == "V2")).one()
        checklists.make(session, NOBODY, video, now)

        found = step_uses.of_video(session, NOBODY, video)

    uses = found["V2-c01"]
    assert [use.name for use in uses.questions] == ["Q003"]
    assert [use.name for use in uses.lessons] == ["The needle"]
    assert [use.id for use in (*uses.questions, *uses.lessons)] == [0, 0], "nobody may edit them"
    assert len(uses.checklists) == 1
    assert uses.count == 3


def test_a_question_that_was_archived_or_names_another_step_now_points_no_more(site: Site) -> None:
    with site.runtime.db.writing() as session:
        video = session.scalars(select(Video).where(Video.code == "V2")).one()
        question = session.scalars(select(Question).where(Question.uid == "Q003")).one()
        assert questions.latest(session, question.id) is not None
        question.archived_at = site.runtime.clock.now()
        session.flush()

        found = step_uses.of_video(session, NOBODY, video)

    assert found["V2-c01"].questions == ()
