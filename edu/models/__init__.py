"""The tables. A model holds columns, relationships and small questions about itself; it never does work."""

from edu.models.account import LoginSession, OneTimeLink, Purpose, Role, Throttle, User
from edu.models.attempt import (
    Attempt,
    AttemptSlot,
    AttemptState,
    ClipWatch,
    Grading,
    Response,
    ResponseEvent,
)
from edu.models.audit import AuditEntry
from edu.models.authoring import LessonVersion, ReviewDecision, ReviewRequest, ReviewSubject, TermVersion
from edu.models.certificate import Certificate, TermsAcceptance
from edu.models.checklist import (
    Checklist,
    ChecklistInvite,
    ChecklistMark,
    ChecklistPerformance,
    ChecklistRun,
    InvitePurpose,
    RaterRole,
    RunState,
)
from edu.models.course import Course, Lesson, LessonTranslation, Module, PageState
from edu.models.draft import DraftOrigin, TrackDraft, TrackImport
from edu.models.film import Film, FilmState, Timing, TrackOffer
from edu.models.gate import Admission, Audience, Declaration, GateMode, InvitationCode
from edu.models.hand_in import HandIn, HandInRemark, HandInState
from edu.models.hearing import Hearing
from edu.models.job import Job, JobState
from edu.models.message import Message, MessageKind, MessageState
from edu.models.pack import Pack, PackReturn
from edu.models.page import Page, PageKind, PageVersion
from edu.models.question import KeyRevision, Question, QuestionVersion, VersionStatus
from edu.models.question_import import QuestionImport, QuizDraft
from edu.models.quiz import Quiz, QuizAllowance, QuizSlot, QuizVersion
from edu.models.reference import Reference
from edu.models.review import REVIEW_QUIZ, ReviewCard, ReviewLog, ReviewPlan
from edu.models.search import (
    SearchEntry,
    SearchName,
    SearchSection,
    SearchText,
    SearchThing,
    Shelf,
    ThingKind,
)
from edu.models.site import InstalledFile
from edu.models.term import Term
from edu.models.token import ApiToken
from edu.models.track import Step, Track, TrackKind, TrackVersion
from edu.models.upload import Upload
from edu.models.video import SignFilm, Video, VideoFile, VideoState, Visibility
from edu.models.visit import CourseVisit, LessonVisit
from edu.models.watching import Note, Watching

__all__ = [
    "REVIEW_QUIZ",
    "Admission",
    "ApiToken",
    "Attempt",
    "AttemptSlot",
    "AttemptState",
    "Audience",
    "AuditEntry",
    "Certificate",
    "Checklist",
    "ChecklistInvite",
    "ChecklistMark",
    "ChecklistPerformance",
    "ChecklistRun",
    "ClipWatch",
    "Course",
    "CourseVisit",
    "Declaration",
    "DraftOrigin",
    "Film",
    "FilmState",
    "GateMode",
    "Grading",
    "HandIn",
    "HandInRemark",
    "HandInState",
    "Hearing",
    "InstalledFile",
    "InvitationCode",
    "InvitePurpose",
    "Job",
    "JobState",
    "KeyRevision",
    "Lesson",
    "LessonTranslation",
    "LessonVersion",
    "LessonVisit",
    "LoginSession",
    "Message",
    "MessageKind",
    "MessageState",
    "Module",
    "Note",
    "OneTimeLink",
    "Pack",
    "PackReturn",
    "Page",
    "PageKind",
    "PageState",
    "PageVersion",
    "Purpose",
    "Question",
    "QuestionImport",
    "QuestionVersion",
    "Quiz",
    "QuizAllowance",
    "QuizDraft",
    "QuizSlot",
    "QuizVersion",
    "RaterRole",
    "Reference",
    "Response",
    "ResponseEvent",
    "ReviewCard",
    "ReviewDecision",
    "ReviewLog",
    "ReviewPlan",
    "ReviewRequest",
    "ReviewSubject",
    "Role",
    "RunState",
    "SearchEntry",
    "SearchName",
    "SearchSection",
    "SearchText",
    "SearchThing",
    "Shelf",
    "SignFilm",
    "Step",
    "Term",
    "TermVersion",
    "TermsAcceptance",
    "ThingKind",
    "Throttle",
    "Timing",
    "Track",
    "TrackDraft",
    "TrackImport",
    "TrackKind",
    "TrackOffer",
    "TrackVersion",
    "Upload",
    "User",
    "VersionStatus",
    "Video",
    "VideoFile",
    "VideoState",
    "Visibility",
    "Watching",
]
