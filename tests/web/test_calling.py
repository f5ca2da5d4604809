"""The secretary's list to call, and what was sent to the people of the cell."""

from datetime import timedelta

from sqlalchemy import select

from studyhub.kernel.ids import new_uuid
from studyhub.mail.models import Kind, Letter
from studyhub.reminding.models import Reminder, Way
from studyhub.rounds.models import StudyRound
from tests.web.conftest import SignIn
from tests.world import NOW, World


def _round(town: World) -> StudyRound:
    """An gets letters and signs in; Lan has a telephone and neither; a session comes soon."""
    round_ = town.round()
    town.an.email_confirmed_at = town.an.signed_in_at = NOW
    town.lan.phone = "0912 345 678"
    town.session(
        round_, starts_at=NOW + timedelta(days=2), ends_at=NOW + timedelta(days=2, hours=3)
    )
    town.db.commit()
    return round_


def test_who_is_hardly_reached_is_called_and_ticked(town: World, as_: SignIn) -> None:
    round_ = _round(town)
    where = f"/reminding/{round_.id}/{town.cell.id}/calls"
    binh = as_(town.binh)

    page = binh.visit(where)
    assert "Trần Thị Lan" in page.text
    assert "Nguyễn Văn An" not in page.text, "letters and notices reach him"
    assert "come to the next session" in page.text
    assert page.one("a", href="tel:0912345678")

    told = binh.post(where, told=str(town.lan.id))
    assert "Told in person on 25/11/2026 by Lê Quang Bình" in told.text
    town.db.rollback()
    made = town.db.scalars(select(Reminder)).one()
    assert (made.way, made.user_id) == (Way.IN_PERSON, town.lan.id)
    assert made.lacks.startswith("session,")
    as_(town.giang).post(where, status=404, back=str(town.lan.id))
    binh.post(where, back=str(town.lan.id))

    town.db.rollback()
    assert town.db.scalars(select(Reminder)).all() == []
    binh.post(where, status=404, told=str(town.an.id))


def test_what_was_sent_is_seen_with_its_fate_and_without_its_words(
    town: World, as_: SignIn
) -> None:
    round_ = _round(town)
    for kind, error in ((Kind.REMINDER, ""), (Kind.RECEIPT, "recipient"), (Kind.PASSWORD_LINK, "")):
        town.db.add(
            Letter(
                id=new_uuid(), user_id=town.lan.id, address="bi.mat@x.vn", kind=kind.value,
                made_at=NOW, due_at=NOW, error=error, sent_at=None if error else NOW,
                gave_up_at=NOW if error else None,
            )
        )  # fmt: skip
    town.db.commit()
    binh, where = as_(town.binh), f"/reminding/{round_.id}/{town.cell.id}"
    binh.post(where, person=str(town.an.id))

    page = binh.visit(f"{where}/sent")

    assert "Reminder of what is still to be done" in page.text
    assert "Failed" in page.text
    assert "By a notice, Lê Quang Bình" in page.text
    assert "bi.mat" not in page.text
    assert "password" not in page.text
    as_(town.chi).visit(f"{where}/sent", status=404)
