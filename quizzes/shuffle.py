"""The order in which options are shown, and ids that say nothing about the order they were written in."""

import re
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from quizzes.errors import Reason, refusal
from quizzes.vocabulary import Kind

# an option about the other options; English, Spanish and French
_ABOUT_THE_OTHERS = re.compile(
    r"(?:all|none|both|neither|any)(?: of)?(?: the)? (?:above|these|them|others?|answers|options)\b"
    r"|(?:todas|ninguna)(?: de)? (?:las|ellas|estas)\b"
    r"|(?:toutes|aucune)(?: de)?s? (?:les |ces )?(?:réponses|propositions)\b",
    re.IGNORECASE,
)
_ALWAYS = frozenset(
    {Kind.ORDERING, Kind.MATCHING, Kind.CLOZE, Kind.DRAGLABELS}
)  # the order as written may be the answer
_PAIRED = frozenset({Kind.MATCHING, Kind.EMQ, Kind.DRAGLABELS})
_OF_OPTIONS = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.KEYFEATURE, Kind.ORDERING})


def option_order(body: Mapping[str, Any], rng: Random, *, shuffle: bool = True) -> tuple[str, ...]:
    """The ids of the options of a body in the order to show; the same seed gives the same order.

    Options that say "all" or "none", and those marked `last`, stay at the end in their written order.
    What is ordered, matched or put in gaps or on a picture is always shuffled: the written order may tell.
    """
    options: Sequence[Mapping[str, Any]] = body["options"]
    last = [option["id"] for option in options if option["last"] or _ABOUT_THE_OTHERS.match(option["text"])]
    free = [option["id"] for option in options if option["id"] not in last]
    if shuffle or Kind(body["kind"]) in _ALWAYS:
        rng.shuffle(free)
    return (*free, *last)


def disguise(body: Mapping[str, Any], order: Sequence[str]) -> dict[str, Any]:
    """The body with its options in this order, under the ids "1", "2", ... that tell nothing of the document.

    Raises QuizError when the order does not name every option once.
    """
    options = {option["id"]: option for option in body["options"]}
    if sorted(order) != sorted(options):
        raise refusal(Reason.KEY_INCOMPLETE, "order", value=", ".join(options))
    shown = [{**options[identifier], "id": str(place)} for place, identifier in enumerate(order, start=1)]
    return {**body, "options": shown}


def undisguise(kind: Kind, response: Any, order: Sequence[str]) -> Any:
    """The response to a disguised body, with the option ids of the document.

    What has not the shape of a response stays as it is: grading refuses it. Raises QuizError for unknown ids.
    """
    names = {str(place): identifier for place, identifier in enumerate(order, start=1)}

    def named(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if value not in names:
            raise refusal(Reason.UNKNOWN_OPTION, "response", value=value[:80])
        return names[value]

    if kind in _OF_OPTIONS:
        return [named(value) for value in response] if isinstance(response, list) else named(response)
    if kind in _PAIRED and isinstance(response, dict):
        return {prompt: named(option) for prompt, option in response.items()}
    if kind is Kind.CLOZE and isinstance(response, dict):
        listed = {identifier.partition(".")[0] for identifier in order}
        # an empty choice is none; what is typed in the other gaps stays as it is
        return {gap: named(value) if value and gap in listed else value for gap, value in response.items()}
    return response
