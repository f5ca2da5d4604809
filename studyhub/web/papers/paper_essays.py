"""The paper essays of a cell in a round: who has handed in, typing for one, piles for many."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from studyhub.access import policy
from studyhub.essays import transcribing
from studyhub.essays.models import Essay
from studyhub.essays.transcripts import Transcript
from studyhub.kernel.errors import Missing, StudyHubError, Unfit
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.papers import cover_sheets, piles
from studyhub.papers.cover_sheets import Slip
from studyhub.printing.covers import Cover, covers_pdf
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound, Summons
from studyhub.web import navigation
from studyhub.web.attachments import attachment, plain_name
from studyhub.web.guard import on
from studyhub.web.language import say
from studyhub.web.papers.blueprint import papers
from studyhub.web.request import actor, db, now, settings

PLACE = "/cells/<uuid:unit_id>/rounds/<uuid:round_id>"


@dataclass(frozen=True)
class Row:
    """A member on the list: what is handed in, and what is being typed for them."""

    summons: Summons
    essay: Essay | None
    transcript: Transcript | None
    is_me: bool

    @property
    def is_open(self) -> bool:
        """Whether something can still be handed in for them."""
        return not self.is_me and (self.essay is None or self.essay.is_writable)


@papers.get(PLACE)
@on(Unit, may=policy.hand_in_on_behalf)
@on(StudyRound, may=policy.see_round)
def paper_essays(unit: Unit, round_: StudyRound) -> ResponseReturnValue:
    """Each member with a button, and the piles brought so far."""
    navigation.stand_under("completion")
    return render_template(
        "papers/paper_essays.html",
        unit=unit,
        round=round_,
        is_open=round_.state is RoundState.OPEN and bool(round_.asks_for_essay),
        rows=_rows(db(), round_, unit),
        piles=piles.of_cell(db(), round_, unit),
    )


@papers.post(f"{PLACE}/type")
@on(Unit, may=policy.hand_in_on_behalf)
@on(StudyRound, may=policy.see_round)
def type_for(unit: Unit, round_: StudyRound) -> ResponseReturnValue:
    """Begin to type for a member, or go on with what was begun."""
    try:
        member = _id(request.form.get("member", ""))
        made = transcribing.begin(db(), round_, unit, member, by=actor(), now=now())
    except StudyHubError as refusal:
        db().rollback()
        flash(say(refusal), "warn")
        return redirect(url_for(".paper_essays", unit_id=unit.id, round_id=round_.id))
    return redirect(url_for("essays.typing", transcript_id=made.id))


@papers.get(f"{PLACE}/cover-sheets.pdf")
@on(Unit, may=policy.hand_in_on_behalf)
@on(StudyRound, may=policy.see_round)
def covers(unit: Unit, round_: StudyRound) -> ResponseReturnValue:
    """A cover sheet for each member who still owes an essay, or for one of them."""
    wanted = request.args.get("member", type=UUID)
    rows = [row for row in _rows(db(), round_, unit) if row.is_open]
    chosen = [row.summons for row in rows if wanted in (None, row.summons.user_id)]
    if not chosen:
        raise Missing(N_("Everybody of this cell has handed in: no cover sheet is needed."))
    made = covers_pdf(
        [_cover(round_, summons) for summons in chosen],
        cell=unit.name,
        round_title=round_.title,
    )
    name = plain_name(f"Tờ bìa - {unit.name} - {round_.title}".replace("/", "-"))[:120]
    return attachment(made, f"{name}.pdf", "application/pdf")


def _cover(round_: StudyRound, summons: Summons) -> Cover:
    key, slip = settings().secret_key, Slip(round_.id, summons.user_id)
    born = summons.user.born_on
    return Cover(
        name=summons.user.full_name,
        born=str(born.year) if born else "",
        token=cover_sheets.token(key, slip),
        code=cover_sheets.code(key, slip),
    )


def _rows(db: Session, round_: StudyRound, unit: Unit) -> list[Row]:
    """Two questions, however many members; nobody's draft is loaded."""
    listed = cover_sheets.listed(db, round_, unit)
    begun = db.execute(
        select(Essay, Transcript)
        .outerjoin(Transcript, Transcript.essay_id == Essay.id)
        .where(
            Essay.round_id == round_.id,
            Essay.author_id.in_([summons.user_id for summons in listed]),
        )
        .options(defer(Essay.draft))
    ).all()
    essays = {essay.author_id: essay for essay, _ in begun}
    typed = {essay.author_id: transcript for essay, transcript in begun}
    me = actor().user_id
    return [
        Row(one, essays.get(one.user_id), typed.get(one.user_id), one.user_id == me)
        for one in listed
    ]


def _id(told: str) -> UserId:
    try:
        return UserId(UUID(told))
    except ValueError:
        raise Unfit(N_("Choose a comrade.")) from None
