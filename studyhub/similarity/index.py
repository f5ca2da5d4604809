"""The inverted index in the application's database: one query to look up, one to keep."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from studyhub.similarity.models import Bucket, Extent
from studyhub.similarity.postings import (
    FIRST,
    FULL,
    bucket_of,
    packed,
    parent_of,
    put_in,
    split,
    take_out,
    texts_of,
    unpacked,
)

_THESE = select(Bucket.number, Bucket.entries).where(
    Bucket.number.in_(bindparam("numbers", expanding=True))
)
_TABLE = Bucket.__table__
_KEEP = (
    update(Bucket.__table__)  # type: ignore[arg-type]  # a table, as declared
    .where(_TABLE.c.number == bindparam("bucket"))
    .values(entries=bindparam("packed"))
)
_MAKE = insert(Bucket.__table__).values(  # type: ignore[arg-type]
    number=bindparam("bucket"), entries=bindparam("packed")
)


def look_up(db: Session, seeds: Iterable[int]) -> dict[int, "array[int]"]:
    """The numbers of the texts that have each of these seeds; seeds nobody has are left out."""
    buckets = db.scalar(select(Extent.buckets))
    if not buckets:
        return {}
    by_bucket = _by_bucket(seeds, buckets)
    held = _read(db, by_bucket)
    found = ((seed, texts_of(seed, held[number])) for number in held for seed in by_bucket[number])
    return {seed: texts for seed, texts in found if texts}


def add(db: Session, number: int, seeds: Iterable[int]) -> None:
    """Remember that a text has these seeds."""
    extent = _held(db)
    extent.entries += _change(db, extent, seeds, lambda s, entries: put_in(s, number, entries))
    _grow(db, extent)


def remove(db: Session, number: int, seeds: Iterable[int]) -> None:
    """Forget a text: after this there is no trace of it in the index."""
    extent = _held(db)
    extent.entries -= _change(db, extent, seeds, lambda s, entries: take_out(s, number, entries))


def _held(db: Session) -> Extent:
    extent = db.get(Extent, 1, with_for_update=True)
    if extent is None:
        extent = Extent(id=1, buckets=FIRST, entries=0)
        db.add_all([extent, *(Bucket(number=number, entries=b"") for number in range(FIRST))])
        db.flush()
    return extent


def _by_bucket(seeds: Iterable[int], buckets: int) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for seed in seeds:
        found[bucket_of(seed, buckets)].append(seed)
    return found


def _read(db: Session, numbers: Iterable[int]) -> dict[int, "array[int]"]:
    rows = db.execute(_THESE, {"numbers": list(numbers)})
    return {number: unpacked(kept) for number, kept in rows}


def _change(
    db: Session,
    extent: Extent,
    seeds: Iterable[int],
    change: Callable[[int, "array[int]"], int],
) -> int:
    """Change the entries of the buckets these seeds are in; how many entries changed."""
    by_bucket = _by_bucket(set(seeds), extent.buckets)
    held, changed, all_changes = _read(db, by_bucket), [], 0
    for number, entries in held.items():
        changes = sum(change(seed, entries) for seed in by_bucket[number])
        if changes:
            changed.append({"bucket": number, "packed": packed(entries)})
            all_changes += changes
    if changed:
        db.connection().execute(_KEEP, changed)
    return all_changes


def _grow(db: Session, extent: Extent) -> None:
    """Make more buckets, until they are no longer too full on the average."""
    while extent.entries > extent.buckets * FULL:
        new, old = extent.buckets, parent_of(extent.buckets)
        extent.buckets += 1
        stays, goes = split(_read(db, [old])[old], new, extent.buckets)
        db.connection().execute(_KEEP, [{"bucket": old, "packed": packed(stays)}])
        db.connection().execute(_MAKE, [{"bucket": new, "packed": packed(goes)}])
