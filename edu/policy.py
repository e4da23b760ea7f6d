"""Who may do what: one table for addresses, one for things. What is not listed is denied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Protocol

from edu.errors import Forbidden, GateClosed, NotFound, SignInNeeded
from edu.models.account import Role
from edu.models.gate import Audience


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking: an account, or a visitor known by the hash of a random cookie, or nobody."""

    user_id: int | None = None
    role: Role | None = None
    name: str = ""
    is_professional: bool = False  # has a logged declaration under the text now in force
    visitor_hash: str | None = None
    session_id: int | None = None  # of the login session
    seen_at: datetime | None = None  # when that session was last noted as seen
    language: str = ""  # of the interface, as the account has it; empty: the browser's

    @property
    def is_instructor(self) -> bool:
        """Whether the studio is open to the viewer."""
        return self.role in (Role.INSTRUCTOR, Role.ADMINISTRATOR)

    @property
    def is_administrator(self) -> bool:
        """Whether the viewer runs the site."""
        return self.role is Role.ADMINISTRATOR

    @property
    def passes_gate(self) -> bool:
        """Whether things for professionals are open to the viewer."""
        return self.is_instructor or self.is_professional


NOBODY = Viewer()


class Access(IntEnum):
    """What an address asks of whoever calls it, before any thing is looked up."""

    PUBLIC = 0
    SIGNED_IN = 1
    INSTRUCTOR = 2
    ADMINISTRATOR = 3


class Thing(Protocol):
    """What the table of actions looks at."""

    @property
    def audience(self) -> Audience:
        """Whom it is for."""
        ...

    @property
    def is_published(self) -> bool:
        """Whether people other than its makers may find it."""
        ...

    @property
    def owner_id(self) -> int | None:
        """The account that made it; None for what came with a course or lost its maker."""
        ...


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a thing, for callers that hold no model."""

    audience: Audience
    is_published: bool
    owner_id: int | None = None


class Action(StrEnum):
    """What may be done to a thing."""

    FIND = "find"  # know that it is there: its title in a list
    READ = "read"  # see it whole, with every file derived from it
    EDIT = "edit"


def _is_maker(viewer: Viewer, thing: Thing) -> bool:
    """An instructor edits what is theirs; what has no owner is an administrator's to edit."""
    owns = viewer.user_id is not None and thing.owner_id == viewer.user_id
    return viewer.is_administrator or (viewer.is_instructor and owns)


RULES: dict[Action, Callable[[Viewer, Thing], bool]] = {
    Action.FIND: lambda viewer, thing: thing.is_published or viewer.is_instructor,
    Action.READ: lambda viewer, thing: (
        (thing.is_published or viewer.is_instructor)
        and (thing.audience is Audience.OPEN or viewer.passes_gate)
    ),
    Action.EDIT: _is_maker,
}


def can(viewer: Viewer, action: Action, thing: Thing) -> bool:
    """Whether the viewer may do this to the thing."""
    return RULES[action](viewer, thing)


def require(viewer: Viewer, action: Action, thing: Thing) -> None:
    """Raise unless the viewer may: NotFound for what they may not know of, else GateClosed or Forbidden."""
    if can(viewer, action, thing):
        return
    if not can(viewer, Action.FIND, thing):
        raise NotFound("there is no such page")
    if action is Action.READ:
        raise GateClosed("this part is for health professionals who are licensed to give injections")
    raise Forbidden("only its maker or an administrator can change this")


def is_public(endpoint: str | None) -> bool:
    """Whether an address asks nothing of its caller."""
    return endpoint is None or ENDPOINTS.get(endpoint) is Access.PUBLIC


def admit(viewer: Viewer, endpoint: str | None) -> None:
    """Raise unless the viewer may call the address: SignInNeeded for strangers, Forbidden for the rest.

    An endpoint that is not in the table is denied to everyone.
    """
    if endpoint is None:
        return  # no such address: the router answers 404 by itself
    access = ENDPOINTS.get(endpoint)
    if access is None:
        raise Forbidden("this address has no rule, so it is closed")
    if access is Access.PUBLIC:
        return
    if viewer.user_id is None:
        raise SignInNeeded("sign in to see this page")
    if access is Access.INSTRUCTOR and not viewer.is_instructor:
        raise Forbidden("this page is for instructors")
    if access is Access.ADMINISTRATOR and not viewer.is_administrator:
        raise Forbidden("this page is for administrators")


