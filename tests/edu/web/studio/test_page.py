"""Pages outside the lessons in the studio: each kind with its fields, publishing, the terms, translations."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest

from edu.models import AuditEntry, Message, MessageKind, Page, PageKind, PageState, PageVersion
from edu.runtime import Runtime
from edu.services.messages import consents, own, removing
from edu.services.viewers import hashed
from tests.messaging import add_message
from tests.people import Person

NEWS = {
    "kind": "news", "title": "A first post", "summary": "What is new.", "body": "Words [C].",
    "language": "en", "state": "published", "author": "The makers", "subject": "site",
}  # fmt: skip
STORY = {
    "kind": "story", "title": "A found lump", "summary": "One person.", "body": "I felt it.",
    "language": "en", "state": "published", "told_from": "Sent to this site.", "consent": "Given.",
}  # fmt: skip
QUESTION = {
    "kind": "question", "title": "Is it fat?", "summary": "Nobody knows.", "language": "en",
    "body": "::: open Fat?\nPerhaps [?].\n:::", "state": "published", "group": "nature", "known": "nothing",
}  # fmt: skip
PERSON = {
    "kind": "contributor", "title": "Ada", "summary": "She drew.", "body": "She drew it.", "language": "en",
    "state": "published", "conflicts": "none", "consent": "Given.", "orcid": "0000-0002-1825-0097",
}  # fmt: skip
TERMS = {
    "kind": "site", "slug": "terms", "title": "Terms", "summary": "What holds.", "body": "Be kind.",
    "language": "en", "state": "published", "subject": "site",
}  # fmt: skip


def create(who: Person, said: dict[str, str], **changes: str):
    return who.submit("/studio/pages/new", {**said, **changes}, token=who.csrf("/studio/pages"))


def save(who: Person, page_id: int, said: dict[str, str], **changes: str):
    """Save the page as its form is shown, with these changes."""
    hidden = dict(re.findall(r'name="((?:source_)?revision)" value="(\d*)"', shown(who, page_id)))
    sent = {**said, **hidden, **changes}
    return who.submit(f"/studio/pages/{page_id}", sent, token=who.csrf("/studio/pages"))


def shown(who: Person, page_id: int) -> str:
    return who.get(f"/studio/pages/{page_id}").text


def row(runtime: Runtime, **facts: object) -> Page:
    with runtime.db.reading() as session:
        return session.query(Page).filter_by(**facts).one()


ADDRESSES = {"news": "news", "story": "stories", "question": "questions", "contributor": "contributors"}
OWN = {"news": "author", "story": "told_from", "question": "known", "contributor": "orcid"}


def test_each_kind_has_its_own_form_and_readers_find_the_page(
    instructor: Person, runtime: Runtime, client: Person
) -> None:
    for said in (NEWS, STORY | {"is_stated": "1"}, QUESTION, PERSON):
        kind = said["kind"]
        form = instructor.get(f"/studio/pages/new?kind={kind}").text

        response = create(instructor, said)

        page = row(runtime, kind=PageKind(kind))
        assert response.location == f"/studio/pages/{page.id}"
        assert (page.owner_id, page.revision) == (instructor.user_id, 1)
        assert page.state is PageState.UNDER_CONSTRUCTION
        assert said["title"] in client.get(f"/{ADDRESSES[kind]}/{page.slug}").text
        assert {name for name in OWN.values() if f'name="{name}"' in form} == {OWN[kind]}
    assert "Published, under construction" in instructor.get("/studio/pages").text
    assert "Is it fat?" in instructor.get("/studio").text
    assert "No such page" in instructor.get("/studio/pages?kind=news&stage=stale").text


WRONG = [
    (NEWS, {"title": ""}, "Please fill this in"),
    (NEWS, {"author": ""}, "Please fill this in"),
    (NEWS, {"language": "??"}, "as a tag"),
    (NEWS, {"publish_on": "soon"}, "a day and a time"),
    (NEWS, {"body": "See [@nowhere2000]."}, "names what is not there"),
    (NEWS, {"body": "Perhaps [?]."}, "Not so in line 1"),
    (QUESTION, {"known": "studies"}, "No grade in the text goes so far"),
    (QUESTION, {"group": "x"}, "one of the list"),
    (QUESTION, {"lessons": "three"}, "codes of lessons"),
    (QUESTION, {"lessons": "L9.9"}, "no lesson L9.9"),
    (STORY, {}, "Nobody has said that this may be told"),
    (STORY, {"is_stated": "1", "reference": "nowhere2000"}, "no such key"),
    (STORY, {"message": "12"}, "no story under this number"),
    (PERSON, {"orcid": "0000-0002-1825-0098"}, "last digit does not fit"),
    (PERSON, {"orcid": "12"}, "Write the ORCID as"),
    (PERSON, {"link": "javascript:alert(1)"}, "begins with https"),
    (PERSON, {"conflicts": ""}, "Please fill this in"),
]


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(
    instructor: Person, runtime: Runtime
) -> None:
    token = instructor.csrf("/studio/pages")
    for said, wrong, words in WRONG:
        response = instructor.submit("/studio/pages/new", {**said, **wrong}, token=token)

        assert response.status_code == 422
        assert words in unescape(response.text)
    with runtime.db.reading() as session:
        assert session.query(Page).count() == 0


def test_a_story_rests_on_a_message_whose_sender_agreed(
    administrator: Person, runtime: Runtime, instructor: Person
) -> None:
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        for number, agreed in ((1, {}), (2, {consents.PUBLISH: True, consents.OWN: True})):
            session.add(Message(
                id=number, kind=MessageKind.STORY, path="/stories", name="Rosa Luz", text="I felt a lump.",
                consent=agreed, token_hash=str(number), created_at=now,
            ))  # fmt: skip

    begun = administrator.get("/studio/pages/new?kind=story&message=2").text
    silent = create(administrator, STORY, message="1")
    named = create(administrator, STORY, message="2", body="Rosa  Luz felt it.")
    foreign = create(instructor, STORY, message="2")
    told = create(administrator, STORY, message="2")

    assert "I felt a lump." in begun
    assert "did not agree that it is shown" in silent.text
    assert "their name is shown" in named.text
    assert "no story under this number" in foreign.text
    assert told.status_code == 303
    assert row(runtime, kind=PageKind.STORY).details["message"] == 2
    with runtime.db.writing() as session:
        deed = session.query(AuditEntry).filter_by(action="page.created").one()
        assert deed.detail["message"] == 2
        assert removing.take_down(session, 2) == 1
    with runtime.db.reading() as session:
        assert session.query(Page).count() == session.query(PageVersion).count() == 0


def test_a_story_from_which_the_number_was_edited_out_goes_with_its_message_all_the_same(
    administrator: Person, runtime: Runtime
) -> None:
    agreed = {consents.PUBLISH: True, consents.OWN: True}
    with runtime.db.writing() as session:
        for token in ("first", "second"):
            add_message(
                session, runtime.clock.now(), kind=MessageKind.STORY, consent=agreed, token_hash=hashed(token)
            )
    create(administrator, STORY, message="1")
    create(administrator, STORY, title="Another lump", message="2")
    create(administrator, STORY, title="A third lump", is_stated="1")
    story = row(runtime, title="A found lump").id

    save(administrator, story, STORY, message="", is_stated="1")
    token = administrator.csrf("/studio/pages")
    administrator.submit(f"/studio/pages/{story}/translate", {"language": "es"}, token=token)
    assert [row(runtime, id=story + more).details.get("message") for more in (0, 1, 3)] == [None, 2, None]
    with runtime.db.writing() as session:
        own.take_back(session, runtime.clock.now(), token="first")

    with runtime.db.reading() as session:
        assert {page.title for page in session.query(Page)} == {"Another lump", "A third lump"}
        assert {version.page_id for version in session.query(PageVersion)} == {story + 1, story + 2}


def test_a_story_whose_consent_is_awaited_and_a_question_nobody_answered_stay_drafts(
    instructor: Person, runtime: Runtime
) -> None:
    form = unescape(instructor.get("/studio/pages/new?kind=question").text)
    starter = form.partition('name="body"')[2].partition(">")[2].partition("</textarea>")[0].strip()
    answered = "## Found\n\nNothing.\n\n## Open\n\n::: open Fat?\nPerhaps [?].\n:::\n\n## Then\n\nA trial."

    told = create(instructor, STORY, is_stated="1", consent="Awaited, from Mrs B.")
    asked = create(instructor, QUESTION, body=starter)
    filled = starter.replace("## What could answer it", "").replace("was found", "was found\n\nNothing.")
    begun = create(instructor, QUESTION, body=filled)
    outside = {"look": "body", "body": "Perhaps [?].", "look_kind": "story"}
    looked = {
        text: instructor.submit(
            "/studio/preview", {"look": "body", "body": text, "look_kind": "question"}
        ).text
        for text in (starter, answered)
    }

    assert (told.status_code, "The consent is still awaited" in told.text) == (422, True)
    assert (begun.status_code, "with which the form begins still stands in line" in begun.text) == (422, True)
    assert asked.status_code == 422
    assert "Nothing stands under these headings: What was found, What could answer it" in asked.text
    assert ("Before publishing" in looked[starter], "Before publishing" in looked[answered]) == (True, False)
    assert "Before publishing" in instructor.submit("/studio/preview", outside).text
    assert create(instructor, QUESTION, body=answered).status_code == 303
    assert create(instructor, STORY, consent="Awaited.", is_stated="1", state="draft").status_code == 303


def test_news_come_out_at_their_moment_and_a_draft_never(
    instructor: Person, runtime: Runtime, client: Person
) -> None:
    later = runtime.clock.now() + timedelta(days=1)

    create(instructor, NEWS, publish_on=later.strftime("%Y-%m-%dT%H:%M"))
    page = row(runtime, kind=PageKind.NEWS)

    assert client.get("/news/a-first-post").status_code == 404
    assert "Comes out by itself" in shown(instructor, page.id)
    save(instructor, page.id, NEWS)
    assert client.get("/news/a-first-post").status_code == 200
    assert "A first post" in client.get("/search?q=first+post").text
    save(instructor, page.id, NEWS, state="draft")
    assert client.get("/news/a-first-post").status_code == 404


def test_an_edit_is_a_version_and_the_same_words_are_none(instructor: Person, runtime: Runtime) -> None:
    create(instructor, NEWS)
    page = row(runtime, kind=PageKind.NEWS)

    save(instructor, page.id, NEWS, publish_on=page.published_at.strftime("%Y-%m-%dT%H:%M"))
    save(instructor, page.id, NEWS, title="Another title", note="clearer")

    with runtime.db.reading() as session:
        kept = session.query(PageVersion).order_by(PageVersion.revision).all()
        assert [(v.revision, v.title, v.note) for v in kept] == [
            (1, "A first post", ""), (2, "Another title", "clearer"),
        ]  # fmt: skip
        deeds = session.query(AuditEntry.action).filter(AuditEntry.subject == f"page:{page.id}").all()
    assert [deed for (deed,) in deeds] == ["page.created", "page.changed"]
    assert (row(runtime).slug, row(runtime).revision) == ("a-first-post", 2)


def test_who_saves_against_an_older_state_sees_both_and_loses_nothing(
    instructor: Person, runtime: Runtime
) -> None:
    create(instructor, NEWS)
    page = row(runtime, kind=PageKind.NEWS)
    save(instructor, page.id, NEWS, body="Theirs.")

    late = save(instructor, page.id, NEWS, body="Mine.", revision="1")

    assert late.status_code == 409
    assert "Mine.</textarea>" in late.text
    assert 'class="as-typed">Theirs.' in late.text
    assert 'name="revision" value="2"' in late.text
    assert row(runtime).body == "Theirs."


def test_pages_are_their_makers_and_the_sites_own_are_administrators(
    instructor: Person, colleague: Person, administrator: Person, runtime: Runtime
) -> None:
    create(instructor, NEWS)
    page = row(runtime, kind=PageKind.NEWS)

    assert colleague.get(f"/studio/pages/{page.id}").status_code == 403
    assert save(administrator, page.id, NEWS, title="Mended").status_code == 303
    assert instructor.get("/studio/pages/new?kind=site").status_code == 403
    assert create(instructor, TERMS).status_code == 403
    assert create(administrator, TERMS).status_code == 303
    assert instructor.get(f"/studio/pages/{row(runtime, slug='terms').id}").status_code == 403


def test_other_words_of_the_terms_are_another_version_and_that_is_said_before(
    administrator: Person, runtime: Runtime
) -> None:
    create(administrator, TERMS)
    page = row(runtime, slug="terms")
    form = shown(administrator, page.id)
    draft = save(administrator, page.id, TERMS, state="draft")
    save(administrator, page.id, TERMS, body="Be kind!", is_slip="1")
    save(administrator, page.id, TERMS, body="Be very kind.")

    assert "Saving other words makes version 2" in form
    assert "The terms in force stay" in draft.text
    with runtime.db.reading() as session:
        kept = [version.details["version"] for version in session.query(PageVersion).order_by("revision")]
    assert kept == ["1", "1", "2"]
    assert "Be kind!" in administrator.get("/terms/1").text
    assert "Be very kind." in administrator.get("/terms").text
    gone = administrator.submit(f"/studio/pages/{page.id}/delete", token=administrator.csrf("/studio/pages"))
    assert gone.status_code == 409


@pytest.fixture
def translated(instructor: Person, colleague: Person, runtime: Runtime) -> Callable[[], tuple[int, int]]:
    """Makes a post of the instructor and a colleague's draft of its translation into Spanish."""

    def make() -> tuple[int, int]:
        create(instructor, NEWS)
        original = row(runtime, kind=PageKind.NEWS).id
        colleague.submit(
            f"/studio/pages/{original}/translate", {"language": "es"}, token=colleague.csrf("/studio/pages")
        )
        return original, row(runtime, language="es").id

    return make


