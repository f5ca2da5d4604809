"""The law as a table: each function of `policy`, tried with everybody on samples of its thing.

Nothing is stated here a second time: who may do it is found by asking `policy`,
and the sentence beside it is the docstring there.
"""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import groupby
from types import FunctionType
from typing import Any, get_args
from uuid import UUID

from studyhub.access import policy, reach
from studyhub.accounts.models import User
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.library.models import Document
from studyhub.notices.models import Notice
from studyhub.org.models import Appointment, Membership, Unit, UnitKind
from studyhub.org.petitions import Petition
from studyhub.org.stays import Stay
from studyhub.org.succession import Reorganization, TouchedUnit
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import AudienceUnit, StudyRound
from studyhub.study.models import StudySession

DAY = date(2026, 1, 1)
SELF, ROUND = UUID(int=1), UUID(int=2)
DISTRICT, CELL = "1/", "1/1/"

ACTS: Mapping[str, str] = {
    "see_unit": N_("See a unit"),
    "change_unit": N_("Change a unit: its name, units, members and posts"),
    "reorganize": N_("Merge, split, rename, move or dissolve units"),
    "see_reorganization": N_("See what was done to units, or is planned"),
    "change_reorganization": N_("Cancel, undo or try again what is planned for units"),
    "see_register": N_("See the register of a unit: figures, card numbers, how to reach people"),
    "import_roster": N_("Import a list of members"),
    "appoint_administrator": N_("Appoint an administrator"),
    "see_member": N_("See the page of a member"),
    "change_member": N_("Change what is recorded of a member"),
    "give_password": N_("Give somebody with a post a new first password"),
    "see_person": N_("See an account"),
    "see_stay": N_("See a member's temporary activity in another cell"),
    "change_stay": N_("Change or take back a member's temporary activity"),
    "ask_for_member": N_("Ask the committee above to transfer or exempt a member"),
    "see_petition": N_("See a request of a cell"),
    "decide_petition": N_("Approve or decline a request of a cell"),
    "see_notice": N_("See a notice"),
    "read_document": N_("Read a document"),
    "change_document": N_("Add or correct a document"),
    "see_round": N_("See a study round"),
    "manage_round": N_("Plan, open, extend and close a study round"),
    "take_part": N_("Take part in a study round"),
    "see_session": N_("See a study session"),
    "manage_session": N_("Plan and change a study session"),
    "check_in": N_("Check in to a study session"),
    "show_code": N_("Show the check-in code on a screen"),
    "see_roll": N_("See who is present, cell by cell"),
    "call_roll": N_("Call the roll of a cell"),
    "read_essay": N_("Read an essay"),
    "write_essay": N_("Write an essay, and see its draft"),
    "judge_essay": N_("Comment on an essay and decide on it"),
    "judge_in": N_("Review the essays of a cell"),
    "follow_unit": N_("See how far the members of a unit are"),
}
"""What each function of the policy is about, in words for people; a test misses none."""

SECTIONS = (
    N_("Organization"), N_("Library"), N_("Rounds and sessions"), N_("Essays and review"),
    N_("Completion"),
)  # fmt: skip


class Tie(StrEnum):
    """How somebody without a post is tied to a thing."""

    OWN = "own"
    MEMBER = "member"
    LISTED = "listed"


TIES: Mapping[Tie, str] = {
    Tie.OWN: N_("Whose it is"),
    Tie.MEMBER: N_("Member of the cell"),
    Tie.LISTED: N_("On the list of the round"),
}


class Answer(StrEnum):
    """Whether it is allowed: of every sample, of some (the sentence says which), of none."""

    YES = "yes"
    AT_TIMES = "at_times"
    NO = "no"


@dataclass(frozen=True)
class Act:
    """One function of the policy, in words, and the answer to everybody."""

    name: str
    title: str
    sentence: str
    answers: Mapping[Tie | Post, Answer]

    @property
    def is_open_to_all(self) -> bool:
        """Whether nobody who is signed in is left out."""
        return set(self.answers.values()) == {Answer.YES}


