"""`edu user`."""

from __future__ import annotations

from argparse import ArgumentParser

import pytest
from sqlalchemy import select

from edu.cli import user
from edu.models import AuditEntry, Role, User
from edu.runtime import Runtime
from edu.services import links
from edu.services.links import Offer


def run(runtime: Runtime, *words: str) -> tuple[int, list[str]]:
    parser, said = ArgumentParser(), list[str]()
    user.add_arguments(parser)
    return user.run(parser.parse_args(words), runtime, said.append), said


def offer(runtime: Runtime, address: str) -> Offer:
    assert address.startswith("http://localhost/account/link/")
    with runtime.db.reading() as session:
        return links.look(session, address.rpartition("/")[2], runtime.clock.now())


def test_an_account_is_made_with_a_link_for_its_password(runtime: Runtime) -> None:
    code, said = run(runtime, "add", "Ada@example.org", "--role", "administrator")

    assert code == 0
    assert said[0].startswith("ada@example.org is now an administrator.")
    with runtime.db.reading() as session:
        made = session.scalars(select(User)).one()
        assert (made.name, made.email, made.role) == ("Ada", "ada@example.org", Role.ADMINISTRATOR)
        user_id = made.id
    assert offer(runtime, said[1]).user_id == user_id


def test_a_role_is_given(runtime: Runtime) -> None:
    run(runtime, "add", "ada@example.org")

    assert run(runtime, "role", "ada@example.org", "instructor") == (
        0,
        ["ada@example.org is now an instructor."],
    )

    with runtime.db.reading() as session:
        assert session.scalars(select(User.role)).one() is Role.INSTRUCTOR
        deeds = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
        assert deeds == ["account.created", "link.issued", "account.role_changed"]


def test_a_new_link_is_made_and_ends_the_older(runtime: Runtime) -> None:
    _, first = run(runtime, "add", "ada@example.org")

    code, said = run(runtime, "reset", "ADA@example.org")

    assert code == 0
    assert offer(runtime, said[1])
    with pytest.raises(Exception, match="used already"):
        offer(runtime, first[1])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("reset", "nobody@example.org"), "there is no account with this address"),
        (("role", "nobody@example.org", "learner"), "there is no account with this address"),
        (("add", "no address"), "this is not an e-mail address"),
        (("role", "boss@example.org", "learner"), "the last administrator must stay"),
    ],
)
def test_what_is_refused_is_said_in_a_sentence(
    runtime: Runtime, words: tuple[str, ...], sentence: str
) -> None:
    run(runtime, "add", "boss@example.org", "--role", "administrator")

    code, said = run(runtime, *words)

    assert code == 1
    assert said[0].startswith(sentence)
