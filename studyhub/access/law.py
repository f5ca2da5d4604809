"""The law as a table: each function of `policy`, tried with everybody on samples of its thing.

Nothing is stated here a second time: who may do it is found by asking `policy`,
and the sentence beside it is the docstring there. What each is about stands in
`acts`, the things it is tried on in `samples`.
"""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import groupby
from types import FunctionType, ModuleType
from typing import Any, get_args
from uuid import UUID

from studyhub.access import reach
from studyhub.access.acts import ACTS
from studyhub.access.policy import (
    attendance,
    calibrations,
    completion,
    essays,
    fairness,
    good_essays,
    library,
    organization,
    quiz,
    rounds,
)
from studyhub.access.samples import CELL, DAY, DISTRICT, ROUND, SELF, samples
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.words import N_

SECTIONS: tuple[tuple[str, ModuleType], ...] = (
    (N_("Organization"), organization),
    (N_("Library"), library),
    (N_("Rounds and sessions"), rounds),
    (N_("Attendance"), attendance),
    (N_("Quizzes"), quiz),
    (N_("Essays and review"), essays),
    (N_("Reading a sample again"), fairness),
    (N_("Good essays"), good_essays),
    (N_("Judging alike"), calibrations),
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
    found = samples()[next(iter(get_args(asked)), asked)]
    sentence = " ".join((inspect.getdoc(function) or "").split())
    answers = {who: _answer(function, actor, found) for who, actor in _everybody().items()}
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
