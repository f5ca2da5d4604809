"""A notice: what one person is to know, and whether they have looked."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from studyhub.kernel.database import Base
from studyhub.kernel.ids import UserId, new_uuid


class Kind(StrEnum):
    """What people are told of. Never renamed once shipped; the page has the words for each."""

    PETITION_ASKED = "petition.asked"
    PETITION_APPROVED = "petition.approved"
    PETITION_DECLINED = "petition.declined"
    PETITION_WITHDRAWN = "petition.withdrawn"
    STAY_BEGUN = "stay.begun"
    STAY_CHANGED = "stay.changed"
    STAY_ENDED = "stay.ended"
    STAY_TAKEN_BACK = "stay.taken_back"
    TRANSFERRED = "membership.transferred"
    TRANSFER_TAKEN_BACK = "membership.transfer_taken_back"
    REORGANIZATION_PLANNED = "reorganization.planned"
    REORGANIZED = "reorganization.carried_out"
    REORGANIZATION_STUCK = "reorganization.stuck"
    REORGANIZATION_CANCELLED = "reorganization.cancelled"
    REORGANIZATION_UNDONE = "reorganization.undone"
    CELL_CHANGED = "membership.transferred_together"
    CELL_CHANGED_BACK = "membership.transferred_together_taken_back"
    REMINDED = "reminding.reminded"
    ABSENCE_ASKED = "study.absence_asked"
    ABSENCE_GRANTED = "study.absence_granted"
    ABSENCE_DECLINED = "study.absence_declined"
    ABSENCE_WITHDRAWN = "study.absence_withdrawn"
    BRIDGE_IN_CHARGE = "bridges.in_charge"
    BRIDGE_TWICE = "bridges.marked_twice"
    INQUIRY_ANSWERED = "inquiry.answered"
    INQUIRY_HIDDEN = "inquiry.hidden"
    ESSAY_ON_BEHALF = "essay.handed_in_on_behalf"
    ESSAY_CONFIRMED = "essay.confirmed"
    ESSAY_CONTESTED = "essay.contested"
    COMMENT_ANSWERED = "essay.comment_answered"
    DECISION_RECALLED = "essay.decision_recalled"
    ESSAY_APPEALED = "essay.appealed"
    APPEAL_SETTLED = "essay.appeal_settled"
    THIRD_MARKER = "essay.third_marker"
    GOOD_ESSAY_PROPOSED = "good_essay.proposed"
    GOOD_ESSAY_APPROVED = "good_essay.approved"
    GOOD_ESSAY_DECLINED = "good_essay.declined"
    GOOD_ESSAY_ASKED = "good_essay.asked"
    GOOD_ESSAY_ANSWERED = "good_essay.answered"
    GOOD_ESSAY_TAKEN_OFF = "good_essay.taken_off"
    CALIBRATION_BEGUN = "calibration.begun"
    CALIBRATION_DONE = "calibration.done"
    ESSAYS_ASSIGNED = "review.essays_assigned"
    SUBSTITUTED = "review.substituted"
    SUBSTITUTED_ON = "review.substituted_on"
    SUBSTITUTION_ENDED = "review.substitution_ended"
    DECIDED_IN_PLACE = "essay.decided_in_place"
    REREAD_DIFFERS = "fairness.reread_differs"


class Notice(Base):
    """One happening, told to one person. `facts` are ids, days and figures, never a text."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_user_at", "user_id", "at"),
        Index(
            "ix_notice_unread",
            "user_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    user_id: Mapped[UserId] = mapped_column(ForeignKey("user_account.id"))
    kind: Mapped[str] = mapped_column(String(60))
    """A `Kind`; plain text, so that a new kind needs no migration."""
    subject_id: Mapped[UUID | None]
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)

    @property
    def is_unread(self) -> bool:
        """Whether the person has not looked yet."""
        return self.read_at is None
