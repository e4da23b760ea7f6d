"""What is kept of a file of questions until it is dealt with."""

from __future__ import annotations

from edu.models import QuestionImport
from edu.services.quizzing.exchanging import staging


def test_a_file_that_was_sent_before_losses_had_owners_can_still_be_looked_at() -> None:
    kept = {"place": "questions[1]", "reason": "The text is empty.", "code": "blank", "parameters": {}}

    (loss,) = staging.losses(QuestionImport(losses=[kept]))

    assert (loss.place, loss.item, loss.question, loss.is_left_out) == ("questions[1]", "", "", False)
