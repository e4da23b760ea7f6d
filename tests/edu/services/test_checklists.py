"""Checklists: made of a video's steps, as open or closed as the video is, items known by their step."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from edu.errors import GateClosed, Invalid, NotFound
from edu.models import Checklist, Step, Video
from edu.policy import NOBODY
from edu.services import checklists
from tests.edu.conftest import Site

TODAY = date(2026, 3, 2)


def test_a_checklist_of_a_film_for_professionals_is_for_them_alone(site: Site) -> None:
    with site.runtime.db.writing() as session:
        video = session.scalars(select(Video).where(Video.code == "V2")).one()
        row = checklists.make(session, NOBODY, video, site.runtime.clock.now())
        row.audience = session.scalars(select(Video).where(Video.code == "V1")).one().audience
        session.flush()

        with pytest.raises(GateClosed):  # though the list itself says that it is open
            checklists.page(session, NOBODY, row.slug, TODAY)


def test_an_item_whose_step_is_gone_stays_without_a_moment_and_critical_ones_are_told(site: Site) -> None:
    with site.runtime.db.writing() as session:
        video = session.scalars(select(Video).where(Video.code == "V1")).one()
        row = checklists.make(session, NOBODY, video, site.runtime.clock.now())
        items = [{**item, "critical": True} for item in row.document["items"]]
        row.document = {**row.document, "items": items}
        first = session.get_one(Step, items[0]["step"])
        first.start_ms = first.end_ms = None
        session.flush()

        page = checklists.page(session, NOBODY, row.slug, TODAY)

    assert (page.items[0].url, page.items[0].time) == ("", "")
    assert page.has_critical
    assert page.scale == ("not", "part", "done")
    assert page.edit_url == ""


def test_without_steps_none_is_made_and_an_unknown_name_is_no_checklist(site: Site) -> None:
    with site.runtime.db.writing() as session:
        video = session.scalars(select(Video).where(Video.code == "V1")).one()
        for step in session.scalars(select(Step).where(Step.video_id == video.id)):
            step.start_ms = None
        session.flush()

        with pytest.raises(Invalid, match="no chapters"):
            checklists.make(session, NOBODY, video, site.runtime.clock.now())
        with pytest.raises(NotFound):
            checklists.page(session, NOBODY, "none", TODAY)
        assert session.scalars(select(Checklist)).all() == []
