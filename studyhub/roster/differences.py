"""What one line says that the register does not. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from studyhub.kernel.actor import Post
from studyhub.kernel.words import N_
from studyhub.org.models import Standing
from studyhub.roster.columns import Column, plain
from studyhub.roster.errors import Wrong
from studyhub.roster.lines import Faulty, Line
from studyhub.roster.plan import POSTS, STANDINGS, Change, Place, Step
from studyhub.roster.register import Known, Register
from studyhub.roster.values import Day

WHOLE_DAY = N_("The whole date is needed here. Type day/month/year.")
PROBATION_LATER = N_(
    "In the register the probation begins only on %(since)s. Correct it on the member's page first."
)
EXEMPT_BEFORE = N_(
    "In the register another exemption or a suspension lies in this time. Correct it on the "
    "member's page first."
)
TWO_SECRETARIES = N_("Row %(row)s is secretary of this cell already. A cell has one.")
HAS_SECRETARY = N_(
    "%(name)s is secretary of this cell. Hand over the post on the page of the cell first."
)


@dataclass
class Differences:
    """Tells what a line changes; remembers which row names the secretary of each cell."""

    register: Register
    as_of: date
    chairs: dict[str, int] = field(default_factory=dict)

    def step(self, line: Line, place: Place, person: Known | None) -> Step:
        """Everything to be done for this line; `Faulty` when it cannot be."""
        is_official = line.official is not None and line.official.on <= self.as_of
        since = max(self.as_of, person.since) if person and person.since else self.as_of
        changes = [*self._particulars(line, person), *self._belonging(line, place, person)]
        exempt = self._exemption(line, person)
        posts = tuple(self._posts(line, place, person))
        return Step(
            line=line,
            place=place,
            person=person,
            standing=Standing.OFFICIAL if is_official else Standing.PROBATIONARY,
            since=since,
            changes=(*changes, *_told(line, exempt, posts)) if person else (),
            posts=posts,
            exempt_since=exempt,
        )

    def _particulars(self, line: Line, person: Known | None) -> Iterator[Change]:
        """Only what the line fills in: an empty cell takes nothing away."""
        if person is None:
            return
        if line.born and not line.born.says(person.born):
            yield Change(Column.BORN, _said(person.born), _said(line.born.on))
        if line.phone and _digits(line.phone) != _digits(person.phone):
            yield Change(Column.PHONE, person.phone, line.phone)
        for column, before, after in (
            (Column.NAME, person.name, line.name),
            (Column.CARD, person.card, line.card),
            (Column.EMAIL, person.email, line.email),
        ):
            if after and after != before:
                yield Change(column, before or "", after)

    def _belonging(self, line: Line, place: Place, person: Known | None) -> Iterator[Change]:
        if person is None:
            return
        if person.cell_id is None:
            yield Change(Column.CELL, "", place.name)
        elif person.standing is Standing.PROBATIONARY and self._is_recognised(line, person):
            before, after = STANDINGS[Standing.PROBATIONARY], STANDINGS[Standing.OFFICIAL]
            yield Change(Column.OFFICIAL, before, after)

    def _is_recognised(self, line: Line, person: Known) -> bool:
        official: Day | None = line.official
        if official is None or official.on > self.as_of:
            return False
        if official.year_only:
            raise Faulty(line, Column.OFFICIAL, f"{official.on.year}", Wrong(WHOLE_DAY))
        if person.since and official.on <= person.since:
            why = Wrong(PROBATION_LATER, since=_said(person.since))
            raise Faulty(line, Column.OFFICIAL, _said(official.on), why)
        return True

    def _exemption(self, line: Line, person: Known | None) -> date | None:
        if line.exempt_since is None:
            return None
        terms = self.register.exemptions.get(person.id, ()) if person else ()
        if any(term.is_exemption_on(self.as_of) for term in terms):
            return None
        if any(term.reaches(line.exempt_since) for term in terms):
            raise Faulty(line, Column.STATUS_ON, _said(line.exempt_since), Wrong(EXEMPT_BEFORE))
        return line.exempt_since

    def _posts(self, line: Line, place: Place, person: Known | None) -> Iterator[Post]:
        for post in line.posts:
            if post is Post.SECRETARY:
                self._require_chair(line, place, person)
            held = place.id and person and (place.id, post, person.id) in self.register.posts
            if not held:
                yield post

    def _require_chair(self, line: Line, place: Place, person: Known | None) -> None:
        said = ", ".join(post.value for post in line.posts)
        row = self.chairs.setdefault(plain(place.name), line.row)
        if row != line.row:
            raise Faulty(line, Column.POST, said, Wrong(TWO_SECRETARIES, row=row))
        holder = self.register.secretaries.get(place.id) if place.id else None
        if holder is not None and (person is None or holder != person.id):
            known = self.register.people.get(holder)
            why = Wrong(HAS_SECRETARY, name=known.name if known else "–")
            raise Faulty(line, Column.POST, said, why)


def _told(line: Line, exempt: date | None, posts: tuple[Post, ...]) -> Iterator[Change]:
    for post in posts:
        yield Change(Column.POST, "", POSTS[post])
    if exempt:
        yield Change(Column.STATUS, "", f"{line.exempt_words}, {_said(exempt)}")


def _said(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdigit())
