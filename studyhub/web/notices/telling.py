"""What each kind of notice says, and the page it leads to. A new kind needs its line here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, defer, joinedload

from studyhub.accounts.models import User
from studyhub.essays.models import Essay
from studyhub.kernel.words import N_
from studyhub.notices.models import Kind, Notice
from studyhub.org.models import Unit
from studyhub.reminding.lacking import WORDS, Lack
from studyhub.rounds.models import StudyRound
from studyhub.web.authors import author_of, is_blind
from studyhub.web.filters import day
from studyhub.web.language import gettext


@dataclass(frozen=True)
class Telling:
    """The words of a kind, its icon, and where it leads: endpoint and name of the id there."""

    words: str
    icon: str
    endpoint: str
    place: str


PETITION = ("org.show_petition", "petition_id")
STAY = ("org.show_stay", "stay_id")
MEMBER = ("org.show_member", "membership_id")
REORGANIZATION = ("reorganization.show", "reorganization_id")
ROUND = ("rounds.show", "round_id")

WISHES = {
    "transfer": N_("to transfer the member"),
    "exemption": N_("to exempt the member"),
    "end_of_exemption": N_("to end the exemption"),
}

PLACES = ("person", "cell", "origin", "since", "until", "wish", "round", "lacks")
"""What a sentence may speak of; what a notice does not know is a dash."""

TELLINGS: dict[Kind, Telling] = {
    Kind.PETITION_ASKED: Telling(
        N_("%(cell)s asks you for a decision about %(person)s: %(wish)s."), "inbox", *PETITION
    ),
    Kind.PETITION_APPROVED: Telling(
        N_("Approved: your request about %(person)s (%(wish)s)."), "check", *PETITION
    ),
    Kind.PETITION_DECLINED: Telling(
        N_("Declined: your request about %(person)s (%(wish)s)."), "x", *PETITION
    ),
    Kind.PETITION_WITHDRAWN: Telling(
        N_("%(cell)s has withdrawn its request about %(person)s (%(wish)s)."), "back", *PETITION
    ),
    Kind.STAY_BEGUN: Telling(
        N_("Temporary activity: %(person)s is with %(cell)s from %(since)s to %(until)s."),
        "link", *STAY,
    ),
    Kind.STAY_CHANGED: Telling(
        N_("Temporary activity of %(person)s with %(cell)s now lasts until %(until)s."),
        "link", *STAY,
    ),
    Kind.STAY_ENDED: Telling(
        N_("Temporary activity of %(person)s with %(cell)s ends on %(until)s."), "link", *STAY
    ),
    Kind.STAY_TAKEN_BACK: Telling(
        N_("Temporary activity of %(person)s with %(cell)s has been taken back."), "back", *STAY
    ),
    Kind.TRANSFERRED: Telling(
        N_("Official transfer: %(person)s goes from %(origin)s to %(cell)s on %(since)s."),
        "right", *MEMBER,
    ),
    Kind.TRANSFER_TAKEN_BACK: Telling(
        N_("The transfer of %(person)s from %(origin)s to %(cell)s has been taken back."),
        "back", *MEMBER,
    ),
    Kind.REORGANIZATION_PLANNED: Telling(
        N_("Reorganization planned from %(since)s: it concerns %(cell)s."),
        "merge", *REORGANIZATION,
    ),
    Kind.REORGANIZED: Telling(
        N_("Reorganization carried out from %(since)s: it concerns %(cell)s."),
        "merge", *REORGANIZATION,
    ),
    Kind.REORGANIZATION_STUCK: Telling(
        N_("A reorganization planned from %(since)s could not be carried out: %(cell)s."),
        "alert", *REORGANIZATION,
    ),
    Kind.REORGANIZATION_CANCELLED: Telling(
        N_("The reorganization of %(cell)s planned from %(since)s is cancelled."),
        "x", *REORGANIZATION,
    ),
    Kind.REORGANIZATION_UNDONE: Telling(
        N_("The reorganization of %(cell)s from %(since)s has been undone."),
        "back", *REORGANIZATION,
    ),
    Kind.CELL_CHANGED: Telling(
        N_("From %(since)s you belong to %(cell)s (before: %(origin)s), by a reorganization."),
        "merge", *MEMBER,
    ),
    Kind.CELL_CHANGED_BACK: Telling(
        N_("You belong to %(origin)s as before: the reorganization from %(since)s was undone."),
        "back", *MEMBER,
    ),
    Kind.ESSAY_ON_BEHALF: Telling(
        N_("%(person)s has entered your paper essay on your behalf. See whether it is yours."),
        "people", "essays.show", "essay_id",
    ),
    Kind.ESSAY_CONFIRMED: Telling(
        N_("%(person)s has confirmed the essay that you entered on their behalf."),
        "check", "essays.show", "essay_id",
    ),
    Kind.ESSAY_CONTESTED: Telling(
        N_("%(person)s (%(cell)s) objects to the essay entered on their behalf."),
        "alert", "essays.show", "essay_id",
    ),
    Kind.COMMENT_ANSWERED: Telling(
        N_("%(person)s has answered your comment on their essay."),
        "chat", "review.show", "essay_id",
    ),
    Kind.DECISION_RECALLED: Telling(
        N_("The decision about your essay was recalled. It waits for review again."),
        "history", "essays.show", "essay_id",
    ),
    Kind.THIRD_MARKER: Telling(
        N_("The marks of an essay you have marked differ much. A third person decides."),
        "people", "essays.show", "essay_id",
    ),
    Kind.ESSAY_APPEALED: Telling(
        N_("%(person)s has asked that another person reads the essay you have marked."),
        "history", "essays.show", "essay_id",
    ),
    Kind.APPEAL_SETTLED: Telling(
        N_("Another person has read the essay anew. Their decision counts."),
        "check", "essays.show", "essay_id",
    ),
    Kind.REMINDED: Telling(
        N_("A reminder: in “%(round)s” you still have to %(lacks)s."), "bell", *ROUND
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A notice as it is shown; `url` is None where there is nothing more to see."""

    notice: Notice
    sentence: str
    icon: str
    url: str | None


