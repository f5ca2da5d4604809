"""A day on which everybody of the world does something at random."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.essays import service as essays
from studyhub.essays.models import Essay
from studyhub.kernel.errors import StudyHubError
from studyhub.review import service as review
from studyhub.review.models import Decision, Outcome
from studyhub.rounds.models import StudyRound, Summons
from studyhub.study import calling, check_in, reading, roll_call
from studyhub.study.codes import code_at
from studyhub.study.models import Presence, StudySession
from tests.world import NOW, World

DEEDS = 160


class Day:
    """A day on which everybody does something at random."""

    def __init__(self, db: Session, world: World, seed: int, **rules: object) -> None:
        self.db, self.world, self.chance = db, world, Random(seed)
        self.now = NOW
        self.round: StudyRound = world.round(**rules)  # type: ignore[arg-type]
        self.sessions: list[StudySession] = [world.session(self.round), world.session(self.round)]
        self.people = [
            world.an, world.lan, world.binh, world.giang, world.chi, world.hoa,
        ]  # fmt: skip
        self.refused = self.done = self.marked = 0

    def pass_by(self) -> None:
        """Let people do one thing after another; refusals are part of life."""
        acts: list[Callable[[], None]] = [
            self.write, self.write, self.empty, self.hand_in, self.hand_in, self.hand_in_typed,
            self.withdraw, self.judge, self.judge, self.call_roll, self.check_in, self.read,
            self.change_the_list, self.mark, self.mark, self.mark, self.appeal, self.recall,
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

    def mark(self) -> None:
        """Somebody gives the newest version a number, perhaps as second or third."""
        essay = self._essay()
        by = self.world.actor(
            self.chance.choice([self.world.binh, self.world.giang, self.world.dung])
        )
        version = essay.versions[-1] if essay.versions else None
        points = self.chance.choice((300, 475, 500, 675, 700, 850, 925))
        if version and points < 500:
            review.comment(
                self.db, version, part=0, paragraph=0, text="Bổ sung.", by=by, now=self.now
            )
        number = version.number if version else 1
        review.give_mark(self.db, essay, number, points=[points], remark="", by=by, now=self.now)
        self.marked += 1

    def appeal(self) -> None:
        essay = self._essay()
        author = self.world.actor(essay.author)
        review.appeal(self.db, essay, reason="Đề nghị đọc lại.", by=author, now=self.now)

    def recall(self) -> None:
        essay = self._essay()
        decision = self.db.get(Decision, essay.versions[-1].id) if essay.versions else None
        if decision:
            by = self.world.actor(decision.reviewer)
            review.recall(self.db, essay, essay.versions[-1].number, by=by, now=self.now)

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
            code=code_at(session, NOW),
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
