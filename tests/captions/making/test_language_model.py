"""The language model of one script."""

from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from captions.making.language_model import END, START, arpa

Table = dict[tuple[str, ...], tuple[float, float]]


def tables(text: str) -> dict[int, Table]:
    """Probability and back-off weight of each run, read from the file as any reader of ARPA does."""
    found: dict[int, Table] = {}
    order = 0
    for line in text.splitlines():
        if line.endswith("-grams:"):
            order = int(line[1])
            found[order] = {}
        elif order and line and not line.startswith("\\"):
            power, words, *weight = line.split("\t")
            found[order][tuple(words.split())] = (
                10 ** float(power),
                10 ** float(weight[0]) if weight else 1.0,
            )
    return found


def chance(model: dict[int, Table], history: tuple[str, ...], word: str) -> float:
    """p(word | history), as a recogniser works it out."""
    run = (*history, word)
    if run in model[len(run)]:
        return model[len(run)][run][0]
    if not history:
        return 0.0
    weight = model[len(history)].get(history, (0.0, 1.0))[1]
    return weight * chance(model, history[1:], word)


def test_the_file_counts_what_it_holds() -> None:
    lines = arpa([["press", "gently"], ["press"]]).splitlines()

    assert lines[:4] == ["\\data\\", "ngram 1=4", "ngram 2=4", "ngram 3=3"]
    assert lines[-1] == "\\end\\"


def test_a_word_that_followed_is_likelier_than_one_that_did_not() -> None:
    model = tables(arpa([["press", "the", "nodule"], ["mark", "the", "line"]]))

    assert chance(model, ("press", "the"), "nodule") > chance(model, ("press", "the"), "line") > 0


@given(st.lists(st.lists(st.sampled_from("abcde"), min_size=1, max_size=8), min_size=1, max_size=8))
def test_what_may_follow_any_history_of_the_script_sums_to_one(sentences: list[list[str]]) -> None:
    model = tables(arpa(sentences))
    words = [word for (word,) in model[1] if word != START]

    histories = {run[:-1] for order in (2, 3) for run in model[order] if END not in run[:-1]}
    for history in histories:
        total, lower = (sum(chance(model, one, word) for word in words) for one in (history, history[1:]))
        # where every word that is possible was seen, nothing is left to give the others
        is_full = all(
            (*history, word) in model[len(history) + 1] for word in words if chance(model, history[1:], word)
        )
        assert total < 1.001, history
        assert is_full or lower < 0.999 or isclose(total, 1, abs_tol=0.001), (history, total)
