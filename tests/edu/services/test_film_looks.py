"""What a maker has looked at is noted for the film that is shown, and for no other."""

from __future__ import annotations

import pytest

from edu.errors import Conflict, Forbidden
from edu.models import Video
from edu.services import film_looks, films
from media.edit import Edit, Segment
from tests.filming import add_maker, add_video, make_film


def test_a_film_is_looked_at_once_and_the_next_one_is_not(runtime, clock):
    with runtime.db.writing() as session:
        maker = add_maker(session, clock.now())
        video = add_video(session, maker, clock.now(), report={"remarks": []})
        assert not film_looks.is_looked_at(video)

        film_looks.confirm(session, maker, video.id, 0)

        assert film_looks.is_looked_at(video)
        assert video.report["remarks"] == []
        film = films.ask(session, maker, video.id, Edit((Segment(0, 30_000),)), clock.now())
        make_film(session, video, film, clock.now())
        assert not film_looks.is_looked_at(video)


def test_a_film_that_is_not_shown_any_more_cannot_have_been_looked_at_now(runtime, clock):
    with runtime.db.writing() as session:
        maker = add_maker(session, clock.now())
        video = add_video(session, maker, clock.now())

        with pytest.raises(Conflict):
            film_looks.confirm(session, maker, video.id, 3)

        assert not film_looks.is_looked_at(session.get_one(Video, video.id))


def test_only_makers_look(runtime, clock):
    with runtime.db.writing() as session:
        video = add_video(session, add_maker(session, clock.now()), clock.now())

        with pytest.raises(Forbidden):
            film_looks.confirm(session, add_maker(session, clock.now()), video.id, 0)
