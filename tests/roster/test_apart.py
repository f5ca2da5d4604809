"""Where a web server does the background work, long lists are done in a process of their own."""

from dataclasses import replace

import pytest

from studyhub.apart import apart
from studyhub.chores import HANDLERS
from studyhub.jobs.models import JobState
from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Tools
from studyhub.roster import work
from tests.roster.test_work import asked, far, job, people
from tests.world import World


def elsewhere(tools: Tools) -> Runner:
    return Runner(tools, [apart(one) for one in HANDLERS if one.computes], [])


@pytest.mark.parametrize(("kind", "added"), [(work.COMPARE, 0), (work.APPLY, 2)])
def test_a_long_list_is_done_by_another_process(
    tools: Tools, town: World, monkeypatch: pytest.MonkeyPatch, kind: str, added: int
) -> None:
    monkeypatch.setattr(work, "sandbox", None)
    before, which = people(tools), asked(tools, town, kind)

    assert elsewhere(tools).run_due() == 1

    assert job(tools, which).state is JobState.DONE
    assert people(tools) == before + added
    assert not far(tools, which).is_left_behind


def test_a_process_that_breaks_down_is_an_attempt_that_failed(tools: Tools, town: World) -> None:
    which = asked(tools, town)
    lost = replace(tools, settings=replace(tools.settings, timezone="Nowhere"))

    elsewhere(lost).run_due()

    assert (job(tools, which).state, job(tools, which).attempts) == (JobState.WAITING, 1)
    assert job(tools, which).error == "EndedEarly"


def test_only_lists_are_done_so() -> None:
    assert {one.kind for one in HANDLERS if one.computes} == {work.COMPARE, work.APPLY}
