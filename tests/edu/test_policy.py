"""Who may do what: every address has a rule, and each role meets it as the table says."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from edu import policy
from edu.errors import EduError, Forbidden, GateClosed, NotFound, SignInNeeded
from edu.models import Audience, Role
from edu.policy import Access, Action, Facts, Viewer
from tests.people import Person
from tests.reviewer import ReviewingClient

STRANGER = Viewer()
PROFESSIONAL = Viewer(visitor_hash="f" * 64, is_professional=True)
LEARNER = Viewer(user_id=1, role=Role.LEARNER)
INSTRUCTOR = Viewer(user_id=2, role=Role.INSTRUCTOR)
ADMINISTRATOR = Viewer(user_id=3, role=Role.ADMINISTRATOR)
ALL = (STRANGER, PROFESSIONAL, LEARNER, INSTRUCTOR, ADMINISTRATOR)

OPEN = Facts(Audience.OPEN, is_published=True, owner_id=2)
PRO = Facts(Audience.PRO, is_published=True, owner_id=2)
DRAFT = Facts(Audience.OPEN, is_published=False, owner_id=2)
OTHERS = Facts(Audience.OPEN, is_published=True, owner_id=9)
NOBODYS = Facts(Audience.PRO, is_published=True)


def rules(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))


def test_every_address_has_a_rule(app: Flask) -> None:
    without = {rule.endpoint for rule in rules(app)} - set(policy.ENDPOINTS)

    assert not without, f"no rule for {sorted(without)}: add each to policy.ENDPOINTS"


def test_every_rule_has_an_address(app: Flask) -> None:
    left_over = set(policy.ENDPOINTS) - {rule.endpoint for rule in rules(app)}

    assert not left_over, f"rules for nothing: {sorted(left_over)}"


def test_an_address_without_a_rule_is_closed_to_everyone() -> None:
    for viewer in ALL:
        with pytest.raises(Forbidden):
            policy.admit(viewer, "made.up")


def test_every_address_of_the_studio_asks_for_an_instructor_at_least(app: Flask) -> None:
    weak = {
        rule.endpoint
        for rule in rules(app)
        if rule.rule.startswith("/studio") and policy.ENDPOINTS[rule.endpoint] < Access.INSTRUCTOR
    }

    assert not weak


def test_every_address_about_people_asks_for_an_administrator(app: Flask) -> None:
    kinds = {policy.ENDPOINTS[rule.endpoint] for rule in rules(app) if rule.rule.startswith("/studio/people")}

    assert kinds == {Access.ADMINISTRATOR}


@pytest.mark.parametrize(
    ("access", "answers"),
    [
        (Access.PUBLIC, (None, None, None, None, None)),
        (Access.SIGNED_IN, (SignInNeeded, SignInNeeded, None, None, None)),
        (Access.INSTRUCTOR, (SignInNeeded, SignInNeeded, Forbidden, None, None)),
        (Access.ADMINISTRATOR, (SignInNeeded, SignInNeeded, Forbidden, Forbidden, None)),
    ],
)
def test_each_role_meets_each_kind_of_address(
    access: Access, answers: tuple[type[EduError] | None, ...]
) -> None:
    endpoints = [name for name, kind in policy.ENDPOINTS.items() if kind is access]

    for endpoint in endpoints:
        assert tuple(_refusal(viewer, endpoint) for viewer in ALL) == answers, endpoint


def _refusal(viewer: Viewer, endpoint: str) -> type[EduError] | None:
    try:
        policy.admit(viewer, endpoint)
    except EduError as error:
        return type(error)
    return None


def test_the_application_asks_the_table_before_every_view(
    app: Flask, client: ReviewingClient, learner: Person, instructor: Person
) -> None:
    """Walks the map: each address is called by those whom the table keeps out."""
    callers = (
        (client, Access.PUBLIC, 401),
        (learner, Access.SIGNED_IN, 403),
        (instructor, Access.INSTRUCTOR, 403),
    )
    called = 0
    for rule in rules(app):
        path = re.sub(r"<[^>]*>", "1", re.sub(r"<any\((\w+)[^>]*>", r"\1", rule.rule))
        kept_out = [(who, status) for who, rank, status in callers if rank < policy.ENDPOINTS[rule.endpoint]]
        for who, status in kept_out:
            for method in sorted((rule.methods or set()) - {"OPTIONS"}):
                headers = {"Accept": "application/json", "X-CSRFToken": who.csrf()}
                assert who.open(path, method=method, headers=headers).status_code == status, (
                    f"{method} {path}"
                )
                called += 1
    assert called > 20


@pytest.mark.parametrize(
    ("action", "thing", "allowed"),
    [
        (Action.FIND, OPEN, (1, 1, 1, 1, 1)),
        (Action.FIND, PRO, (1, 1, 1, 1, 1)),
        (Action.FIND, DRAFT, (0, 0, 0, 1, 1)),
        (Action.READ, OPEN, (1, 1, 1, 1, 1)),
        (Action.READ, PRO, (0, 1, 0, 1, 1)),
        (Action.READ, DRAFT, (0, 0, 0, 1, 1)),
        (Action.READ, NOBODYS, (0, 1, 0, 1, 1)),
        (Action.EDIT, OPEN, (0, 0, 0, 1, 1)),
        (Action.EDIT, OTHERS, (0, 0, 0, 0, 1)),
        (Action.EDIT, NOBODYS, (0, 0, 0, 0, 1)),
    ],
)
def test_each_role_does_to_a_thing_what_the_table_says(
    action: Action, thing: Facts, allowed: tuple[int, ...]
) -> None:
    assert tuple(int(policy.can(viewer, action, thing)) for viewer in ALL) == allowed


@pytest.mark.parametrize(
    ("viewer", "action", "thing", "error"),
    [
        (STRANGER, Action.READ, PRO, GateClosed),
        (LEARNER, Action.READ, PRO, GateClosed),
        (STRANGER, Action.READ, DRAFT, NotFound),
        (LEARNER, Action.EDIT, DRAFT, NotFound),
        (LEARNER, Action.EDIT, OPEN, Forbidden),
        (INSTRUCTOR, Action.EDIT, OTHERS, Forbidden),
        (INSTRUCTOR, Action.EDIT, NOBODYS, Forbidden),
    ],
)
def test_a_refusal_tells_no_more_than_the_viewer_may_know(
    viewer: Viewer, action: Action, thing: Facts, error: type[EduError]
) -> None:
    with pytest.raises(error):
        policy.require(viewer, action, thing)


def test_every_action_has_a_rule() -> None:
    assert set(policy.RULES) == set(Action)
