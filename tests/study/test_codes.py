"""The code on the screen: another one each half minute, taken a little longer than shown."""

from datetime import timedelta

import pytest

from studyhub.kernel.ids import new_uuid
from studyhub.study import codes
from studyhub.study.models import StudySession
from tests.world import NOW


def session() -> StudySession:
    return StudySession(id=new_uuid(), check_in_secret="lotus")


def test_it_is_the_same_on_every_screen_and_changes_with_time() -> None:
    one = session()
    shown = [codes.code_at(one, NOW + timedelta(seconds=n)) for n in range(0, 600, codes.STEP)]
    assert codes.code_at(one, NOW + timedelta(seconds=codes.STEP - 1)) == shown[0]
    assert len(set(shown)) > 15
    assert all(len(code) == codes.DIGITS and code.isdigit() for code in shown)


@pytest.mark.parametrize(
    ("later", "taken"), [(0, True), (29, True), (60, True), (89, True), (90, False), (-1, False)]
)
def test_a_slow_telephone_has_a_minute_more(*, later: int, taken: bool) -> None:
    one = session()
    code = codes.code_at(one, NOW)
    assert codes.is_taken(one, code, NOW + timedelta(seconds=later)) is taken


def test_the_code_of_another_session_is_not_taken() -> None:
    one, other = session(), session()
    shown = {codes.code_at(other, NOW + timedelta(seconds=n)) for n in range(0, 3000, 30)}
    taken = [code for code in shown if codes.is_taken(one, code, NOW)]
    assert len(taken) < 5


def test_it_says_how_long_it_is_still_shown() -> None:
    assert codes.seconds_left(NOW) == codes.STEP
    assert codes.seconds_left(NOW + timedelta(seconds=29)) == 1