@cache
def law() -> tuple[tuple[str, tuple[Act, ...]], ...]:
    """Every act, by the sections of the policy, in its order."""
    told = ((section, _act(function)) for section, function in _functions())
    return tuple(
        (section, tuple(act for _, act in acts))
        for section, acts in groupby(told, key=lambda pair: pair[0])
    )


def sentences() -> set[str]:
    """The sentences that stand in the policy only, and are messages all the same."""
    return {act.sentence for _, acts in law() for act in acts}


def _functions() -> Iterator[tuple[str, FunctionType]]:
    section = ""
    for line in inspect.getsource(policy).splitlines():
        if line.startswith("# "):
            section = line.removeprefix("# ")
        elif found := re.match(r"def ([a-z]\w*)", line):
            yield section, getattr(policy, found[1])


def _act(function: FunctionType) -> Act:
    asked = list(inspect.signature(function).parameters.values())[1].annotation
    samples = _samples()[next(iter(get_args(asked)), asked)]
    sentence = " ".join((inspect.getdoc(function) or "").split())
    answers = {who: _answer(function, actor, samples) for who, actor in _everybody().items()}
    name = function.__name__
    return Act(name, ACTS.get(name, name), sentence, answers)


def _answer(may: Callable[..., bool], actor: Actor, samples: list[Any]) -> Answer:
    allowed = [may(actor, sample) for sample in samples]
    if all(allowed):
        return Answer.YES
    return Answer.AT_TIMES if any(allowed) else Answer.NO


def _everybody() -> dict[Tie | Post, Actor]:
    """Each with this one tie to the samples and no other."""
    other = UUID(int=9)
    everybody: dict[Tie | Post, Actor] = {
        Tie.OWN: Actor(user_id=SELF, today=DAY),
        Tie.MEMBER: Actor(user_id=other, today=DAY, home=CELL),
        Tie.LISTED: Actor(user_id=other, today=DAY, summoned_to=frozenset({ROUND})),
    }
    for post in Post:
        path = CELL if post in reach.LEADERS else DISTRICT
        everybody[post] = Actor(user_id=other, today=DAY, territories={post: (path,)})
    return everybody


@cache
def _samples() -> dict[type, list[Any]]:
    """Things of each kind in a cell of a district; of posts, those of one person each."""
    owner = UserId(SELF)
    district = Unit(path=DISTRICT, kind=UnitKind.PARTY_ORG)
    cell = Unit(path=CELL, kind=UnitKind.CELL)
    rounds = [_round(district, state) for state in (RoundState.OPEN, RoundState.DRAFT)]
    return {
        Unit: [cell],
        Reorganization: [Reorganization(units=[TouchedUnit(unit=cell)])],
        Membership: [Membership(user_id=owner, cell=cell)],
        Appointment: [[Appointment(unit=cell, post=post)] for post in (Post.SECRETARY, Post.ADMIN)],
        User: [User(id=SELF)],
        Stay: _stays(owner, cell),
        Petition: [Petition(cell=cell)],
        Notice: [Notice(user_id=owner)],
        Document: [Document()],
        StudyRound: rounds,
        StudySession: [StudySession(round=round_) for round_ in rounds],
        Essay: [_essay(cell, state, leads) for state in State for leads in (True, False)],
    }


def _stays(owner: UserId, cell: Unit) -> list[Stay]:
    """A member of the cell who is elsewhere, and one from elsewhere who is its guest."""
    other = Unit(path=f"{DISTRICT}2/", kind=UnitKind.CELL)
    return [
        Stay(user_id=owner, host=other, stretches=[Membership(cell=cell, since=DAY)]),
        Stay(user_id=owner, host=cell, stretches=[Membership(cell=other, since=DAY)]),
    ]


def _round(unit: Unit, state: RoundState) -> StudyRound:
    opened_at = None if state is RoundState.DRAFT else DAY
    audience = [AudienceUnit(unit=unit)]
    return StudyRound(id=ROUND, unit=unit, state=state, opened_at=opened_at, audience=audience)


def _essay(cell: Unit, state: State, leads: bool) -> Essay:  # noqa: FBT001 - a column of a table
    return Essay(author_id=SELF, cell=cell, state=state, author_leads=leads)
