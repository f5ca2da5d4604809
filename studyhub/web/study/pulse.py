"""How a session stands, for thousands of open pages that ask every quarter of a minute.

What all of them see is found out once for all who look in one worker, and again after two
seconds; for a session so large that this takes long, later, so that it never costs more than
a hundredth of the time. One page is then answered without asking the database: decision 0012.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from time import perf_counter
from uuid import UUID

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.completion.models import Tally
from studyhub.study.models import StudySession
from studyhub.web.language import language
from studyhub.web.study.page import shown
from studyhub.web.study.parts import PARTS

LEAST, MOST = 2.0, 30.0
"""Seconds for which what was found out is taken for true."""

PATIENCE = 100
"""It is taken for true so many times longer than finding it out took."""

EACH_SECOND = 150
"""So many people are asked at most to fetch their own part within one second."""

KEPT = 100
"""Sessions of which a worker remembers how they stand."""

finding = Lock()


@dataclass(frozen=True, kw_only=True)
class Beat:
    """How a session stood at a moment."""

    moment: datetime
    until: float
    """By the clock that only measures: until when it is taken for true."""
    html: Mapping[str, str]
    """The parts that all see alike."""
    signs: Mapping[str, str]
    """Of each part: what it depends on that is the same for all."""
    marks: Mapping[str, tuple[Mapping[UUID, str], ...]]
    """Of a person's own parts: what it depends on besides."""
    spread: int
    """Over so many seconds people are to fetch their own parts."""

    def holds(self, now: datetime) -> bool:
        """Whether it can be taken for true still; the clock of the house may have been moved."""
        apart = abs((now - self.moment).total_seconds())
        return perf_counter() < self.until and apart < MOST

    def signs_for(self, person: UUID) -> list[str]:
        """What each part depends on for this person, in the order of the parts."""
        return [self._sign(part, person) for part in PARTS]

    def _sign(self, part: str, person: UUID) -> str:
        own = [found[person] for found in self.marks.get(part, ()) if person in found]
        return self.signs[part] + ("-" + _short("|".join(own)) if own else "")


def mark_of(beat: Beat, person: UUID) -> str:
    """All of it in one word, which the page sends along when it asks again."""
    return ".".join(beat.signs_for(person))


def changed(beat: Beat, person: UUID, seen: str) -> dict[str, str | None]:
    """The parts that are not as the page has them; None for those it fetches itself."""
    had = seen.split(".")
    had = had if len(had) == len(PARTS) else [""] * len(PARTS)
    signs = zip(PARTS, beat.signs_for(person), had, strict=True)
    return {part: beat.html.get(part) for part, sign, before in signs if sign != before}


def beat(db: Session, session_id: UUID, now: datetime) -> Beat | None:
    """How the session stands; None when there is none. One thread finds out, others go by it."""
    key, beats = (session_id, language()), _beats()
    found = beats.get(key)
    if found and found.holds(now):
        return found
    if not finding.acquire(blocking=found is None):
        return found
    try:
        return _found_out(db, key, beats, now)
    finally:
        finding.release()


Beats = dict[tuple[UUID, str], Beat]


def _beats() -> Beats:
    beats: Beats = current_app.extensions["studyhub"].setdefault("beats", {})
    return beats


def _found_out(db: Session, key: tuple[UUID, str], beats: Beats, now: datetime) -> Beat | None:
    begun = perf_counter()
    session = db.get(StudySession, key[0])
    if session is None:
        beats.pop(key, None)
        return None
    html = _html(db, session, now)
    signs = {
        part: _short(html.get(part) or "|".join(sign(db, session, now) for sign in told.signs))
        for part, told in PARTS.items()
    }
    asked = {marks: marks(db, session) for told in PARTS.values() for marks in told.marks}
    pause = min(max(PATIENCE * (perf_counter() - begun), LEAST), MOST)
    if len(beats) >= KEPT:
        beats.clear()
    beats[key] = Beat(
        moment=now,
        until=perf_counter() + pause,
        html=html,
        signs=signs,
        marks={part: tuple(asked[marks] for marks in told.marks) for part, told in PARTS.items()},
        spread=min(_summoned(db, session) // EACH_SECOND, 30),
    )
    return beats[key]


def _html(db: Session, session: StudySession, now: datetime) -> dict[str, str]:
    page = shown(db, session, now)
    templates = {part: told.template for part, told in PARTS.items() if told.shared}
    return {
        part: current_app.jinja_env.get_template(template).render(page=page).strip()
        for part, template in templates.items()
    }


def _summoned(db: Session, session: StudySession) -> int:
    of_the_round = (Tally.round_id == session.round_id) & (Tally.unit_id == session.round.unit_id)
    return db.scalar(select(Tally.required).where(of_the_round)) or 0


def _short(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:8]
