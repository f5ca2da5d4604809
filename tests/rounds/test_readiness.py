"""A draft says everything that is missing at once."""

from datetime import timedelta

from studyhub.rounds.models import LatePolicy, StudyRound
from studyhub.rounds.readiness import gaps
from tests.world import NOW, World


def _fields(round_: StudyRound, **facts: object) -> set[str]:
    told: dict[str, object] = {"summoned": 6, "last_session_ends": NOW + timedelta(days=1)}
    return {gap.field for gap in gaps(round_, now=NOW, **{**told, **facts})}  # type: ignore[arg-type]


def test_a_whole_draft_lacks_nothing(world: World) -> None:
    round_ = world.round(is_open=False, late_policy=LatePolicy.REFUSE)

    assert _fields(round_) == set()


def test_an_empty_draft_lacks_everything_at_once(world: World) -> None:
    round_ = world.round(is_open=False, closes_in=timedelta(hours=-1))
    round_.documents, round_.questions = [], []

    lacking = _fields(round_, summoned=0, last_session_ends=None)

    wanted = {"documents", "questions", "sessions", "closes_on", "late_until_on", "audience"}
    assert lacking == wanted


def test_what_is_not_asked_for_is_not_missed(world: World) -> None:
    round_ = world.round(is_open=False, late_policy=LatePolicy.REFUSE)
    round_.documents, round_.questions = [], []
    round_.asks_to_read = round_.asks_for_essay = False

    assert _fields(round_) == set()


def test_a_round_that_asks_for_nothing_is_no_round(world: World) -> None:
    round_ = world.round(is_open=False, late_policy=LatePolicy.REFUSE)
    round_.asks_to_read = round_.asks_for_essay = round_.asks_to_attend = False

    assert _fields(round_) == {"requirements"}


def test_the_deadline_comes_after_the_last_session(world: World) -> None:
    round_ = world.round(is_open=False, late_policy=LatePolicy.REFUSE)

    assert _fields(round_, last_session_ends=round_.closes_at) == {"closes_on"}
