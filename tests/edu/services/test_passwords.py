"""What is accepted as a password, and how it is kept."""

from __future__ import annotations

import time

import pytest
from argon2 import PasswordHasher, extract_parameters

from edu.errors import Invalid
from edu.services import common_passwords, passwords

CONTEXT = ("Nodulia Institute", "ada.lovelace@example.org", "Ada Lovelace")


def test_a_password_matches_its_hash_and_no_other_does() -> None:
    kept = passwords.hashed("a quiet blue harbour")

    assert passwords.matches(kept, "a quiet blue harbour")
    assert not passwords.matches(kept, "a quiet blue harbor")


def test_the_hash_is_argon2id_with_the_parameters_of_owasp() -> None:
    found = extract_parameters(passwords.hashed("a quiet blue harbour"))

    assert (found.type.name, found.memory_cost, found.time_cost, found.parallelism) == ("ID", 19 * 1024, 2, 1)


def test_a_hash_with_other_parameters_is_outdated() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash("a quiet blue harbour")

    assert passwords.is_outdated(weak)
    assert not passwords.is_outdated(passwords.hashed("a quiet blue harbour"))


@pytest.mark.parametrize("kept", ["", "!", "$argon2id$nonsense", "plain"])
def test_what_is_no_hash_matches_nothing(kept: str) -> None:
    assert not passwords.matches(kept, kept)


def test_an_accent_typed_in_two_ways_is_the_same_password() -> None:
    assert passwords.matches(passwords.hashed("caf\u00e9 harbour"), "cafe\u0301 harbour")


def test_the_hash_for_nobody_costs_what_others_cost() -> None:
    kept = passwords.hashed("a quiet blue harbour")

    ours = min(_cost(kept) for _ in range(5))
    nobodys = min(_cost(passwords.NOBODYS) for _ in range(5))

    assert not passwords.is_outdated(passwords.NOBODYS)
    assert 0.25 < nobodys / ours < 4


def _cost(kept: str) -> float:
    began = time.thread_time()
    passwords.matches(kept, "a wrong guess")
    return time.thread_time() - began


@pytest.mark.parametrize(
    "password",
    [
        "a quiet blue harbour",
        "8letters",
        "        spaces count        ",
        "pq7 " * 32,
        "ünïcödé wörds",
        "😀🐭😀🐭 mice run",
        "correct mouse battery spine",
        "lovelace wrote the first programme",
    ],
)
def test_long_and_odd_passwords_are_accepted(password: str) -> None:
    passwords.check(password, context=CONTEXT)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password_short"),
        ("7letter", "password_short"),
        ("x" * 7 + "y" * 1018, "password_long"),
        ("password", "password_common"),
        ("Password1!", "password_common"),
        ("P@ssw0rd2024", "password_common"),
        ("letmein123", "password_common"),
        ("12345678", "password_common"),
        ("87654321", "password_common"),
        ("qwertyuiop", "password_common"),
        ("1qaz2wsx", "password_common"),
        ("aaaaaaaa", "password_common"),
        ("abababab", "password_common"),
        ("abcdefgh", "password_common"),
        ("iloveyou", "password_common"),
        ("backmice1", "password_common"),
        ("palpation!", "password_common"),
        ("Infiltration", "password_common"),
        ("lidocaine99", "password_common"),
        ("noduliainstitute", "password_context"),
        ("Nodulia2026", "password_context"),
        ("lovelace1815", "password_context"),
        ("ada.lovelace", "password_context"),
        ("ada.lovelace@example.org", "password_context"),
        ("AdaLovelace!", "password_context"),
    ],
)
def test_what_a_guesser_tries_first_is_refused(password: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        passwords.check(password, context=CONTEXT)

    assert caught.value.code == code
    assert caught.value.parameters["field"] == "password"


def test_the_common_words_are_written_as_they_are_looked_up() -> None:
    assert len(common_passwords.COMMON) > 500
    assert all(word == word.casefold() and " " not in word for word in common_passwords.COMMON)
