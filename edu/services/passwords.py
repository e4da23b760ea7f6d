"""Passwords: what is accepted (ASVS 5.0, 6.2) and how they are kept (argon2id, OWASP's parameters)."""

from __future__ import annotations

import threading
import unicodedata

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from edu.errors import Invalid
from edu.services.common_passwords import COMMON, RUNS

LEAST = 8
MOST = 1024  # characters; more would only be a way to keep the processor busy
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)
_at_once = threading.BoundedSemaphore(4)  # each hash takes 19 MiB while it is computed
# Compared with when there is no such account, so that the answer takes as long as for a wrong password.
NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$xL5EJkX82gbS/vRHqYzZZQ$hSjI+tgsUfbz7Fgae7gHrafUdy5X/6r7sb0fc+PRKXw"


def hashed(password: str) -> str:
    """The form in which a password is kept."""
    with _at_once:
        return _hasher.hash(_normal(password))


def matches(kept: str, password: str) -> bool:
    """Whether this is the password; what is no hash matches nothing."""
    try:
        with _at_once:
            return _hasher.verify(kept, _normal(password)[: MOST + 1])
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(kept)


def check(password: str, *, context: tuple[str, ...] = ()) -> None:
    """Raise Invalid unless the password is long enough and not among the first that a guesser tries.

    `context` holds words of this place and person: the site's name, the e-mail address, the person's name.
    There is no rule of composition and none of age (ASVS 6.2.5, 6.2.10).
    """
    if len(password) < LEAST:
        raise _refused("password_short", "the password needs at least 8 characters; 15 or more are better")
    if len(password) > MOST:
        raise _refused("password_long", "the password is longer than 1024 characters")
    plain = _normal(password).casefold()
    if _is_common(plain):
        raise _refused("password_common", "this password is among the first that are guessed; take another")
    if _is_about(plain, context):
        raise _refused("password_context", "the password is little more than your name or the site's name")


def _refused(code: str, sentence: str) -> Invalid:
    return Invalid(sentence, code=code, field="password")


def _normal(password: str) -> str:
    # Keyboards differ in how they compose é; the person means the same (NIST SP 800-63B, 3.1.1.2).
    return unicodedata.normalize("NFC", password)


def _is_common(plain: str) -> bool:
    bare = _letters(plain)
    if plain in COMMON or bare in COMMON:
        return True
    if len(set(plain)) <= 2:
        return True
    return any(plain in run * 2 or plain in run[::-1] * 2 for run in RUNS)


def _is_about(plain: str, context: tuple[str, ...]) -> bool:
    """Whether little is left when the words of the place and the person are taken away."""
    words = {part for text in context for part in _parts(text.casefold()) if len(part) >= 3}
    for word in sorted(words, key=len, reverse=True):
        if word in plain and len(plain.replace(word, "")) <= 4:
            return True
    return False


def _parts(text: str) -> list[str]:
    pieces = "".join(sign if sign.isalnum() else " " for sign in text).split()
    return [*pieces, "".join(pieces), text]


def _letters(plain: str) -> str:
    """The word inside `p@ssw0rd2024!`: common swaps undone, digits and signs at the ends dropped."""
    swapped = plain.strip("0123456789!?.,;:-_+*#$%&/()=@ ").translate(str.maketrans("@4013$57", "aaoiesst"))
    return "".join(sign for sign in swapped if sign.isalnum())
