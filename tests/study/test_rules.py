"""When a presence counts, and when a round has been attended."""

from uuid import UUID

import pytest

from studyhub.kernel.ids import new_uuid
from studyhub.rounds.models import AttendanceRule
from studyhub.study.models import Presence
from studyhub.study.rules import PRESENT, has_attended

FIRST, SECOND = new_uuid(), new_uuid()
EVERY, ANY = AttendanceRule.EVERY, AttendanceRule.ANY


def test_making_up_counts_as_being_there_and_an_excuse_does_not() -> None:
    assert set(Presence) - PRESENT == {Presence.EXCUSED, Presence.ABSENT}


@pytest.mark.parametrize(
    ("rule", "presences", "attended"),
    [
        (EVERY, {}, False),
        (EVERY, {FIRST: Presence.ON_SITE}, False),
        (EVERY, {FIRST: Presence.ON_SITE, SECOND: Presence.EXCUSED}, False),
        (EVERY, {FIRST: Presence.ON_SITE, SECOND: Presence.MADE_UP}, True),
        (ANY, {}, False),
        (ANY, {FIRST: Presence.ABSENT}, False),
        (ANY, {FIRST: Presence.ABSENT, SECOND: Presence.ONLINE}, True),
    ],
)
def test_the_rule_of_the_round_decides(
    rule: AttendanceRule,
    presences: dict[UUID, Presence],
    attended: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert has_attended(rule, [FIRST, SECOND], presences) is attended


@pytest.mark.parametrize("rule", AttendanceRule)
def test_nobody_attends_a_round_without_sessions(rule: AttendanceRule) -> None:
    assert not has_attended(rule, [], {})
