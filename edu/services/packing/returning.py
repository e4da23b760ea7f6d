"""Answers that come home from a pack become an attempt: frozen as they went out, marked and explained."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from edu.errors import Conflict, Gone, Invalid, TooLarge, TooMany
from edu.models import (
    Attempt,
    AttemptSlot,
    AttemptState,
    Audience,
    Pack,
    PackReturn,
    Quiz,
    QuizVersion,
    Response,
)
from edu.policy import Action, Facts, Viewer, require
from edu.services.packing import freezing
from edu.services.packing.freezing import KeptSlot
from edu.services.packing.returned import Given, Returned
from edu.services.quizzing import allowances, marking, questions, reach
from edu.services.quizzing import quizzes as quiz_service
from edu.services.quizzing.attempts import CLAIMABLE
from edu.services.quizzing.reviewing import cards
from quizzes import Mode, QuizError, Reason

LATEST = timedelta(days=365)  # after a pack was made, its answers may come home for so long
REFUSALS = (Conflict, Gone, Invalid, TooLarge, TooMany)
"""What a person may read beside the form: the file can be chosen again."""
_TRIES = 3
_FORGED = "these answers do not fit the questions of that pack"


def bring_home(session: Session, viewer: Viewer, returned: Returned, *, now: datetime) -> Attempt:
    """The attempt that these answers are; the same file again gives the same one.

    Where the pack could not ask all questions, those that were answered are marked and explained and the
    others stay open on the site, unless the person has another attempt open there. Invalid for a pack that
    this site did not make and for answers that do not fit it, Gone for one that is too old, Conflict when
    somebody else brought the same answers or no attempt is left; GateClosed.
    """
    if viewer.user_id is None and viewer.visitor_hash is None:
        raise ValueError("an attempt needs an owner")
    pack = session.get(Pack, returned.pack)
    if pack is None:
        raise Invalid("this pack was not made by this site", code="foreign_pack")
    version_id, slots = _quiz_of(pack, returned)
    for _ in range(_TRIES):
        if (known := _known(session, viewer, returned)) is not None:
            return known
        if now - pack.made_at > LATEST:
            raise Gone("this pack is more than a year old; take a new one", code="pack_too_old")
        try:
            with session.begin_nested():
                return _made(session, viewer, pack, version_id, slots, returned, now)
        except IntegrityError:
            # another tab brought the same file, or began the same quiz, a moment earlier
            continue
    raise Conflict("these answers are being brought home elsewhere; please try again", code="busy")


def _quiz_of(pack: Pack, returned: Returned) -> tuple[int, tuple[KeptSlot, ...]]:
    quizzes_of = dict(enumerate(freezing.kept(pack)))
    if returned.quiz not in quizzes_of:
        raise Invalid(_FORGED, code="forged_answers")
    version_id, slots = quizzes_of[returned.quiz]
    asked = {slot.position for slot in slots if slot.is_asked}
    if not {given.position for given in returned.answers} <= asked:
        raise Invalid(_FORGED, code="forged_answers")
    return version_id, slots


def _known(session: Session, viewer: Viewer, returned: Returned) -> Attempt | None:
    asked = (
        select(Attempt)
        .join(PackReturn, PackReturn.attempt_id == Attempt.id)
        .where(PackReturn.pack_id == returned.pack, PackReturn.uid == returned.uid)
    )
    attempt = session.scalar(asked)
    if attempt is None:
        return None
    if attempt.user_id is not None:
        is_mine = attempt.user_id == viewer.user_id
    else:
        is_mine = attempt.owner_hash == viewer.visitor_hash
    if not is_mine:
        raise Conflict("somebody else brought these answers home already", code="answers_taken")
    return attempt


def _made(
    session: Session,
    viewer: Viewer,
    pack: Pack,
    version_id: int,
    slots: Sequence[KeptSlot],
    returned: Returned,
    now: datetime,
) -> Attempt:
    version = session.get_one(QuizVersion, version_id)
    attempt = _begun(session, viewer, version, pack, returned, now)
    is_partly_asked = any(not slot.is_asked for slot in slots)
    if is_partly_asked and not _has_open(session, viewer, version.quiz_id):
        attempt.state, attempt.submitted_at = AttemptState.OPEN, None
    session.add(attempt)
    session.flush()
    made = [
        AttemptSlot(
            attempt_id=attempt.id,
            position=slot.position,
            question_version_id=slot.version_id,
            option_order=list(slot.order),
            max_mark=slot.max_mark,
        )
        for slot in slots
    ]
    session.add_all(made)
    responses = _responses(session, attempt, made, returned.answers, version, now)
    session.add_all(responses)
    session.add(PackReturn(pack_id=pack.id, uid=returned.uid, attempt_id=attempt.id, returned_at=now))
    session.flush()
    _mark(session, attempt, made, {response.position for response in responses}, now)
    return attempt


def _mark(
    session: Session,
    attempt: Attempt,
    slots: Sequence[AttemptSlot],
    answered: AbstractSet[int],
    now: datetime,
) -> None:
    """Mark all, or in an attempt that goes on what was answered, as if each had been checked."""
    is_open = attempt.state is AttemptState.OPEN
    done = [slot for slot in slots if not is_open or slot.position in answered]
    for slot in done if is_open else ():
        slot.checked_at = now
    marking.mark(session, done, now)
    if attempt.user_id is not None:
        cards.reviewed(session, attempt.user_id, now=now, attempt_id=attempt.id)


def _begun(
    session: Session, viewer: Viewer, version: QuizVersion, pack: Pack, returned: Returned, now: datetime
) -> Attempt:
    """The attempt, handed in; its times lie between the making of the pack and now, whatever a clock said."""
    quiz = session.get_one(Quiz, version.quiz_id)
    gated = select(reach.is_gated()).select_from(QuizVersion).join(Quiz, Quiz.id == QuizVersion.quiz_id)
    is_gated = session.scalar(gated.where(QuizVersion.id == version.id))
    require(viewer, Action.READ, Facts(Audience.PRO if is_gated else Audience.OPEN, True, quiz.owner_id))
    settings = quiz_service.settings_of(version)
    if settings.mode is not Mode.PRACTICE:
        raise Invalid(_FORGED, code="forged_answers")
    mine = quiz_service.attempts_of(session, viewer, quiz.id)
    allowed = allowances.attempts_allowed(settings, allowances.of(session, viewer, quiz.id, settings))
    if 0 < allowed <= len(mine):
        raise Conflict("all attempts at this quiz are used", code="no_attempts_left")
    is_visitor = viewer.user_id is None
    return Attempt(
        id=secrets.token_hex(16),
        user_id=viewer.user_id,
        owner_hash=viewer.visitor_hash if is_visitor else None,
        quiz_version_id=version.id,
        number=max((attempt.number for attempt in mine), default=0) + 1,
        seed=0,
        state=AttemptState.SUBMITTED,
        started_at=min(max(returned.begun, pack.made_at), now),
        submitted_at=now,
        claimable_until=now + CLAIMABLE if is_visitor else None,
    )


def _has_open(session: Session, viewer: Viewer, quiz_id: int) -> bool:
    mine = quiz_service.attempts_of(session, viewer, quiz_id)
    return any(attempt.state is AttemptState.OPEN for attempt in mine)


def _responses(
    session: Session,
    attempt: Attempt,
    slots: Sequence[AttemptSlot],
    answers: Sequence[Given],
    version: QuizVersion,
    now: datetime,
) -> list[Response]:
    """The answers as rows. What was typed and is no number stays and earns nothing; else all must fit."""
    by_position = {slot.position: slot for slot in slots}
    items = questions.keyed(session, {by_position[given.position].question_version_id for given in answers})
    asks_certainty = quiz_service.settings_of(version).certainty
    rows = []
    for given in answers:
        slot, body = by_position[given.position], given.response
        if not asks_certainty and _is_certain(given):
            raise Invalid(_FORGED, code="forged_answers")
        if body in (None, [], {}, ""):
            continue
        try:
            marking.try_out(items[slot.question_version_id], slot, body)
        except QuizError as error:
            if error.code is not Reason.NOT_A_NUMBER:
                raise Invalid(_FORGED, code="forged_answers") from error
        rows.append(_row(attempt, given, now))
    return rows


def _is_certain(given: Given) -> bool:
    body = given.response
    return given.certainty is not None or (isinstance(body, dict) and "certainty" in body)


def _row(attempt: Attempt, given: Given, now: datetime) -> Response:
    return Response(
        attempt_id=attempt.id,
        position=given.position,
        rev=1,
        body=given.response,
        certainty=given.certainty,
        saved_at=now,
    )
