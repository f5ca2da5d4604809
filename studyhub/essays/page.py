"""A page of the draft that is written by hand."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from studyhub.essays.flaws import Flaw
from studyhub.kernel.database import Base
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.kernel.ids import EssayId, new_uuid
from studyhub.kernel.words import N_

IN_WORK = N_("Handwritten pages are still being made readable. Wait a moment, then hand in again.")
UNREADABLE = N_(
    "Handwritten page %(number)s could not be read. Photograph it anew, or take it away; then "
    "hand in."
)


class Develops(StrEnum):
    """How far the photo of a page is."""

    IN_WORK = "in_work"
    DONE = "done"
    UNREADABLE = "unreadable"


class Page(Base):
    """Its picture, as readers will see it (`file_key`), and the pictures that is made of.

    `plain_key` is the page as it was photographed, `straight_key` the same made straight,
    where that was sure; `turn` is by how many degrees it was turned by hand. A page taken
    away stays for a day. `source` is the SHA-256 of what was uploaded, which is not kept.
    `refusal` is why it could not be read: a message id and its values.
    """

    __tablename__ = "essay_page"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_uuid)
    essay_id: Mapped[EssayId] = mapped_column(ForeignKey("essay.id"), index=True)
    position: Mapped[int]
    file_key: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    flaw: Mapped[Flaw] = mapped_column(default=Flaw.NONE)
    added_at: Mapped[datetime]
    state: Mapped[Develops] = mapped_column(default=Develops.DONE, server_default=Develops.DONE)
    refusal: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    source: Mapped[str] = mapped_column(String(64), default="", server_default="")
    plain_key: Mapped[str] = mapped_column(String(64), default="", server_default="")
    straight_key: Mapped[str] = mapped_column(String(64), default="", server_default="")
    is_straight: Mapped[bool] = mapped_column(default=False, server_default=false())
    turn: Mapped[int] = mapped_column(default=0, server_default="0")
    removed_at: Mapped[datetime | None]

    @property
    def frozen(self) -> dict[str, str]:
        """What a version keeps of it."""
        return {"key": self.file_key, "width": str(self.width), "height": str(self.height)}

    @property
    def is_done(self) -> bool:
        """Whether there is a picture."""
        return self.state is Develops.DONE


def are_in_work(pages: Sequence[Page]) -> bool:
    """Whether any photo is still to be developed."""
    return any(page.state is Develops.IN_WORK for page in pages)


def expect_developed(pages: Sequence[Page]) -> None:
    """No page may be left behind: neither one that is in work, nor one nobody could read."""
    if are_in_work(pages):
        raise Untimely(IN_WORK)
    for number, page in enumerate(pages, 1):
        if not page.is_done:
            raise Unfit(UNREADABLE, number=number)
