"""Matching: left sides, right sides and which belong together, as a document form."""

from quizzes.errors import Reason, refusal
from quizzes.formats.canvas.reading.draft import Draft, option_names


def read_pairs(draft: Draft) -> None:
    """A matching question: each response is a left side, all labels together are the right sides.

    A row without words on both sides, which Canvas's editor leaves behind, is not taken over.
    """
    question = draft.question
    right = {label.ident: label.text for response in question.responses for label in response.labels}
    options = option_names(list(right))
    prompts = option_names([response.name for response in question.responses])
    left = {prompts[response.name]: response.prompt for response in question.responses}
    for text in [*left.values(), *right.values()]:
        if not text:
            question.not_kept("a side of a pair without words")
    draft.fields |= {
        "kind": "matching",
        "left": {name: text for name, text in left.items() if text},
        "right": {options[ident]: text for ident, text in right.items() if text},
        "key": {prompt: option for prompt, option in _key(draft, prompts, options).items() if left[prompt]},
    }
    _read_feedback(draft, {name: prompt for name, prompt in prompts.items() if left[prompt]})


def _key(draft: Draft, prompts: dict[str, str], options: dict[str, str]) -> dict[str, str]:
    """The right side for each left side: the first that earns something."""
    key: dict[str, str] = {}
    for rule in draft.question.rules:
        for test in rule.equal if rule.score and rule.score > 0 else ():
            name = test.response.removeprefix("response_")
            if test.value not in options or name not in prompts:
                raise refusal(Reason.UNKNOWN_OPTION, "varequal", value=f"{test.response}: {test.value}"[:80])
            key.setdefault(prompts[name], options[test.value])
    return key


def _read_feedback(draft: Draft, prompts: dict[str, str]) -> None:
    """What is said where a left side was matched wrongly, by the rule's link or by Canvas's name for it."""
    feedback = draft.question.feedback
    links = {
        ident.removeprefix("response_"): found for ident, found in draft.question.links.of_mistakes.items()
    }
    for name, prompt in prompts.items():
        named = [*links.get(name, ()), f"{name}_fb"]
        known = dict.fromkeys(link for link in named if link in feedback)
        draft.mark_shown(list(known))
        draft.say_link(prompt, "\n\n".join(feedback[link] for link in known))
