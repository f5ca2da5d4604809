"""Notices in words: names are looked up when they are shown (`tellings` has the sentences)."""

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
from studyhub.notices.models import Kind, Notice
from studyhub.org.models import Unit
from studyhub.reminding.lacking import WORDS, Lack
from studyhub.rounds.models import StudyRound
from studyhub.web.authors import author_of, is_blind
from studyhub.web.filters import day
from studyhub.web.language import gettext
from studyhub.web.notices.tellings import PLACES, TELLINGS, WISHES, Telling


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
    place: dict[str, Any] = {telling.place: notice.subject_id, **telling.query}
    return url_for(telling.endpoint, **place)


def _line(
    notice: Notice, telling: Telling, names: Mapping[str, str], hidden: Mapping[UUID, str]
) -> Line:
    facts: Mapping[str, Any] = notice.facts
    said = {name: _said(name, value, names) for name, value in facts.items()}
    told = {**dict.fromkeys(PLACES, "–"), **said}
    if notice.subject_id and notice.subject_id in hidden:
        told |= {"person": hidden[notice.subject_id], "cell": "–"}
    return Line(notice, gettext(telling.words, **told), telling.icon, target_of(notice))


def _said(name: str, value: Any, names: Mapping[str, str]) -> str:
    """A fact of a notice in words."""
    if name in {"since", "until"}:
        return day(date.fromisoformat(value))
    if name == "wish":
        return gettext(WISHES.get(value, value))
    if name == "lacks":
        return ", ".join(gettext(WORDS[Lack(lack)]) for lack in value.split(","))
    return str(value) if name == "count" else names.get(str(value), "–")


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
            if name in {"person", "officer"}:
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
