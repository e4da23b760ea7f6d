"""What a player needs: addresses of picture, sound and text, chapters, and the transcript."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from math import isnan, nan
from urllib.parse import urlencode

from babel import Locale, UnknownLocaleError
from sqlalchemy.orm import Session

import captions
from captions import chapters
from captions.chapters import Chapter
from captions.transcript import transcript
from edu.models import Audience, Track, TrackKind, Video, VideoState
from edu.services import player_files, sign_films, sources
from edu.services.delivery import TRACKS, Addresses, track_name
from edu.services.player_files import PlayerFiles
from edu.services.sources import Download, SignView, SoundView, Source
from edu.services.texts import tracks

SPOKEN = (TrackKind.CAPTIONS, TrackKind.SUBTITLES)
ENDINGS = ("vtt", "srt", "txt")  # of the files in which learners take the words along
MOST_KEPT = 64  # documents whose chapters or transcript are kept as made; the text itself is the key


@dataclass(frozen=True, slots=True)
class TrackView:
    """A text track for the track element; without a name its label is its language in its own words."""

    kind: str
    language: str
    label: str
    url: str
    default: bool


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter under its lasting step id; the address plays it from its start, with and without script."""

    id: str
    title: str
    start_ms: int
    end_ms: int
    url: str
    is_mirrored: bool = False  # its teacher wants the picture mirrored until the viewer chooses


@dataclass(frozen=True, slots=True)
class PlayerView:
    """A video as a page plays it. Without `sources` there is nothing to watch yet, and `state` says why."""

    slug: str
    place: str  # the name under which a browser keeps where its viewer stopped, another for each cut
    code: str
    title: str
    state: str
    is_gated: bool
    width: int
    height: int
    duration_ms: int
    frame_rate: str
    poster_url: str | None
    hls_url: str | None
    hls_av1_url: str | None
    av1: str  # what a browser is asked about it: a VideoConfiguration of Media Capabilities, as JSON
    storyboard_url: str | None
    frames_url: str | None
    sources: tuple[Source, ...]
    sounds: tuple[SoundView, ...]
    tracks: tuple[TrackView, ...]
    chapters: tuple[ChapterView, ...]
    chapters_language: str
    url: str
    state_url: str
    state_sentence: str
    progress: float | None = None
    lacks_captions: bool = False  # though somebody may speak in it
    layers_url: str | None = None  # shapes over the picture, to switch on and off
    sign: SignView | None = None
    download: Download | None = None  # what viewers may take along, if they may
    fragment: str = ""  # of the addresses of its files: the time at which a link begins

    @property
    def is_playable(self) -> bool:
        """Whether there is something to watch."""
        return bool(self.sources)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the transcript; its address plays the video from there."""

    start_ms: int
    end_ms: int
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; `chapter` where one begins."""

    start_ms: int
    end_ms: int
    chapter: ChapterView | None
    speaker: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class WordsLink:
    """What is said in one language: the page that shows it, and the files of it by their endings."""

    kind: str
    language: str
    label: str
    url: str
    files: tuple[tuple[str, str], ...]
    is_shown: bool


@dataclass(frozen=True, slots=True)
class TranscriptView:
    """What is said, in reading order, in one language; `languages` are all that there are.

    `direction` is that of its script, ltr or rtl; `titles_language` that of the titles of chapters in it.
    """

    language: str
    direction: str
    titles_language: str
    paragraphs: tuple[Paragraph, ...]
    slug: str
    languages: tuple[WordsLink, ...]


@dataclass(frozen=True, slots=True)
class Screening:
    """A player with its transcript."""

    player: PlayerView
    transcript: TranscriptView | None


