"""`edu db search`: what search finds, made anew."""

from __future__ import annotations

from argparse import Namespace

from sqlalchemy import delete, func, select

from edu.cli import database
from edu.models import SearchEntry, SearchThing
from tests.edu.conftest import Site


def test_the_index_of_search_is_made_anew(site: Site) -> None:
    with site.runtime.db.writing() as session:
        before = [session.scalar(select(func.count()).select_from(t)) for t in (SearchEntry, SearchThing)]
        session.execute(delete(SearchEntry))
        session.execute(delete(SearchThing))
    said: list[str] = []

    assert database.run(Namespace(deed="search"), site.runtime, said.append) == 0

    with site.runtime.db.reading() as session:
        after = [session.scalar(select(func.count()).select_from(t)) for t in (SearchEntry, SearchThing)]
    assert before == after
    assert said[-1].startswith("Search: ")
