"""The pages of a sample take few questions, however many essays were drawn."""

from studyhub.essays.lifecycle import State
from studyhub.review import service
from studyhub.review.models import Outcome
from tests.fairness.decided import decided, sample_of
from tests.statements import counted_in
from tests.web.conftest import SignIn
from tests.world import NOW, World

MOST = 12
RECORDED = 14
"""Of an essay that is read: that it is, is put on record in a transaction of its own."""


def test_few_questions_of_few_and_of_many(town: World, as_: SignIn) -> None:
    round_ = decided(town.db, town)[0].round
    few = sample_of(town.db, town, round_)
    for number in range(20):
        author = town.person(f"Người Thứ {number:02}", town.cell)
        essay = town.essay(author, round_=round_, state=State.SUBMITTED)
        by = town.actor(town.giang)
        service.decide(
            town.db, essay, 1, outcome=Outcome.ACCEPT, grade=None, remark="", by=by, now=NOW
        )
    many = sample_of(town.db, town, round_, number=23)
    town.db.commit()
    dung = as_(town.dung)

    for page in ("", "/record", "/csv"):
        told = []
        for sample in (few, many):
            with counted_in(dung.client.application) as sent:
                assert dung.client.get(f"/fairness/samples/{sample.id}{page}").status_code == 200
            told.append(len(sent))
        assert told[0] == told[1] <= MOST, page
    for address, most in (
        (f"readings/{many.rereads[0].id}", RECORDED),
        (f"{round_.id}/{town.district.id}", MOST),
        ("", MOST),
    ):
        with counted_in(dung.client.application) as sent:
            dung.visit(f"/fairness/{address}")
        assert len(sent) <= most, address
