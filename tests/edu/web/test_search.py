"""The page of search, the files of words, and links to a time, as a browser without script meets them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from captions import Cue, TextTrack
from edu.models import Lesson, Track, TrackKind, Video
from edu.services.texts import tracks
from tests.edu.conftest import Site
from tests.people import Person
from tests.reviewer import ReviewingClient


@pytest.fixture
def spoken(site: Site) -> Site:
    """The site, whose open video says something that could be markup, in two languages."""
    with site.runtime.db.writing() as session:
        video = session.scalars(select(Video).where(Video.code == "V1")).one()
        for kind, language, text in (
            (TrackKind.CAPTIONS, "en", "<v Anna>A &lt;b&gt; cannula."),
            (TrackKind.SUBTITLES, "de", "Die Kanüle."),
        ):
            track = TextTrack(cues=(Cue(2000, 4000, text),))
            tracks.keep(session, video, track, kind=kind, language=language, now=site.runtime.clock.now())
    return site


def test_a_visitor_finds_the_sentence_its_time_and_its_lesson(client: ReviewingClient, spoken: Site) -> None:
    answer = client.get("/search?q=cannula")
    page = answer.get_data(as_text=True)

    assert "1 place in videos" in page
    assert '<a href="/courses/small/touch?t=2"><span class="hit-time">0:02</span>' in page
    assert "A &lt;b&gt; <mark>cannula</mark>." in page
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "no-cache, private"


def test_a_hit_tells_its_language_and_accents_do_not_matter(client: ReviewingClient, spoken: Site) -> None:
    assert '<span lang="de">Die <mark>Kanüle</mark>.</span>' in client.get("/search?q=kanule").text


def test_nothing_asked_nothing_found_and_nothing_but_marks_have_words(
    client: ReviewingClient, spoken: Site
) -> None:
    assert 'role="status"' not in client.get("/search").text
    assert "Nothing found" in client.get("/search?q=xylophone").text
    assert "Type a word" in client.get("/search?q=%22%20-").text
    for odd in ("q=%00&page=x", "q=cannula&page=-3", "q=cannula&page=99999999999999999999", "q=%ff%fe"):
        assert client.get(f"/search?{odd}").status_code == 200


def test_one_video_can_be_searched_and_left_again(client: ReviewingClient, spoken: Site) -> None:
    slug = spoken.video("V1").slug
    page = client.get(f"/search?q=cannula&video={slug}").text

    assert f'<input type="hidden" name="video" value="{slug}">' in page
    assert '<a href="/search?q=cannula">Search everything</a>' in page
    assert client.get("/search?q=x&video=nothing").status_code == 404


def test_what_is_for_professionals_is_found_by_instructors_alone(
    client: ReviewingClient, instructor: Person, site: Site
) -> None:
    page = client.get("/search?q=gated").text
    assert "Nothing found" in page
    assert "/videos/needle" not in page

    assert "<mark>GATED</mark> words of the captions." in instructor.get("/search?q=gated").text


def test_the_words_can_be_taken_along(client: ReviewingClient, spoken: Site) -> None:
    slug = spoken.video("V1").slug
    page = client.get(f"/videos/{slug}").text
    assert f'href="/videos/{slug}/captions/en.srt"' in page
    assert f'href="/videos/{slug}/subtitles/de.txt"' in page

    answer = client.get(f"/videos/{slug}/captions/en.txt")

    assert answer.text == "Ask first\n\n[0:02] Anna: A <b> cannula.\n"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{slug}.en.txt"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    again = client.get(f"/videos/{slug}/captions/en.txt", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_other_files_are_not_there(client: ReviewingClient, site: Site) -> None:
    for name in ("captions/en.exe", "captions/xx.vtt", "metadata/en.vtt", "captions/en"):
        assert client.get(f"/videos/{site.video('V1').slug}/{name}").status_code == 404


def test_the_gate_holds_for_the_files_of_words(client: ReviewingClient, site: Site) -> None:
    for ending in ("vtt", "srt", "txt"):
        answer = client.get(f"/videos/needle/captions/en.{ending}")
        assert answer.status_code != 200
        assert b"GATED" not in answer.data


def test_the_transcript_has_speakers_and_the_language_that_was_chosen(
    client: ReviewingClient, spoken: Site
) -> None:
    slug = spoken.video("V1").slug

    assert '<b class="transcript-speaker">Anna:</b>' in client.get(f"/videos/{slug}").text
    german = client.get(f"/videos/{slug}?words=de").text
    assert "Die Kanüle." in german
    assert (
        '<a href="?words=en" hreflang="en" lang="en" dir="auto">English</a> <small>captions</small>' in german
    )
    assert 'srclang="de" label="Deutsch, subtitles" default>' in german
    assert 'class="transcript-line" href="?words=de&amp;t=2"' in german


def test_a_time_in_the_address_begins_the_film_without_script(client: ReviewingClient, site: Site) -> None:
    for asked, fragment in BEGINNINGS:
        page = client.get(f"/videos/{site.video('V1').slug}?{asked}").text

        assert f'/720.mp4{fragment}" type="video/mp4"' in page, asked
        assert f'/master.m3u8{fragment}" type="application/vnd.apple.mpegurl"' in page, asked
        assert page.count("/master.m3u8") == 2  # the script is told the bare address
        assert f'/720.mp4{fragment}" type' in client.get(f"/courses/small/touch?{asked}").text, asked


def test_what_has_descriptions_but_no_captions_says_that_they_are_missing(
    client: ReviewingClient, site: Site
) -> None:
    missing = "This video has no captions yet."
    assert missing not in client.get(f"/videos/{site.video('V1').slug}").text
    with site.runtime.db.writing() as session:
        session.execute(
            update(Track).values(kind=TrackKind.DESCRIPTIONS).where(Track.kind == TrackKind.CAPTIONS)
        )

    page = client.get(f"/videos/{site.video('V1').slug}").text

    assert f'<p class="rows-note">{missing}</p>' in page  # which no script hides


BEGINNINGS = (
    ("t=83", "#t=83"),
    ("t=1m23s", "#t=83"),
    ("t=1:23.5", "#t=83.5"),
    ("t=2,9", "#t=2,9"),
    ("t=9,2", ""),
    ("t=soon", ""),
    ("t=", ""),
    ("", ""),
)


def test_a_page_of_search_links_to_the_others(
    client: ReviewingClient, site: Site, film: Callable[[int], None]
) -> None:
    film(11)

    page = client.get("/search?q=tro%26c%22 trocar&kind=said").text

    assert 'href="/search?q=tro%26c%22%20trocar&amp;kind=said&amp;page=2"' in page


@pytest.fixture
def film(site: Site) -> Callable[[int], None]:
    """Makes so many videos in which somebody says the words of the last test."""

    def make(count: int) -> None:
        now = site.runtime.clock.now()
        with site.runtime.db.writing() as session:
            for number in range(count):
                video = Video(slug=f"f{number}", title="F", original_key="k", state_at=now, created_at=now)
                video.visibility = site.video("V1").visibility
                session.add(video)
                session.flush()
                track = TextTrack(cues=(Cue(0, 900, "tro c trocar"),))
                tracks.keep(session, video, track, kind=TrackKind.CAPTIONS, language="en", now=now)

    return make


def test_everything_is_searched_by_shelves_and_one_shelf_alone(client: ReviewingClient, spoken: Site) -> None:
    with spoken.runtime.db.writing() as session:
        session.scalars(select(Lesson).where(Lesson.code == "L1.2")).one().body = "## Where\n\nA cannula.\n"

    page = client.get("/search?q=cannula").text
    assert '<h2 id="shelf-lessons">Lessons' in page
    assert '<a href="/courses/small/rest#s-where">' in page
    assert page.index('id="shelf-lessons"') < page.index('id="shelf-said"')

    page = client.get("/search?q=cannula&kind=said").text
    assert 'kind=said" aria-current="page"' in page
    assert 'id="shelf-lessons"' not in page
    assert 'id="s-where"' in client.get("/courses/small/rest").text
    assert client.get("/search?q=cannula&kind=nothing").status_code == 200
    assert 'href="/search?q=cannula">cannula</a>' not in client.get("/search?q=touhc").text
    assert 'href="/search?q=touch">touch</a>' in client.get("/search?q=touhc").text
