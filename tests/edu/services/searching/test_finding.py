"""What is found, for whom, and in which order; the same on SQLite and PostgreSQL."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from captions import Cue, TextTrack
from edu.errors import GateClosed, NotFound
from edu.models import Audience, Role, Shelf, TrackKind, Video, Visibility
from edu.policy import NOBODY, Viewer
from edu.services.delivery import Addresses
from edu.services.searching import finding
from edu.services.searching.finding import Asked, SearchPage
from edu.services.texts import tracks
from tests.edu.conftest import Site
from tests.statements import Counter

PROFESSIONAL = Viewer(visitor_hash="x", is_professional=True)
INSTRUCTOR = Viewer(user_id=1, role=Role.INSTRUCTOR)
SAID = ("Slide the cannula.", "Loss of resistance: stop.", "Ünter the skin, 0.5 ml.", "针の角度は浅い。")


@pytest.fixture
def spoken(site: Site) -> Site:
    """The site, whose open video says SAID and whose gated one speaks of the cannula, too."""
    keep(site, "V1", *SAID)
    keep(site, "V2", "The gated cannula.")
    return site


def keep(
    site: Site, code: str, *texts: str, kind: TrackKind = TrackKind.CAPTIONS, language: str = "en"
) -> None:
    cues = tuple(Cue(n * 30_000, n * 30_000 + 2000, text) for n, text in enumerate(texts))
    with site.runtime.db.writing() as session:
        video = session.scalars(select(Video).where(Video.code == code)).one()
        now = site.runtime.clock.now()
        tracks.keep(session, video, TextTrack(cues=cues), kind=kind, language=language, now=now)


def find(site: Site, asked: str, viewer: Viewer = NOBODY, *, slug: str = "", number: int = 1) -> SearchPage:
    addresses = Addresses(site.signer, "", site.runtime.clock.now())
    with site.runtime.db.reading() as session:
        part = Asked(shelf=Shelf.SAID, slug=slug, number=number)
        return finding.find(session, viewer, asked, addresses, part)


def said(page: SearchPage) -> list[str]:
    return [
        "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in hit.pieces)
        for found in page.found
        for hit in found.hits
    ]


def test_words_are_found_and_nothing_else_is(spoken: Site) -> None:
    found = {asked: said(find(spoken, asked)) for asked in FOUND}

    assert found == FOUND


FOUND = {
    "cann": ["Slide the [cannula]."],
    "CANNULA slide": ["[Slide] the [cannula]."],
    "resistance loss": ["[Loss] of [resistance]: stop."],
    '"loss of resistance"': ["[Loss of resistance]: stop."],
    '"resistance of loss"': [],
    "unter": ["[Ünter] the skin, 0.5 ml."],
    "0.5": ["Ünter the skin, [0.5] ml."],
    "角度": ["针の[角度]は浅い。"],
    "cannula resistance": [],
    "nnula": [],
    '"cannul"': [],
}
HOSTILE = (
    *('"', "'", "* OR 1", "NEAR(a b)", "a:b", "words : x", "^a", "-a", "a AND", ") (", "%", "\0", "\\"),
    *("💉", "'x':*", "\ud800", "search_index", "a" * 9999, "x " * 999, '"' * 99, "'; DROP TABLE video; --"),
)


def test_no_syntax_of_an_engine_does_harm(spoken: Site) -> None:
    for asked in HOSTILE:
        find(spoken, asked)
        find(spoken, f"cannula {asked}")

    assert find(spoken, "cannula").places == 1


def test_a_hit_leads_to_its_second_in_the_lesson_that_shows_it(spoken: Site) -> None:
    (found,) = find(spoken, "resistance").found

    assert found.url == "/courses/small/touch"
    assert [(hit.url, hit.start_ms, hit.language) for hit in found.hits] == [
        ("/courses/small/touch?t=30", 30_000, "en")
    ]
    assert found.picture_url


def test_the_gate_holds_for_hits_and_counts(spoken: Site) -> None:
    page = find(spoken, "cannula")
    assert (len(page.found), page.places, said(page)) == (1, 1, ["Slide the [cannula]."])
    assert find(spoken, "gated").found == ()

    for viewer in (PROFESSIONAL, INSTRUCTOR):
        page = find(spoken, "cannula", viewer)
        assert (len(page.found), page.places, len(page.found)) == (2, 2, 2)


def test_drafts_and_videos_that_become_gated_are_hidden_at_once(spoken: Site) -> None:
    spoken.change_video("V1", visibility=Visibility.DRAFT)
    seen = [find(spoken, "resistance", viewer).places for viewer in (NOBODY, PROFESSIONAL, INSTRUCTOR)]
    assert seen == [0, 0, 1]

    spoken.change_video("V1", visibility=Visibility.PUBLISHED, audience=Audience.PRO)
    seen = [find(spoken, "resistance", viewer).places for viewer in (NOBODY, PROFESSIONAL, INSTRUCTOR)]
    assert seen == [0, 1, 1]


def test_one_video_is_searched_alone(spoken: Site) -> None:
    page = find(spoken, "cannula", INSTRUCTOR, slug="needle")

    assert (page.video, said(page)) == ("Infiltrate", ["The gated [cannula]."])
    with pytest.raises(GateClosed):
        find(spoken, "cannula", slug="needle")
    with pytest.raises(NotFound):
        find(spoken, "cannula", slug="nothing")


def test_a_step_comes_before_sentences_and_a_translation_has_its_language(spoken: Site) -> None:
    keep(spoken, "V1", "Nothing", "Cannula in hand", kind=TrackKind.CHAPTERS)
    keep(spoken, "V1", "Die Cannula.", kind=TrackKind.SUBTITLES, language="de")

    (found,) = find(spoken, "cannula").found

    assert [(hit.is_step, hit.start_ms, hit.language) for hit in found.hits] == [
        (True, 30_000, "en"),
        (False, 0, "en"),
        (False, 0, "de"),
    ]
    assert found.count == 3


def test_the_page_has_the_first_places_and_the_way_to_the_others(spoken: Site) -> None:
    keep(spoken, "V1", *["The cannula again."] * 9)

    (found,) = find(spoken, "cannula").found
    assert (len(found.hits), found.count, found.more_url) == (
        3,
        9,
        f"/search?video={spoken.video('V1').slug}",
    )

    (found,) = find(spoken, "cannula", slug=spoken.video("V1").slug).found
    assert (len(found.hits), found.more_url) == (9, None)


def test_pages_hold_ten_videos_each_the_best_first(spoken: Site) -> None:
    now = spoken.runtime.clock.now()
    with spoken.runtime.db.writing() as session:
        for number in range(12):
            video = Video(
                slug=f"film-{number}", title=f"Film {number}", original_key="k", state_at=now, created_at=now
            )
            video.visibility = Visibility.PUBLISHED
            session.add(video)
            session.flush()
            cues = tuple(Cue(n * 30_000, n * 30_000 + 9000, "a trocar.") for n in range(number + 1))
            tracks.keep(session, video, TextTrack(cues=cues), kind=TrackKind.CAPTIONS, language="en", now=now)

    first, second = find(spoken, "trocar"), find(spoken, "trocar", number=2)

    assert [found.title for found in first.found] == [f"Film {number}" for number in range(11, 1, -1)]
    assert [found.title for found in second.found] == ["Film 1", "Film 0"]
    assert (first.things, first.places, first.last) == (12, 78, 2)
    assert find(spoken, "trocar", number=99).number == 2


def test_a_question_costs_six_statements_and_no_question_none(spoken: Site, statements: Counter) -> None:
    with statements() as seen:
        find(spoken, "cannula", INSTRUCTOR)
    assert len([statement for statement in seen if not statement.startswith("SET LOCAL")]) == 6

    with statements() as seen:
        page = find(spoken, " - ")
    assert (page.is_question, page.found, seen) == (False, (), [])
