"""Good essays and calibrations for the pages that are looked at."""

from studyhub.rounds.grading import Grading
from tests.booklet.shelved import accepted, asked, proposed, published
from tests.calibration.table import begun, judges, planned
from tests.world import World


def shelved_and_calibrated(city: World) -> dict[str, object]:
    """One essay at each step, in a round of their own; a calibration begun, and one planned."""
    round_ = city.round(title="Nghị quyết số 57-NQ/TW")
    good = published(city, accepted(city, city.giang, round_))
    waits = proposed(city, accepted(city, city.lan, round_))
    consent = asked(city, accepted(city, city.hoa, round_))
    now = accepted(city, city.an, round_)
    calibration = begun(city, city.round(title="Đợt chấm thử", grading=Grading.POINTS))
    for position in (1, 2, 3):
        points = (600 + 100 * position,)
        judges(city, calibration, city.chi, position, points=points, remark="Sát.")
    return {
        "shelf": round_.id,
        "good": good.id,
        "proposed": waits.id,
        "asked": consent.id,
        "good_now": now.id,
        "calibration": calibration.id,
        "calibrating": planned(city, city.round(title="Đợt chấm thử sau")).id,
    }
