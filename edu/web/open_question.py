"""The open questions of research: the list by group or by what is known, and each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from edu.courseware.page_details import Group, Known
from edu.models import PageKind
from edu.services.messages import shown as messages
from edu.services.pages.finding import PageLink
from edu.web import page
from edu.web.context import runtime

blueprint = Blueprint("open_question", __name__, url_prefix="/questions")
BY_EVIDENCE = "evidence"
BY_NUMBER = "number"
SORTS = (BY_NUMBER, BY_EVIDENCE, "group")


@dataclass(frozen=True, slots=True)
class Filter:
    """What the reader chose in the form of the list; "" is all."""

    group: str
    known: str
    sort: str

    def choose(self, questions: tuple[PageLink, ...]) -> tuple[PageLink, ...]:
        """The questions that are asked for, in the order that is asked for."""
        kept = [
            question
            for question in questions
            if self.group in ("", question.details.group) and self.known in ("", question.details.known)
        ]
        if self.sort == BY_EVIDENCE:
            kept.sort(key=lambda question: (-_place(Known, question.details.known), question.position))
        elif self.sort != BY_NUMBER:
            kept.sort(key=lambda question: (_place(Group, question.details.group), question.position))
        return tuple(kept)


@blueprint.get("")
def index() -> str:
    """The questions; `group`, `known` and `sort` come from the form."""
    wanted = Filter(
        group=_one_of(tuple(Group), "group"),
        known=_one_of(tuple(Known), "known"),
        sort=_one_of(SORTS, "sort") or "group",
    )
    with runtime().db.reading() as session:
        questions = page.listed(session, PageKind.QUESTION)
    return render_template(
        "question_page/index.html",
        questions=wanted.choose(questions),
        all_count=len(questions),
        wanted=wanted,
        groups=page.group_words(),
        amounts=page.known_words(),
    )


@blueprint.get("/<slug>")
def show(slug: str) -> str:
    """A question: what is known, from where, and where to send a proposal."""
    with runtime().db.reading() as session:
        question = page.shown(session, PageKind.QUESTION, slug)
        others = page.listed(session, PageKind.QUESTION)
        proposals = messages.of_page(session, question.link.url)
    return render_template(
        "question_page/show.html",
        page=question,
        proposals=proposals,
        others=[other for other in others if other.details.group == question.link.details.group],
        groups=page.group_words(),
        amounts=page.known_words(),
    )


def _one_of(words: tuple[str, ...], name: str) -> str:
    value = request.args.get(name, "")
    return value if value in words else ""


def _place(words: type[Group] | type[Known], word: str) -> int:
    """Where a word stands in its set; before all of them when it is none."""
    names = [member.value for member in words]
    return names.index(word) if word in names else -1
