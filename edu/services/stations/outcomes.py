"""The result of a run: points, what stands in the way, what to watch again, and how others saw it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from captions.timecode import clock
from edu.models import Checklist, ChecklistPerformance, ChecklistRun, RaterRole, RunState
from edu.policy import Viewer
from edu.services.stations import comparing, entries, forms, lists, performances
from edu.services.stations.comparing import Judged, Pair
from edu.services.stations.entries import Entry
from edu.services.stations.moments import Moment, moments
from quizzes import checklist as stations
from quizzes.checklist import FULL, Score


@dataclass(frozen=True, slots=True)
class RowView:
    """An item with its mark; `values` are those of all columns, in their order.

    `at` on the clock, `spent` since the mark before and `recording` are times as people write them, or empty.
    `comments` are (rater, words) of others.
    """

    name: str
    text: str
    is_critical: bool
    is_missed: bool
    value: int | None
    points: int
    worth: int
    at: str
    spent: str
    recording: str
    note: str
    moment: Moment | None
    values: tuple[int | None, ...]
    is_apart: bool
    can_comment: bool
    comments: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter to watch again, and the items it shows that were not done well."""

    moment: Moment
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RatingView:
    """A scale with the ratings of all columns; `words` is the anchor of this run's rating, if it has one."""

    title: str
    use: str
    words: str
    value: int | None
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class OutcomePage:
    """The result of one run as the viewer may see it; `columns` are all runs shown, this one first."""

    run_id: str
    performance_id: str
    title: str
    code: str
    caution: str
    language: str
    list_url: str
    role: str
    round: int
    subject: str
    is_mine: bool
    is_about_me: bool
    finished_at: datetime | None
    elapsed: str
    limit: str
    score: Score
    pass_rating: int
    is_provisional: bool
    rows: tuple[RowView, ...]
    ratings: tuple[RatingView, ...]
    chapters: tuple[ChapterView, ...]
    errors_seen: tuple[str, ...]
    errors: tuple[str, ...]
    columns: tuple[Judged, ...]
    pairs: tuple[Pair, ...]
    can_rate_again: bool
    can_invite: bool
    can_offer: bool

    @property
    def missed(self) -> tuple[RowView, ...]:
        """The critical items that were not done well: they come first."""
        return tuple(row for row in self.rows if row.is_missed)

    @property
    def percent(self) -> int:
        """The share of the points, rounded down, so that nobody reads a pass that is none."""
        return self.score.points * 100 // self.score.maximum


def page(
    session: Session, viewer: Viewer, run: ChecklistRun, performance: ChecklistPerformance
) -> OutcomePage:
    """The result of a finished run that the viewer may see."""
    row = session.get_one(Checklist, performance.checklist_id)
    checklist = forms.frozen(performance)
    shown = _shown(session, viewer, run, performance)
    kept = entries.kept(session, [one.id for one in shown])
    judged = [_judge(session, viewer, one, checklist, kept[one.id]) for one in shown]
    own = kept[run.id]
    compared = comparing.pairs(_in_order(judged))
    watch = moments(session, viewer, (item.step for item in checklist.items))
    rows = _rows(checklist, run, judged, kept, watch, compared)
    is_about_me = performances.performs(viewer, performance)
    is_mine = judged[0].is_mine
    unknown = performance.subject_id is None and performance.subject_hash is None
    return OutcomePage(
        run_id=run.id,
        performance_id=performance.id,
        title=checklist.title,
        code=checklist.id if lists.is_station(row) else "",
        caution=lists.caution_of(row),
        language=checklist.language,
        list_url=f"/checklists/{row.slug}",
        role=run.role.value,
        round=run.round,
        subject="" if is_about_me else forms.subject_name(session, performance),
        is_mine=is_mine,
        is_about_me=is_about_me,
        finished_at=run.finished_at,
        elapsed="" if run.elapsed_ms is None else clock(run.elapsed_ms),
        limit=clock(checklist.time_ms) if checklist.time_ms else "",
        score=judged[0].score,
        pass_rating=checklist.passing.rating if checklist.passing else 0,
        is_provisional=checklist.passing is not None and not checklist.passing.points,
        rows=rows,
        ratings=_ratings(checklist, run, judged, kept),
        chapters=_chapters(rows),
        errors_seen=entries.errors_of(checklist, own),
        errors=checklist.errors,
        columns=tuple(judged),
        pairs=compared,
        can_rate_again=_can_rate_again(session, viewer, run, performance),
        can_invite=is_about_me or is_mine,
        can_offer=is_mine and unknown,
    )