def _rules(access: Access, names: str) -> dict[str, Access]:
    return dict.fromkeys(names.split(), access)


ENDPOINTS: dict[str, Access] = {
    **_rules(Access.PUBLIC, "assets.file health.livez health.readyz home.index home.favicon home.robots"),
    **_rules(Access.PUBLIC, "home.care"),
    **_rules(Access.PUBLIC, "course.index course.show course.path course.news course.state lesson.show"),
    **_rules(Access.PUBLIC, "news.index news.show news.feed story.index story.show open_question.index"),
    **_rules(Access.PUBLIC, "open_question.show contributor.index contributor.show about.show about.terms"),
    **_rules(Access.PUBLIC, "about.terms_version about.privacy about.accessibility"),
    **_rules(Access.PUBLIC, "video.index video.show video.state video.words media.file search.show"),
    **_rules(Access.PUBLIC, "library.index library.by_year library.show"),
    **_rules(Access.PUBLIC, "board.show card.show card.handout"),
    **_rules(Access.INSTRUCTOR, "studio_library.index studio_library.new studio_library.bring"),
    **_rules(Access.INSTRUCTOR, "studio_library.show studio_library.save"),
    **_rules(
        Access.PUBLIC, "sitemap.show sitemap.part home.security feeds.course_films embed.show oembed.show"
    ),
    **_rules(Access.PUBLIC, "open_film.poster open_film.file open_film.steps"),
    **_rules(Access.PUBLIC, "offline.worker offline.manifest offline.show"),
    **_rules(Access.PUBLIC, "glossary.index glossary.show glossary.names"),
    **_rules(Access.PUBLIC, "pack.show pack.make pack.home pack.bring"),
    **_rules(Access.PUBLIC, "video.questions quiz.question compare.show"),
    **_rules(Access.SIGNED_IN, "hand_in.new hand_in.receive hand_in.index hand_in.show hand_in.state"),
    **_rules(Access.SIGNED_IN, "hand_in.file hand_in.confirm hand_in.withdraw hand_in.rate"),
    **_rules(Access.INSTRUCTOR, "studio_hand_in.index studio_hand_in.show studio_hand_in.say"),
    **_rules(Access.INSTRUCTOR, "studio_hand_in.take_back"),
    **_rules(Access.PUBLIC, "watching.show"),
    **_rules(Access.SIGNED_IN, "watching.tell watching.progress watching.statement"),
    **_rules(Access.PUBLIC, "quiz.show quiz.start quiz.attempt quiz.save quiz.answer"),
    **_rules(Access.PUBLIC, "quiz.watched quiz.try_similar"),
    **_rules(Access.PUBLIC, "review.show review.quiz review.calendar_feed"),
    **_rules(Access.SIGNED_IN, "review.plan review.make_feed review.stop_feed"),
    **_rules(Access.SIGNED_IN, "review_session.begin review_session.show review_session.answer"),
    **_rules(Access.PUBLIC, "gate.show gate.declare gate.withdraw gate.code"),
    **_rules(Access.SIGNED_IN, "gate.ask_institution gate.ask_administrators gate.link gate.prove"),
    **_rules(Access.ADMINISTRATOR, "studio_gate.index studio_gate.decide studio_gate.make_code"),
    **_rules(Access.ADMINISTRATOR, "studio_gate.end_code studio_gate.declarations"),
    **_rules(Access.PUBLIC, "account.sign_in account.begin account.sign_out account.sign_up account.make"),
    **_rules(Access.PUBLIC, "account.forgot account.ask link.show link.use"),
    **_rules(Access.PUBLIC, "upload.options"),
    **_rules(Access.INSTRUCTOR, "upload.create upload.head upload.patch upload.terminate upload.override"),
    **_rules(Access.INSTRUCTOR, "studio.index studio_video.new studio_video.receive studio_video.show"),
    **_rules(Access.INSTRUCTOR, "studio_video.save studio_video.publish studio_video.unpublish"),
    **_rules(Access.INSTRUCTOR, "studio_video.cancel studio_video.retry studio_video.confirm"),
    **_rules(Access.INSTRUCTOR, "studio_video.delete studio_video.state studio_video.layers"),
    **_rules(Access.INSTRUCTOR, "studio_video.sign"),
    **_rules(Access.INSTRUCTOR, "studio_film.show studio_film.save studio_film.preview studio_film.forget"),
    **_rules(Access.INSTRUCTOR, "studio_film.bring_back studio_film.another studio_film.receive"),
    **_rules(Access.INSTRUCTOR, "studio_film.poster studio_film.looked studio_film.confirm_original"),
    **_rules(Access.INSTRUCTOR, "studio_film.delete_original studio_offer.take studio_offer.leave"),
    **_rules(Access.INSTRUCTOR, "studio_track.add studio_track.chapters studio_track.show"),
    **_rules(Access.INSTRUCTOR, "studio_track.download studio_track.bring_back"),
    **_rules(Access.INSTRUCTOR, "studio_draft.show studio_draft.rows studio_draft.save studio_draft.repair"),
    **_rules(Access.INSTRUCTOR, "studio_draft.lines studio_draft.save_rows studio_draft.approve"),
    **_rules(Access.INSTRUCTOR, "studio_draft.keep studio_draft.discard studio_track.compare"),
    **_rules(Access.INSTRUCTOR, "studio_making.new studio_making.begin studio_making.wait"),
    **_rules(Access.INSTRUCTOR, "studio_making.state studio_making.cancel studio_retime.show"),
    **_rules(Access.INSTRUCTOR, "studio_retime.save studio_import.show studio_import.take"),
    **_rules(Access.INSTRUCTOR, "studio_import.leave"),
    **_rules(Access.INSTRUCTOR, "studio_describe.show studio_describe.save studio_describe.make"),
    **_rules(Access.INSTRUCTOR, "studio_describe.state studio_describe.cancel studio_describe.remove"),
    **_rules(Access.INSTRUCTOR, "studio_chapters.show studio_chapters.save studio_chapters.question"),
    **_rules(Access.INSTRUCTOR, "studio_chapters.make_question studio_chapters.make_checklist"),
    **_rules(Access.PUBLIC, "checklist.index checklist.show checklist.begin checklist_run.show"),
    **_rules(Access.PUBLIC, "checklist_run.save checklist_run.answer checklist_run.again"),
    **_rules(Access.PUBLIC, "checklist_run.comment checklist_run.invite"),
    **_rules(Access.PUBLIC, "checklist_link.show checklist_link.accept"),
    **_rules(Access.INSTRUCTOR, "studio_checklist.statistics studio_checklist.set_cut"),
    **_rules(Access.INSTRUCTOR, "studio_lesson.new studio_lesson.create studio_lesson.show"),
    **_rules(Access.INSTRUCTOR, "studio_lesson.save studio_lesson.confirm studio_lesson.delete"),
    **_rules(Access.INSTRUCTOR, "studio_lesson.publish studio_lesson.schedule studio_lesson.take_back"),
    **_rules(Access.INSTRUCTOR, "studio_writing.preview studio_writing.citations studio_writing.steps"),
    **_rules(Access.INSTRUCTOR, "studio_versions.index studio_versions.compare studio_versions.bring_back"),
    **_rules(Access.INSTRUCTOR, "studio_review.index studio_review.ask studio_review.show"),
    **_rules(Access.INSTRUCTOR, "studio_review.sign studio_review.send_back studio_review.withdraw"),
    **_rules(Access.INSTRUCTOR, "studio_question.new studio_question.create studio_question.show"),
    **_rules(Access.INSTRUCTOR, "studio_question.save studio_question.remove studio_question.index"),
    **_rules(Access.INSTRUCTOR, "studio_question.preview studio_question.forget studio_question.picture"),
    **_rules(Access.INSTRUCTOR, "studio_question.for_lesson studio_question.retire"),
    **_rules(Access.INSTRUCTOR, "studio_question.bring_back"),
    **_rules(Access.PUBLIC, "picture.show"),
    **_rules(Access.PUBLIC, "contact.show contact.send correction.index correction.show correction.new"),
    **_rules(Access.PUBLIC, "correction.send message.propose message.send_proposal message.story"),
    **_rules(Access.PUBLIC, "message.tell message.show message.withdraw"),
    **_rules(Access.SIGNED_IN, "message.mine message.withdraw_mine"),
    **_rules(Access.INSTRUCTOR, "studio_message.index studio_message.show studio_message.decide"),
    **_rules(Access.INSTRUCTOR, "studio_translation.index studio_translation.begin studio_translation.show"),
    **_rules(
        Access.INSTRUCTOR, "studio_translation.save studio_translation.confirm studio_translation.delete"
    ),
    **_rules(Access.INSTRUCTOR, "studio_page.index studio_page.new studio_page.create studio_page.show"),
    **_rules(Access.INSTRUCTOR, "studio_page.save studio_page.confirm studio_page.delete"),
    **_rules(Access.INSTRUCTOR, "studio_page.translate studio_page.translations studio_term.index"),
    **_rules(Access.INSTRUCTOR, "studio_term.new studio_term.create studio_term.show studio_term.save"),
    **_rules(Access.INSTRUCTOR, "studio_term.confirm studio_term.delete"),
    **_rules(Access.INSTRUCTOR, "studio_quiz.index studio_quiz.new studio_quiz.create studio_quiz.show"),
    **_rules(Access.INSTRUCTOR, "studio_quiz.save studio_quiz.forget studio_quiz.take_back"),
    **_rules(Access.INSTRUCTOR, "studio_quiz.give studio_quiz.allowed studio_quiz.remove studio_quiz.delete"),
    **_rules(Access.INSTRUCTOR, "studio_question_import.new studio_question_import.receive"),
    **_rules(Access.INSTRUCTOR, "studio_question_import.show studio_question_import.take"),
    **_rules(Access.INSTRUCTOR, "studio_question_import.leave"),
    **_rules(Access.INSTRUCTOR, "studio_export.quiz studio_export.questions"),
    **_rules(Access.INSTRUCTOR, "studio_key.show studio_key.correct"),
    **_rules(Access.INSTRUCTOR, "studio_statistics.show studio_statistics.download"),
    **_rules(
        Access.INSTRUCTOR,
        "studio_course.show studio_course.save studio_course.save_terms studio_course.delete",
    ),
    **_rules(Access.INSTRUCTOR, "studio_course.index studio_course.new studio_course.create"),
    **_rules(Access.INSTRUCTOR, "studio_course.move studio_course.move_module studio_module.new"),
    **_rules(Access.INSTRUCTOR, "studio_module.create studio_module.show studio_module.save"),
    **_rules(Access.INSTRUCTOR, "studio_module.planned studio_module.save_planned studio_module.delete"),
    **_rules(Access.INSTRUCTOR, "studio_module.delete_planned studio_module.move_lesson"),
    **_rules(Access.INSTRUCTOR, "studio_module.take_over"),
    **_rules(Access.SIGNED_IN, "agreement.show agreement.agree certificate.give certificate.remove"),
    **_rules(Access.PUBLIC, "certificate.show"),
    **_rules(Access.ADMINISTRATOR, "certificate.withdraw"),
    **_rules(Access.SIGNED_IN, "profile.show profile.rename profile.change_email profile.change_password"),
    # Programs send a token and no cookie: edu.web.api.reader looks at it, and what is one's own asks for one.
    **_rules(Access.PUBLIC, "api_page.show api.description api.nothing api.courses api.course api.lesson"),
    **_rules(Access.PUBLIC, "api.videos api.video api.captions api.library api.work"),
    **_rules(Access.PUBLIC, "api.me api.progress api.attempts api.attempt"),
    **_rules(Access.SIGNED_IN, "token.index token.make token.end"),
    **_rules(Access.SIGNED_IN, "notes.of_film notes.save notes.remove notes.index notes.delete"),
    **_rules(Access.SIGNED_IN, "notes.everything notes.track"),
    **_rules(Access.SIGNED_IN, "profile.choose_language"),
    **_rules(Access.SIGNED_IN, "profile.end_session profile.end_sessions profile.export profile.erase"),
    **_rules(Access.ADMINISTRATOR, "people.index people.show people.set_role people.disable people.enable"),
    **_rules(Access.ADMINISTRATOR, "people.end_sessions people.set_quota people.reset"),
    **_rules(Access.ADMINISTRATOR, "people.invite people.uninvite"),
}
