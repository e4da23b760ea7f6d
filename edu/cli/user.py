"""`edu user`: make an account, give a role, or make a link for a new password, without typing a password."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from sqlalchemy.orm import Session

from edu.errors import EduError
from edu.models import Role
from edu.runtime import Runtime
from edu.services import accounts, links, people

NO_PASSWORD = "!"  # noqa: S105 (no hash, so nothing matches it until a link was used)
Say = Callable[[str], None]


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of `edu user`."""
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="add|role|reset")
    add = deeds.add_parser("add", help="make an account and print a link by which its owner sets a password")
    add.add_argument("email")
    add.add_argument(
        "--name", default="", help="shown to others; default: the part of the address before the @"
    )
    add.add_argument("--role", choices=[role.value for role in Role], default=Role.LEARNER.value)
    role = deeds.add_parser("role", help="give an account a role")
    role.add_argument("email")
    role.add_argument("role", choices=[role.value for role in Role])
    reset = deeds.add_parser("reset", help="print a one-time link for a new password")
    reset.add_argument("email")


def run(arguments: Namespace, runtime: Runtime, say: Say) -> int:
    """Do it; 0 when done, 1 with a sentence when it was refused."""
    try:
        with runtime.db.writing() as session:
            DEEDS[arguments.deed](session, arguments, runtime, say)
    except EduError as error:
        say(error.sentence)
        return 1
    return 0


def _add(session: Session, arguments: Namespace, runtime: Runtime, say: Say) -> None:
    now = runtime.clock.now()
    user = accounts.create(
        session,
        email=arguments.email,
        name=arguments.name or arguments.email.partition("@")[0],
        password_hash=NO_PASSWORD,
        now=now,
        role=Role(arguments.role),
    )
    token = people.reset_link(session, user.id, actor_id=None, now=now)
    say(f"{user.email} is now {_with_article(user.role)}. Open this once, within a day, to set the password:")
    say(links.address(runtime.settings.base_url, token))


def _role(session: Session, arguments: Namespace, runtime: Runtime, say: Say) -> None:
    user = accounts.find(session, arguments.email)
    people.set_role(session, user.id, arguments.role, actor_id=None, now=runtime.clock.now())
    say(f"{user.email} is now {_with_article(user.role)}.")


def _reset(session: Session, arguments: Namespace, runtime: Runtime, say: Say) -> None:
    user = accounts.find(session, arguments.email)
    token = people.reset_link(session, user.id, actor_id=None, now=runtime.clock.now())
    say(f"Open this once, within a day, to choose a new password for {user.email}:")
    say(links.address(runtime.settings.base_url, token))


def _with_article(role: Role) -> str:
    return f"a {role.value}" if role is Role.LEARNER else f"an {role.value}"


DEEDS: dict[str, Callable[[Session, Namespace, Runtime, Say], None]] = {
    "add": _add,
    "role": _role,
    "reset": _reset,
}
