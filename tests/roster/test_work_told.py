"""What becomes of a long list is told: refusals, stages, outcomes."""

import pytest

from studyhub.jobs.work import Tools
from studyhub.org.models import Unit
from studyhub.roster import looking, recorded, work
from studyhub.roster.errors import Wrong
from studyhub.roster.outcome import Outcome, Reading, Wish
from studyhub.roster.progress import Stage
from studyhub.roster.waiting import Waiting
from tests.roster.lists import plan_of, sheet_of
from tests.roster.makers import person, xlsx
from tests.roster.test_work import ROWS, asked, far, people, runner
from tests.world import NOW, TODAY, World


def test_a_refusal_on_the_way_is_told_and_nothing_is_written(tools: Tools, town: World) -> None:
    town.cell.until = TODAY
    town.db.commit()
    rows = [*ROWS, person("Lê Văn Ba", card="000000000003")]
    waiting = Waiting.beside(tools.files)
    seen = plan_of(town, *rows).fingerprint
    town.db.rollback()
    wish = Wish(waiting.keep(xlsx(rows), now=NOW), "a.xlsx", TODAY, seen=seen)
    before = people(tools)
    with tools.writing() as db:
        unit = db.get_one(Unit, town.district.id)
        which = work.ask(db, unit, work.APPLY, wish, waiting, by=town.em.id, now=NOW)

    runner(tools).run_due()

    ended = looking.ended(which, waiting)
    assert ended is not None
    assert "Row 6 could not be taken over" in str(ended.refusals[0])
    assert "existed only until" in str(ended.refusals[1])
    assert people(tools) == before


def test_the_stages_follow_each_other_to_the_end(
    tools: Tools, town: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "OFTEN", 0.0)
    heard: list[tuple[Stage, int, int]] = []
    note = Waiting.note

    def overhear(
        self: Waiting, which: object, what: str, said: dict[str, int], **more: object
    ) -> None:
        heard.append((Stage(str(said["stage"])), said["done"], said["of"]))
        note(self, which, what, said, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Waiting, "note", overhear)
    which = asked(tools, town)
    runner(tools).run_due()

    assert list(dict.fromkeys(stage for stage, _, _ in heard)) == [
        stage for stage in Stage if stage is not Stage.FILING
    ]
    assert (Stage.READING, 1, 2) in heard
    assert (Stage.PREPARING, 1, 3) in heard
    assert all(done <= of for _, done, of in heard)
    assert far(tools, which).percent >= 60


def test_an_outcome_is_kept_as_it_was(town: World) -> None:
    rows = [
        *ROWS,
        person("", "", ""),
        person(card=12345678),
        person("Đỗ Kim Chi", "1970", town.chi.card_number, "Chi bộ Thanh tra", phone="0901234567"),
    ]
    wish = Wish("k", "a.xlsx", TODAY, founds=("chi bo moi",))
    outcome = Reading(town.db, town.district, sheet_of(*rows), wish).outcome(town.db)

    again = recorded.retold(Outcome, recorded.told(outcome))

    assert recorded.told(again) == recorded.told(outcome)
    assert again.plan.changed == outcome.plan.changed if outcome.plan else False
    assert isinstance(again.plan.faults[0].why, Wrong)
    assert recorded.retold(Wish, recorded.told(wish)) == wish
