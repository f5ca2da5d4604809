"""Texts from a file, compared in their order through a database of their own: `office compare`."""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zlib import compress, decompress

from sqlalchemy import Column, Engine, Integer, LargeBinary, MetaData, Table, func, insert, select
from sqlalchemy.orm import Session

from studyhub.kernel.database import Base
from studyhub.kernel.sqlite import WRITES
from studyhub.similarity import index
from studyhub.similarity.examining import Findings, Match, Sources, examine
from studyhub.similarity.models import Bucket, Extent
from studyhub.similarity.reading import Reading, read
from studyhub.similarity.runs import Source
from studyhub.similarity.seeds import seeds

_TEXTS = Table(
    "compared_text",
    MetaData(),
    Column("number", Integer, primary_key=True),
    Column("name", LargeBinary),
    Column("text", LargeBinary),
)
"""In the temporary database only: in an installation the texts are versions."""


class Comparison:
    """All that has been taken so far. Whatever is taken later is compared with it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        tables = [Bucket.__table__, Extent.__table__]
        Base.metadata.create_all(engine, tables=tables)  # type: ignore[arg-type]
        _TEXTS.metadata.create_all(engine)
        self._documents: dict[object, Source] = {}
        self._templates: dict[object, list[Source]] = defaultdict(list)
        self._sources = Sources()
        with engine.connect() as connection:  # one that was begun elsewhere goes on
            self._last = connection.scalar(select(func.max(_TEXTS.c.number))) or 0

    def take(self, given: Mapping[str, Any]) -> dict[str, Any] | None:
        """Take one text; for an essay, what was found in it and how long that took."""
        began = time.process_time()
        if given["kind"] == "resolution":
            self._documents[given["id"]] = Source(read(given["text"]))
        elif given["kind"] == "template":
            self._templates[given["round"]].append(Source(read(given["text"])))
        else:
            found = self._take(given)
            if found is not None:
                return {**found, "cpu_ms": round(1000 * (time.process_time() - began), 2)}
        return None

    def _take(self, given: Mapping[str, Any]) -> dict[str, Any] | None:
        reading, found = read(given["text"]), None
        with Session(self._engine) as db, db.begin():  # its own database, kept text by text
            db.connection(execution_options={WRITES: True})
            if given["kind"] == "essay":
                found = self._compare(db, reading, given["round"])
            self._keep(db, given, found.seeds if found else _all_seeds(reading))
            return self._told(db, given["id"], found) if found else None

    def _compare(self, db: Session, reading: Reading, of_round: object) -> Findings:
        return examine(
            reading,
            templates=self._templates[of_round],
            documents=lambda _: self._documents,
            look_up=lambda wanted: index.look_up(db, wanted),
            sources=lambda numbers: self._sources.of(numbers, lambda these: _load(db, these)),
        )

    def _keep(self, db: Session, given: Mapping[str, Any], of_it: Iterable[int]) -> None:
        self._last += 1
        name, text = str(given["id"]).encode(), compress(given["text"].encode(), 1)
        db.connection().execute(insert(_TEXTS), {"number": self._last, "name": name, "text": text})
        index.add(db, self._last, of_it)

    def _told(self, db: Session, name: object, found: Findings) -> dict[str, Any]:
        wanted = {match.source for match in found.matches}
        rows = db.execute(select(_TEXTS.c.number, _TEXTS.c.name).where(_TEXTS.c.number.in_(wanted)))
        names = {number: told.decode() for number, told in rows}
        return {
            "id": name,
            "matches": [_as_told(match, names[match.source]) for match in found.matches],
            "quotes": [_as_told(quote, quote.source) for quote in found.quotes],
        }


def _all_seeds(reading: Reading) -> set[int]:
    return {seed for *_, seed in seeds(reading.syllables)}


def _load(db: Session, numbers: Sequence[int]) -> dict[int, Reading]:
    rows = db.execute(select(_TEXTS.c.number, _TEXTS.c.text).where(_TEXTS.c.number.in_(numbers)))
    return {number: read(decompress(packed).decode()) for number, packed in rows}


def _as_told(match: Match, source: object) -> dict[str, Any]:
    return {
        "src": source,
        "susp": [match.start, match.end],
        "src_span": [match.source_start, match.source_end],
    }
