"""Lesson Markdown to safe HTML: grade tags with labels, numbered citations, step links, boxes.

No raw HTML passes, links lead to http(s), mail, this site or a lesson, and what cannot be resolved is shown
as missing instead of failing. Visible words come from `Words`, so that a page can translate them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from types import MappingProxyType, MethodType
from typing import Protocol

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from edu.courseware import board_figure, external
from edu.courseware.board import MARK as BOARD
from edu.courseware.board import bundled, layers_of
from edu.courseware.board_figure import BoardWords
from edu.courseware.course import CalloutKind, Grade, Step
from edu.courseware.explaining import Explained, Lexicon, mark
from edu.courseware.external import ExternalWords
from edu.courseware.headings import name_headings
from edu.courseware.library.cite import cite, short_name
from edu.courseware.marks import LESSON_SCHEME, parser
from edu.courseware.reference import Reference

GRADE_LABELS: Mapping[Grade, str] = MappingProxyType(
    {
        Grade.TRIALS: "several consistent trials or a sound systematic review",
        Grade.STUDIES: "one randomised trial, or consistent studies, or repeated dissection",
        Grade.SERIES: "case series, single cross-sectional study or narrative review",
        Grade.EXPERIENCE: "case report, historical paper or expert practice",
        Grade.AGAINST: "published evidence or a guideline speaks against it",
        Grade.GUIDELINE: "guideline or product label",
        Grade.PRACTICE: "accepted practice, to be confirmed by the clinical editor",
        Grade.OPEN_QUESTION: "open question, or still to be checked by the clinical editor",
    }
)
CALLOUT_TITLES: Mapping[CalloutKind, str] = MappingProxyType(
    {
        CalloutKind.EMERGENCY: "Emergency",
        CalloutKind.CAUTION: "Caution",
        CalloutKind.NOTE: "Note",
        CalloutKind.OPEN: "Open question",
    }
)


# "52 %" and "150 000 %" must not break before their sign
_BEFORE_PER_CENT = re.compile(r"(?<=\d) (?=%)")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Words:
    """The visible words that rendering adds, in one language."""

    grades: Mapping[Grade, str] = field(default_factory=lambda: GRADE_LABELS)
    callouts: Mapping[CalloutKind, str] = field(default_factory=lambda: CALLOUT_TITLES)
    evidence: str = "Evidence"
    watch: str = "Watch"
    source: str = "Source"
    missing_reference: str = "unknown reference"
    missing_step: str = "unknown step"
    not_verified: str = "not verified in full"
    unconfirmed: str = "unconfirmed"
    in_library: str = "In the library"
    board: BoardWords = field(default_factory=BoardWords)
    external: ExternalWords = field(default_factory=ExternalWords)


ENGLISH = Words()


class Links(Protocol):
    """What a page knows about the things that a text names; None = unknown, or not for this reader."""

    def reference(self, key: str) -> Reference | None:
        """The library entry of a citation."""

    def step(self, step_id: str) -> tuple[Step, str] | None:
        """The step and the address that plays it."""

    def lesson(self, code: str) -> str | None:
        """The address of a lesson; "" for one that is not for this reader, whose link becomes plain words."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference as numbered in one text."""

    number: int
    reference: Reference


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as HTML, with what it cites in order, the steps it links and the grades it gives.

    `terms` are the words of the glossary that it explains, by their addresses.
    """

    html: str
    citations: tuple[Citation, ...]
    steps: tuple[str, ...]
    grades: tuple[Grade, ...]
    terms: tuple[str, ...] = ()


def render(
    text: str,
    links: Links,
    *,
    words: Words = ENGLISH,
    lexicon: Lexicon | None = None,
    known: tuple[str, ...] = (),
) -> Rendered:
    """HTML of a Markdown text. Headings keep their level: a lesson begins with `##`.

    The first use of each word of the lexicon leads to the glossary, but for those whose slugs are `known`.
    """
    markdown = parser()
    tokens = markdown.parse(text)
    name_headings(tokens)
    explained = dict.fromkeys(known)
    if lexicon is not None:
        mark(tokens, lexicon, explained)
    renderer = _Renderer(links, words)
    html: str = renderer.render(tokens, markdown.options, {})
    # the raised number stands close to its word, however the author wrote it
    html = html.replace(' <sup class="citation">', '<sup class="citation">')
    return Rendered(
        html=html,
        citations=tuple(renderer.citations.values()),
        steps=tuple(renderer.steps),
        grades=tuple(renderer.grades),
        terms=tuple(explained)[len(dict.fromkeys(known)) :],
    )


def reference_list(citations: Sequence[Citation], *, words: Words = ENGLISH) -> str:
    """The numbered list of what a text cites, each with its verification; empty without citations."""
    if not citations:
        return ""
    items = "".join(
        f'<li id="ref-{escape(c.reference.key)}" value="{c.number}">{_entry(c.reference, words)}</li>\n'
        for c in citations
    )
    return f'<ol class="references">\n{items}</ol>\n'


def _entry(reference: Reference, words: Words) -> str:
    html = escape(cite(reference, unconfirmed=f"[{words.unconfirmed}]"))
    html += f' <a href="/library/{escape(reference.key)}">{escape(words.in_library)}</a>'
    for name, address in reference.addresses:
        html += f' <a href="{escape(address)}" rel="external noopener">{escape(name)}</a>'
    if not reference.is_verified:
        # what exactly is missing is a note for those who keep the library: it stays in its data
        html += f' <small class="unverified" data-verification="{reference.verification.value}">'
        html += f"{escape(words.not_verified)}</small>"
    return html


class _Renderer(RendererHTML):
    """markdown-it's renderer with the marks of a lesson; one object renders one text."""

    def __init__(self, links: Links, words: Words) -> None:
        super().__init__()
        self.links = links
        self.words = words
        self.citations: dict[str, Citation] = {}
        self.steps: dict[str, None] = {}
        self.grades: dict[Grade, None] = {}
        self._uses: dict[str, int] = {}
        self._boards: list[str] = []
        self._external = ""
        self.rules[f"container_{BOARD}_open"] = MethodType(_Renderer.board_open, self)
        self.rules[f"container_{BOARD}_close"] = MethodType(_Renderer.board_close, self)
        self.rules[f"container_{external.MARK}_open"] = MethodType(_Renderer.external_open, self)
        self.rules[f"container_{external.MARK}_close"] = MethodType(_Renderer.external_close, self)
        for kind in CalloutKind:
            self.rules[f"container_{kind.value}_open"] = MethodType(_Renderer.callout_open, self)
            self.rules[f"container_{kind.value}_close"] = MethodType(_Renderer.callout_close, self)

    def text(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """Plain words; a number stays on the line of its per cent sign."""
        return escape(_BEFORE_PER_CENT.sub(NO_BREAK_SPACE, tokens[at].content))

    def term(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """A word of the glossary: a link to its page, which a script lets open in place."""
        term: Explained = tokens[at].meta["term"]
        return (
            f'<a class="term" href="{escape(term.url)}" data-term="{escape(term.text)}" '
            f'data-meaning="{escape(term.meaning)}">{escape(tokens[at].content)}</a>'
        )

    def table_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """A table too wide for the page scrolls by itself, by keyboard too; its heading names it."""
        before = (n for n in range(at - 1, 0, -1) if tokens[n - 1].type == "heading_open")
        parts = next((tokens[n].children or [] for n in before), [])
        name = "".join(part.content for part in parts if part.type == "text").strip()
        named = f' role="region" aria-label="{escape(name)}"' if name else ""
        return f'<div class="table-scroll" tabindex="0"{named}>\n{self.renderToken(tokens, at, options, env)}'

    def table_close(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """The end of a table and of what it scrolls in."""
        return f"{self.renderToken(tokens, at, options, env)}</div>\n"

    def grade(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """`[D, ?]`: each grade with its label, then the words on its limits."""
        note = tokens[at].meta["note"]
        html = " ".join(self._one_grade(Grade(value)) for value in tokens[at].meta["grades"])
        return html + (f' <span class="grade-note">({escape(note)})</span>' if note else "")

    def _one_grade(self, grade: Grade) -> str:
        self.grades[grade] = None
        label = escape(f"{self.words.evidence} {grade.value}: {self.words.grades[grade]}")
        return (
            f'<span class="grade" data-grade="{grade.value}" title="{label}">'
            f'<span aria-hidden="true">{grade.value}</span>'
            f'<span class="visually-hidden">{label}</span></span>'
        )

    def citation(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """`[@key; @key]`: numbers in the order of first use, each a link to its line in the list."""
        keys, by_name = tokens[at].meta["keys"], tokens[at].meta["by_name"]
        if by_name:
            return ", ".join(self._name(key) + self._number([key]) for key in keys)
        return self._number(keys)

    def _name(self, key: str) -> str:
        reference = self.links.reference(key)
        return escape(short_name(reference)) if reference else ""

    def _number(self, keys: Sequence[str]) -> str:
        return f'<sup class="citation">{", ".join(self._one_citation(key) for key in keys)}</sup>'

    def _one_citation(self, key: str) -> str:
        reference = self.links.reference(key)
        if reference is None:
            return f'<span class="missing">{escape(self.words.missing_reference)}: {escape(key)}</span>'
        known = self.citations.setdefault(key, Citation(len(self.citations) + 1, reference))
        self._uses[key] = use = self._uses.get(key, 0) + 1
        label = escape(f"{self.words.source} {known.number}")
        name = escape(key)
        return f'<a href="#ref-{name}" id="cite-{name}-{use}" aria-label="{label}">{known.number}</a>'

    def step(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """`[[V1-c05]]`: a link that plays the step, named after the chapter."""
        step_id, words = tokens[at].meta["id"], tokens[at].meta["words"]
        found = self.links.step(step_id)
        if found is None:
            return f'<span class="missing">{escape(self.words.missing_step)}: {escape(step_id)}</span>'
        step, address = found
        self.steps[step.id] = None
        minutes, seconds = divmod(step.start // 1000, 60)
        return (
            f'<a class="step" href="{escape(address)}" data-step="{escape(step.id)}">'
            f'<span class="visually-hidden">{escape(self.words.watch)}: </span>{escape(words or step.title)}'
            f' <span class="step-time">{minutes}:{seconds:02}</span></a>'
        )

    def link_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """Links to lessons get their address here; the rest stays as written."""
        token = tokens[at]
        href = str(token.attrs["href"])
        if href.startswith(LESSON_SCHEME):
            address = self.links.lesson(href.removeprefix(LESSON_SCHEME))
            if address is None:
                return '<a class="missing">'
            if not address:
                return "<a>"  # without an address it is plain words
            token.attrs["href"] = address
        elif href.startswith(("http://", "https://")):
            token.attrs["rel"] = "external noopener"
        return str(self.renderToken(tokens, at, options, env))

    def board_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """`::: board bone nerves`: the drawing with these layers; what stands in the box is its caption."""
        self._boards.append(tokens[at].info.strip())
        shown, unknown = layers_of(self._boards[-1])
        return board_figure.opening(bundled(), shown, unknown, len(self._boards), self.words.board)

    def board_close(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """The end of a board."""
        return board_figure.closing(layers_of(self._boards[-1])[0], self.words.board)

    def external_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """`::: external https://…`: the card of a video of another site; what stands in it is its caption."""
        self._external = tokens[at].info
        return external.opening(self._external, self.words.external)

    def external_close(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """The end of such a card."""
        return external.closing(self._external, self.words.external)

    def callout_open(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """`::: caution Title`: a box with its kind and a title."""
        kind, _, title = tokens[at].info.strip().partition(" ")
        title = title.strip() or self.words.callouts[CalloutKind(kind)]
        head = f'<p class="callout-title">{escape(title)}</p>'
        return f'<div class="callout callout-{kind}" role="note">\n{head}\n'

    def callout_close(self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType) -> str:
        """The end of a box."""
        return "</div>\n"