SPANISH = NEWS | {"title": "Una entrada", "summary": "Lo nuevo.", "body": "Palabras [C].", "language": "es"}


def test_a_translation_stands_beside_its_original_and_keeps_its_marks(
    colleague: Person, runtime: Runtime, translated: Callable[[], tuple[int, int]]
) -> None:
    _, page_id = translated()
    form = shown(colleague, page_id)
    same = save(colleague, page_id, NEWS, language="es")
    bare = save(colleague, page_id, SPANISH, body="Palabras.")
    more = save(colleague, page_id, SPANISH, body="Palabras [C] [A].")
    done = save(colleague, page_id, SPANISH)

    assert '<pre lang="en"' in form
    assert "still the text of the original" in same.text
    assert "the translation lacks them: [C]" in unescape(bare.text)
    assert "its original does not: [A]" in unescape(more.text)
    assert done.status_code == 303
    page = row(runtime, language="es")
    assert (page.title, page.source_revision, page.details["author"]) == ("Una entrada", 1, "The makers")


def test_what_is_no_word_goes_on_to_translations_at_once(
    instructor: Person, colleague: Person, runtime: Runtime
) -> None:
    create(instructor, QUESTION, body=f"{QUESTION['body']}\n\nA trial [B].", known="studies")
    original = row(runtime, kind=PageKind.QUESTION).id
    token = colleague.csrf("/studio/pages")
    colleague.submit(f"/studio/pages/{original}/translate", {"language": "es"}, token=token)

    save(instructor, original, QUESTION, position="7", lessons="")

    page = row(runtime, language="es")
    assert (page.details["known"], page.position, page.revision) == ("nothing", 7, 2)
    assert page.details["evidence"] == ["B", "?"]  # its words are its maker's


