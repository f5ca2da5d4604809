"""Whatever is done to people and units, in whatever order: everybody counts once, figures agree."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.essays import service as essays
from studyhub.essays.models import Essay
from studyhub.kernel.errors import StudyHubError
from studyhub.org import service as org
from studyhub.org.models import Unit, UnitKind
from studyhub.org.succession import Act, Reorganization, Stage
from studyhub.reorganization import service
from studyhub.reorganization.plan import NewUnit, Plan
from studyhub.review import service as review
from studyhub.review.models import Outcome
from studyhub.rounds import service as rounds
from studyhub.rounds.models import LatePolicy, StudyRound, Summons
from studyhub.study import calling, check_in
from studyhub.study.codes import code_at
from studyhub.study.models import StudySession
from studyhub.study.opening import open_round
from tests.org.people import membership_of
from tests.reorganization.watcher import Watcher
from tests.world import NOW, TODAY, World

DEEDS = (
    "merge", "consolidate", "split", "rename", "move", "dissolve", "undo", "undo", "plan",
    "transfer", "exempt", "leave", "stay", "write", "write", "hand_in", "hand_in", "judge", "judge",
    "check_in", "call", "close", "open",
)  # fmt: skip


class Years(Watcher):
    """An organization to which everything happens, a few days apart, as the dice fall."""

    def __init__(self, db: Session, world: World, seed: int) -> None:
        self.db, self.world, self.dice = db, world, Random(seed)
        self.now, self.today = NOW, TODAY
        self.branch = world._unit("1/7/", UnitKind.PARTY_ORG, "Đảng bộ Trung tâm", world.district)
        third = world._unit("1/7/1/", UnitKind.CELL, "Chi bộ Kỹ thuật", self.branch)
        self.branch.children_ever, world.district.children_ever = 1, 7
        world.person("Trịnh Văn Khôi", third)
        db.flush()
        self.finished: dict[object, set[tuple[object, ...]]] = {}
        self.rounds: list[StudyRound] = []
        self.done: Counter[str] = Counter()
        self.open()

    def do(self, name: str) -> None:
        """One deed; what is refused is undone, as in a request."""
        deed: Callable[[], None] = getattr(self, name)
        self.now += timedelta(days=2)
        self.today += timedelta(days=2)
        service.carry_out_due(self.db, today=self.today, now=self.now)
        try:
            with self.db.begin_nested():
                deed()
            self.done[deed.__name__] += 1
        except StudyHubError:
            self.db.expire_all()

    # Units

    def merge(self) -> None:
        one, two = self._cell(), self._cell()
        self._decide(Act.MERGE, one, target=two.id)

    def consolidate(self) -> None:
        one, two = self._cell(), self._cell()
        self._decide(Act.CONSOLIDATE, one, two, founded=(NewUnit(key="n", name="Hợp nhất"),))

    def split(self) -> None:
        cell, goes_on = self._cell(), self.dice.choice([True, False])
        keys = ["n0", "n1"] if not goes_on else ["n0"]
        places = keys if not goes_on else [*keys, ""]
        people = self._members(cell)
        parts = {str(one.user_id): self._one_of(places) for one in people}
        founded = tuple(NewUnit(key=key, name=f"Chi bộ {key} {self.today}") for key in keys)
        self._decide(Act.SPLIT, cell, founded=founded, goes_on=goes_on, parts=parts)

    def rename(self) -> None:
        self._decide(Act.RENAME, self._unit(), name=f"Tên mới {self.today}")

    def move(self) -> None:
        self._decide(Act.MOVE, self._unit(), target=self._one_of([
            self.world.district, self.branch]).id)  # fmt: skip

    def dissolve(self) -> None:
        self._decide(Act.DISSOLVE, self._cell(), target=self._cell().id)

    def plan(self) -> None:
        day = self.today + timedelta(days=self.dice.randint(1, 6))
        self._decide(Act.MERGE, self._cell(), target=self._cell().id, day=day)

    def undo(self) -> None:
        acts = self.db.scalars(
            select(Reorganization)
            .where(Reorganization.stage == Stage.DONE)
            .order_by(Reorganization.done_at.desc())
        ).all()
        if acts:
            service.undo(self.db, self._one_of(acts[:3]), basis="nhầm", by=None, now=self.now)

    def _decide(self, act: Act, *units: Unit, **facts: Any) -> None:
        ways = {str(one.id): self._one_of(["carry", "finish"]) for one in self.rounds}
        day = facts.pop("day", self.today - timedelta(days=self.dice.randint(0, 1)))
        ids = tuple(unit.id for unit in units)
        plan = Plan(act=act, units=ids, day=day, basis="QĐ", rounds=ways, **facts)
        service.decide(self.db, plan, by=None, today=self.today, now=self.now)

    # People

    def transfer(self) -> None:
        latest = membership_of(self.db, self._person())
        org.transfer(self.db, latest, self._cell(), on=self.today, by=None, now=self.now)

    def exempt(self) -> None:
        person, until = self._person(), self.today + timedelta(days=9)
        org.exempt(self.db, person, since=self.today, until=until, reason="r", by=None,
                   now=self.now)  # fmt: skip

    def leave(self) -> None:
        org.end_membership(
            self.db, membership_of(self.db, self._person()), until=self.today, by=None, now=self.now
        )

    def stay(self) -> None:
        until = self.today + timedelta(days=100)
        org.begin_stay(self.db, self._person(), self._cell(), since=self.today, until=until,
                       basis="QĐ", by=None, now=self.now)  # fmt: skip

    # Study

    def open(self) -> None:
        """Another round is opened, for those who belong to the cells now."""
        round_ = self.world.round(
            is_open=False, closes_in=timedelta(days=900), late_policy=LatePolicy.REFUSE
        )
        round_.roster_on = self.today
        self.world.session(
            round_, ends_at=NOW + timedelta(days=800), check_in_closes_at=NOW + timedelta(days=799)
        )
        open_round(self.db, round_, by=self._officer(), now=self.now)
        self.rounds.append(round_)

    def close(self) -> None:
        round_ = self._round()
        rounds.close(self.db, round_, by=self._officer(), now=self.now)
        self.finished[round_.id] = self._figures(round_)
        self.rounds = [one for one in self.rounds if one.id not in self.finished]
        self.open()

    def write(self) -> None:
        person = self._person()
        essay = essays.begin(self.db, self._round(), by=self._as(person), now=self.now)
        words = {str(essay.round.questions[0].id): f"Chữ {self.today}"}
        essays.keep_draft(self.db, essay, words, revision=essay.draft_revision, now=self.now)

    def hand_in(self) -> None:
        essay = self._essay()
        essays.submit(
            self.db,
            essay,
            revision=essay.draft_revision,
            own_work=True,
            by=self._as(essay.author),
            now=self.now,
        )

    def judge(self) -> None:
        essay = self._essay()
        number = essay.versions[-1].number if essay.versions else 1
        review.decide(
            self.db, essay, number, outcome=Outcome.ACCEPT, grade=None, remark="",
            by=self._as(self._person()), now=self.now,
        )  # fmt: skip

    def check_in(self) -> None:
        session = self.db.scalars(
            select(StudySession).where(StudySession.round_id == self._round().id)
        ).one()
        code, person = code_at(session, self.now), self._as(self._person())
        check_in.check_in(self.db, session, code=code, on_site=False, by=person, now=self.now)

    def call(self) -> None:
        listed = self.db.scalars(
            select(Summons).where(Summons.round_id == self._round().id).order_by(Summons.id)
        ).all()
        act = self._one_of([calling.release, calling.exempt, calling.require])
        act(self.db, self._one_of(listed), reason="QĐ", by=self._officer(), now=self.now)

    def _essay(self) -> Essay:
        """One of an open round: essays of finished ones may still be judged, which is no fault."""
        rows = self.db.scalars(
            select(Essay)
            .where(Essay.round_id.in_([one.id for one in self.rounds]))
            .order_by(Essay.draft_saved_at, Essay.id)
        ).all()
        if not rows:
            self.write()
            return self._essay()
        return self._one_of(rows)  # type: ignore[no-any-return]
