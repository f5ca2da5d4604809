"""What was told about the columns of a list, kept for the next list with the same columns."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from studyhub.kernel.database import Base
from studyhub.kernel.ids import UnitId
from studyhub.org.models import Unit


class RosterMapping(Base):
    """Which column holds what: place of the column → name of the field.

    Where the header was chosen by hand, `sheet` → the name of its sheet, besides.
    """

    __tablename__ = "roster_mapping"

    unit_id: Mapped[UnitId] = mapped_column(ForeignKey(Unit.id), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    columns: Mapped[dict[str, str]]
    saved_at: Mapped[datetime]