def test_a_translation_is_behind_until_its_maker_says_that_it_follows(
    instructor: Person, colleague: Person, runtime: Runtime, translated: Callable[[], tuple[int, int]]
) -> None:
    original, page_id = translated()
    save(colleague, page_id, SPANISH)
    save(instructor, original, NEWS, body="Other words [C].")

    behind = shown(colleague, page_id)
    overview = colleague.get("/studio/translations?language=es").text
    save(colleague, page_id, SPANISH, body="Palabras otras [C].")
    still = row(runtime, language="es").source_revision
    late = save(colleague, page_id, SPANISH, follows="1", source_revision="1")
    save(colleague, page_id, SPANISH, body="Otras palabras [C].", follows="1")

    assert "has changed since this translation was made" in behind
    assert "<del>Words</del>" in behind
    assert "Its original went on: 1" in overview
    assert still == 1
    assert "changed again while you wrote" in late.text
    assert row(runtime, language="es").source_revision == 2
    assert "Up to date: 1" in colleague.get("/studio/translations?language=es").text


def test_the_overview_lists_what_is_missing_and_offers_to_begin(
    instructor: Person, colleague: Person, administrator: Person, runtime: Runtime
) -> None:
    create(instructor, NEWS)
    create(administrator, TERMS)

    page = colleague.get("/studio/translations?language=fr").text
    wrong = colleague.get("/studio/translations?language=%3F%3F")

    assert "Missing: 2" in page
    assert page.count('name="language" value="fr"') == 1  # for the post; not for the terms
    assert "Where a lesson is not there in their language" in page
    assert (wrong.status_code, "as a tag" in wrong.text) == (422, True)
    token = colleague.csrf("/studio/pages")
    own = colleague.submit(
        f"/studio/pages/{row(runtime, kind='news').id}/translate", {"language": "en"}, token=token
    )
    assert "is written in this language" in own.text


def test_a_page_is_deleted_with_its_translations(
    instructor: Person, runtime: Runtime, translated: Callable[[], tuple[int, int]]
) -> None:
    original, _ = translated()
    asked = instructor.get(f"/studio/pages/{original}/delete").text

    instructor.submit(f"/studio/pages/{original}/delete", token=instructor.csrf("/studio/pages"))

    assert "Its translations go with it" in asked
    with runtime.db.reading() as session:
        assert session.query(Page).count() == session.query(PageVersion).count() == 0
