"""Passwords are kept as Argon2id hashes, and compared in constant effort."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's parameters: about 0.1 s of one core."""

_NOBODY = _hasher.hash("nobody signs in with this")


def hashed(password: str) -> str:
    """The hash to keep for `password`."""
    return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether `password` is the one. Costs the same when there is no hash at all."""
    try:
        _hasher.verify(password_hash or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None
