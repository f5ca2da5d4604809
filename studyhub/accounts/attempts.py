"""Wrong attempts on a sign-in name: counted, slowed down, and stopped for a while.

Known and unknown names are treated alike, so that nobody learns from the
answers who has an account.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from studyhub.accounts.models import SignInGuard
from studyhub.audit import log
from studyhub.audit.log import Deed

TRIES = 5
WAITS = {3: timedelta(seconds=5), 4: timedelta(seconds=20)}
"""How long the next attempt must wait after so many wrong ones in a row."""

LOCK = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)


def locked_until(db: Session, name: str, *, now: datetime) -> datetime | None:
    """Until when nobody may try this name; None when one may try now."""
    guard = db.get(SignInGuard, _digest(name))
    return guard.locked_until if guard and guard.locked_until and guard.locked_until > now else None


def tries_left(db: Session, name: str, *, now: datetime) -> int:
    """How many wrong attempts are left before the name is locked."""
    guard = db.get(SignInGuard, _digest(name))
    return TRIES if guard is None or _is_stale(guard, now) else max(0, TRIES - guard.failures)


def failed(db: Session, name: str, *, now: datetime) -> None:
    """Count a wrong attempt, and make the next one wait."""
    guard = db.get(SignInGuard, _digest(name), with_for_update=True)
    if guard is None:
        guard = SignInGuard(name_digest=_digest(name), failures=0)
        db.add(guard)
    if _is_stale(guard, now):
        guard.failures = 0
    guard.failures += 1
    guard.last_failed_at = now
    _slow_down(db, guard, now)


def succeeded(db: Session, name: str) -> None:
    """Forget the wrong attempts: the right person is here."""
    guard = db.get(SignInGuard, _digest(name))
    if guard is not None:
        db.delete(guard)


def _slow_down(db: Session, guard: SignInGuard, now: datetime) -> None:
    if guard.failures >= TRIES:
        guard.locked_until = now + LOCK
        log.record(db, Deed.SIGN_IN_LOCKED, None, by=None, now=now, failures=guard.failures)
    elif guard.failures in WAITS:
        guard.locked_until = now + WAITS[guard.failures]


def _is_stale(guard: SignInGuard, now: datetime) -> bool:
    locked_out = guard.failures >= TRIES and guard.locked_until and guard.locked_until <= now
    old = guard.last_failed_at and now - guard.last_failed_at > FORGOTTEN_AFTER
    return bool(locked_out or old)


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
