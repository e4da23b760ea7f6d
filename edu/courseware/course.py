"""The records of a course folder: course, modules, lessons, videos, quizzes, checklists, references."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from edu.courseware.course_words import CourseWords, GlossaryWords
from edu.courseware.glossary import Entry
from edu.courseware.page_details import PageDetails, PageKind
from edu.courseware.reference import Judgement, Reference
from quizzes import Bloom, Item, Quiz
from quizzes.checklist import Checklist


class Audience(StrEnum):
    """Who may see a thing: everyone, or people who passed the professional gate."""

    OPEN = "open"
    PRO = "pro"


class PageState(StrEnum):
    """How far a page is. Only `reviewed` means that a named clinician has signed it."""

    DRAFT = "draft"
    UNDER_CONSTRUCTION = "under construction"
    REVIEWED = "reviewed"
    NEEDS_REVIEW = "needs review"


class Grade(StrEnum):
    """How strong the evidence behind a statement is (curriculum, "How to read the grades")."""

    TRIALS = "A"
    STUDIES = "B"
    SERIES = "C"
    EXPERIENCE = "D"
    AGAINST = "X"
    GUIDELINE = "G"
    PRACTICE = "P"
    OPEN_QUESTION = "?"


class CalloutKind(StrEnum):
    """The boxes that lesson text may open with `::: <kind>`."""

    EMERGENCY = "emergency"
    CAUTION = "caution"
    NOTE = "note"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record came from: `path` inside the course folder, `hash` of its normalised content.

    The hash is the SHA-256 (hex) of the text in NFC with LF line ends, without a byte order mark and with
    one line end at its end; so an installer can tell an untouched page from an edited one.
    """

    path: str
    hash: str


@dataclass(frozen=True, slots=True)
class Objective:
    """What a learner can do afterwards; `text` goes on where the verb stops."""

    verb: str
    text: str
    bloom: Bloom


@dataclass(frozen=True, slots=True)
class Review:
    """A signature under a page. It exists only when somebody really signed."""

    reviewer: str
    reviewed_on: date
    due_on: date
    conflicts: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice shown before or beside the course (curriculum L0.3), in Markdown with grade tags."""

    slug: str
    title: str
    text: str
    version: str


@dataclass(frozen=True, slots=True)
class Gate:
    """The self-declaration in front of everything for professionals, with its version and buttons."""

    text: str
    version: str
    confirm: str
    refuse: str
    patient_lesson: str = ""


@dataclass(frozen=True, slots=True)
class LearningPath:
    """A choice of modules for one kind of reader. `pass_mark` is in per cent, 0 without a certificate.

    `door` is what such a reader would say, and `door_text` what they find: with both it stands on the front.
    `start` are codes of a few lessons of these modules to begin with, in the order in which they are read.
    """

    slug: str
    title: str
    modules: tuple[str, ...]
    audience: Audience = Audience.OPEN
    checklists: tuple[str, ...] = ()
    certificate: str = ""
    certificate_note: str = ""
    pass_mark: int = 0
    note: str = ""
    door: str = ""
    door_text: str = ""
    start: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedModule:
    """A module that is announced and not written yet; readers see it as such. Its quiz may be taken."""

    code: str
    title: str
    minutes: int
    audience: Audience
    quiz: str = ""


@dataclass(frozen=True, slots=True)
class LessonTranslation:
    """The words of a lesson in another language; all else is the lesson's own. `objectives` are sentences."""

    language: str
    title: str
    body: str
    source: Source
    summary: str = ""
    objectives: tuple[str, ...] = ()
    state: PageState = PageState.UNDER_CONSTRUCTION
    is_stale: bool = False  # its lesson has changed since
    review: Review | None = None
    body_line: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson: its data and its Markdown text (marks: `marks.py`), which begins on line `body_line`."""

    code: str
    slug: str
    title: str
    minutes: int
    audience: Audience
    language: str
    objectives: tuple[Objective, ...]
    evidence: tuple[Grade, ...]
    body: str
    source: Source
    video: str = ""
    steps: tuple[str, ...] = ()
    quiz: str = ""
    state: PageState = PageState.UNDER_CONSTRUCTION
    author: str = ""
    review: Review | None = None
    translations: tuple[LessonTranslation, ...] = ()
    body_line: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Module:
    """A module and its lessons in teaching order. Its objectives are those of its lessons."""

    code: str
    slug: str
    title: str
    minutes: int
    audience: Audience
    language: str
    summary: str
    lessons: tuple[Lesson, ...]
    source: Source
    quiz: str = ""
    state: PageState = PageState.UNDER_CONSTRUCTION
    review: Review | None = None
    review_months: int = 12

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """All objectives of the module, lesson by lesson."""
        return tuple(objective for lesson in self.lessons for objective in lesson.objectives)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the technique: a chapter of the video from `start` to `end`, in milliseconds."""

    id: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TrackEntry:
    """A text track beside a video: `kind` is captions, chapters or descriptions."""

    kind: str
    language: str
    source: Source


