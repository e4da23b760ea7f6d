"""The closed sets of words of checklists."""

from enum import StrEnum


class Use(StrEnum):
    """What a rating scale is for.

    The global rating decides with the points; where there are domains instead, their mean is that rating.
    Entrustment is a teacher's word about the workplace, the patient's rating the patient's: neither counts.
    """

    GLOBAL = "global"
    DOMAIN = "domain"
    ENTRUSTMENT = "entrustment"
    PATIENT = "patient"


class Shortfall(StrEnum):
    """Why a station is not passed."""

    CRITICAL = "critical"
    POINTS = "points"
    RATING = "rating"
    UNRATED = "unrated"


class Weighting(StrEnum):
    """How a disagreement counts: all alike, by its distance, or by the square of its distance."""

    NONE = "none"
    LINEAR = "linear"
    QUADRATIC = "quadratic"