def lines(db: Session, found: Sequence[Notice]) -> list[Line]:
    """The notices in words. Names are looked up now: they are not kept with the notice."""
    names, hidden = _names(db, found), _hidden(db, found)
    return [_line(notice, TELLINGS[Kind(notice.kind)], names, hidden) for notice in found]


def target_of(notice: Notice) -> str | None:
    """The page a notice leads to."""
    telling = TELLINGS[Kind(notice.kind)]
    if notice.subject_id is None:
        return None
    place: dict[str, Any] = {telling.place: notice.subject_id}
    return url_for(telling.endpoint, **place)


def _line(
    notice: Notice, telling: Telling, names: Mapping[str, str], hidden: Mapping[UUID, str]
) -> Line:
    facts: Mapping[str, Any] = notice.facts
    told = dict.fromkeys(PLACES, "–")
    for name, value in facts.items():
        if name in {"since", "until"}:
            told[name] = day(date.fromisoformat(value))
        elif name == "wish":
            told[name] = gettext(WISHES.get(value, value))
        elif name == "lacks":
            told[name] = ", ".join(gettext(WORDS[Lack(lack)]) for lack in value.split(","))
        else:
            told[name] = names.get(str(value), "–")
    if notice.subject_id and notice.subject_id in hidden:
        told |= {"person": hidden[notice.subject_id], "cell": "–"}
    return Line(notice, gettext(telling.words, **told), telling.icon, target_of(notice))


def _hidden(db: Session, found: Iterable[Notice]) -> dict[UUID, str]:
    """Essays that these speak of and the person judges blind: what their authors are called."""
    ids = {
        notice.subject_id
        for notice in found
        if TELLINGS[Kind(notice.kind)].place == "essay_id" and "person" in notice.facts
    }
    if not ids:
        return {}
    asked = select(Essay).where(Essay.id.in_(ids))
    essays = db.scalars(
        asked.options(defer(Essay.draft), joinedload(Essay.round), joinedload(Essay.cell))
    )
    return {
        essay.id: gettext("The author of an essay judged blind (%(code)s)", code=author_of(essay))
        for essay in essays
        if is_blind(essay)
    }


def _names(db: Session, found: Iterable[Notice]) -> dict[str, str]:
    """Persons, units and rounds by id: three questions, however many notices there are."""
    people, units, rounds = set(), set(), set()
    for notice in found:
        for name, value in notice.facts.items():
            if name == "person":
                people.add(UUID(value))
            elif name in {"cell", "origin"}:
                units.add(UUID(value))
            elif name == "round":
                rounds.add(UUID(value))
    named = [
        *db.execute(select(User.id, User.full_name).where(User.id.in_(people))),
        *db.execute(select(Unit.id, Unit.name).where(Unit.id.in_(units))),
        *db.execute(select(StudyRound.id, StudyRound.title).where(StudyRound.id.in_(rounds))),
    ]
    return {str(id_): name for id_, name in named}
