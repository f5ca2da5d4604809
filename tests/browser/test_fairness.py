"""A sample, from drawing it to what it came to, and the secretary who is told."""

from collections.abc import Callable

from sqlalchemy import select

from studyhub.fairness.models import Sample
from tests.browser.people import PHONE, Person
from tests.fairness.decided import decided
from tests.world import World

AtWork = Callable[..., Person]
OTHERWISE = "Liên hệ còn chung chung."


def test_from_drawing_to_its_summary(city: World, at_work: AtWork) -> None:
    round_ = decided(city.db, city)[0].round
    city.db.commit()
    dung = at_work(city.dung).opens(f"/completion/{round_.id}/{city.district.id}")
    dung.follows("Samples read again").types("How much", "3")
    dung.page.get_by_label("essays", exact=True).check()
    dung.presses("Draw").sees("0 of 3 read again")
    sample = city.db.scalars(select(Sample)).one()

    dung.follows("Read the next essay").sees("Names are not shown")
    assert city.an.full_name not in dung.says()
    dung.ticks("I agree").presses("Keep my opinion")
    dung.ticks("I have another opinion").types("Remark", OTHERWISE).presses("Keep my opinion")
    phuc = at_work(city.phuc, size=PHONE).opens(f"/fairness/samples/{sample.id}")
    phuc.follows("Read the next essay").ticks("I agree").presses("Keep my opinion")
    phuc.sees("3 of 3 read again: 2 agree, 1 with another opinion")

    dung.opens(f"/fairness/samples/{sample.id}")
    dung.types("What the committee concludes", "Cần liên hệ cụ thể.").presses("Close it")
    dung.sees("The sample is closed.").follows("Record for print").sees(str(sample.seed))
    for code in sample.codes:
        dung.sees(code)
    told = at_work(city.binh if city.binh.id in sample.rereads[1].judge_ids else city.chi)
    told.opens("/notices/").presses("The committee read an essay").sees(OTHERWISE)
    told.sees("The decision stands.")