@dataclass(frozen=True, slots=True)
class VideoEntry:
    """A video of the course: its data, its file and tracks.

    Times are in milliseconds; `teaching_ms` leaves the credits out. `word_times` is a file of spoken words
    with their times, `conflicts` what the author states about interests.
    """

    slug: str
    code: str
    title: str
    audience: Audience
    language: str
    description: str
    duration_ms: int
    teaching_ms: int
    file: str
    tracks: tuple[TrackEntry, ...]
    steps: tuple[Step, ...]
    source: Source
    voice: str = ""
    author: str = ""
    credits: str = ""
    conflicts: str = ""
    licence: str = ""
    word_times: str = ""
    mirrored: tuple[str, ...] = ()  # steps whose picture is mirrored until a viewer chooses


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """One question of the bank. `document` is the text of its file, `item` what was read in it.

    The item's `evidence` is the step that shows the answer, its `lesson` where the subject is taught.
    """

    item: Item
    document: str
    source: Source

    @property
    def id(self) -> str:
        """The id that quizzes name, such as Q001."""
        return self.item.id

    @property
    def audience(self) -> Audience:
        """Who may see the question."""
        return Audience(self.item.audience.value)


@dataclass(frozen=True, slots=True)
class QuizEntry:
    """A quiz: it lists *all* its questions; a platform shows those whose kind it supports.

    `document` is the text of its file; `quiz` is what the quizzes library read in it, with slots that name
    questions of the bank. A quiz is shown where a module or a lesson names it, or stands in the video that it
    names, and nowhere else.
    """

    quiz: Quiz
    document: str
    source: Source

    @property
    def slug(self) -> str:
        """The address of the quiz."""
        return self.quiz.id

    @property
    def audience(self) -> Audience:
        """Who may see the quiz."""
        return Audience(self.quiz.audience.value)

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids of all questions, in order."""
        return tuple(slot.question for slot in self.quiz.slots if slot.pool is None)


@dataclass(frozen=True, slots=True)
class ChecklistEntry:
    """A practical checklist. `document` is the text of its file, `checklist` what was read in it."""

    checklist: Checklist
    document: str
    source: Source

    @property
    def audience(self) -> Audience:
        """Who may see the checklist."""
        return Audience(self.checklist.audience.value)


@dataclass(frozen=True, slots=True)
class Page:
    """A page outside the lessons, found from `published_at` on. `position` orders those of a kind."""

    kind: PageKind
    slug: str
    title: str
    language: str
    summary: str
    body: str
    source: Source
    state: PageState = PageState.UNDER_CONSTRUCTION
    published_at: datetime | None = None
    position: int = 0
    evidence: tuple[Grade, ...] = ()
    details: PageDetails = field(default_factory=PageDetails)
    is_translation: bool = False
    is_stale: bool = False  # a translation whose original has changed since
    review: Review | None = None
    body_line: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class Course:
    """A whole course folder. Tuples keep the order in which a reader meets things."""

    slug: str
    title: str
    language: str
    subtitle: str
    summary: str
    honest_summary: str
    state: PageState
    notices: tuple[Notice, ...]
    gate: Gate
    paths: tuple[LearningPath, ...]
    planned: tuple[PlannedModule, ...]
    modules: tuple[Module, ...]
    videos: tuple[VideoEntry, ...]
    quizzes: tuple[QuizEntry, ...]
    questions: tuple[QuestionEntry, ...]
    references: tuple[Reference, ...]
    source: Source
    terms: tuple[Entry, ...] = ()
    checklists: tuple[ChecklistEntry, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    pages: tuple[Page, ...] = ()
    evidence_line: str = ""  # the honest summary in one line, with its grades
    words: tuple[CourseWords, ...] = ()  # of its own pages, in other languages
    glossaries: tuple[GlossaryWords, ...] = ()  # in other languages

    @property
    def lessons(self) -> tuple[Lesson, ...]:
        """All lessons in teaching order."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    @property
    def steps(self) -> dict[str, VideoEntry]:
        """Each step id with the video that shows it."""
        return {step.id: video for video in self.videos for step in video.steps}
