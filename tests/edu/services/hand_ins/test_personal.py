"""What of recordings goes into the export of an account, and what becomes of them at its erasure."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import select

from edu.db import Database
from edu.models import HandIn, HandInRemark, Job, Role
from edu.policy import Viewer
from edu.services import erasure, export_account
from edu.services.hand_ins import files, remarks
from tests.filming import add_maker, add_video
from tests.handing_in import add_hand_in
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_an_account_takes_its_recordings_along_as_words_and_is_erased_with_them(database: Database) -> None:
    with database.writing() as session:
        maker = add_maker(session, NOW)
        ada, bob = add_user(session, now=NOW), add_user(session, now=NOW)
        video = add_video(session, maker, NOW, title="Finding")
        mine = add_hand_in(session, ada.id, video.id, NOW).id
        add_hand_in(session, bob.id, video.id, NOW)
        remarks.add(session, maker, mine, at_ms=1200, text="Softer.", now=NOW)

        told = json.loads(json.dumps(export_account.export(session, ada.id, NOW)["hand_ins"]))

        (recording,) = told["recordings"]
        assert (recording["video"], recording["consent"]["seen"]) == ("Finding", "self")
        assert recording["remarks"] == [{"at_ms": 1200, "text": "Softer."}]
        assert (
            export_account.export(session, maker.user_id or 0, NOW)["hand_ins"]["remarks"][0]["text"]
            == "Softer."
        )

        erasure.erase(session, ada.id, NOW)

        assert [row.user_id for row in session.scalars(select(HandIn))] == [bob.id]
        assert not session.scalars(select(HandInRemark)).all()
        removal = session.scalars(select(Job).where(Job.kind == files.REMOVE)).one()
        assert removal.payload == {"hand_in_id": mine}


def test_what_an_erased_account_said_to_others_goes_with_it(database: Database) -> None:
    with database.writing() as session:
        maker, ada = add_maker(session, NOW), add_user(session, now=NOW)
        admin = add_user(session, now=NOW, role=Role.ADMINISTRATOR)
        add_user(session, now=NOW, role=Role.ADMINISTRATOR)
        row = add_hand_in(session, ada.id, add_video(session, maker, NOW).id, NOW)
        who = Viewer(user_id=admin.id, role=Role.ADMINISTRATOR)
        remarks.add(session, who, row.id, at_ms=0, text="Softer.", now=NOW)

        erasure.erase(session, admin.id, NOW)

        assert not session.scalars(select(HandInRemark)).all()
        assert session.scalars(select(HandIn)).one().user_id == ada.id
