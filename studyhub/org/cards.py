"""Whom in a cell sign-in cards can be made for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from studyhub.accounts import cards
from studyhub.accounts.models import SignInCode, User
from studyhub.kernel.ids import UserId
from studyhub.mail.models import Fate, Kind, Letter
from studyhub.mail.queries import latest
from studyhub.org.models import Appointment, Membership, Stretch, Unit


@dataclass(frozen=True)
class Candidate:
    """A member of the cell, with the posts they hold anywhere and the card they have."""

    membership: Membership
    posts: tuple[Appointment, ...]
    card: SignInCode | None
    letter: Letter | None = None
    """Their last invitation by mail."""

    @property
    def user(self) -> User:
        """The person."""
        return self.membership.user

    @property
    def is_invited(self) -> bool:
        """Whether an invitation by mail waits to be followed: it has not failed nor been used."""
        waits = self.card is not None and self.card.mailed_to and self.card.used_at is None
        return bool(waits and self.letter and self.letter.fate in {Fate.WAITING, Fate.SENT})

    @property
    def is_new(self) -> bool:
        """Whether they have not come in yet, or came with a card and chose no password."""
        return self.user.signed_in_at is None or self.user.password_hash is None


def candidates(db: Session, cell: Unit, day: date) -> list[Candidate]:
    """The members of the cell on that day, by given name."""
    memberships = db.scalars(
        select(Membership)
        .join(Membership.user)
        .where(Membership.cell_id == cell.id, Membership.covers(day))
        .options(
            contains_eager(Membership.user),
            joinedload(Membership.cell),
            selectinload(Membership.stretches).joinedload(Stretch.cell),
        )
        .order_by(User.name_order, User.born_on, User.id)
    ).all()
    people = [row.user_id for row in memberships]
    posts, made = _posts_of(db, people, since=day), cards.cards_of(db, people)
    letters = latest(db, people, Kind.INVITATION)
    return [
        Candidate(row, tuple(posts[row.user_id]), made.get(row.user_id), letters.get(row.user_id))
        for row in memberships
    ]


def _posts_of(
    db: Session, people: Sequence[UserId], *, since: date
) -> dict[UserId, list[Appointment]]:
    held: dict[UserId, list[Appointment]] = defaultdict(list)
    lasting = Appointment.until.is_(None) | (Appointment.until >= since)
    rows = select(Appointment).where(Appointment.user_id.in_(people), lasting)
    for row in db.scalars(rows.options(joinedload(Appointment.unit))):
        held[row.user_id].append(row)
    return held