def screening(
    session: Session, video: Video, addresses: Addresses, *, language: str, words: str = ""
) -> Screening:
    """Everything a page needs to show the video; three statements, however long it is.

    `language` is the reader's; `words` that of the transcript, where it was chosen.
    """
    media = addresses.media(video)
    address = f"/videos/{video.slug}"
    served = player_files.of(session, video)
    files = served.own
    current = tracks.of_video(session, video.id)
    spoken = best(current, SPOKEN, words or language)
    here = spoken.track.language if spoken and words else ""
    steps, steps_language = _chapters(current, (language,), here, served.mirrored)
    player = PlayerView(
        slug=video.slug,
        place=f"{video.slug}.{video.film}" if video.film else video.slug,
        code=video.code,
        title=video.title,
        state=video.state.value,
        is_gated=video.audience is Audience.PRO,
        width=video.width,
        height=video.height,
        duration_ms=video.duration_ms,
        frame_rate=video.frame_rate,
        poster_url=sources.poster(media, video, files),
        hls_url=sources.address_of(media, files, "master"),
        hls_av1_url=sources.address_of(media, files, "master-av1"),
        av1=sources.av1(files, video.frame_rate),
        storyboard_url=sources.address_of(media, files, "storyboard"),
        layers_url=_layers(media, current),
        sign=_sign(video, served, addresses),
        download=sources.download(media, video, files),
        frames_url=sources.address_of(media, files, "frames"),
        sources=sources.playable(media, files),
        sounds=sources.sounds(media, files, video.language),
        tracks=_track_views(media, current, spoken if here else None, video.language),
        lacks_captions=not video.is_wordless and not any(e.track.kind is TrackKind.CAPTIONS for e in current),
        chapters=steps,
        chapters_language=steps_language,
        url=address,
        state_url=f"{address}/state",
        state_sentence=state_sentence(video),
    )
    return Screening(player, _transcript(video, current, spoken, here))


def starting(shown: Screening, asked: str) -> Screening:
    """The same, the film beginning at the time of a link (`83`, `1m23s`, `1:23`, `83,90`) without any script.

    The time becomes a media fragment (Media Fragments URI 1.0, section 4.2.1), which a page puts behind the
    addresses of all that a browser may play by itself, lists as well as files.
    """
    ends = [_seconds(part) for part in asked.split(",", 1)]
    if any(map(isnan, ends)) or (len(ends) > 1 and ends[0] >= ends[1]):
        return shown
    fragment = "#t=" + ",".join(f"{end:.10g}" for end in ends)
    return replace(shown, player=replace(shown.player, fragment=fragment))


_CLOCK = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,6}(?:\.\d{1,3})?)", re.ASCII)
_UNITS = re.compile(r"(?=.)(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,6}(?:\.\d{1,3})?)s)?", re.ASCII)


def _seconds(written: str) -> float:
    found = _CLOCK.fullmatch(written) or _UNITS.fullmatch(written)
    if found is None:
        return nan
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def _layers(media: str, current: list[tracks.CurrentTrack]) -> str | None:
    found = next((entry.track for entry in current if entry.track.kind is TrackKind.METADATA), None)
    return f"{media}/{TRACKS}/{track_name(found)}" if found else None


def _sign(video: Video, served: PlayerFiles, addresses: Addresses) -> SignView | None:
    if served.sign is None or not sign_films.is_offered(video, served.sign):
        return None
    return sources.sign(addresses.media(served.sign), served.sign, served.of_sign)


def _track_views(
    media: str,
    current: list[tracks.CurrentTrack],
    asked: tracks.CurrentTrack | None,
    video_language: str,
) -> tuple[TrackView, ...]:
    """The tracks; the default is the one that was asked for, else the captions in the film's language."""
    views = []
    for entry in current:
        track = entry.track
        if track.kind is TrackKind.METADATA:
            continue  # a tool fetches it when it is asked for
        is_usual = track.kind is TrackKind.CAPTIONS and track.language == video_language
        is_default = entry is asked if asked else is_usual
        url = f"{media}/{TRACKS}/{track_name(track)}"
        label = track.label or sources.own_name(track.language)
        views.append(TrackView(track.kind.value, track.language, label, url, is_default))
    return tuple(views)


def best(
    current: list[tracks.CurrentTrack], kinds: tuple[TrackKind, ...], language: str
) -> tracks.CurrentTrack | None:
    """The track in just that language, else in one like it, else any; of the first kind before the next."""
    found = [entry for kind in kinds for entry in current if entry.track.kind is kind]
    same = [entry for entry in found if entry.track.language == language]
    like = [entry for entry in found if _stem(entry.track.language) == _stem(language)]
    return next(iter([*same, *like, *found]), None)


