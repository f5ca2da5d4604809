"""The only way to write to the audit log."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from studyhub.audit.models import AuditEntry
from studyhub.kernel.actor import Actor


class Deed(StrEnum):
    """Every deed worth remembering. Past tense; never renamed once shipped."""

    SIGNED_IN = "account.signed_in"
    SIGNED_OUT = "account.signed_out"
    SIGNED_OUT_EVERYWHERE = "account.signed_out_everywhere"
    SIGN_IN_LOCKED = "account.sign_in_locked"
    PASSWORD_CHANGED = "account.password_changed"  # noqa: S105 - a deed, not a password
    PASSWORD_RESET = "account.password_reset"  # noqa: S105 - a deed, not a password
    SIGN_IN_CARDS_MADE = "account.sign_in_cards_made"
    SIGN_IN_CARD_MADE = "account.sign_in_card_made"
    SIGN_IN_CARD_USED = "account.sign_in_card_used"
    ACCOUNT_CLOSED = "account.closed"
    ACCOUNT_REOPENED = "account.reopened"
    PERSON_ADDED = "person.added"
    PERSON_CHANGED = "person.changed"

    UNIT_ADDED = "unit.added"
    UNIT_CHANGED = "unit.changed"
    MEMBERSHIP_BEGUN = "membership.begun"
    MEMBERSHIP_ENDED = "membership.ended"
    MEMBERSHIP_RESUMED = "membership.resumed"
    TRANSFERRED = "membership.transferred"
    TRANSFER_TAKEN_BACK = "membership.transfer_taken_back"
    STANDING_CHANGED = "membership.standing_changed"
    EXEMPTION_BEGUN = "exemption.begun"
    EXEMPTION_ENDED = "exemption.ended"
    SUSPENSION_BEGUN = "suspension.begun"
    SUSPENSION_ENDED = "suspension.ended"
    POST_TAKEN_UP = "post.taken_up"
    POST_LAID_DOWN = "post.laid_down"

    DOCUMENT_ADDED = "document.added"
    DOCUMENT_CHANGED = "document.changed"

    ROUND_PLANNED = "round.planned"
    ROUND_CHANGED = "round.changed"
    ROUND_DISCARDED = "round.discarded"
    ROUND_OPENED = "round.opened"
    ROUND_EXTENDED = "round.extended"
    ROUND_CLOSED = "round.closed"
    SUMMONED = "round.summoned"
    RELEASED = "round.released"
    EXEMPTED = "round.exempted"
    SESSION_PLANNED = "session.planned"
    SESSION_CHANGED = "session.changed"
    SESSION_REMOVED = "session.removed"

    DOCUMENT_READ = "study.document_read"
    CHECKED_IN = "study.checked_in"
    ROLL_CALLED = "study.roll_called"

    ESSAY_SUBMITTED = "essay.submitted"
    ESSAY_WITHDRAWN = "essay.withdrawn"
    ESSAY_READ = "essay.read"
    ESSAY_RETURNED = "essay.returned"
    ESSAY_ACCEPTED = "essay.accepted"

    ROSTER_IMPORTED = "roster.imported"

    FIGURES_RECOUNTED = "figures.recounted"


def record(
    db: Session,
    deed: Deed,
    subject_id: UUID | None,
    *,
    by: Actor | None,
    now: datetime,
    **facts: str | int | None,
) -> None:
    """Remember a deed, in the same transaction as the deed itself.

    `facts` are ids, dates and figures; never the text of an essay, never a credential.
    """
    actor_id = by.user_id if by else None
    db.add(AuditEntry(at=now, actor_id=actor_id, deed=deed, subject_id=subject_id, facts=facts))
