"""A plain table: what was measured, beside what is to be reached and what the peer needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.deeds import JOURNEY, JOURNEY_GOAL, JOURNEY_PEER, Deed
from benchmarks.first_load import Load
from benchmarks.load import Result

HEAD = ("", "n", "req/s", "p50 ms", "p99 ms", "CPU ms", "× control", "goal", "Moodle")
LOAD_HEAD = ("first load", "requests", "http kB", "https kB", "by kind (https, kB)")


@dataclass(frozen=True)
class Measured:
    """A deed with what it took; `cpu` is in seconds, of one request."""

    deed: Deed
    result: Result
    cpu: float
    control: float


def figures(rows: Sequence[Measured]) -> str:
    """The rows, and the journey if all of its parts are among them."""
    cells = [_row(row) for row in rows]
    cpu = {row.deed.name: row.cpu for row in rows if row.result.times}
    if cpu.keys() >= JOURNEY.keys():
        sum_ = sum(cpu[name] * times for name, times in JOURNEY.items())
        cells.append(
            ("member's journey", "", "", "", "", _ms(sum_), "", JOURNEY_GOAL, JOURNEY_PEER)
        )
    return _aligned([HEAD, *cells]) + _wrongs(rows)


def loads(pairs: Sequence[tuple[Load, Load]]) -> str:
    """First loads, each as sent over http and over https (Brotli, Zstandard)."""
    rows = [
        (plain.page, str(plain.requests), _kb(plain.total), _kb(secure.total), _kinds(secure))
        for plain, secure in pairs
    ]
    faults = {address for plain, _ in pairs for address in plain.missing}
    return _aligned([LOAD_HEAD, *rows]) + "".join(f"\n! missing: {one}" for one in sorted(faults))


def _row(row: Measured) -> tuple[str, ...]:
    took = row.result
    if not took.times:
        return (row.deed.label, "0", *["–"] * 5, row.deed.goal, row.deed.peer)
    return (
        "! " * bool(took.wrong) + row.deed.label,
        str(len(took.times)),
        f"{took.per_second:.0f}",
        _ms(took.median),
        _ms(took.p99),
        _ms(row.cpu),
        f"{row.cpu / row.control:.1f}" if row.control else "–",
        row.deed.goal,
        row.deed.peer,
    )


def _wrongs(rows: Sequence[Measured]) -> str:
    return "".join(
        f"\n! {row.deed.label}: {len(row.result.wrong)} wrong, as {row.result.wrong[0]}"
        for row in rows
        if row.result.wrong
    )


def _kinds(load: Load) -> str:
    return ", ".join(f"{kind} {_kb(size)}" for kind, size in load.bytes.most_common())


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"


def _kb(size: int) -> str:
    return f"{size / 1000:.1f}"


def _aligned(rows: Sequence[tuple[str, ...]]) -> str:
    """Words to the left, figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    first_words = 1 if len(widths) == len(LOAD_HEAD) else 2
    lines = []
    for row in rows:
        figures_ = range(1, len(widths) - first_words)
        parts = [
            cell.rjust(width) if n in figures_ else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines)
