"""Deciding while the secretary of the cell is away: from the essay, and for a time."""

from sqlalchemy import select

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.review.models import Decision, Substitution
from tests.web.conftest import SignIn
from tests.world import World

WHY = "Đồng chí bí thư đi công tác."


def waits(town: World) -> Essay:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()
    return essay


def stands_in(town: World, as_: SignIn) -> None:
    as_(town.dung).post(
        f"/review/units/{town.cell.id}/in-place",
        since="25/11/2026", until="30/11/2026", reason=WHY, status=200,
    )  # fmt: skip


def test_from_the_essay_to_the_desk_and_everybody_is_told(town: World, as_: SignIn) -> None:
    essay = waits(town)
    dung = as_(town.dung)
    dung.visit(f"/review/{essay.id}", status=403)
    page = dung.visit(f"/essays/{essay.id}")
    assert f"/review/{essay.id}/in-place" in {one.attrs["href"] for one in page.all("a")}

    page = dung.post(f"/review/{essay.id}/in-place", reason=WHY, status=200)
    assert "You judge in place of Secretary Lê Quang Bình." in page.text
    assert WHY in page.text
    dung.post(f"/review/{essay.id}/decision", version="1", outcome="accept", remark="", status=200)

    town.see(essay)
    decision = town.db.scalars(select(Decision)).one()
    assert (essay.state, decision.decided_by) == (State.ACCEPTED, town.dung.id)
    told = f"Hoàng Tiến Dũng decided in place of Secretary Lê Quang Bình. Reason: {WHY}"
    an = as_(town.an)
    assert told in an.visit(f"/essays/{essay.id}").text
    page = an.visit(f"/review/{essay.id}/result/1")
    assert told in page.text
    assert "in place of Secretary Lê Quang Bình, from 25/11/2026 to 02/12/2026" in page.text
    page = as_(town.binh).visit("/notices/")
    assert "Hoàng Tiến Dũng has decided on an essay of Chi bộ Văn phòng" in page.text


def test_without_a_reason_it_is_asked_again(town: World, as_: SignIn) -> None:
    essay = waits(town)

    page = as_(town.dung).post(f"/review/{essay.id}/in-place", reason=" ", status=422)

    assert "Say why the secretary cannot decide." in page.text
    assert not town.db.scalars(select(Substitution)).all()


def test_for_a_time_the_queue_of_the_officer_holds_the_cell(town: World, as_: SignIn) -> None:
    waits(town)
    dung = as_(town.dung)
    assert "Nguyễn Văn An" not in dung.visit("/review/").text

    stands_in(town, as_)

    page = dung.visit("/review/")
    assert "Nguyễn Văn An" in page.text
    assert "you judge in place of Secretary Lê Quang Bình" in page.text


def test_the_form_comes_back_with_every_word(town: World, as_: SignIn) -> None:
    page = as_(town.dung).post(
        f"/review/units/{town.cell.id}/in-place", since="25/11/2026", until="", reason=WHY,
        status=422,
    )  # fmt: skip

    assert "Say from which day to which." in page.text
    assert page.one("textarea").text == WHY


def test_the_author_sees_who_may_read_it(town: World, as_: SignIn) -> None:
    essay = waits(town)
    stands_in(town, as_)

    page = as_(town.an).visit(f"/essays/{essay.id}")

    assert "Hoàng Tiến Dũng, in place of Secretary Lê Quang Bình" in page.text


def test_the_secretary_sees_it_and_ends_it(town: World, as_: SignIn) -> None:
    essay = waits(town)
    stands_in(town, as_)
    made = town.db.scalars(select(Substitution)).one()
    binh = as_(town.binh)
    assert WHY in binh.visit(f"/review/units/{town.cell.id}/in-place").text

    page = binh.post(f"/review/substitutions/{made.id}/end", status=200)

    assert "ended on 25/11/2026" in page.text
    as_(town.dung).visit(f"/review/{essay.id}", status=403)


def test_words_typed_meanwhile_come_back_when_it_was_ended(town: World, as_: SignIn) -> None:
    essay = waits(town)
    stands_in(town, as_)
    dung = as_(town.dung)
    dung.visit(f"/review/{essay.id}")
    made = town.db.scalars(select(Substitution)).one()
    as_(town.binh).post(f"/review/substitutions/{made.id}/end", status=200)

    page = dung.post(
        f"/review/{essay.id}/decision", version="1", outcome="accept", remark="Rất tốt.", status=403
    )

    assert "Rất tốt." in page.text
    town.see(essay)
    assert essay.state is State.SUBMITTED


def test_together_with_others_it_is_said_before_it_is_done(town: World, as_: SignIn) -> None:
    essay = waits(town)
    stands_in(town, as_)
    dung = as_(town.dung)
    dung.visit(f"/review/{essay.id}")

    page = dung.visit(f"/review/chosen?essay={essay.id}")
    assert "1 of them you judge in place of an absent secretary." in page.text
    dung.post("/review/chosen", shown=f"{essay.id}:1", status=200)

    assert town.db.scalars(select(Decision)).one().substitution_id is not None


def test_of_secretary_and_officer_the_second_is_told_who_was_first(
    town: World, as_: SignIn
) -> None:
    essay = waits(town)
    stands_in(town, as_)
    dung, binh = as_(town.dung), as_(town.binh)
    dung.visit(f"/review/{essay.id}")
    assert "Hoàng Tiến Dũng has been reading it since" in binh.visit(f"/review/{essay.id}").text
    binh.post(f"/review/{essay.id}/decision", version="1", outcome="accept", remark="", status=200)

    page = dung.post(
        f"/review/{essay.id}/decision", version="1", outcome="return", remark="Chưa đạt.",
        status=422,
    )  # fmt: skip

    assert "Lê Quang Bình was first" in page.text
    assert "Chưa đạt." in page.text
    decision = town.db.scalars(select(Decision)).one()
    assert (decision.decided_by, decision.substitution_id) == (town.binh.id, None)