def _shown(
    session: Session, viewer: Viewer, run: ChecklistRun, performance: ChecklistPerformance
) -> list[ChecklistRun]:
    """This run and the other finished ones; none of the others for one who still rates."""
    all_runs = performances.runs_of(session, performance.id)
    is_blind = any(other.state is RunState.OPEN and performances.rates(viewer, other) for other in all_runs)
    finished = [other for other in all_runs if other.state is RunState.FINISHED and other.id != run.id]
    if is_blind:
        finished = [other for other in finished if performances.rates(viewer, other)]
    return [run, *finished]


def _judge(
    session: Session,
    viewer: Viewer,
    run: ChecklistRun,
    checklist: stations.Checklist,
    kept: Mapping[str, Entry],
) -> Judged:
    marks = entries.marks_of(checklist, kept)
    return Judged(
        run,
        forms.rater_name(session, viewer, run),
        performances.rates(viewer, run),
        marks,
        stations.score(checklist, marks, entries.ratings_of(checklist, kept)),
    )


def _in_order(judged: Sequence[Judged]) -> list[Judged]:
    """The performer's rounds first, then raters as they began."""
    return sorted(judged, key=lambda one: (not one.is_self, one.run.round, one.run.started_at, one.run.id))


def _rows(
    checklist: stations.Checklist,
    run: ChecklistRun,
    judged: Sequence[Judged],
    kept: Mapping[str, Mapping[str, Entry]],
    watch: Mapping[str, Moment],
    compared: Sequence[Pair],
) -> tuple[RowView, ...]:
    apart = comparing.far_apart(compared, run)
    own, me = kept[run.id], judged[0]
    stamps = {name: e.at_ms for name, e in own.items() if name in me.marks and e.at_ms is not None}
    spent = stations.time_per_item(stamps)
    rows = []
    for item in checklist.items:
        said, value = own.get(item.id), me.marks.get(item.id)
        recording = said.recording_ms if said else None
        comments = [(one.name, kept[one.run.id][item.id].note) for one in judged[1:]
                    if item.id in kept[one.run.id]]  # fmt: skip
        rows.append(
            RowView(
                name=item.id,
                text=item.text,
                is_critical=item.critical,
                is_missed=item.id in me.score.missed,
                value=value,
                points=item.weight * (value or 0),
                worth=item.worth,
                at=clock(said.at_ms) if said and said.at_ms is not None else "",
                spent=clock(spent[item.id]) if item.id in spent else "",
                recording="" if recording is None else clock(recording),
                note=said.note if said else "",
                moment=watch.get(item.step),
                values=tuple(one.marks.get(item.id) for one in judged),
                is_apart=item.id in apart,
                can_comment=item.id in apart and me.is_mine and said is not None,
                comments=tuple((name, note) for name, note in comments if note),
            )
        )
    return tuple(rows)


def _ratings(
    checklist: stations.Checklist,
    run: ChecklistRun,
    judged: Sequence[Judged],
    kept: Mapping[str, Mapping[str, Entry]],
) -> tuple[RatingView, ...]:
    given = [entries.ratings_of(checklist, kept[one.run.id]) for one in judged]
    asked = entries.asked_scales(checklist, run.role)
    return tuple(
        RatingView(
            title=scale.title,
            use=scale.use.value,
            words=scale.words.get(given[0].get(scale.id, 0), ""),
            value=given[0].get(scale.id),
            values=tuple(ratings.get(scale.id) for ratings in given),
        )
        for scale in checklist.scales
        if scale in asked or any(scale.id in ratings for ratings in given)
    )


def _chapters(rows: Sequence[RowView]) -> tuple[ChapterView, ...]:
    """The chapters of items below 2, those of missed critical items first, then in the order of the film."""
    found: dict[str, list[RowView]] = {}
    for row in rows:
        if row.moment and (row.value or 0) < FULL:
            found.setdefault(row.moment.step, []).append(row)
    views = [(group, group[0].moment) for group in found.values()]
    ordered = sorted(
        ((not any(row.is_missed for row in group), moment.step), group, moment)
        for group, moment in views
        if moment
    )
    return tuple(ChapterView(moment, tuple(row.name for row in group)) for _, group, moment in ordered)


def _can_rate_again(
    session: Session, viewer: Viewer, run: ChecklistRun, performance: ChecklistPerformance
) -> bool:
    if run.role is not RaterRole.SELF or run.round != 1 or not performances.rates(viewer, run):
        return False
    own = [one for one in performances.runs_of(session, performance.id) if one.role is RaterRole.SELF]
    return len(own) == 1
