"""A person who signs in, the code on their sign-in card, and the count of wrong attempts."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from studyhub.kernel.database import Base, Name
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.vietnamese import fold, sort_key, turns

PlainOrder = String(400).with_variant(String(400, collation="C"), "postgresql")
"""Text that both databases compare byte by byte."""


class User(Base):
    """A person. Holds the minimum: names, card number, how to reach them, how they sign in."""

    __tablename__ = "user_account"
    __table_args__ = (
        # the register in its order, to be gone through with the names and without the rows
        Index("ix_user_account_register", "name_order", "born_on", "id", "name_folded"),
    )

    id: Mapped[UserId] = mapped_column(primary_key=True, default=new_uuid)
    full_name: Mapped[Name]
    name_order: Mapped[str] = mapped_column(PlainOrder, default="")
    name_folded: Mapped[Name] = mapped_column(String(200), default="")
    born_on: Mapped[date | None]
    card_number: Mapped[str | None] = mapped_column(String(20), unique=True)
    email: Mapped[str | None] = mapped_column(String(200), unique=True)
    email_confirmed_at: Mapped[datetime | None]
    """When they came by a link in a letter to this address; only such an address gets letters
    unasked, or a way to a new password."""
    has_no_email: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Somebody has asked: there is no address to wait for."""
    receipts_by_mail: Mapped[bool] = mapped_column(default=True, server_default=true())
    language: Mapped[str] = mapped_column(String(5), default="vi", server_default="vi")
    """The language of their letters: the one they chose last for their pages."""
    phone: Mapped[str] = mapped_column(String(30), default="")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=True)
    generation: Mapped[int] = mapped_column(default=1)
    signed_in_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    """From then on nobody signs in; it may be a moment to come."""

    name_turns: Mapped[list["NameTurn"]] = relationship(
        cascade="all, delete-orphan", order_by="NameTurn.place"
    )

    @validates("full_name")
    def _follow_the_name(self, _key: str, name: str) -> str:
        self.name_order = sort_key(name)
        folded = fold(name)
        if folded != self.name_folded:
            self.name_folded = folded
            self.name_turns = [
                NameTurn(place=place, turn=turn) for place, turn in enumerate(turns(folded))
            ]
        return name

    @validates("email")
    def _doubt_the_address(self, _key: str, email: str | None) -> str | None:
        """A new address is not confirmed, whoever enters it."""
        if email != self.email:
            self.email_confirmed_at = None
        if email:
            self.has_no_email = False
        return email

    @property
    def gets_letters(self) -> bool:
        """Whether a letter to the address reaches this person, as far as is known."""
        return bool(self.email and self.email_confirmed_at)

    def is_closed(self, now: datetime) -> bool:
        """Whether the time of the account has run out."""
        return self.closed_at is not None and self.closed_at <= now

    @property
    def given_name(self) -> str:
        """The last word of the name: how a comrade is addressed after the first mention."""
        return self.full_name.split()[-1]


class NameTurn(Base):
    """A name turned so that one of its words comes first: an index from any word to the person.

    “nguyen thi hanh” stands here as itself, as “thi hanh nguyen” and as “hanh nguyen thi”.
    """

    __tablename__ = "name_turn"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - kept in the order of its key

    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    turn: Mapped[str] = mapped_column(PlainOrder, index=True)


class SignInGuard(Base):
    """Wrong attempts on one sign-in name, whether or not anybody bears it."""

    __tablename__ = "sign_in_guard"

    name_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    last_failed_at: Mapped[datetime | None]
    locked_until: Mapped[datetime | None]


class SignInCode(Base):
    """The code on a person's sign-in card: one at most, so that a new card voids the former.

    Without paper it goes out in a letter, an invitation; then `mailed_to` is the address.
    """

    __tablename__ = "sign_in_code"

    user_id: Mapped[UserId] = mapped_column(ForeignKey(User.id), primary_key=True)
    code_digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    made_by: Mapped[UserId | None] = mapped_column(ForeignKey(User.id))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    mailed_to: Mapped[str | None] = mapped_column(String(200))
