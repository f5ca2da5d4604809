"""Long lists of the province: one that has waited since before, of either branch."""

from typing import TYPE_CHECKING

from studyhub.jobs.models import Job, JobState
from studyhub.kernel.ids import new_uuid
from studyhub.org.models import Unit
from studyhub.roster.work import COMPARE
from tests.things import NOW

if TYPE_CHECKING:
    from tests.web.province import Province


def add(province: "Province") -> None:
    """Put them among the things of the province, under the names of the table."""
    jobs = {
        "list of the cell": _list(province, province.cell),
        "list beside": _list(province, province.cell_beside),
    }
    province.things["job_id"] = {name: one.id for name, one in jobs.items()}


def _list(province: "Province", unit: Unit) -> Job:
    job = Job(
        id=new_uuid(), kind=COMPARE, subject_id=unit.id, payload={"wish": "0" * 64, "by": "-"},
        state=JobState.WAITING, due_at=NOW, made_at=NOW, attempts=0,
    )  # fmt: skip
    province.db.add(job)
    return job
