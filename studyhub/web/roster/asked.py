"""What goes from step to step in the form: the file under seal, and what was chosen so far."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import MultiDict

from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.roster.columns import Column
from studyhub.roster.outcome import Wish
from studyhub.roster.sheets import MOST_COLUMNS, Spot
from studyhub.roster.values import Zeros

LOST = N_("The file has gone missing on the way. Choose it again.")


@dataclass(frozen=True)
class Source:
    """A file that waits: where, what it is called, and of which day it tells."""

    key: str
    name: str
    as_of: date

    def seal(self, unit_id: UUID) -> str:
        """For a hidden field, good for this unit alone."""
        told = [str(unit_id), self.key, self.name, self.as_of.isoformat()]
        return str(_sealer().dumps(told))

    @classmethod
    def unseal(cls, sealed: str, unit_id: UUID) -> Self:
        """What `seal` was given; a field that was tampered with is refused."""
        try:
            unit, key, name, as_of = _sealer().loads(sealed)
        except (BadSignature, ValueError):
            raise Unfit(LOST) from None
        if unit != str(unit_id):
            raise Unfit(LOST)
        return cls(str(key), str(name), date.fromisoformat(as_of))


@dataclass(frozen=True)
class Asked:
    """Everything a step is told."""

    source: Source
    columns: Mapping[Column, int] | None = None
    """None: as they are recognised, or as was said of such columns before."""
    zeros: Zeros = Zeros.ASK
    founds: frozenset[str] | None = None
    seen: str = ""
    """The fingerprint of the plan that was shown."""
    spot: Spot | None = None
    """Where the header stands; None: where it is found."""
    has_moved: bool = False
    """Whether the header has just been said to stand elsewhere: its columns are not known yet."""

    @classmethod
    def of(cls, form: MultiDict[str, str], unit_id: UUID) -> Self:
        """As the form of a step tells it."""
        source = Source.unseal(form.get("source", ""), unit_id)
        founds = frozenset(form.getlist("found")) if "cells" in form else None
        zeros = form.get("zeros", "")
        read = form.get("read", "")
        spot = _spot(form.get("spot", read))
        has_moved = bool(read) and spot != _spot(read)
        return cls(
            source,
            _columns(form) if "mapped" in form and not has_moved else None,
            Zeros(zeros) if zeros in set(Zeros) else Zeros.ASK,
            founds,
            form.get("seen", ""),
            spot,
            has_moved,
        )

    @classmethod
    def again(cls, wish: Wish) -> Self:
        """What was asked of a job."""
        founds = None if wish.founds is None else frozenset(wish.founds)
        source = Source(wish.key, wish.name, wish.as_of)
        return cls(source, wish.columns, wish.zeros, founds, wish.seen, wish.spot)

    @property
    def wish(self) -> Wish:
        """The same for those who do it."""
        founds = None if self.founds is None else tuple(sorted(self.founds))
        source = self.source
        return Wish(
            source.key,
            source.name,
            source.as_of,
            self.columns,
            self.zeros,
            founds,
            self.seen,
            self.spot,
        )

    def understood(self, columns: Mapping[Column, int], spot: Spot) -> "Asked":
        """The same, with these columns under this header."""
        return replace(self, columns=columns, spot=spot)


def _columns(form: MultiDict[str, str]) -> dict[Column, int]:
    """Of two columns said to hold the same, the first."""
    columns: dict[Column, int] = {}
    for place in range(MOST_COLUMNS):
        name = form.get(f"column-{place}", "")
        if name in set(Column):
            columns.setdefault(Column(name), place)
    return columns


def _spot(said: str) -> Spot | None:
    """“2:7”: the row 7 of the third sheet."""
    sheet, _, row = said.partition(":")
    return Spot(int(sheet), int(row)) if f"{sheet}{row}".isdecimal() and sheet and row else None


def _sealer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="the file of a roster")
