"""Quiz: what keeping one answer costs, with every commit on the disk, and how long the slowest wait."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench import load
from tests.bench.browser import Browser
from tests.bench.figure import Figure, at_most, told
from tests.bench.load import Ask, Run
from tests.bench.reference import Reference
from tests.bench.site import Running, Site

ANSWER_MS = 1.5
SLOWEST_MS = 100.0
CLIENTS = 8
ANSWERS = 60  # of each client in a round
ROUNDS = 3
WARM = 10
_RADIO = re.compile(r'<input[^>]*type="radio"[^>]*>')
_ITEM = re.compile(r'name="q\.(s[0-9]+)"')
_VALUE = re.compile(r'value="([^"]+)"')
_META = re.compile(r'name="csrf-token" content="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody with an open attempt, and an answer for one of its questions."""

    browser: Browser
    path: str
    token: str
    item: str
    response: object

    def answer(self, revision: int) -> Ask:
        """The request that keeps the answer under this revision."""
        answer = {"item": self.item, "rev": revision, "response": self.response}
        headers = (*self.browser.headers, ("X-CSRFToken", self.token), ("Content-Type", "application/json"))
        body = json.dumps({"answers": [answer]}).encode()
        return Ask(f"{self.path}/answers", "PUT", headers, body)


def measure(site: Site, running: Running, reference: Reference, quiz: str) -> Iterator[Figure]:
    """Eight learners, each with an account and an attempt of their own, answer as fast as they can."""
    learners = [_begin(running, quiz, number) for number in range(CLIENTS)]
    _answer(running, learners, first=1, rounds=WARM)
    runs = []
    for number in range(ROUNDS):
        reference.take()
        runs.append(_answer(running, learners, first=1 + WARM + number * ANSWERS, rounds=ANSWERS))
    how = f"PUT of one answer, signed in, {CLIENTS} clients, {CLIENTS * ANSWERS} answers, median of {ROUNDS}"
    cost = load.median_of(runs, lambda run: run.cpu_each)
    yield reference.judge("quiz answer: server CPU", cost, ANSWER_MS, how)
    slowest = load.median_of(runs, lambda run: run.percentile(99))
    yield at_most(
        "quiz answer: p99 at 8 clients", slowest, SLOWEST_MS, "ms", "the same runs, as clients see it"
    )
    (kept,) = site.ask("SELECT min(rev) FROM response")[0]
    failed = sum(run.wrong + run.lost for run in runs)
    newest = WARM + ROUNDS * ANSWERS
    verdict = "all of them" if kept == newest and not failed else f"{failed} failed, oldest kept is {kept}"
    yield told("quiz answer: kept", verdict, f"every learner's last revision is {newest}")


def _answer(running: Running, learners: list[Learner], *, first: int, rounds: int) -> Run:
    """Each learner gives so many answers, with revisions from `first` on."""
    return load.run(
        running.port,
        lambda who, turn: learners[who].answer(first + turn),
        clients=CLIENTS,
        rounds=rounds,
        roots=(running.process.pid,),
    )


def _begin(running: Running, quiz: str, number: int) -> Learner:
    browser = Browser(running.port)
    browser.sign_up(f"quiz{number}@example.org")
    begun = browser.post(f"{quiz}/attempts", {}, form_at=quiz)
    if begun.status != 303:
        raise RuntimeError(f"no attempt was begun: status {begun.status}")
    page = browser.get(begun.location)
    found = _META.search(page.text)
    if found is None:
        raise RuntimeError("the attempt's page carries no token")
    item, value = _radio_in(page.text)
    response: object = {"answer": value == "true"} if value in ("true", "false") else value
    return Learner(browser, begun.location, found[1], item, response)


def _radio_in(page: str) -> tuple[str, str]:
    """The question and the value of the first choice that the page offers."""
    for button in _RADIO.findall(page):
        name, value = _ITEM.search(button), _VALUE.search(button)
        if name and value:
            return name[1], value[1]
    raise RuntimeError("the attempt asks no question with one choice")
