"""Staging: a file of questions is read once and kept as a document until its questions are taken or left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

import quizzes
from edu.errors import Invalid, NotFound
from edu.models import QuestionImport
from edu.policy import Viewer
from edu.services.quizzing.exchanging.guessing import guess
from edu.services.quizzing.exchanging.pieces import Pieces, cut
from quizzes import Format, Item, Loss, QuizError, Reason

KEPT_FOR = timedelta(days=7)
MOST_KEPT = 10
"""Files of one sender that are not dealt with yet."""
MOST_LOSSES = 500


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file holds: its questions, cut into the pieces in which they are kept, and what was lost."""

    items: Pieces
    losses: tuple[Loss, ...] = ()


def read(data: bytes, name: str, said: str = "") -> tuple[Format, Brought]:
    """What a file holds, in the format that is said or guessed.

    No transaction is needed, and none should be held: it may take a second. Raises Invalid, with the field,
    when no format fits, no question is in it or more text than can be looked at later; QuizError as the
    library.
    """
    format_ = _format(said) if said else guess(data, name)
    if not data:
        raise Invalid("The file is empty.", code="empty", field="file")
    if format_ is None:
        raise Invalid(
            "This looks like none of the formats that can be read. Say which one it is.",
            code="unknown_format", field="format",
        )  # fmt: skip
    found = quizzes.read(data, format_)
    if not found.items:
        raise Invalid("There is no question in this file.", code="no_questions", field="file")
    return format_, Brought(cut(found.items), found.losses)


def _format(said: str) -> Format:
    try:
        return Format(said)
    except ValueError as error:
        raise Invalid("Choose one of the list.", code="not_one_of", field="format") from error


def stage(
    session: Session, viewer: Viewer, name: str, format_: Format, found: Brought, now: datetime
) -> QuestionImport:
    """Keep what was read. What nobody took within a week goes.

    Invalid where so many of the sender's files wait already: none of them goes in silence.
    """
    session.execute(delete(QuestionImport).where(QuestionImport.created_at < now - KEPT_FOR))
    if len(waiting(session, viewer)) >= MOST_KEPT:
        raise Invalid(
            "%(most)s files of yours wait already. Take or leave one of them first.",
            code="too_many_files", field="file", most=MOST_KEPT,
        )  # fmt: skip
    row = QuestionImport(
        owner_id=viewer.user_id,
        name=name[:300].replace("\0", ""),
        format=format_.value,
        document=found.items.document,
        # whole questions first: when there are more than are kept, a part of one is missed less
        losses=[_plain(loss) for loss in sorted(found.losses, key=_is_small)[:MOST_LOSSES]],
        taken=0,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def mine(session: Session, viewer: Viewer, import_id: int, *, locked: bool = False) -> QuestionImport:
    """A file that the viewer sent; NotFound for somebody else's and for none alike."""
    asked = select(QuestionImport).where(QuestionImport.id == import_id)
    row = session.scalar(asked.with_for_update() if locked else asked)
    if row is None or row.owner_id != viewer.user_id:
        raise NotFound("There is no such file any more: send it again.", code="no_import")
    return row


def drop(session: Session, viewer: Viewer, import_id: int) -> None:
    """Forget a file."""
    session.delete(mine(session, viewer, import_id, locked=True))


def waiting(session: Session, viewer: Viewer) -> list[tuple[int, str, datetime]]:
    """The viewer's files that are not dealt with: number, name and when each came, the latest first."""
    asked = select(QuestionImport.id, QuestionImport.name, QuestionImport.created_at)
    found = session.execute(
        asked.where(QuestionImport.owner_id == viewer.user_id).order_by(QuestionImport.id.desc())
    )
    return [(number, name, at) for number, name, at in found]


def items(row: QuestionImport) -> Pieces:
    """The questions of a file that are not dealt with yet; each part is read when it is asked for."""
    return Pieces(row.document)


def keep_rest(session: Session, row: QuestionImport, rest: Sequence[Item], taken: int) -> None:
    """Go on with the rest of a file; without any, the file is forgotten."""
    if rest:
        row.document, row.taken = cut(rest).document, row.taken + taken
    else:
        session.delete(row)
    session.flush()


def losses(row: QuestionImport) -> tuple[Loss, ...]:
    """What of a file could not be kept."""
    return tuple(
        Loss(
            kept["place"],
            kept["reason"],
            Reason(kept["code"]),
            kept["parameters"],
            # files that were sent before these were kept have none of them
            kept.get("item", ""),
            kept.get("question", ""),
            kept.get("is_left_out", False),
        )
        for kept in row.losses
    )


def _is_small(loss: Loss) -> bool:
    return not loss.is_left_out


def _plain(loss: Loss) -> dict[str, object]:
    kept = asdict(loss)
    # PostgreSQL has no such character, and a page shows none
    return {
        **kept,
        "code": loss.code.value,
        "place": loss.place.replace("\0", ""),
        "reason": loss.reason.replace("\0", ""),
        "question": loss.question.replace("\0", ""),
        "parameters": {
            name: value.replace("\0", "") if isinstance(value, str) else value
            for name, value in loss.parameters.items()
        },
    }


def refusal(error: QuizError) -> Loss:
    """Why a whole file cannot be read, as pages tell losses."""
    return Loss(error.place, error.reason, error.code, error.parameters)
