"""How the essays of the round with points are marked: by two, sometimes by a third."""

from datetime import datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from studyhub.demonstration.people import OFFICER, Town
from studyhub.demonstration.stories import FAR_APART
from studyhub.essays.models import Essay
from studyhub.review import service as review

Parts = tuple[int, int, int]


def marked(
    db: Session,
    town: Town,
    essay: Essay,
    number: int,
    remark: str,
    moment: datetime,
    *,
    chance: Random,
) -> None:
    """Secretary and deputy mark it; for their own essays, and where they differ, the officer."""
    first, second, third = _markers(town, number)
    given = _good(chance)
    other = _near(given, chance)
    turns = [(first, given, remark), (second, other, "")]
    if number in FAR_APART:
        turns = [(first, (300, 475, 175), remark), (second, (200, 325, 150), "")]
        turns.append((third, (275, 400, 150), "Bài đủ ý, phần liên hệ còn chung."))
    for place, (marker, parts, said) in enumerate(turns):
        by, at = town.actor(db, marker, moment.date()), moment + timedelta(hours=place)
        review.begin_reading(db, essay.id, by=by, now=at)
        review.give_mark(
            db, essay, essay.versions[-1].number, points=parts, remark=said, by=by, now=at
        )
        db.flush()


def _markers(town: Town, number: int) -> tuple[int, int, int]:
    cell = town.lines[number].cell
    leaders = [town.leader_of(cell, post) for post in ("Bí thư", "Phó bí thư")]
    able = [one for one in leaders if one != number]
    first, second = [*able, OFFICER][:2]
    return first, second, OFFICER


def _good(chance: Random) -> Parts:
    return (
        25 * chance.randint(8, 12),
        25 * chance.randint(13, 20),
        25 * chance.randint(4, 8),
    )


def _near(given: Parts, chance: Random) -> Parts:
    """What a second reader gives who saw the same essay: a quarter more or less here and there."""
    first, second, third = (part + 25 * chance.choice((-1, 0, 0, 1)) for part in given)
    return min(first, 300), min(second, 500), min(third, 200)
