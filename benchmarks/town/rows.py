"""Rows to be inserted many at a time, and the dice they are drawn with."""

import random
from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from studyhub.models import Base

AT_ONCE = 1000


class Rows:
    """What will stand in each table. The dice always fall alike, so every town is the same."""

    def __init__(self) -> None:
        self.dice = random.Random(52)
        self._of: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self._models = {mapper.class_.__tablename__: mapper for mapper in Base.registry.mappers}

    def add(self, model: type[Base], **values: Any) -> dict[str, Any]:
        """One more row; rows of one table name the same columns."""
        self._of[model.__tablename__].append(values)
        return values

    def new_id(self) -> UUID:
        """An identifier of the kind StudyHub gives, drawn with the same dice."""
        return UUID(int=self.dice.getrandbits(128), version=4)

    def is_drawn(self, share: float) -> bool:
        """True in so many of all cases."""
        return self.dice.random() < share

    def insert(self, db: Session) -> None:
        """Put them all into the database, what is referred to before what refers."""
        for table in Base.metadata.sorted_tables:
            rows = self._of[table.key]
            for start in range(0, len(rows), AT_ONCE):
                db.execute(insert(self._models[table.key]), rows[start : start + AT_ONCE])
