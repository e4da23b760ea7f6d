"""The words for films, previews and offers: what was changed, what moved with it, how far a preview is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edu.models import JobState, Timing
from edu.services.film_moves import Moved
from edu.services.film_pages import FilmView
from edu.services.film_previews import Preview
from edu.services.texts.offers import OfferRow
from edu.web.studio import menu
from edu.web.wording import media_sentence
from edu.web.words import gettext as _
from edu.web.words import ngettext
from media.edit import Edit


@dataclass(frozen=True, slots=True)
class Told:
    """A film in the history, in words; `what` are its parts, `moved` what became of the text tracks."""

    view: FilmView
    place: int  # as people count, from one
    name: str
    title: str
    what: str
    moved: tuple[str, ...]
    look: str  # why its times must be looked at; empty: they need not be


@dataclass(frozen=True, slots=True)
class ToldPreview:
    """A preview in words; `state` as badges have it."""

    state: str
    label: str
    message: str
    is_fault: bool = False


@dataclass(frozen=True, slots=True)
class ToldOffer:
    """An offer in words, with the language that the form begins with."""

    id: int
    title: str
    is_chapters: bool
    language: str


def film(view: FilmView) -> Told:
    """A film of the history in words."""
    return Told(
        view=view,
        place=view.row.number + 1,
        name=name(view.row.number),
        title=_title(view),
        what=summary(view.row.edit),
        moved=tuple(moved(each) for each in view.tracks),
        look=_look(view),
    )


def name(number: int) -> str:
    """What people call the film of that number; they count from one."""
    return _("Film %(n)s", n=number + 1)


def summary(edit: Edit) -> str:
    """How a film is cut, in short."""
    if edit.is_plain:
        return _("The whole recording.")
    parts = []
    if edit.segments:
        parts.append(ngettext("%(num)s piece", "%(num)s pieces", len(edit.segments)))
    if edit.sources:
        parts.append(ngettext("%(num)s other recording", "%(num)s other recordings", len(edit.sources)))
    if edit.covers:
        parts.append(ngettext("%(num)s covered place", "%(num)s covered places", len(edit.covers)))
    if edit.mutes:
        parts.append(ngettext("%(num)s silence", "%(num)s silences", len(edit.mutes)))
    if edit.sound is not None:
        parts.append(_("another sound track"))
    return f"{', '.join(parts)}."


def moved(track: Moved) -> str:
    """What became of a text track: “Captions, English: 12 stay, 1 was cut short, 2 were set aside.”"""
    return f"{menu.track_name(track.kind, '', track.language)}: {', '.join(_counts(track))}."


def preview(found: Preview) -> ToldPreview:
    """How far a preview is."""
    if found.state is JobState.READY:
        return ToldPreview("received", _("Waiting"), _("The preview waits for its turn."))
    if found.state is JobState.RUNNING:
        return ToldPreview("improving", _("Being made"), _("The preview is being made."))
    if found.state is JobState.CANCELLED:
        return ToldPreview("given-up", _("Given up"), _("This preview was given up for another."))
    if found.state is JobState.FAILED:
        broken = _("The preview could not be made. Try again.")
        words = media_sentence(found.problem, {}, found.sentence) or broken
        return ToldPreview("failed", _("Failed"), words, is_fault=True)
    if not found.url:
        return ToldPreview("given-up", _("Gone"), _("The preview was cleared away. Make it again."))
    return ToldPreview("ready", _("Ready"), _("The preview is ready."))


def offer(row: OfferRow, language: str) -> ToldOffer:
    """What is offered; `language` is that of the video, for a file that does not say its own."""
    tag = row.language or language
    if row.kind == "chapters":
        title = ngettext("The file holds %(num)s chapter.", "The file holds %(num)s chapters.", row.count)
        return ToldOffer(row.id, title, True, language)
    named = f"{menu.language_name(tag)} ({row.label})" if row.label else menu.language_name(tag)
    title = ngettext(
        "The file holds subtitles: %(what)s, %(num)s caption.",
        "The file holds subtitles: %(what)s, %(num)s captions.",
        row.count, what=named if row.language or row.label else _("language not said"),
    )  # fmt: skip
    return ToldOffer(row.id, title, False, tag)


def _title(view: FilmView) -> str:
    row = view.row
    if view.again is not None:
        return _("%(film)s brought back", film=name(view.again))
    if view.is_another_recording:
        return _("Another recording: %(name)s", name=row.original_name)
    if row.note:
        return row.note
    return _("The film as it was first") if row.number == 0 else _("Another cut")


def _counts(track: Moved) -> Iterator[str]:
    stayed, back = track.kept - track.shortened, track.returned
    if stayed or not (track.shortened or track.aside):
        yield ngettext("%(num)s stays", "%(num)s stay", stayed)
    if back and back <= stayed:  # it is among those that stay, and is not counted beside them
        yield ngettext("%(num)s of them came back", "%(num)s of them came back", back)
    if track.shortened:
        yield ngettext("%(num)s was cut short", "%(num)s were cut short", track.shortened)
    if track.aside:
        yield ngettext("%(num)s is set aside", "%(num)s are set aside", track.aside)
    if back > stayed:
        yield ngettext("%(num)s came back", "%(num)s came back", back)


def _look(view: FilmView) -> str:
    if not view.row.moved.is_unsure or view.is_looked_at:
        return ""
    if view.row.timing is Timing.ANEW:
        return _(
            "Look at the times: this recording was filmed anew, and all times are those of the one before."
        )
    if view.row.timing is Timing.BACK:
        return _("Look at the times: a text track is younger than this film, and kept the times it had.")
    return _(
        "Look at the times: the sounds of the two recordings could not be matched, "
        "and all times are those of the one before."
    )
