"""Sweeping forgets what readers wrote when its time has come; a rehearsal only counts it."""

from __future__ import annotations

from edu.clock import FixedClock
from edu.keeping.sweep import sweep
from edu.models import Message, MessageState
from edu.runtime import Runtime
from edu.services.messages import forgetting
from tests.messaging import add_message


def counted(runtime: Runtime, *, is_rehearsal: bool) -> int:
    found = sweep(runtime, is_rehearsal=is_rehearsal)
    return next(each.count for each in found if "of readers" in each.what)


def test_old_spam_is_counted_then_removed(runtime: Runtime, clock: FixedClock) -> None:
    with runtime.db.writing() as session:
        number = add_message(session, clock.now(), state=MessageState.SPAM, text="SECRET").id
    assert counted(runtime, is_rehearsal=True) == 0
    clock.advance(forgetting.KEPT_SPAM)

    counts = [counted(runtime, is_rehearsal=rehearsal) for rehearsal in (True, False, False)]

    assert counts == [1, 1, 0]
    with runtime.db.reading() as session:
        assert session.get_one(Message, number).text == ""
