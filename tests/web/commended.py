"""Good essays of the province at every step, and calibrations: begun, planned, and beside."""

from typing import TYPE_CHECKING

from studyhub.accounts.models import User
from studyhub.booklet import making
from studyhub.booklet.lifecycle import Progress
from studyhub.booklet.models import GoodEssay, Naming
from studyhub.calibration.models import Calibration, CalibrationText, Seat, Stage
from studyhub.essays.lifecycle import State
from studyhub.jobs import service as jobs
from studyhub.kernel.actor import Post
from studyhub.kernel.ids import new_uuid
from studyhub.review.models import Decision, Outcome
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound
from tests.things import NOW

if TYPE_CHECKING:
    from tests.web.province import Province

Goods = dict[str, tuple[User, StudyRound, Progress]]


def add(province: "Province") -> None:
    """Put them there, and tell the table what they are called."""
    district = (province.an, province.lan, province.hoa, province.binh)
    ours = province._round_of(province.district, district, title="Đợt có bài tốt")
    roots = province._round_of(province.root, (province.mai,), title="Đợt tỉnh có bài tốt")
    beside = province._round_of(province.beside, (province.mai,), title="Đợt bên cạnh có bài tốt")
    for round_ in (ours, roots, beside):
        round_.state, round_.closed_at = RoundState.CLOSED, NOW
    goods = {
        "An's, published": (province.an, ours, Progress.AGREED),
        "Lan's, asked": (province.lan, ours, Progress.ASKED),
        "Hoa's, proposed": (province.hoa, ours, Progress.PROPOSED),
        "Mai's, published": (province.mai, roots, Progress.AGREED),
        "Mai's, beside": (province.mai, beside, Progress.AGREED),
    }
    things = province.things
    things["good_id"] = {name: _good(province, *told).id for name, told in goods.items()}
    things["round_id"] |= {"good": ours.id, "good, root's": roots.id, "good, beside": beside.id}
    things["job_id"] |= {
        name: jobs.ask(
            province.db, making.KIND, subject_id=round_.id, now=NOW, form="pdf", contents="",
            year=None, count=1,
        ).id
        for name, round_ in (("booklet", ours), ("booklet beside", beside))
    }  # fmt: skip
    things["calibration_id"] = {
        "begun": _calibration(province, ours, Stage.OPEN, province.binh).id,
        "planned": _calibration(province, ours, Stage.DRAFT, province.binh).id,
        "beside": _calibration(province, beside, Stage.OPEN, province.mai).id,
    }


def _good(province: "Province", author: User, round_: StudyRound, progress: Progress) -> GoodEssay:
    essay = province.essay(author, round_=round_, state=State.ACCEPTED, text="Bài tốt.")
    version = essay.versions[0]
    province.db.add(
        Decision(
            version_id=version.id, outcome=Outcome.ACCEPT, remark="", decided_by=province.binh.id,
            decided_at=NOW,
        )
    )  # fmt: skip
    is_answered = progress is not Progress.PROPOSED
    good = GoodEssay(
        id=new_uuid(), essay=essay, version=version, decided_at=NOW, reason="Sát.",
        progress=progress, proposed_by=province.binh.id, proposed_at=NOW,
        answered_by=province.dung.id if is_answered else None,
        answered_at=NOW if is_answered else None, answer="",
        naming=Naming.NOBODY if progress is Progress.AGREED else None,
        said_at=NOW if progress is Progress.AGREED else None,
    )  # fmt: skip
    province.db.add(good)
    province.db.flush()
    return good


def _calibration(
    province: "Province", round_: StudyRound, stage: Stage, invited: User
) -> Calibration:
    made = Calibration(
        id=new_uuid(), round=round_, stage=stage, note="", made_by=province.dung.id, made_at=NOW,
        begun_at=None if stage is Stage.DRAFT else NOW,
    )  # fmt: skip
    made.texts = [
        CalibrationText(
            id=new_uuid(), position=at, code=f"MA{at}", parts=[{"title": "Ý", "text": "Chữ."}]
        )
        for at in (1, 2, 3)
    ]
    cell = province.cell_of(invited)
    made.seats = [Seat(user_id=invited.id, unit_id=cell.id, post=Post.SECRETARY)]
    province.db.add(made)
    province.db.flush()
    return made
