"""Progress of the whole from that of its stages."""

import pytest

from media import MediaCancelled
from media.running.progress import Stages


def test_progress_runs_through_the_stages_and_never_back():
    told: list[float] = []
    stages = Stages(told.append, None)

    first = stages.stage(0.5, seconds=10)
    for position in (None, 5.0, 4.0, 12.0):
        first(position)
    stages.stage(1.0, seconds=10)(5.0)

    assert told == [0.0, 0.25, 0.25, 0.5, 0.75]


def test_a_stage_of_unknown_length_is_a_sign_of_life_all_the_same():
    told: list[float] = []

    Stages(told.append, None).stage(0.5, seconds=0)(3.0)

    assert told == [0.0]


def test_a_caller_who_lost_interest_is_asked_between_stages_too():
    with pytest.raises(MediaCancelled):
        Stages(None, lambda: True).reach(0.1)
