"""A letter: to whom, of which kind, and how far it has come."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from studyhub.kernel.database import Base
from studyhub.kernel.ids import UserId, new_uuid


class Kind(StrEnum):
    """What letters are about. Never renamed once shipped; `letters` has the words for each."""

    INVITATION = "account.invitation"
    PASSWORD_LINK = "account.password_link"  # noqa: S105 - a kind of letter, not a password
    CONFIRM_ADDRESS = "account.confirm_address"
    ADDRESS_CHANGED = "account.address_changed"
    RECEIPT = "essay.receipt"
    DECISION = "essay.decision"
    REMINDER = "reminding.reminder"
    TEST = "mail.test"


class Fate(StrEnum):
    """Where a letter is."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    NOT_NEEDED = "not_needed"


NOT_NEEDED = "not_needed"
"""The error of a letter that had nothing to say any more when its turn came."""


class Letter(Base):
    """One letter to one person, written in the transaction of the deed it tells of.

    `address` is where it goes, as it was then. `facts` are ids and figures: the words
    are put together when it is sent. `attempts` counts how often it was taken to be sent
    and is the token of whoever has it now; until `due_at` it is theirs. `error` is a word
    of `mail.troubles`, never what the server said: that may be somebody's address.
    """

    __tablename__ = "letter"
    __table_args__ = (
        Index(
            "ix_letter_due",
            "due_at",
            sqlite_where=text("sent_at IS NULL AND gave_up_at IS NULL"),
            postgresql_where=text("sent_at IS NULL AND gave_up_at IS NULL"),
        ),
        Index(
            "ix_letter_failed",
            "gave_up_at",
            sqlite_where=text("gave_up_at IS NOT NULL"),
            postgresql_where=text("gave_up_at IS NOT NULL"),
        ),
        Index("ix_letter_user_kind", "user_id", "kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    user_id: Mapped[UserId] = mapped_column(ForeignKey("user_account.id"))
    address: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(60))
    """A `Kind`; plain text, so that a new kind needs no migration."""
    subject_id: Mapped[UUID | None]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(40), default="")
    sent_at: Mapped[datetime | None]
    gave_up_at: Mapped[datetime | None]

    @property
    def fate(self) -> Fate:
        """Where it is."""
        if self.sent_at:
            return Fate.SENT
        if not self.gave_up_at:
            return Fate.WAITING
        return Fate.NOT_NEEDED if self.error == NOT_NEEDED else Fate.FAILED
