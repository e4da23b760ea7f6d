"""schema.org as JSON-LD: what a page tells programs, and that is no more than it tells its readers.

A review is told where one is recorded and nowhere else; nothing is rated, and no page claims more than its
state. What is for professionals, or a draft, tells nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from edu.courseware.glossary import Meant
from edu.models import PageState
from edu.services.courses import CoursePage
from edu.services.discovery.films import OpenFilm
from edu.services.glossary import WordPage
from edu.services.lessons import LessonPage
from edu.services.players import ChapterView, Screening
from edu.services.reviews import Review
from edu.services.videos import VideoPage
from edu.web.canonical import absolute
from edu.web.page import Shown
from edu.web.words import gettext as _

Node = dict[str, Any]
CONTEXT = "https://schema.org"
STATUS = {
    PageState.DRAFT: "Draft",
    PageState.UNDER_CONSTRUCTION: "Under construction",
    PageState.REVIEWED: "Reviewed",
    PageState.NEEDS_REVIEW: "Needs review",
}
AUDIENCE = [{"@type": "MedicalAudience", "audienceType": kind} for kind in ("Patient", "Clinician")]
LONGEST_WORDS = 20_000
"""Characters of a transcript; a longer one stands on the page alone, which would double in weight with it."""


def of(page: object, url: str, film: OpenFilm | None, site: str) -> Node | None:
    """What the page at that address tells, with the open film on it; None for a page with nothing to tell.

    `site` is the name of the site, which publishes all of it.
    """
    found: list[Node] = []
    for kind, build in BUILDERS.items():
        if isinstance(page, kind):
            found = build(page, url, film)
    publisher = {"@type": "Organization", "@id": absolute("/#site"), "name": site, "url": absolute("/")}
    for node in found:
        if node["@type"] != "BreadcrumbList":
            node["provider" if node["@type"] == "Course" else "publisher"] = {"@id": publisher["@id"]}
    return {"@context": CONTEXT, "@graph": [publisher, *found]} if found else None


def _lesson(page: LessonPage, url: str, film: OpenFilm | None) -> list[Node]:
    if page.is_gated or page.state == PageState.DRAFT:
        return []
    course = f"/courses/{page.course_slug}"
    node = _page(url, page.title, page.language, page.standing.state, page.standing.review)
    node |= {
        "@type": ["MedicalWebPage", "LearningResource"],
        "description": "; ".join(page.objectives) or f"{page.course_title}: {page.module_title}",
        "dateModified": page.updated_at.isoformat(),
        "isPartOf": {"@type": "Course", "@id": absolute(f"{course}#course"), "name": page.course_title},
        "learningResourceType": "lesson",
        "isAccessibleForFree": True,
    }
    if page.minutes:
        node["timeRequired"] = f"PT{page.minutes}M"
    if page.objectives:
        node["teaches"] = list(page.objectives)
    if page.standing.author:
        node["author"] = {"@type": "Person", "name": page.standing.author}
    films = _films(page.screening, film, url)
    if films:
        node["video"] = {"@id": films[0]["@id"]}
    ways = [(page.course_title, course), (page.module_title, page.module_url), (page.title, url)]
    return [node, *films, _crumbs(ways)]


def _course(page: CoursePage, url: str, film: OpenFilm | None) -> list[Node]:
    if page.state == PageState.DRAFT or page.grade:
        return []
    lessons = [link for module in page.modules for link in module.lessons if not link.is_gated]
    minutes = sum(link.minutes for link in lessons)
    course: Node = {
        "@type": "Course",
        "@id": f"{url}#course",
        "url": url,
        "name": page.title,
        "description": page.summary,
        "inLanguage": page.summary.language,
        "creativeWorkStatus": STATUS[PageState(page.state)],
        "isAccessibleForFree": True,
        "audience": AUDIENCE,
        "offers": {"@type": "Offer", "category": "Free"},
        "hasPart": [
            {"@type": "LearningResource", "name": link.title, "url": absolute(link.url)} for link in lessons
        ],
    }
    if minutes:
        course["hasCourseInstance"] = {
            "@type": "CourseInstance",
            "courseMode": "Online",
            "courseWorkload": f"PT{minutes}M",
        }
    node = _page(url, page.title, page.summary.language, PageState(page.state), None)
    node["mainEntity"] = {"@id": course["@id"]}
    return [course, node, _crumbs([(_("Courses"), "/courses"), (page.title, url)])]


def _video(page: VideoPage, url: str, film: OpenFilm | None) -> list[Node]:
    films = _films(page.screening, film, url)
    if page.is_gated or not films:
        return []
    state = PageState.UNDER_CONSTRUCTION if page.is_unreviewed else None
    node = _page(url, page.title, page.language, state, None)
    node["mainEntity"] = {"@id": films[0]["@id"]}
    return [node, *films, _crumbs([(_("Videos"), "/videos"), (page.title, url)])]


def _shown(page: Shown, url: str, film: OpenFilm | None) -> list[Node]:
    link = page.link
    node = _page(url, link.title, link.language, link.state, page.view.review)
    if not link.details.is_medical:
        node["@type"] = "WebPage"
        del node["audience"]
    node |= {"datePublished": link.published_at.isoformat(), "dateModified": link.updated_at.isoformat()}
    if link.summary:
        node["description"] = link.summary
    return [node]


def _word(page: WordPage, url: str, film: OpenFilm | None) -> list[Node]:
    word = page.word
    node = _page(url, word.text, word.language, PageState.UNDER_CONSTRUCTION, None)
    same = [row.name.text for row in page.names if row.name.means is Meant.SAME]
    node["mainEntity"] = {
        "@type": "DefinedTerm",
        "name": word.text,
        "description": word.meaning,
        "inDefinedTermSet": absolute("/glossary"),
        **({"alternateName": same} if same else {}),
    }
    return [node, _crumbs([(_("Glossary and names"), "/glossary"), (word.text, url)])]


Builder = Callable[[Any, str, OpenFilm | None], list[Node]]
BUILDERS: dict[type, Builder] = {
    LessonPage: _lesson,
    CoursePage: _course,
    VideoPage: _video,
    Shown: _shown,
    WordPage: _word,
}


def _page(url: str, name: str, language: str, state: PageState | None, review: Review | None) -> Node:
    """A page on a medical subject, with its state and with its review, if one is recorded."""
    node: Node = {
        "@type": "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": name,
        "inLanguage": language,
        "audience": AUDIENCE,
    }
    if state:
        node["creativeWorkStatus"] = STATUS[state]
    if review:
        node["lastReviewed"] = review.reviewed_on.isoformat()
        node["reviewedBy"] = {"@type": "Person", "name": review.reviewer}
    return node


def _films(shown: Screening | None, film: OpenFilm | None, url: str) -> list[Node]:
    """The open film on a page, with its steps as clips and with what is said in it."""
    if shown is None or film is None:
        return []
    node: Node = {
        "@type": "VideoObject",
        "@id": f"{absolute(film.url)}#video",
        "url": absolute(film.url),
        "name": film.title,
        "description": film.description or film.title,
        "inLanguage": film.language,
        "uploadDate": film.published_at.isoformat(),
        "duration": f"PT{round(film.duration_ms / 1000)}S",
        "embedUrl": absolute(film.embed_url),
        "isFamilyFriendly": True,
        "isAccessibleForFree": True,
    }
    if shown.player.poster_url:
        node["thumbnailUrl"] = [absolute(film.poster_url)]
    if shown.player.download:
        node["contentUrl"] = absolute(film.file_url)
    if film.licence_url:
        node["license"] = film.licence_url
    if shown.player.chapters:
        node["hasPart"] = [_clip(chapter, url) for chapter in shown.player.chapters]
    return [node | _words(shown)]


def _clip(chapter: ChapterView, url: str) -> Node:
    """A step; its address plays it on this page, `?t=9#V1-c02`."""
    return {
        "@type": "Clip",
        "name": chapter.title,
        "startOffset": chapter.start_ms / 1000,
        "endOffset": chapter.end_ms / 1000,
        "url": f"{url}?t={chapter.start_ms / 1000:.10g}#{chapter.id}",
    }


def _words(shown: Screening) -> Node:
    kinds = {track.kind for track in shown.player.tracks}
    features = [name for kind, name in FEATURES.items() if kind in kinds]
    found: Node = {"accessibilityFeature": features} if features else {}
    paragraphs = shown.transcript.paragraphs if shown.transcript else ()
    said = " ".join(line.text for paragraph in paragraphs for line in paragraph.lines)
    return found | ({"transcript": said} if 0 < len(said) <= LONGEST_WORDS else {})


FEATURES = {"captions": "captions", "descriptions": "audioDescription"}


def _crumbs(ways: Iterable[tuple[str, str]]) -> Node:
    """The way to a page from the front; its last step is the page itself."""
    steps = [
        {
            "@type": "ListItem",
            "position": number,
            "name": name,
            "item": path if "://" in path else absolute(path),
        }
        for number, (name, path) in enumerate(ways, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}
