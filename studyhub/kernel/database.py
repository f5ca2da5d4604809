"""The declarative base and the column types every model shares."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from sqlalchemy import JSON, Date, DateTime, Dialect, Enum, MetaData, String, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

from studyhub.kernel.ids import DocumentId, EssayId, RoundId, UnitId, UserId

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """Stores UTC, returns aware datetimes, and refuses naive ones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware in, plain UTC stored."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("naive datetime given to a UTC column")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Plain UTC stored, aware out."""
        return value.replace(tzinfo=UTC) if value is not None else None


def _values(words: type[StrEnum]) -> list[str]:
    return [word.value for word in words]


Word = Enum(StrEnum, values_callable=_values, native_enum=False, create_constraint=True, length=30)
"""A StrEnum is stored as its value, in plain text, and the database checks it."""

Json = JSON().with_variant(JSONB(), "postgresql")

Name = Annotated[str, mapped_column(String(200))]
Line = Annotated[str, mapped_column(String(1000), default="")]
Prose = Annotated[str, mapped_column(Text, default="")]


class Base(DeclarativeBase):
    """What every table of StudyHub is declared on."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        date: Date(),
        StrEnum: Word,
        dict[str, Any]: Json,
        dict[str, str]: Json,
        list[dict[str, str]]: Json,
        list[str]: Json,
        UserId: Uuid(),
        UnitId: Uuid(),
        DocumentId: Uuid(),
        RoundId: Uuid(),
        EssayId: Uuid(),
    }