def _chapters(
    current: list[tracks.CurrentTrack],
    languages: tuple[str, ...],
    here: str,
    mirrored: frozenset[str] = frozenset(),
) -> tuple[tuple[ChapterView, ...], str]:
    """The steps, named in the first of these languages in which there are names, and that language."""
    found = [entry for language in languages if (entry := best(current, (TrackKind.CHAPTERS,), language))]
    known = [entry for entry in found if _stem(entry.track.language) in map(_stem, languages)]
    entry = next(iter([*known, *found]), None)
    return (_steps(entry.document, here, mirrored), entry.track.language) if entry else ((), "")


def _stem(language: str) -> str:
    return language.partition("-")[0]


@lru_cache(maxsize=MOST_KEPT)
def _steps(document: str, here: str, mirrored: frozenset[str]) -> tuple[ChapterView, ...]:
    found = chapters.of(captions.read(document.encode(), format="vtt"))
    return tuple(
        ChapterView(c.id, c.title, c.start, c.end, f"{_at(c.start, here)}#{c.id}", c.id in mirrored)
        for c in found
    )


def _at(ms: int, here: str) -> str:
    """This page from that time on, its words in the language in which they are asked for."""
    asked = {"words": here, "t": f"{ms / 1000:.10g}"}
    return "?" + urlencode({name: value for name, value in asked.items() if value})


def _transcript(
    video: Video, current: list[tracks.CurrentTrack], entry: tracks.CurrentTrack | None, here: str
) -> TranscriptView | None:
    if entry is None:
        return None
    languages = tuple(
        _words_link(video.slug, other.track, is_shown=other is entry)
        for other in current
        if other.track.kind in SPOKEN
    )
    spoken = entry.track.language
    steps, steps_language = _chapters(current, (spoken, video.language), here)
    return TranscriptView(
        language=spoken,
        direction=direction(spoken),
        titles_language=steps_language,
        paragraphs=_paragraphs(entry.document, steps, here),
        slug=video.slug,
        languages=languages,
    )


def direction(language: str) -> str:
    """In which direction a language is written: ltr or rtl; auto where nobody knows it."""
    try:
        return Locale.parse(language, sep="-").text_direction
    except (UnknownLocaleError, ValueError):
        return "auto"


def _words_link(slug: str, track: Track, *, is_shown: bool) -> WordsLink:
    files = f"/videos/{slug}/{track.kind}/{track.language}"
    return WordsLink(
        kind=track.kind.value,
        language=track.language,
        label=track.label or sources.own_name(track.language),
        url=f"?words={track.language}",
        files=tuple((ending, f"{files}.{ending}") for ending in ENDINGS),
        is_shown=is_shown,
    )


@lru_cache(maxsize=MOST_KEPT)
def _paragraphs(document: str, steps: tuple[ChapterView, ...], here: str) -> tuple[Paragraph, ...]:
    known = [Chapter(step.start_ms, step.end_ms, step.title, step.id) for step in steps]
    spoken = transcript(captions.read(document.encode(), format="vtt"), known)
    by_id = {step.id: step for step in steps}
    paragraphs = []
    before = ""
    for part in spoken:
        step = by_id.get(part.chapter) if part.chapter != before else None
        before = part.chapter
        lines = tuple(Line(le.start, le.end, le.text, _at(le.start, here)) for le in part.lines)
        paragraphs.append(Paragraph(part.start, part.end, step, part.speaker, lines))
    return tuple(paragraphs)


def state_sentence(video: Video) -> str:
    """What the present state means to somebody who waits (the page translates it)."""
    return STATE_SENTENCES[video.state]


STATE_SENTENCES = {
    VideoState.RECEIVED: "The file has arrived and waits for its turn.",
    VideoState.CHECKING: "The file is being looked at.",
    VideoState.WATCHABLE: "It can be watched; better versions follow.",
    VideoState.IMPROVING: "Versions for every screen are being made.",
    VideoState.READY: "Ready.",
    VideoState.FAILED: "It could not be processed.",
}
