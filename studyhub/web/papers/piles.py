"""A pile of paper essays: brought as one PDF, sorted page by page, handed in by one deed."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form

from studyhub.access import policy
from studyhub.kernel.errors import Missing, StudyHubError, Unfit
from studyhub.kernel.ids import UserId
from studyhub.kernel.sandbox import MEGABYTE
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.papers import cover_sheets, piles, scanning
from studyhub.papers.pile_models import Pile, PileState
from studyhub.papers.piles import Fate
from studyhub.papers.thumbnails import small
from studyhub.rounds.models import StudyRound
from studyhub.web import navigation
from studyhub.web.attachments import plain_name
from studyhub.web.forms import refusals
from studyhub.web.guard import on
from studyhub.web.language import gettext, ngettext, say
from studyhub.web.papers.blueprint import papers
from studyhub.web.papers.pages import picture, turned
from studyhub.web.papers.paper_essays import PLACE
from studyhub.web.papers_received import kept_where, paper_of, received_on
from studyhub.web.request import actor, db, files, now, settings, today
from studyhub.web.transaction import set_aside

LARGEST = 100 * MEGABYTE
TURNS = {"turn right": 90, "turn over": 180}
TURNED_AT_ONCE = 20
TOO_LARGE = N_("This PDF is larger than %(limit)s MB. Scan at 150 to 200 dpi, or in two parts.")


class PileForm(Form):
    """What is stated about all papers of the pile."""

    received_on = received_on(N_("Day on which the cell received the papers"))
    kept_where = kept_where(N_("Where the cell keeps the papers"))


@papers.url_value_preprocessor
def allow_a_pile(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """A scanned pile is larger than what else is sent: said before the body is read."""
    if endpoint == "papers.bring_pile":
        request.max_content_length = LARGEST + MEGABYTE


@papers.post(f"{PLACE}/piles")
@on(Unit, may=policy.hand_in_on_behalf)
@on(StudyRound, may=policy.see_round)
def bring_pile(unit: Unit, round_: StudyRound) -> ResponseReturnValue:
    """Keep the file and have it read; the same file leads to the pile it was."""
    with request:  # what was uploaded is let go at the end
        upload = request.files.get("pile")
        name = plain_name(upload.filename or "") if upload else ""
        try:
            with set_aside():
                key = _kept(upload.read() if upload and name else b"")
            db().refresh(unit)
            db().refresh(round_)
            pile, is_new = piles.bring(db(), round_, unit, key, name, by=actor(), now=now())
        except StudyHubError as refusal:
            db().rollback()
            flash(say(refusal), "bad")
            return redirect(url_for(".paper_essays", unit_id=unit.id, round_id=round_.id))
    if not is_new:
        flash(gettext("This file was brought before. Here is how far it is."), "warn")
    return redirect(url_for(".show_pile", pile_id=pile.id))


@papers.get("/piles/<uuid:pile_id>")
@on(Pile, may=policy.sort_pile)
def show_pile(pile: Pile) -> ResponseReturnValue:
    """How far it is; once it is read, its pages by member, and those nobody owns."""
    navigation.stand_under("completion")
    found = piles.fates(piles.bundles(db(), pile), actor())
    return render_template(
        "papers/pile.html",
        pile=pile,
        round=pile.round,
        unit=pile.cell,
        bundles=found,
        listed=cover_sheets.listed(db(), pile.round, pile.cell),
        waiting=[page for page in pile.pages if page.waits],
        left_out=[page for page in pile.pages if page.is_left_out and not page.is_cover],
        strange=[page for page in pile.pages if page.is_cover and page.find != "cover"],
    )


@papers.post("/piles/<uuid:pile_id>/sort")
@on(Pile, may=policy.sort_pile)
def sort_pages(pile: Pile) -> ResponseReturnValue:
    """Give the chosen pages to a member, turn them, leave them out, or take them in again."""
    pile_id, do = pile.id, request.form.get("do", "")
    chosen = [_id(told) for told in request.form.getlist("page")]
    try:
        told = _turn(pile, chosen, do) if do in TURNS else _sort(pile, chosen, do)
    except StudyHubError as refusal:
        flash(say(refusal), "warn")
    else:
        flash(told, "ok")
    return redirect(url_for(".show_pile", pile_id=pile_id))


@papers.get("/piles/<uuid:pile_id>/pages/<uuid:page_id>")
@on(Pile, may=policy.sort_pile)
def pile_page(pile: Pile, page_id: UUID) -> ResponseReturnValue:
    """The picture of one page, small where many stand beside each other."""
    for page in pile.pages:
        if page.id == page_id:
            whole = picture(page.file_key)
            if "small" in request.args:
                whole.set_data(small(whole.get_data()))
            return whole
    raise Missing(N_("There is nothing here."))


@papers.get("/piles/<uuid:pile_id>/hand-in")
@on(Pile, may=policy.sort_pile)
def handing_in_pile(pile: Pile) -> ResponseReturnValue:
    """For whom what will be handed in, and for whom not."""
    if pile.state is not PileState.SORTING or any(page.waits for page in pile.pages):
        return redirect(url_for(".show_pile", pile_id=pile.id))
    return _confirm(pile, PileForm(received_on=today()))


@papers.post("/piles/<uuid:pile_id>/hand-in")
@on(Pile, may=policy.sort_pile)
def hand_in_pile(pile: Pile) -> ResponseReturnValue:
    """Hand in for all of them; a repeat hands in nothing more."""
    form = PileForm(request.form)
    made = []
    if form.validate():
        with refusals(form):
            made = piles.hand_in(db(), pile, paper_of(form), by=actor(), now=now())
    if form.errors or form.form_errors:
        db().rollback()
        db().refresh(pile)
        return _confirm(pile, form), 422
    if made:
        told = ngettext(
            "%(num)d essay is handed in on behalf.", "%(num)d essays are handed in on behalf.",
            len(made),
        )  # fmt: skip
        flash(told, "ok")
    return redirect(url_for(".show_pile", pile_id=pile.id))


@papers.get("/piles/<uuid:pile_id>/throw-away")
@on(Pile, may=policy.sort_pile)
def throwing_pile_away(pile: Pile) -> ResponseReturnValue:
    """What throwing it away means."""
    navigation.stand_under("completion")
    if pile.state is PileState.HANDED_IN:
        return redirect(url_for(".show_pile", pile_id=pile.id))
    return render_template(
        "papers/pile_throw_away.html", pile=pile, round=pile.round, unit=pile.cell
    )


@papers.post("/piles/<uuid:pile_id>/throw-away")
@on(Pile, may=policy.sort_pile)
def throw_pile_away(pile: Pile) -> ResponseReturnValue:
    """Forget it; whoever wants it after all scans or sends it again."""
    unit_id, round_id = pile.cell_id, pile.round_id
    piles.throw_away(db(), pile, by=actor(), now=now())
    flash(gettext("The pile is thrown away."), "ok")
    return redirect(url_for(".paper_essays", unit_id=unit_id, round_id=round_id))


def _kept(data: bytes) -> str:
    if not data:
        raise Unfit(N_("Choose the PDF of the scanned pile."))
    if len(data) > LARGEST:
        raise Unfit(TOO_LARGE, limit=LARGEST // MEGABYTE)
    if b"%PDF-" not in data[:1024]:
        raise Unfit(N_("This is not a PDF. Scan the pile to one PDF and choose that file."))
    scanning.expect_harmless(data, settings().clamd)
    return files().keep(data)


def _turn(pile: Pile, chosen: list[UUID], do: str) -> str:
    """What the scanner took in crooked: a few at a time, for each is drawn anew."""
    pile_id, pictures = pile.id, piles.chosen(pile, chosen)
    if len(pictures) > TURNED_AT_ONCE:
        raise Unfit(N_("Turn at most %(most)s pages at once."), most=TURNED_AT_ONCE)
    with set_aside():
        made = {page_id: turned(key, TURNS[do]) for page_id, key in pictures.items()}
    piles.turn(db(), db().get_one(Pile, pile_id), made)
    return ngettext("%(num)d page is turned.", "%(num)d pages are turned.", len(made))


def _sort(pile: Pile, chosen: list[UUID], do: str) -> str:
    if do == "leave out":
        piles.leave_out(pile, chosen)
    elif do == "take in":
        piles.take_in(pile, chosen)
    else:
        among = {one.user_id for one in cover_sheets.listed(db(), pile.round, pile.cell)}
        piles.assign(pile, chosen, UserId(_id(request.form.get("member", ""))), among=among)
    return ngettext("%(num)d page is sorted.", "%(num)d pages are sorted.", len(chosen))


def _confirm(pile: Pile, form: PileForm) -> str:
    navigation.stand_under("completion")
    found = piles.fates(piles.bundles(db(), pile), actor())
    ready = [one for one in found if one.fate is Fate.HAND_IN]
    return render_template(
        "papers/pile_hand_in.html",
        pile=pile,
        round=pile.round,
        unit=pile.cell,
        form=form,
        ready=ready,
        skipped=[one for one in found if one.fate is not Fate.HAND_IN],
    )


def _id(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        raise Unfit(N_("Choose a comrade.")) from None
