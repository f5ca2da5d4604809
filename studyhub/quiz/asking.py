"""The questions of a quiz as one person gets them: drawn from the bank, options in their order."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.quiz import drawing, pools
from studyhub.quiz.models import Drawn, QuestionEdition, Quiz
from studyhub.quiz.rules import write_places


def drawn_for(db: Session, quiz: Quiz, seed: str) -> list[Drawn]:
    """The questions as they would be drawn with this seed; none is kept."""
    rules = quiz.rules
    pool = pools.to_draw_from(db, quiz.round.unit_id)
    chosen = drawing.draw(pool, rules.draws, seed, mixes=rules.shuffles_questions)
    return _sheet(db, chosen, seed, mixes=rules.shuffles_options)


def _sheet(db: Session, chosen: Sequence[UUID], seed: str, *, mixes: bool) -> list[Drawn]:
    """The questions as they are asked, each with its options in the order shown."""
    found = db.scalars(select(QuestionEdition).where(QuestionEdition.id.in_(chosen)))
    known = {edition.id: edition for edition in found}
    return [
        Drawn(
            position=position,
            edition=known[edition_id],
            shown=write_places(
                drawing.places(
                    known[edition_id].kind, known[edition_id].options, f"{seed} {edition_id}",
                    mixes=mixes,
                )
            ),
            answer="",
        )
        for position, edition_id in enumerate(chosen, start=1)
    ]  # fmt: skip
