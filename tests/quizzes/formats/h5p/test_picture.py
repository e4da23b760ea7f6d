"""H5P's questions about a picture."""

from typing import Any

from quizzes.form import plain
from tests.quizzes.formats.h5p.packages import unpacked

IMAGE = {"path": "images/back.png", "width": 1000, "height": 500}


def spot(correct: bool, figure: str, **more: Any) -> dict[str, Any]:
    place = {"x": 10, "y": 20, "width": 5, "height": 10, "figure": figure}
    return {"userSettings": {"correct": correct, **more}, "computedSettings": place}


def parameters(*spots: dict[str, Any]) -> dict[str, Any]:
    settings = {
        "taskDescription": "<p>Where?</p>",
        "hotspot": list(spots),
        "noneSelectedFeedback": "Not there.",
    }
    return {
        "imageHotspotQuestion": {
            "backgroundImageSettings": {"backgroundImage": IMAGE},
            "hotspotSettings": settings,
        }
    }


def test_right_zones_are_kept_in_pixels_and_the_rest_is_told() -> None:
    items, lost = unpacked(
        "H5P.ImageHotspotQuestion",
        parameters(
            spot(True, "rectangle", feedbackText="There."), spot(True, "circle"), spot(False, "circle")
        ),
    )

    form = plain(items[0])
    assert form["picture"] == {"name": "images/back.png", "width": 1000, "height": 500}
    assert form["key"] == [
        {"shape": "rect", "x0": 100, "x1": 150, "y0": 100, "y1": 150},
        {"shape": "circle", "x": 125, "y": 125, "r": 25},
    ]
    assert (form["limit"], form["if_wrong"]) == (2, "Not there.")
    assert [sentence.removeprefix(": This cannot be kept: ") for sentence in lost] == [
        "the feedback of a zone: There..",
        "a zone for a wrong answer.",
        "the picture images/back.png itself.",
        "that one of the right zones is enough.",
    ]


def test_a_picture_without_a_right_zone_is_lost() -> None:
    items, lost = unpacked("H5P.ImageHotspotQuestion", parameters(spot(False, "circle")))

    assert items == ()
    assert lost[-1] == "key: The field key is missing."
