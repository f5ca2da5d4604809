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
from itertools import groupby, product
from types import FunctionType, ModuleType
from typing import Any, get_args
from uuid import UUID

from studyhub.access import reach
from studyhub.access.policy import completion, essays, library, organization, rounds
from studyhub.accounts.models import User
from studyhub.calendars.models import Feed
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.essays.transcripts import Transcript
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.library.models import Document
from studyhub.mail.models import Letter
from studyhub.notes.models import Note
from studyhub.notices.models import Notice
from studyhub.org.models import Appointment, Membership, Unit, UnitKind
from studyhub.org.petitions import Petition
from studyhub.org.stays import Stay
from studyhub.org.succession import Reorganization, TouchedUnit
from studyhub.papers.pile_models import Pile
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
    "keep_mail": N_("See which letters were sent or failed, and send them again"),
    "keep_feed": N_("See one's own calendar feed, and change or void its address"),
    "see_notice": N_("See a notice"),
    "read_document": N_("Read a document"),
    "change_document": N_("Add or correct a document"),
    "keep_note": N_("See or change a note made while reading, or a marked passage"),
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
    "mark_essay": N_("Mark an essay, alone or as one of several"),
    "judge_blind": N_("Judge an essay without seeing whose it is"),
    "judge_in": N_("Review the essays of a cell"),
    "share_out": N_("Share out waiting essays among those who may judge them"),
    "share_phrases": N_("Share phrases for comments with all who judge in a unit"),
    "hand_in_on_behalf": N_("Hand in paper essays of a cell on behalf of its members"),
    "type_on_behalf": N_("Type a member's paper essay"),
    "sort_pile": N_("Sort a pile of scanned paper essays and hand them in"),
    "follow_unit": N_("See how far the members of a unit are"),
    "remind_in": N_("Remind members of what they still owe"),
}
"""What each function of the policy is about, in words for people; a test misses none."""

SECTIONS: tuple[tuple[str, ModuleType], ...] = (
    (N_("Organization"), organization),
    (N_("Library"), library),
    (N_("Rounds and sessions"), rounds),
    (N_("Essays and review"), essays),
    (N_("Completion"), completion),
)
"""The pages of the law, and how they are headed."""


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
    """Every act of every page, in the order in which it stands there."""
    for section, page in SECTIONS:
        for name in re.findall(r"^def ([a-z]\w*)", inspect.getsource(page), re.MULTILINE):
            yield section, getattr(page, name)


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
        Letter: [Letter()],
        Feed: [Feed(user_id=owner)],
        Notice: [Notice(user_id=owner)],
        Document: [Document()],
        Note: [Note(user_id=owner)],
        StudyRound: rounds,
        StudySession: [StudySession(round=round_) for round_ in rounds],
        Essay: _essays(cell),
        Transcript: [Transcript(essay=Essay(author_id=SELF, cell=cell))],
        Pile: [Pile(cell=cell)],
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


def _essays(cell: Unit) -> list[Essay]:
    """In each state, of a leader and of another, in a round judged blind and in another."""
    return [
        Essay(
            author_id=SELF, cell=cell, state=state, author_leads=leads, marked_by="",
            round=StudyRound(blind=blind),
        )
        for state, leads, blind in product(State, (True, False), (True, False))
    ]  # fmt: skip
