"""Choosing another cell: from a list where there are few, by part of its name among many."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request

from studyhub.access import scope
from studyhub.kernel.vietnamese import fold
from studyhub.kernel.words import N_
from studyhub.org import finding, movements
from studyhub.org.models import Membership, Unit
from studyhub.web.org.moving_forms import SearchedTransferForm, TransferForm
from studyhub.web.request import actor, db, today


@dataclass(frozen=True)
class Cells:
    """The cells to choose from; `is_search`: they were searched for, and `more` were found."""

    by_id: dict[str, Unit]
    is_search: bool = False
    more: int = 0


def cells_for(membership: Membership, wished: str = "") -> Cells:
    """Where the person may go: the cells one keeps oneself, or those found among them.

    Among many those are found that are called as `wished`, as long as nothing is typed.
    """
    day = today()
    within = scope.kept_units(actor()) & movements.may_go_to(membership.cell, day)
    words, picked = request.values.get("cell", "").strip()[:200], request.values.get("to", "")
    if words:
        found = finding.units(db(), words, visible=within)
        return Cells({str(cell.id): cell for cell in found.units}, True, found.more)
    few = movements.few_cells(db(), within)
    if few is not None:
        return Cells({str(cell.id): cell for cell in few})
    if wished and not request.values:
        return Cells(
            {str(cell.id): cell for cell in finding.units(db(), wished, visible=within).units}, True
        )
    one = movements.few_cells(db(), within & (Unit.id == _id(picked))) if _id(picked) else None
    return Cells({str(cell.id): cell for cell in one or ()}, True)


def form_for(
    cells: Cells,
    plain: type[TransferForm] = TransferForm,
    searching: type[SearchedTransferForm] = SearchedTransferForm,
    **defaults: Any,
) -> TransferForm:
    """The form that goes with them; where only one is found, it is picked."""
    typed = (request.form or request.args) or None
    choices = {id_: _label(cell) for id_, cell in cells.by_id.items()}
    if not cells.is_search:
        form = plain(typed, **defaults)
        form.to.choices = {"": N_("Choose"), **choices}
        return form
    searched = searching(typed, **defaults)
    searched.to.choices = choices
    if searched.to.data not in choices:
        searched.to.data = next(iter(choices)) if len(choices) == 1 else ""
    return searched


def named(cells: Cells, words: str) -> str:
    """The one cell that is meant by these words of another's; "" when none or several may be."""
    said = f" {fold(words)} "
    meant = {id_ for id_, cell in cells.by_id.items() if f" {fold(cell.name)} " in said}
    return meant.pop() if len(meant) == 1 else ""


def is_chosen(form: TransferForm, cells: Cells) -> bool:
    """Whether a cell is picked; otherwise the page asks which, and what was wrong stands in it."""
    if form.to.data in cells.by_id:
        return True
    if isinstance(form, SearchedTransferForm) and not form.cell.data:
        form.cell.errors = [N_("Type part of the name of the cell.")]
    elif isinstance(form, SearchedTransferForm) and not cells.by_id:
        form.cell.errors = [N_("No other cell in your care is called so.")]
    return False


def _label(cell: Unit) -> str:
    return f"{cell.name} ({cell.parent.label})" if cell.parent else cell.name


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
