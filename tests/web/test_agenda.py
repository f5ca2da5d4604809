"""What of an agenda is over, what goes on, what is to come; and a member's own path. Pure."""

from datetime import timedelta

import pytest

from studyhub.completion.models import Progress
from studyhub.completion.rules import EssayMark
from studyhub.rounds.models import StudyRound
from studyhub.study.models import AgendaItem, StudySession
from studyhub.web.rounds.steps import Path, Step
from studyhub.web.study.agenda import told
from tests.world import NOW


def _session(*starts: int | None) -> StudySession:
    """A session of three hours from NOW, with items that begin after so many minutes."""
    session = StudySession(starts_at=NOW, ends_at=NOW + timedelta(hours=3))
    for position, minutes in enumerate(starts):
        begins = None if minutes is None else NOW + timedelta(minutes=minutes)
        session.agenda.append(AgendaItem(position=position, title="x", starts_at=begins))
    return session


@pytest.mark.parametrize(
    ("minutes", "wanted"),
    [
        (-5, ["todo", "todo", "todo"]),
        (0, ["now", "todo", "todo"]),
        (45, ["done", "now", "todo"]),
        (120, ["done", "done", "now"]),
        (180, ["done", "done", "done"]),
    ],
)
def test_an_item_lasts_until_the_next_begins(minutes: int, wanted: list[str]) -> None:
    session = _session(0, 30, 90)

    moment = NOW + timedelta(minutes=minutes)

    assert [item.status for item in told(session, moment)] == wanted


def test_of_items_without_times_none_is_said_to_be_going_on_or_over() -> None:
    session = _session(None, None)

    for minutes, wanted in ((5, "todo"), (179, "todo"), (180, "done")):
        moment = NOW + timedelta(minutes=minutes)
        assert [item.status for item in told(session, moment)] == [wanted, wanted]


def test_an_item_without_a_time_shares_that_of_the_one_before_it() -> None:
    session = _session(0, None, 90)

    for minutes, wanted in ((45, ["todo", "todo", "todo"]), (100, ["done", "done", "now"])):
        moment = NOW + timedelta(minutes=minutes)
        assert [item.status for item in told(session, moment)] == wanted


def test_an_empty_agenda_is_empty() -> None:
    assert told(_session(), NOW) == []


def _path(*, read: bool, attended: bool, essay: EssayMark, reads: bool = True) -> Path:
    round_ = StudyRound(asks_to_read=reads, asks_to_attend=True, asks_for_essay=True)
    return Path.of(round_, Progress(read=read, attended=attended, essay=essay))


def test_the_next_step_is_the_first_that_is_not_done() -> None:
    path = _path(read=True, attended=False, essay=EssayMark.DRAFT)

    assert path.next is Step.ATTEND
    assert [path.status(step) for step in path.steps] == ["done", "now", "todo", "todo"]


def test_waiting_for_the_cell_is_nothing_to_do() -> None:
    assert _path(read=True, attended=True, essay=EssayMark.SUBMITTED).next is None


def test_a_returned_essay_is_to_be_written_again() -> None:
    assert _path(read=True, attended=True, essay=EssayMark.RETURNED).next is Step.WRITE


def test_what_is_not_asked_for_is_no_step() -> None:
    path = _path(read=False, attended=True, essay=EssayMark.ACCEPTED, reads=False)

    assert (list(path.steps), path.next) == ([Step.ATTEND, Step.WRITE, Step.ACCEPTED], None)
