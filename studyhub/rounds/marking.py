"""How a round judges its essays: what can be set, the precedents, and what is sound. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.rounds.grading import MOST, STEPS, Grading


@dataclass(frozen=True, kw_only=True)
class PlannedPart:
    """A part of the rubric, and the most it can bring in hundredths of a point."""

    title: str
    most: int


@dataclass(frozen=True, kw_only=True)
class Marking:
    """The rules beside the scale; as they stand here a cell judges as cells always have."""

    step: int = 25
    pass_mark: int = 500
    markers: int = 1
    apart: int = 200
    """From this difference between two markers on, a third decides."""
    rewrites: int | None = None
    """How often an essay may be completed; None: as often as it is returned."""
    rewrite_days: int = 0
    """How long each time; 0: as long as the round is open."""
    appeal_days: int = 0
    """How long after a decision its author may ask for another reading; 0: not at all."""
    attendance_least: int = 0
    """Per cent of the sessions one must have attended before handing in; 0: none."""
    rubric: tuple[PlannedPart, ...] = ()
    blind: bool = False
    """Whether those who judge see a code instead of the author until the decision stands."""


AS_EVER = Marking()
"""Nothing set: how cells judged before there was anything to set."""

PLAIN = (Grading.PASS_ONLY, AS_EVER)

PRESETS: Mapping[str, tuple[Grading, Marking]] = {
    "plain": PLAIN,
    "bands": (Grading.BANDS, AS_EVER),
    "regulation": (
        Grading.POINTS,
        Marking(markers=2, rewrites=1, rewrite_days=3, appeal_days=2, attendance_least=80),
    ),
}
"""The precedents: what most cells do, the four bands, the central regulation of 01/12/2025."""


def preset_of(grading: Grading, marking: Marking) -> str | None:
    """The name of the precedent that these rules are; None when they are a round's own.

    Any of them can be judged blind.
    """
    told = (grading, replace(marking, blind=False))
    return next((name for name, rules in PRESETS.items() if rules == told), None)


def expect_sound(grading: Grading, marking: Marking) -> None:
    """Refuse rules by which nobody could judge."""
    if grading is not Grading.POINTS and (marking.markers > 1 or marking.rubric):
        raise Unfit(N_("Two markers and parts with points need the scale of 10."), about="markers")
    if marking.markers not in {1, 2}:
        raise Unfit(N_("An essay is marked by one person or by two."), about="markers")
    if marking.step not in STEPS:
        raise Unfit(N_("Points are given in steps of 0,25 or 0,5."), about="step")
    if not 0 < marking.pass_mark <= MOST or marking.pass_mark % marking.step:
        raise Unfit(N_("The pass mark is a number of the scale, such as 5,0."), about="pass_mark")
    if not 0 < marking.apart <= MOST:
        raise Unfit(N_("Say from which difference on a third decides."), about="apart")
    _expect_rubric(marking)


def _expect_rubric(marking: Marking) -> None:
    if not marking.rubric:
        return
    if any(part.most <= 0 or part.most % marking.step for part in marking.rubric):
        raise Unfit(N_("Every part needs points, in the steps of the scale."), about="rubric")
    if sum(part.most for part in marking.rubric) != MOST:
        raise Unfit(N_("The points of the parts must add up to 10."), about="rubric")
