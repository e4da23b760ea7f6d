"""Texts of a course as markup, with the words that rendering adds in the reader's language."""

from __future__ import annotations

from functools import lru_cache

from flask import Flask, g
from markupsafe import Markup
from sqlalchemy.orm import Session

from edu.courseware.board import Layer
from edu.courseware.board_figure import BoardWords
from edu.courseware.course import CalloutKind, Grade
from edu.courseware.external import ExternalWords
from edu.courseware.markdown import Words
from edu.services import prose
from edu.services.prose import Prose
from edu.web.context import viewer
from edu.web.language import chosen
from edu.web.wording import problem_sentence
from edu.web.words import gettext as _


def install(app: Flask) -> None:
    """Give templates the filters `line` (short Markdown), `prose` and `sources`."""
    app.jinja_env.filters["line"] = lambda text: Markup(prose.line(str(text)))  # noqa: S704 (rendered with html off)
    app.jinja_env.filters["problem"] = problem_sentence
    app.jinja_env.filters["prose"] = markup
    app.jinja_env.filters["sources"] = lambda made: Markup(made.references)  # noqa: S704


def markup(made: Prose) -> Markup:
    """HTML that the Markdown renderer made; it lets no HTML of an author through."""
    return Markup(made.html)  # noqa: S704


def texts(
    session: Session,
    course_id: int,
    *bodies: str,
    video_slug: str = "",
    explained: str = "",
    known: tuple[str, ...] = (),
) -> tuple[Prose, ...]:
    """Texts of one course for this reader; in the language `explained` their words lead to the glossary."""
    words = _words(chosen())
    made = prose.of(
        session,
        viewer(),
        course_id,
        bodies,
        video_slug=video_slug,
        words=words,
        explained=explained,
        known=known,
    )
    frames = {origin for text in made for origin in text.frames}
    if frames:
        g.frames = frames | g.get("frames", set())  # the headers of this answer let the page show them
    return made


def external_words() -> ExternalWords:
    """The words of the card of a video of another site, in the language of this request."""
    return ExternalWords(
        site=_("This video lies on another site, YouTube. Nothing has been asked of that site so far."),
        click=_(
            "When you press the button, the player is loaded from www.youtube-nocookie.com. That site then "
            "learns the address of your device and that you came from here, and its own rules hold for what "
            "it keeps."
        ),
        load=_("Load the video from YouTube"),
        link=_("Open it at YouTube"),
        title=_("Video of another site"),
        awaited=_("Its address is still awaited, so there is nothing to load or to open yet."),
        unknown=_("not an address of a video that can be shown here"),
    )


def board_words() -> BoardWords:
    """The words of the board in the language of this request."""
    layers = {
        Layer.BONE: _("Bone"),
        Layer.TRIANGLE: _("Sacroiliac triangle"),
        Layer.FASCIA: _("Thoracolumbar fascia"),
        Layer.NERVES: _("Superior cluneal nerves"),
        Layer.ZONE: _("Zone of 5-7 cm"),
        Layer.NODULE: _("Nodule"),
        Layer.RULER: _("Ruler from the midline"),
    }
    return BoardWords(
        layers,
        alt=_("Schematic drawing of the low back seen from behind, the patient's right on the right. Shown:"),
        open=_("Open the board with its switches and its ruler"),
        unknown=_("unknown layer"),
    )


@lru_cache
def _words(language: str) -> Words:
    """The words in the language of this request; made once for each."""
    grades = {
        Grade.TRIALS: _("several consistent trials or a sound systematic review"),
        Grade.STUDIES: _("one randomised trial, or consistent studies, or repeated dissection"),
        Grade.SERIES: _("case series, single cross-sectional study or narrative review"),
        Grade.EXPERIENCE: _("case report, historical paper or expert practice"),
        Grade.AGAINST: _("published evidence or a guideline speaks against it"),
        Grade.GUIDELINE: _("guideline or product label"),
        Grade.PRACTICE: _("accepted practice, to be confirmed by the clinical editor"),
        Grade.OPEN_QUESTION: _("open question, or still to be checked by the clinical editor"),
    }
    callouts = {
        CalloutKind.EMERGENCY: _("Emergency"),
        CalloutKind.CAUTION: _("Caution"),
        CalloutKind.NOTE: _("Note"),
        CalloutKind.OPEN: _("Open question"),
    }
    return Words(
        grades,
        callouts,
        evidence=_("Evidence"),
        watch=_("Watch"),
        source=_("Source"),
        missing_reference=_("unknown reference"),
        missing_step=_("unknown step"),
        not_verified=_("not verified in full"),
        unconfirmed=_("unconfirmed"),
        in_library=_("In the library"),
        board=board_words(),
        external=external_words(),
    )
