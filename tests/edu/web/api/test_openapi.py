"""The description of the API is true: every answer has the shape that it promises, whatever is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import hypothesis
import pytest
import schemathesis
from flask import Flask
from schemathesis.specs.openapi.checks import positive_data_acceptance

from edu.models import Role
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services.api import tokens
from edu.services.quizzing import attempts, quizzes
from edu.web.api.schema import collected, plain
from edu.web.api.table import OPERATIONS
from tests.edu.conftest import Site
from tests.people import Person
from tests.reviewer import ReviewingClient

ADDRESS = "/api/v1/openapi.json"
NAMES = {"slug": "small", "course": "small", "lesson": "touch", "video": "find", "language": "en"}


def test_every_answer_has_the_shape_that_is_promised_whatever_is_asked(
    client: ReviewingClient, app: Flask, site: Site, learner: Person, runtime: Runtime
) -> None:
    """One test, since loading what asks takes longer than asking."""
    described = schemathesis.openapi.from_wsgi(ADDRESS, app)
    names, sent = known(client, learner, runtime)

    for operation in OPERATIONS:
        path = operation.path.format_map(names)
        answer = client.get(f"/api/v1{path}", headers=sent)

        assert answer.status_code == 200, path
        described[operation.path]["get"].validate_response(answer)
        ask_anything(described[operation.path]["get"])


def known(
    client: ReviewingClient, learner: Person, runtime: Runtime
) -> tuple[dict[str, str], dict[str, str]]:
    """Names that there are for every path, an attempt among them, and the token of whose it is."""
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        who = Viewer(user_id=learner.user_id, role=Role.LEARNER)
        attempt = attempts.start(session, who, quizzes.named(session, who, "first"), now=now)
        attempts.submit(session, attempt, now=now)
        made = tokens.make(session, learner.user_id, "a test", now)
    works = client.get("/api/v1/library").json
    assert works is not None
    names = NAMES | {"attempt_id": attempt.id, "key": works["items"][0]["key"]}
    return names, {"Authorization": f"Bearer {made}"}


def ask_anything(described: schemathesis.APIOperation) -> None:
    """What fits the description is answered as it says; but a cursor is a string that nobody can invent."""

    @hypothesis.settings(max_examples=3, suppress_health_check=list(hypothesis.HealthCheck))
    @hypothesis.given(case=described.as_strategy())
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    ask()


def test_moments_are_in_utc_and_a_type_without_a_schema_is_found_at_once() -> None:
    class Odd:
        """Nothing that JSON knows."""

    east = timezone(timedelta(hours=2))
    assert plain(datetime(2026, 3, 2, 9, tzinfo=east)) == "2026-03-02T07:00:00Z"
    assert plain((date(2026, 3, 2), {1: datetime(2026, 3, 2, tzinfo=UTC)})) == [
        "2026-03-02",
        {"1": "2026-03-02T00:00:00Z"},
    ]
    with pytest.raises(TypeError):
        collected((Odd,))
