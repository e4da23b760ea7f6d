"""Films: asked for, made, shown in place of the one before, given up, brought back; what moves with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

import captions
import quizzes
from captions import Cue, TextTrack
from edu.clock import FixedClock
from edu.errors import Conflict, Forbidden, Invalid, NotFound
from edu.models import Audience, FilmState, Job, JobState, Timing, TrackKind, Video, VideoFile, VideoState
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services import film_moves, film_pages, films, originals, replacing
from edu.services.film_moves import Moved
from edu.services.quizzing import questions
from edu.services.texts import tracks
from media.edit import Cover, Edit, Mute, Segment
from tests.filming import MINUTE, add_maker, add_video, addresses, make_film, original

CUT = Edit((Segment(0, 10_000), Segment(30_000, MINUTE)))
MOMENT = b"""
[[questions]]
id = "QM"
kind = "moment"
stem = "Stop where the skin is pinched."
video = "V1"
tolerance_ms = 500
grade = "D"
bloom = "understand"
why = "It is pinched there."
[questions.key]
start_ms = 15000
end_ms = 18000
"""


@dataclass
class House:
    """A session in which a maker has a video."""

    session: Session
    maker: Viewer
    video: Video
    clock: FixedClock

    def ask(self, edit: Edit = CUT, note: str = "") -> films.Film:
        return films.ask(self.session, self.maker, self.video.id, edit, self.clock.now(), note=note)

    def make(self, film: films.Film, **facts: int) -> None:
        make_film(self.session, self.video, film, self.clock.now(), **facts)

    def replace(self, timing: Timing, shift_ms: int = 0) -> films.Film:
        return films.replace(
            self.session, self.maker, self.video.id, original("cd"), name="x/new.mov", timing=timing,
            shift_ms=shift_ms, now=self.clock.now(),
        )  # fmt: skip

    def keep(self, kind: TrackKind, *cues: Cue) -> None:
        track = TextTrack(captions.TrackKind(kind.value), "en", cues)
        tracks.keep(self.session, self.video, track, kind=kind, language="en", now=self.clock.now())

    def cues(self, kind: TrackKind = TrackKind.CAPTIONS) -> list[tuple[int, int, str]]:
        found = next(each for each in tracks.of_video(self.session, self.video.id) if each.track.kind is kind)
        return [(cue.start, cue.end, cue.text) for cue in tracks.cues_of(found)]

    def jobs(self) -> list[tuple[str, JobState]]:
        asked = self.session.query(Job).filter(Job.kind == "improve_video").order_by(Job.id)
        return [(job.key, job.state) for job in asked]

    def page(self) -> film_pages.FilmPage:
        now = self.clock.now()
        return film_pages.page(self.session, self.maker, self.video.id, addresses(now), now)


@pytest.fixture
def house(runtime: Runtime, clock: FixedClock) -> Iterator[House]:
    with runtime.db.writing() as session:
        maker = add_maker(session, clock.now())
        yield House(session, maker, add_video(session, maker, clock.now()), clock)


# -- asking --------------------------------------------------------------------------------------------------


def test_a_cut_is_promised_and_what_is_shown_stays(house: House):
    film = house.ask(note="shorter")

    assert (film.number, film.state, film.note, Edit.read(film.edit)) == (
        1,
        FilmState.WAITING,
        "shorter",
        CUT,
    )
    assert (house.video.film, house.video.version, house.video.duration_ms) == (0, "v1", MINUTE)
    assert house.video.state is VideoState.WATCHABLE
    assert house.jobs() == [(f"improve_video:{house.video.id}:film-1", JobState.READY)]
    assert [(row.number, row.is_shown, row.is_waiting) for row in films.rows(house.session, house.video)] == [
        (1, False, True), (0, True, False),
    ]  # fmt: skip


def test_the_same_cut_again_is_refused(house: House):
    with pytest.raises(Invalid, match="like that already"):
        house.ask(Edit())


@pytest.mark.parametrize(
    ("facts", "says"), [({"version": ""}, "Wait"), ({"original_key": ""}, "was deleted")]
)
def test_nothing_is_cut_from_what_is_not_there(house: House, facts: dict[str, str], says: str):
    for name, value in facts.items():
        setattr(house.video, name, value)

    with pytest.raises(Conflict, match=says):
        house.ask()


def test_asking_again_gives_the_film_before_up_with_its_job(house: House):
    first = house.ask()
    second = house.ask(Edit(mutes=(Mute(0, 1000),)))

    assert (first.state, second.state) == (FilmState.DROPPED, FilmState.WAITING)
    assert [state for _, state in house.jobs()] == [JobState.CANCELLED, JobState.READY]
    assert films.waiting(house.session, house.video.id) is second


def test_a_film_that_is_given_up_leaves_what_is_shown(house: House):
    film = house.ask()

    films.forget(house.session, house.maker, house.video.id, house.clock.now())

    assert (film.state, house.video.state) == (FilmState.DROPPED, VideoState.READY)
    assert [state for _, state in house.jobs()] == [JobState.CANCELLED]
    with pytest.raises(Conflict):
        films.forget(house.session, house.maker, house.video.id, house.clock.now())


def test_a_colleague_may_neither_ask_nor_forget_nor_replace(house: House):
    other = add_maker(house.session, house.clock.now())
    house.ask()
    wish = {"replaces": str(house.video.id), "timing": "same"}
    acts = [
        lambda: films.ask(house.session, other, house.video.id, Edit(), house.clock.now()),
        lambda: films.forget(house.session, other, house.video.id, house.clock.now()),
        lambda: films.bring_back(house.session, other, house.video.id, 0, house.clock.now()),
        lambda: replacing.check(house.session, other.user_id or 0, wish),
    ]  # fmt: skip

    for act in acts:
        with pytest.raises(Forbidden):
            act()


# -- joining -------------------------------------------------------------------------------------------------


def joined(mark: str = "ef") -> Edit:
    return Edit((Segment(0, 4000, mark * 32), Segment(0, MINUTE)))


def test_a_recording_of_ones_own_is_joined_and_of_somebody_else_is_not(house: House):
    add_video(
        house.session, add_maker(house.session, house.clock.now()), house.clock.now(), "theirs", mark="ef"
    )
    with pytest.raises(Invalid, match="not there"):
        house.ask(joined())

    add_video(house.session, house.maker, house.clock.now(), "ours", mark="ef")

    assert house.ask(joined()).edit == joined().plain()


def test_what_is_for_professionals_is_not_joined_to_a_film_for_everybody(house: House):
    add_video(house.session, house.maker, house.clock.now(), "needle", mark="ef", audience=Audience.PRO)
    with pytest.raises(Invalid, match="“needle” is for professionals"):
        house.ask(joined())
    assert house.page().others == ()

    house.video.audience = Audience.PRO

    assert house.ask(joined()).state is FilmState.WAITING


# -- showing -------------------------------------------------------------------------------------------------


def test_a_film_that_is_made_is_shown_and_its_captions_move(house: House):
    house.keep(
        TrackKind.CAPTIONS, Cue(0, 2000, "first"), Cue(9000, 12_000, "half"), Cue(15_000, 17_000, "gone"),
        Cue(40_000, 42_000, "last"),
    )  # fmt: skip

    house.make(house.ask())

    assert house.cues() == [(0, 2000, "first"), (9000, 10_000, "half"), (20_000, 22_000, "last")]
    shown = films.rows(house.session, house.video)[0]
    assert (house.video.film, shown.is_shown) == (1, True)
    assert shown.moved.tracks == (Moved("captions", "en", 3, 1, 1, 0),)
    assert shown.moved.needs_a_look
    assert house.page().recording.duration_ms == MINUTE


def test_steps_that_are_not_shown_any_more_are_told_and_come_back(house: House):
    house.keep(
        TrackKind.CHAPTERS,
        Cue(0, 15_000, "Landmarks"),
        Cue(15_000, 25_000, "Needle"),
        Cue(25_000, MINUTE, "End"),
    )
    needle = f"v{house.video.id}-c02"

    house.make(house.ask())
    gone = house.page().films[0]
    house.make(films.bring_back(house.session, house.maker, house.video.id, 0, house.clock.now()))

    assert gone.steps_gone == ((needle, "Needle"),)
    assert [step.identifier for step in tracks.steps_of(house.session, house.video.id)][1] == needle
    assert house.cues(TrackKind.CHAPTERS)[1] == (15_000, 25_000, "Needle")


def test_hiding_more_takes_the_film_before_away_at_once(house: House):
    face = Edit(covers=(Cover(0, 5000, 0.1, 0.1, 0.2, 0.2),))

    house.make(house.ask(face))
    versions = {row.version for row in house.session.query(VideoFile)}
    house.make(house.ask(Edit()))

    assert versions == {"made-1"}  # the one in which the face was seen is nobody's any more
    assert {row.version for row in house.session.query(VideoFile)} == {"made-1", "made-2"}
    removal = house.session.query(Job).filter_by(kind="remove_package").one()
    assert removal.run_at == house.clock.now()


def test_the_page_begins_with_the_cut_that_is_shown_and_knows_the_pieces_it_plays(house: House):
    house.make(house.ask())

    page = house.page()

    assert page.lines.pieces == "0:00.0 - 0:10.0\n0:30.0 - 1:00.0"
    assert page.stage.pieces == ((0, 10_000, True), (30_000, MINUTE, True))


# -- going back, and another recording -----------------------------------------------------------------------


def test_an_earlier_film_is_brought_back_as_a_new_one(house: House):
    house.make(house.ask())

    again = films.bring_back(house.session, house.maker, house.video.id, 0, house.clock.now())
    house.make(again)

    assert (again.number, again.edit, house.video.film) == (2, {}, 2)
    assert [(view.row.number, view.again) for view in house.page().films] == [(2, 0), (1, None), (0, None)]


def test_what_never_was_shown_or_has_lost_its_recording_cannot_come_back(house: House):
    house.ask()
    films.forget(house.session, house.maker, house.video.id, house.clock.now())
    for number in (1, 7):
        with pytest.raises(NotFound):
            films.bring_back(house.session, house.maker, house.video.id, number, house.clock.now())

    house.make(house.replace(Timing.SAME))
    before = films.numbered(house.session, house.video.id, 0)
    assert before is not None
    before.original_key = ""

    with pytest.raises(Conflict, match="was deleted"):
        films.bring_back(house.session, house.maker, house.video.id, 0, house.clock.now())
    assert not films.rows(house.session, house.video)[-1].can_return


def test_another_recording_takes_the_place_only_when_its_film_is_made(house: House):
    film = house.replace(Timing.SAME)
    before = (house.video.original_sha256, house.video.original_name)

    house.make(film)

    assert before == ("ab" * 32, "ab.mov")
    assert (house.video.original_sha256, house.video.original_name) == ("cd" * 32, "new.mov")
    assert house.page().films[0].is_another_recording


@pytest.mark.parametrize(
    ("timing", "shift", "cue", "is_unsure"),
    [
        (Timing.SAME, 0, (5000, 7000, "words"), False),
        (Timing.SHIFT, 1500, (6500, 8500, "words"), False),
        (Timing.ANEW, 0, (5000, 7000, "words"), True),
        (Timing.SOUND, 0, (5000, 7000, "words"), True),  # the sounds did not match
    ],
)
def test_times_follow_another_recording_as_was_said(
    house: House, timing: Timing, shift: int, cue: tuple[int, int, str], is_unsure: bool
):
    house.keep(TrackKind.CAPTIONS, Cue(5000, 7000, "words"))

    house.make(house.replace(timing, shift))

    assert house.cues() == [cue]
    assert films.rows(house.session, house.video)[0].moved.is_unsure is is_unsure


def test_a_video_whose_original_was_deleted_is_given_another_recording(house: House):
    originals.drop(house.session, house.video, house.clock.now())

    assert house.replace(Timing.ANEW).state is FilmState.WAITING


# -- what an upload asks for ---------------------------------------------------------------------------------


def test_an_upload_that_replaces_nothing_is_a_video_of_its_own():
    assert replacing.wish({"filename": "a.mov", "title": "x"}) is None


@pytest.mark.parametrize(
    ("typed", "ms"), [("2.5", 2500), ("-2,25", -2250), ("+3", 3000), ("\N{MINUS SIGN}1", -1000)]
)
def test_a_shift_is_read_in_seconds(typed: str, ms: int):
    asked = replacing.wish({"replaces": "7", "timing": "shift", "shift": typed})

    assert asked == replacing.Wish(7, Timing.SHIFT, ms)


@pytest.mark.parametrize("typed", ["", "0", "soon", "1e3", "99999", "1.2345"])
def test_a_shift_that_is_none_is_refused_beside_its_field(typed: str):
    with pytest.raises(Invalid) as caught:
        replacing.wish({"replaces": "7", "timing": "shift", "shift": typed})
    assert caught.value.parameters["field"] == "shift"


def test_a_timing_or_a_video_that_is_none_is_refused():
    with pytest.raises(Invalid, match="Choose one"):
        replacing.wish({"replaces": "7", "timing": "later"})
    with pytest.raises(NotFound):
        replacing.wish({"replaces": "all", "timing": "same"})


def test_a_track_version_of_a_film_that_came_back_can_come_back_too(house: House):
    house.keep(TrackKind.CAPTIONS, Cue(0, 5000, "first"))
    house.keep(TrackKind.CAPTIONS, Cue(40_000, 45_000, "second"))
    track = tracks.of_video(house.session, house.video.id)[0].track
    house.make(house.ask())
    with pytest.raises(Conflict, match="Bring that film back first"):
        tracks.bring_back(house.session, track.id, 1, now=house.clock.now())

    house.make(films.bring_back(house.session, house.maker, house.video.id, 0, house.clock.now()))
    tracks.bring_back(house.session, track.id, 1, now=house.clock.now())

    assert house.cues() == [(0, 5000, "first")]


def test_a_question_whose_moment_was_left_out_finds_it_again_with_the_film_that_shows_it(house: House):
    house.video.code = "V1"
    asked = quizzes.read(MOMENT, "toml").items[0]
    question, _ = questions.keep(house.session, asked, now=house.clock.now())
    house.clock.advance(timedelta(minutes=1))

    def made(film: films.Film) -> tuple[int, int, tuple[str, ...]]:
        house.make(film)
        newest = questions.latest(house.session, question.id)
        assert newest is not None
        key = questions.keyed(house.session, {newest.id})[newest.id].item.key
        return key.start, key.end, film_moves.Report.read(film.moved).questions_gone

    assert made(house.ask()) == (15_000, 18_000, ("QM",))
    assert made(house.ask(Edit((Segment(0, 8000), Segment(30_000, MINUTE))))) == (15_000, 18_000, ("QM",))
    assert made(house.ask(Edit((Segment(10_000, MINUTE),)))) == (5000, 8000, ())
    assert made(house.ask(Edit((Segment(5000, MINUTE),)))) == (10_000, 13_000, ())
