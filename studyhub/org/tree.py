"""The tree of units as paths: pure text, so that Python and SQL agree on “within”.

A path is the way from the root: "1/4/" is the fourth unit below the first.
"""

from collections.abc import Iterable

SEPARATOR = "/"
BEYOND = chr(ord(SEPARATOR) + 1)


def path_below(parent_path: str, ordinal: int) -> str:
    """The path of the `ordinal`-th unit below `parent_path` ("" for a root)."""
    return f"{parent_path}{ordinal}{SEPARATOR}"


def is_within(path: str, ancestor: str) -> bool:
    """Whether `path` is `ancestor` itself or lies below it."""
    return path.startswith(ancestor)


def end_of(path: str) -> str:
    """What lies within `path` stands between it and this, so that an index finds it."""
    return path[: -len(SEPARATOR)] + BEYOND


def is_within_any(path: str, ancestors: Iterable[str]) -> bool:
    """Whether `path` lies within one of `ancestors`."""
    return any(is_within(path, ancestor) for ancestor in ancestors)


def parent_of(path: str) -> str:
    """The path one step up; "" above a root."""
    return path[: path.rstrip(SEPARATOR).rfind(SEPARATOR) + 1]


def lineage(path: str) -> list[str]:
    """The path itself and all above it, from the root down: "1/4/" → ["1/", "1/4/"]."""
    steps = path.split(SEPARATOR)[:-1]
    return [SEPARATOR.join(steps[: n + 1]) + SEPARATOR for n in range(len(steps))]


def depth(path: str) -> int:
    """How many steps below nothing: a root has depth 1."""
    return path.count(SEPARATOR)


def order(path: str) -> tuple[int, ...]:
    """A key that puts paths in the order of the tree: "1/2/" before "1/10/"."""
    return tuple(int(step) for step in path.split(SEPARATOR)[:-1])
