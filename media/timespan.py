"""How long something takes, in the unit that a reader would use."""

MOST_SECONDS = 120
"""From here on minutes are told, and hours from as many minutes on."""


def timespan(seconds: float) -> str:
    """Such as 1.2 s, 45 s, 35 min or 2 h 5 min: symbols that need no translation."""
    if seconds <= MOST_SECONDS:
        return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f}".removesuffix(".0") + " s"
    minutes = round(seconds / 60)
    if minutes <= MOST_SECONDS:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
