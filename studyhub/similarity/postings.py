"""The inverted index as buckets of packed entries, by linear hashing. Pure.

An entry says that a text has a seed, in six bytes; a bucket is its entries in
order. There are as many buckets as the entries need: each time they are too
full on the average, one is split (Litwin, “Linear Hashing: A New Tool for File
and Table Addressing”, VLDB 1980). Hence looking up, and adding, costs the same
however many texts there are.
"""

import sys
from array import array
from bisect import bisect_left

FIRST = 256
"""Buckets to begin with. What lies below is told by the bucket, and not kept in the entry."""

MOST = 64
"""A seed remembers so many texts, the earliest: those are where the others have it from."""

FULL = 64
"""Entries of a bucket on the average, before one more is made."""

NUMBER_BITS = 24
NUMBER = (1 << NUMBER_BITS) - 1
"""The largest number of a text: sixteen million."""

BYTES, OF = 6, 8


def bucket_of(seed: int, buckets: int) -> int:
    """In which of so many buckets a seed is."""
    level = 1 << (buckets.bit_length() - 1)
    place = seed & (2 * level - 1)
    return place if place < buckets else place & (level - 1)


def parent_of(bucket: int) -> int:
    """Which bucket gave a part of its entries to this one when it was made."""
    return bucket - (1 << (bucket.bit_length() - 1))


def packed(entries: "array[int]") -> bytes:
    """The entries of a bucket as they are kept, the same on every machine."""
    whole = _little(entries).tobytes()
    kept = bytearray(len(entries) * BYTES)
    for byte in range(BYTES):
        kept[byte::BYTES] = whole[byte::OF]
    return bytes(kept)


def unpacked(kept: bytes) -> "array[int]":
    """The entries of a bucket."""
    whole = bytearray(len(kept) // BYTES * OF)
    for byte in range(BYTES):
        whole[byte::OF] = kept[byte::BYTES]
    entries = array("Q")
    entries.frombytes(whole)
    return _little(entries)


def texts_of(seed: int, entries: "array[int]") -> "array[int]":
    """The numbers of the texts that have a seed, the earliest first."""
    first, past = _range(seed, entries)
    return array("Q", [entry & NUMBER for entry in entries[first:past]])


def put_in(seed: int, number: int, entries: "array[int]") -> int:
    """Remember that a text has a seed; how many entries that makes more (none: it has enough)."""
    first, past = _range(seed, entries)
    entry = _entry(seed, number)
    place = bisect_left(entries, entry, first, past)
    if past - first >= MOST or (place < past and entries[place] == entry):
        return 0
    entries.insert(place, entry)
    return 1


def take_out(seed: int, number: int, entries: "array[int]") -> int:
    """Forget that a text has a seed; how many entries that makes fewer."""
    entry = _entry(seed, number)
    place = bisect_left(entries, entry)
    if place == len(entries) or entries[place] != entry:
        return 0
    del entries[place]
    return 1


def split(entries: "array[int]", bucket: int, buckets: int) -> tuple["array[int]", "array[int]"]:
    """What stays, and what goes into the new `bucket`, now that there are so many buckets."""
    stays, goes = array("Q"), array("Q")
    for entry in entries:
        seed = entry >> NUMBER_BITS << 8 | bucket % FIRST
        (goes if bucket_of(seed, buckets) == bucket else stays).append(entry)
    return stays, goes


def _entry(seed: int, number: int) -> int:
    return seed >> 8 << NUMBER_BITS | number


def _range(seed: int, entries: "array[int]") -> tuple[int, int]:
    first = bisect_left(entries, _entry(seed, 0))
    return first, bisect_left(entries, _entry(seed, NUMBER) + 1, first)


def _little(entries: "array[int]") -> "array[int]":
    if sys.byteorder == "big":  # pragma: no cover - no machine of ours is
        entries = entries[:]
        entries.byteswap()
    return entries
