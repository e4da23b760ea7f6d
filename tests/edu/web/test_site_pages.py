"""The pages around the courses: what each shows, in which language, and what stays closed."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from flask import Flask, g
from sqlalchemy import select, update

from edu.models import Message, MessageKind, MessageState, Page, PageKind, PageState
from edu.services.messages import consents
from edu.services.pages import atom
from edu.services.pages.installing import keep
from edu.web import open_question
from tests.edu.conftest import Site
from tests.edu.courseware.conftest import CourseFolder
from tests.reviewer import ReviewingClient
from tests.statements import Counter

DATED = 'published = 2026-03-01\nsummary = "In short."\n'
PAGES = {
    "news/now": f'title = "It opens"\n{DATED}author = "We"\n',
    "news/later": f'title = "LATER words"\n{DATED}author = "We"\n'.replace("03-01", "03-03"),
    "news/draft": f'title = "DRAFT words"\nstate = "draft"\n{DATED}author = "We"\n',
    "story/then": f'title = "Once"\n{DATED}told_from = "A paper."\nconsent = "Awaited."\n'
    'awaits = ["Her words."]\n',
    "question/why": f'title = "Why?"\nposition = 1\n{DATED}evidence = ["C"]\ngroup = "nature"\n'
    'known = "cases"\nlessons = ["L1.1", "L5.1"]\n',
    "question/how": f'title = "How?"\nposition = 2\n{DATED}group = "people"\nknown = "nothing"\n',
    "contributor/we": f'title = "The makers"\nsubject = "site"\n{DATED}roles = ["Writing"]\n'
    'conflicts = "None."\nconsent = "Given."\nawaits = ["A name."]\n',
    "site/about": f'title = "About"\n{DATED}',
    "site/terms": f'title = "Terms of use"\nsubject = "site"\n{DATED}version = "1"\n',
    "site/privacy": f'title = "What is kept"\nsubject = "site"\n{DATED}',
    "site/accessibility": f'title = "For all"\nsubject = "site"\n{DATED}',
}
BODIES = {"question/why": "Seen [@known2001] [C].", "news/now": "See [touch](lesson:L1.1) & [@known2001]."}
ADDRESSES = (
    *("/news", "/news/now", "/stories", "/stories/then", "/questions", "/questions/why", "/contributors"),
    *("/contributors/we", "/about", "/terms", "/terms/1", "/privacy", "/accessibility"),
)


def write_pages(folder: CourseFolder) -> None:
    for name, front in PAGES.items():
        body = BODIES.get(name, f"Text of {name}.")
        folder.write(f"pages/{name}.md", f"+++\n{front}+++\n\n{body}\n")


@pytest.fixture
def pages(site: Site) -> Site:
    """The small course with a page of every kind."""
    write_pages(site.folder)
    site.install()
    return site


def text(client: ReviewingClient, address: str, language: str = "en") -> str:
    answer = client.get(address, headers={"Accept-Language": language})
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def test_every_page_is_there_with_its_way_back_and_says_who_has_not_reviewed_it(
    client: ReviewingClient, pages: Site
) -> None:
    for address in ADDRESSES:
        page = text(client, address)  # the client reviews what it is given
        assert 'class="crumbs"' in page, address
        is_medical = address.startswith(("/news", "/stories", "/questions", "/about"))
        assert ("not yet been reviewed by a clinician" in page) is is_medical, address
        assert "LATER" not in page, address
        assert "DRAFT" not in page, address


@pytest.mark.parametrize(
    "address",
    ["/news/later", "/news/draft", "/stories/nowhere", "/questions/x", "/contributors/x", "/terms/9"],
)
def test_what_is_a_draft_comes_later_or_is_not_there_is_answered_alike(
    client: ReviewingClient, pages: Site, address: str
) -> None:
    assert client.get(address).status_code == 404


def test_a_site_that_has_written_nothing_says_so(client: ReviewingClient, site: Site) -> None:
    for address in ("/about", "/terms", "/privacy", "/accessibility"):
        assert "still to be written" in text(client, address)
    for address in ("/news", "/stories", "/questions", "/contributors"):
        assert 'class="empty"' in text(client, address)


def test_news_has_excerpts_and_a_feed_that_readers_find(client: ReviewingClient, pages: Site) -> None:
    page = text(client, "/news")

    assert "In short." in page
    assert 'href="/news/now"' in page
    assert 'type="application/atom+xml"' in page
    answer = client.get("/news/feed.xml")
    assert answer.mimetype == "application/atom+xml"
    root = ElementTree.fromstring(answer.data)  # noqa: S314 (our own words)
    content = [node.text or "" for node in root.iter(f"{{{atom.ATOM}}}content")]
    assert len(content) == 1
    assert 'href="/courses/small/touch"' in content[0]
    assert "A thing" in content[0], "the source that the post cites"
    again = client.get("/news/feed.xml", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_open_questions_are_sorted_and_filtered_without_script(client: ReviewingClient, pages: Site) -> None:
    def titles(query: str) -> list[str]:
        return re.findall(r'<span lang="en">([^<]+)</span></a>', text(client, f"/questions{query}"))

    assert titles("") == ["Why?", "How?"]
    assert titles("?sort=evidence") == ["Why?", "How?"]
    assert titles("?known=nothing") == ["How?"]
    assert titles("?group=nature&sort=number") == ["Why?"]
    assert titles("?group=place") == []
    assert titles("?group=<b>&sort=%00") == ["Why?", "How?"]


def test_a_question_shows_its_evidence_its_sources_and_where_to_send_a_proposal(
    client: ReviewingClient, pages: Site
) -> None:
    page = text(client, "/questions/why")

    assert "Case reports or single studies" in page
    assert 'data-grade="C"' in page
    assert "A thing" in page
    assert 'href="/questions/why/propose"' in page
    assert re.search(
        r'href="/courses/small/touch">Touch</a>(?:(?!For professionals).)*?</li>', page, re.DOTALL
    )
    assert page.count("For professionals") == 1 + text(client, "/questions/how").count("For professionals")
    assert "The needle" not in page
    assert "GATED" not in page


def test_a_page_costs_eight_statements_at_most(
    client: ReviewingClient, pages: Site, statements: Counter
) -> None:
    for address in ("/questions", "/questions/why", "/news", "/news/feed.xml", "/stories", "/terms"):
        with statements() as sent:
            client.get(address)
        assert len(sent) <= 8, (address, sent)


def test_proposals_and_stories_that_were_published_are_shown_as_words_of_readers(
    client: ReviewingClient, pages: Site
) -> None:
    now = pages.runtime.clock.now()
    with pages.runtime.db.writing() as session:
        for number, (kind, path, is_public) in enumerate(
            (
                (MessageKind.PROPOSAL, "/questions/why", True),
                (MessageKind.PROPOSAL, "/questions/why", False),
                (MessageKind.STORY, "/stories", True),
            )
        ):
            words = f"{'Shown' if is_public else 'HIDDEN'} <b>{kind}</b>"
            row = Message(kind=kind, path=path, text=words, is_public=is_public, state=MessageState.ACCEPTED)
            row.consent, row.token_hash, row.created_at = {consents.PUBLISH: "1"}, f"{number}", now
            row.answered_at = now
            session.add(row)

    assert "Shown &lt;b&gt;proposal&lt;/b&gt;" in text(client, "/questions/why")
    assert "Shown &lt;b&gt;story&lt;/b&gt;" in text(client, "/stories")
    assert "HIDDEN" not in text(client, "/questions/why")


def test_a_story_says_where_it_is_from_what_is_awaited_and_what_it_cannot_prove(
    client: ReviewingClient, pages: Site
) -> None:
    page = text(client, "/stories/then")

    for words in ("A paper.", "Awaited.", "Her words.", "what it cannot prove", 'href="/stories/tell"'):
        assert words in page, words


def test_a_contributor_without_an_orcid_has_none_made_up(client: ReviewingClient, pages: Site) -> None:
    page = text(client, "/contributors/we")

    assert "not given" in page
    assert "orcid.org" not in page
    with pages.runtime.db.writing() as session:
        row = session.scalars(select(Page).where(Page.kind == PageKind.CONTRIBUTOR)).one()
        row.details = {**row.details, "orcid": "0000-0002-1825-0097"}
    assert 'href="https://orcid.org/0000-0002-1825-0097"' in text(client, "/contributors/we")


def test_earlier_terms_stay_readable_under_their_version(client: ReviewingClient, pages: Site) -> None:
    pages.folder.change("pages/site/terms.md", 'version = "1"', 'version = "2"')
    pages.folder.change("pages/site/terms.md", "Text of site/terms.", "New words.")
    pages.install()

    assert "New words." in text(client, "/terms")
    assert 'href="/terms/1"' in text(client, "/terms")
    earlier = text(client, "/terms/1")
    assert "Text of site/terms." in earlier
    assert "no longer in force" in earlier
    assert "no longer in force" not in text(client, "/terms/2")


def test_a_translation_of_earlier_terms_is_never_said_to_be_in_force(
    client: ReviewingClient, pages: Site
) -> None:
    with pages.runtime.db.writing() as session:
        original = session.scalars(select(Page).where(Page.kind == PageKind.SITE, Page.slug == "terms")).one()
        french = Page(kind=original.kind, slug="terms", language="fr", title="Conditions", body="Ancien.")
        french.details, french.state, french.revision = {"version": "1"}, original.state, 1
        french.source_revision, french.published_at = original.revision, original.published_at
        french.created_at = french.updated_at = original.created_at
        session.add(french)
        session.flush()
        keep(session, french, note="", now=original.created_at)
    in_french = {"Accept-Language": "fr"}
    assert "Ancien." in client.get("/terms", headers=in_french).text
    pages.folder.change("pages/site/terms.md", 'version = "1"', 'version = "2"')
    pages.folder.change("pages/site/terms.md", "Text of site/terms.", "New words.")
    pages.install()

    shown = client.get("/terms", headers=in_french).text
    second, first = (client.get(f"/terms/{version}", headers=in_french).text for version in "21")

    assert "New words." in shown
    assert shown.index('href="/terms/2"') < shown.index('href="/terms/1"')
    assert ("New words." in second, "Ancien." in first) == (True, True)
    assert 'content="noindex"' not in second
    assert 'content="noindex"' in first


def in_spanish(app: Flask) -> str:
    """The question as somebody reads it whose browser speaks Spanish, whichever catalogues there are."""
    with app.test_request_context("/questions/why"):
        g.language = "es"
        return open_question.show("why")


def test_a_page_in_another_language_says_so_and_names_the_language_of_its_words(
    app: Flask, pages: Site
) -> None:
    page = in_spanish(app)

    assert '<div class="prose" lang="en">' in page
    assert 'role="status"' in page

    with pages.runtime.db.writing() as session:
        row = session.scalars(select(Page).where(Page.slug == "why")).one()
        spanish = Page(kind=row.kind, slug="why", language="es", title="¿Por qué?", source_revision=1)
        spanish.body, spanish.state, spanish.details = "Nada.", row.state, row.details
        spanish.published_at, spanish.course_id = row.published_at, row.course_id
        spanish.created_at = spanish.updated_at = row.created_at
        session.add(spanish)
    page = in_spanish(app)
    assert '<div class="prose" lang="es"><p>Nada.</p>' in page
    assert 'role="status"' not in page

    with pages.runtime.db.writing() as session:
        session.execute(update(Page).where(Page.language == "es").values(source_revision=0))
    assert 'role="status"' in in_spanish(app), "the original has gone on"


def test_a_page_that_somebody_signed_names_who_and_until_when(client: ReviewingClient, pages: Site) -> None:
    review = {
        "reviewer": "Dr A",
        "reviewed_on": "2026-01-02",
        "due_on": "2027-01-02",
        "conflicts": "none stated",
    }
    with pages.runtime.db.writing() as session:
        row = session.scalars(select(Page).where(Page.slug == "why")).one()
        row.state, row.details = PageState.REVIEWED, {**row.details, "review": review}
    page = text(client, "/questions/why")

    assert "Reviewed by Dr A" in page
    assert "not yet been reviewed" not in page
    with pages.runtime.db.writing() as session:
        row = session.scalars(select(Page).where(Page.slug == "why")).one()
        row.details = {**row.details, "review": {**review, "due_on": "2026-03-01"}}
    assert "Needs review" in text(client, "/questions/why")
