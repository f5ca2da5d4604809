"""What the log adds to a person's way: who wrote each act down and when, and calls in rounds."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from studyhub.accounts.models import User
from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Call, StudyRound, Summons

CALLINGS = (Deed.SUMMONED, Deed.EXEMPTED, Deed.RELEASED)


@dataclass(frozen=True)
class Entry:
    """One line of the log: when, by whom ("" for the set-up of the installation), its facts."""

    deed: str
    at: datetime
    by: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Calling:
    """A change of how the person is called in a round; the reason is kept of the last one only."""

    summons: Summons
    deed: Deed
    entry: Entry
    reason: str


@dataclass(frozen=True)
class Record:
    """The lines about each thing, the oldest first, and the person's place on lists."""

    lines: Mapping[UUID, Sequence[Entry]] = field(default_factory=dict)
    callings: Sequence[Calling] = ()
    summonses: Sequence[Summons] = ()

    def of(self, subject_id: UUID | None, *deeds: Deed) -> list[Entry]:
        """The lines about one thing that tell of these deeds."""
        lines = self.lines.get(subject_id, ()) if subject_id else ()
        return [entry for entry in lines if entry.deed in deeds]

    @property
    def still_required(self) -> list[StudyRound]:
        """The open rounds that ask the person to take part."""
        return [
            row.round
            for row in self.summonses
            if row.round.state is RoundState.OPEN and row.call is Call.REQUIRED
        ]


def record_of(
    db: Session, person_id: UUID, subject_ids: Sequence[UUID], *, visible: ColumnElement[bool]
) -> Record:
    """Two questions: the rounds (those that are `visible`), and the log about all of it."""
    summonses = db.scalars(
        select(Summons)
        .join(Summons.round)
        .where(Summons.user_id == person_id, StudyRound.state != RoundState.DRAFT, visible)
        .options(contains_eager(Summons.round), joinedload(Summons.cell))
        .order_by(StudyRound.closes_at)
    ).all()
    changed = {row.round_id: row for row in summonses if row.changed_at}
    lines: dict[UUID, list[Entry]] = defaultdict(list)
    callings = []
    for entry, name in db.execute(_log(person_id, subject_ids, list(changed))):
        told = Entry(entry.deed, entry.at, name or "", entry.facts)
        summons = changed.get(entry.subject_id)
        if summons is None:
            lines[entry.subject_id].append(told)
        else:
            callings.append(_calling(summons, told))
    return Record(lines, callings, summonses)


def _log(person_id: UUID, subject_ids: Sequence[UUID], round_ids: Sequence[UUID]) -> Any:
    about_rounds = and_(
        AuditEntry.subject_id.in_(round_ids),
        AuditEntry.deed.in_(CALLINGS),
        AuditEntry.facts["person"].as_string() == str(person_id),
    )
    return (
        select(AuditEntry, User.full_name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(or_(AuditEntry.subject_id.in_(subject_ids), about_rounds))
        .order_by(AuditEntry.id)
    )


def _calling(summons: Summons, entry: Entry) -> Calling:
    is_last = summons.changed_at == entry.at
    return Calling(summons, Deed(entry.deed), entry, summons.reason if is_last else "")
