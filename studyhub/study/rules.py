"""When does a presence count, and when has a person attended a round? Pure."""

from collections.abc import Collection, Mapping, Set
from uuid import UUID

from studyhub.rounds.models import AttendanceRule
from studyhub.study.models import Presence

PRESENT = frozenset({Presence.ON_SITE, Presence.ONLINE, Presence.MADE_UP})
"""What counts as having attended; who makes up counts as much as who was there."""


def has_attended(
    rule: AttendanceRule,
    session_ids: Collection[UUID],
    presences: Mapping[UUID, Presence],
    counting: Set[Presence] = PRESENT,
) -> bool:
    """Whether these presences satisfy the rule of the round; without sessions nobody has."""
    present = [presences.get(session_id) in counting for session_id in session_ids]
    return any(present) if rule is AttendanceRule.ANY else bool(present) and all(present)
