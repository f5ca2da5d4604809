"""Whatever people do, in whatever order, every figure agrees with its rows."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from studyhub.completion.models import Progress, Tally
from studyhub.completion.rules import EssayMark
from studyhub.essays import service as essays
from studyhub.essays.models import Essay
from studyhub.kernel.errors import StudyHubError
from studyhub.reconciliation import facts
from studyhub.reconciliation.service import differences, recount
from studyhub.review import service as review
from studyhub.review.models import Outcome
from studyhub.rounds.models import StudyRound, Summons
from studyhub.study import calling, check_in, reading, roll_call
from studyhub.study.models import Presence, StudySession
from tests.statements import counted
from tests.world import NOW, World

DEEDS = 160


class Day:
    """A day on which everybody does something at random."""

    def __init__(self, db: Session, world: World, seed: int) -> None:
        self.db, self.world, self.chance = db, world, Random(seed)
        self.now = NOW
        self.round: StudyRound = world.round()
        self.sessions: list[StudySession] = [world.session(self.round), world.session(self.round)]
        self.people = [
            world.an, world.lan, world.binh, world.giang, world.chi, world.hoa,
        ]  # fmt: skip
        self.refused = self.done = 0

    def pass_by(self) -> None:
        """Let people do one thing after another; refusals are part of life."""
        acts: list[Callable[[], None]] = [
            self.write, self.write, self.empty, self.hand_in, self.hand_in, self.hand_in_typed,
            self.withdraw, self.judge, self.judge, self.call_roll, self.check_in, self.read,
            self.change_the_list,
        ]  # fmt: skip
        for _ in range(DEEDS):
            self.now += timedelta(seconds=20)
            try:
                with self.db.begin_nested():
                    self.chance.choice(acts)()
                self.done += 1
            except StudyHubError:
                self.refused += 1

    def write(self) -> None:
        person = self.chance.choice(self.people)
        essay = essays.begin(self.db, self.round, by=self.world.actor(person), now=self.now)
        self.db.flush()
        words = {str(self.round.questions[0].id): f"Chữ {self.chance.random()}"}
        essays.keep_draft(self.db, essay, words, revision=essay.draft_revision, now=self.now)

    def empty(self) -> None:
        essay = self._essay()
        words = dict.fromkeys(essay.draft, " ")
        essays.keep_draft(self.db, essay, words, revision=essay.draft_revision, now=self.now)

    def hand_in_typed(self) -> None:
        essay = self._essay()
        words = {str(self.round.questions[0].id): f"Chữ {self.chance.random()}"}
        essays.hand_in(
            self.db,
            essay,
            words,
            revision=essay.draft_revision,
            own_work=True,
            by=self.world.actor(essay.author),
            now=self.now,
        )

    def hand_in(self) -> None:
        essay = self._essay()
        author = self.world.actor(essay.author)
        late = self.now + timedelta(days=self.chance.choice((0, 5)))
        essays.submit(
            self.db, essay, revision=essay.draft_revision, own_work=True, by=author, now=late
        )

    def withdraw(self) -> None:
        essay = self._essay()
        essays.withdraw(self.db, essay, by=self.world.actor(essay.author), now=self.now)

    def judge(self) -> None:
        essay = self._essay()
        reviewer = self.world.actor(
            self.world.giang if essay.author is self.world.binh else self.world.binh
        )
        outcome = self.chance.choice(list(Outcome))
        version = essay.versions[-1] if essay.versions else None
        if version and outcome is Outcome.RETURN:
            review.comment(
                self.db, version, part=0, paragraph=0, text="Bổ sung.", by=reviewer, now=self.now
            )
        review.decide(
            self.db,
            essay,
            version.number if version else 1,
            outcome=outcome,
            grade=None,
            remark="",
            by=reviewer,
            now=self.now,
        )

    def call_roll(self) -> None:
        person = self.chance.choice(self.people)
        cell = self.world.cell_of(person)
        presence = self.chance.choice(list(Presence))
        entry = roll_call.Entry(presence=presence, reason="công tác")
        moment = self.now + timedelta(hours=4)
        secretary = self.world.chi if cell is self.world.other_cell else self.world.binh
        roll_call.call_roll(
            self.db,
            self.chance.choice(self.sessions),
            cell,
            {person.id: entry},
            by=self.world.actor(secretary),
            now=moment,
        )

    def check_in(self) -> None:
        person = self.chance.choice(self.people)
        session = self.chance.choice(self.sessions)
        check_in.check_in(
            self.db,
            session,
            code=session.check_in_code,
            on_site=False,
            by=self.world.actor(person),
            now=NOW,
        )

    def read(self) -> None:
        person = self.chance.choice(self.people)
        document = self.round.documents[0].document
        reading.finish_reading(self.db, document, by=self.world.actor(person), now=self.now)

    def change_the_list(self) -> None:
        summons = self.chance.choice(
            self.db.scalars(select(Summons).where(Summons.round_id == self.round.id)).all()
        )
        act = self.chance.choice((calling.release, calling.exempt, calling.require))
        act(
            self.db,
            summons,
            reason="Theo quyết định",
            by=self.world.actor(self.world.dung),
            now=self.now,
        )

    def _essay(self) -> Essay:
        found = self.db.scalars(select(Essay).where(Essay.round_id == self.round.id)).all()
        if not found:
            self.write()
            return self._essay()
        return self.chance.choice(found)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_sequence_of_deeds_every_figure_agrees(
    db: Session, world: World, seed: int
) -> None:
    day = Day(db, world, seed)

    day.pass_by()

    assert day.done > DEEDS // 3, "the deeds must really happen"
    assert differences(db, day.round) == []


def test_an_emptied_draft_counts_as_not_begun(db: Session, world: World) -> None:
    essay = world.essay(text="Chữ")
    nothing = dict.fromkeys(essay.draft, "\n")

    essays.keep_draft(db, essay, nothing, revision=essay.draft_revision, now=NOW)

    assert db.scalars(select(Progress.essay).distinct()).all() == [EssayMark.NONE]
    assert differences(db, essay.round) == []


def test_essays_are_counted_in_three_queries_however_many(db: Session, world: World) -> None:
    for author in (world.an, world.lan):
        world.essay(author=author)
    round_ = world.essay(author=world.binh).round
    actor = world.actor(world.binh)
    mine = db.scalars(select(Essay).where(Essay.author_id == actor.user_id)).one()
    essays.submit(db, mine, revision=mine.draft_revision, own_work=True, by=actor, now=NOW)

    with counted(db) as statements:
        facts.marks_of(db, round_)

    about_essays = [one for one in statements if "FROM essay" in one and "SELECT" in one]
    assert len(about_essays) == 3, "drafts, those handed in, and their versions"


def test_a_wrong_figure_is_found_named_and_mended(db: Session, world: World) -> None:
    round_ = world.round()
    db.execute(update(Tally).where(Tally.path == "1/1/").values(done=3))

    found = recount(db, by=None, now=NOW, mend=True)

    assert [(f.subject, f.figure, f.kept, f.counted) for f in found] == [
        ("unit 1/1/", "done", 3, 0)
    ]
    assert differences(db, round_) == []


def test_a_wrong_mark_is_found_and_mended(db: Session, world: World) -> None:
    round_ = world.round()
    db.execute(update(Progress).values(read=True))

    assert len(differences(db, round_)) == 6
    recount(db, by=None, now=NOW, mend=True)

    assert differences(db, round_) == []
