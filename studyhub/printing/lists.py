"""Which lines of a text are shown as lines of a list. Pure."""

MARKS = frozenset("-–+•*")


def is_item(line: str) -> bool:
    """Whether it begins with a dash, a bullet, or a number and a stop: as on the pages."""
    head = line.split(" ", maxsplit=1)[0]
    return head in MARKS or (head[-1:] in {".", ")"} and head[:-1].isdecimal())
