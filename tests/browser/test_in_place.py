"""An officer decides while the secretary is away, on a phone; the secretary comes back."""

from collections.abc import Callable

from studyhub.essays.lifecycle import State
from tests.browser.people import PHONE, Person
from tests.world import World

AtWork = Callable[..., Person]
WHY = "Đồng chí bí thư đi công tác."


def test_for_a_time_from_the_cell_to_the_receipt(city: World, at_work: AtWork) -> None:
    essay = city.essay(state=State.SUBMITTED)
    city.essay(city.lan, round_=essay.round, state=State.SUBMITTED)
    city.db.commit()
    dung = at_work(city.dung, size=PHONE)
    dung.opens(f"/completion/{essay.round_id}/{city.cell.id}").follows("In place of the secretary")
    dung.types("Until and including", "30/11/2026").types("Reason", WHY)
    dung.presses("Judge in their place").sees("You now judge in this cell")

    dung.opens("/review/").follows("Nguyễn Văn An")
    dung.sees("You judge in place of Secretary Lê Quang Bình.").ticks("Accept")
    dung.presses("Send the result").sees("Nguyễn Văn An: accepted")

    an = at_work(city.an).opens(f"/essays/{essay.id}")
    an.sees(f"Hoàng Tiến Dũng decided in place of Secretary Lê Quang Bình. Reason: {WHY}")
    an.follows("Receipt of the decision").sees("By what right")
    binh = at_work(city.binh).opens("/notices/").sees("has decided on an essay")
    binh.opens(f"/review/units/{city.cell.id}/in-place").presses("End it").sees("ended on")
    dung.opens("/review/").sees("Nothing waits for review")
