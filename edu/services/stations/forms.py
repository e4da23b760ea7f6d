"""The live form of a run: what is asked of this rater, with what was said so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from captions.timecode import clock
from edu.models import Checklist, ChecklistPerformance, ChecklistRun, RaterRole, User
from edu.policy import Viewer
from edu.services.stations import entries, lists, performances
from edu.services.stations.entries import BRANCH, CLOCK, ERROR, RATING, Entry
from quizzes import checklist as stations


@dataclass(frozen=True, slots=True)
class StepView:
    """An item with its three buttons; `recording` is a time as people write it, or empty."""

    name: str
    text: str
    weight: int
    is_critical: bool
    value: int | None
    at_ms: int | None
    recording: str
    note: str
    rev: int


@dataclass(frozen=True, slots=True)
class BranchView:
    """What opens when the patient says the trigger; `when` and `after` are the examiner's to know."""

    name: str
    id: str
    trigger: str
    when: str
    after: str
    is_open: bool
    rev: int
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class ScaleView:
    """A rating from 1 to 5; `choices` are (value, words), the words empty where there is no anchor."""

    name: str
    title: str
    use: str
    note: str
    choices: tuple[tuple[int, str], ...]
    value: int | None
    rev: int

    @property
    def words_some(self) -> bool:
        """Whether some numbers have words and others none, which a reader is told how to take."""
        return 0 < sum(bool(words) for _, words in self.choices) < len(self.choices)


@dataclass(frozen=True, slots=True)
class ErrorView:
    """An error to name in the feedback, and whether it was seen."""

    name: str
    text: str
    is_seen: bool
    rev: int


@dataclass(frozen=True, slots=True)
class FormPage:
    """The form. `patient` and `hidden` are empty for those who rate themselves.

    `caution` says who may do the technique and on whom or what, as the list has it today.
    """

    run_id: str
    action: str
    save_url: str
    list_url: str
    title: str
    code: str
    caution: str
    language: str
    role: str
    round: int
    subject: str
    time_ms: int
    warning_ms: int
    task: str
    room: str
    patient: str
    hidden: str
    steps: tuple[StepView, ...]
    branches: tuple[BranchView, ...]
    scales: tuple[ScaleView, ...]
    errors: tuple[ErrorView, ...]
    elapsed_ms: int
    clock_rev: int

    @property
    def open_steps(self) -> tuple[StepView, ...]:
        """The items that are not marked yet, without those of branches that nobody opened."""
        inside = (step for branch in self.branches if branch.is_open for step in branch.steps)
        return tuple(step for step in (*self.steps, *inside) if step.value is None)

    @property
    def unopened_count(self) -> int:
        """How many items are in branches that nobody opened; they count as not done."""
        return sum(len(branch.steps) for branch in self.branches if not branch.is_open)

    @property
    def open_scales(self) -> tuple[ScaleView, ...]:
        """The ratings that the verdict needs and that are not given yet."""
        return tuple(s for s in self.scales if s.value is None and s.use in ("global", "domain"))

    @property
    def step_count(self) -> int:
        """How many items there are to mark so far: those of open branches included."""
        return len(self.steps) + sum(len(branch.steps) for branch in self.branches if branch.is_open)


def page(session: Session, run: ChecklistRun, performance: ChecklistPerformance) -> FormPage:
    """The form of an open run, for the one whose run it is."""
    row = session.get_one(Checklist, performance.checklist_id)
    checklist = frozen(performance)
    kept = entries.kept(session, [run.id])[run.id]
    is_examiner = run.role is not RaterRole.SELF
    address = f"/checklists/runs/{run.id}"
    return FormPage(
        run_id=run.id,
        action=address,
        save_url=f"{address}/marks",
        list_url=f"/checklists/{row.slug}",
        title=checklist.title,
        code=checklist.id if lists.is_station(row) else "",
        caution=lists.caution_of(row),
        language=checklist.language,
        role=run.role.value,
        round=run.round,
        subject=subject_name(session, performance) if is_examiner else "",
        time_ms=checklist.time_ms,
        warning_ms=checklist.warning_ms,
        task=checklist.task,
        room=checklist.room,
        patient=checklist.patient if is_examiner else "",
        hidden=checklist.hidden if is_examiner else "",
        steps=tuple(_step(item, kept) for item in checklist.main_items),
        branches=tuple(_branch(branch, checklist, kept) for branch in checklist.branches),
        scales=tuple(_scale(scale, kept) for scale in entries.asked_scales(checklist, run.role)),
        errors=tuple(_error(n, words, kept) for n, words in enumerate(checklist.errors)),
        elapsed_ms=(kept[CLOCK].at_ms or 0) if CLOCK in kept else 0,
        clock_rev=kept[CLOCK].rev if CLOCK in kept else 0,
    )


def frozen(performance: ChecklistPerformance) -> stations.Checklist:
    """The list as it was when the performance was begun."""
    return stations.from_plain(performance.document)


def subject_name(session: Session, performance: ChecklistPerformance) -> str:
    """Who performed, as raters know them: the account's name, or what the rater wrote."""
    user = session.get(User, performance.subject_id) if performance.subject_id is not None else None
    return user.name if user else performance.label


def rater_name(session: Session, viewer: Viewer, run: ChecklistRun) -> str:
    """Who rated, empty for oneself and for those without an account."""
    if performances.rates(viewer, run) or run.rater_id is None:
        return ""
    user = session.get(User, run.rater_id)
    return user.name if user else ""


def _step(item: stations.Item, kept: Mapping[str, Entry]) -> StepView:
    said = kept.get(item.id, Entry(item.id, 0, None))
    return StepView(
        name=item.id,
        text=item.text,
        weight=item.weight,
        is_critical=item.critical,
        value=said.value,
        at_ms=said.at_ms,
        recording="" if said.recording_ms is None else clock(said.recording_ms),
        note=said.note,
        rev=said.rev,
    )


def _branch(
    branch: stations.Branch,
    checklist: stations.Checklist,
    kept: Mapping[str, Entry],
) -> BranchView:
    said = kept.get(f"{BRANCH}{branch.id}")
    steps = tuple(_step(item, kept) for item in checklist.items_of(branch.id))
    return BranchView(
        name=f"{BRANCH}{branch.id}",
        id=branch.id,
        trigger=branch.trigger,
        when=branch.when,
        after=branch.after,
        is_open=bool(said and said.value) or any(step.value is not None for step in steps),
        rev=said.rev if said else 0,
        steps=steps,
    )


def _scale(scale: stations.Scale, kept: Mapping[str, Entry]) -> ScaleView:
    said = kept.get(f"{RATING}{scale.id}")
    return ScaleView(
        name=f"{RATING}{scale.id}",
        title=scale.title,
        use=scale.use.value,
        note=scale.note,
        choices=tuple((value, scale.words.get(value, "")) for value in range(1, 6)),
        value=said.value if said else None,
        rev=said.rev if said else 0,
    )


def _error(number: int, words: str, kept: Mapping[str, Entry]) -> ErrorView:
    said = kept.get(f"{ERROR}{number}")
    return ErrorView(f"{ERROR}{number}", words, bool(said and said.value), said.rev if said else 0)
