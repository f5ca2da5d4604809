"""The code on the screen of a session, and where it leads whoever scans it."""

from studyhub.study.codes import code_at
from tests.web.conftest import SignIn
from tests.world import NOW, World


def test_the_code_on_the_screen_leads_those_of_the_session_to_check_in(
    town: World, as_: SignIn
) -> None:
    session = town.session(town.round(summoned=[town.an]))
    town.db.commit()
    screen = as_(town.dung).visit(f"/sessions/{session.id}/code")
    assert code_at(session, NOW) in screen.text
    assert as_(town.dung).visit(f"/sessions/{session.id}/code.svg").source.startswith("<?xml")

    page = as_(town.an).visit(f"/sessions/{session.id}/here?code={code_at(session, NOW)}")
    assert page.one("input", name="code")["value"] == code_at(session, NOW)


def test_who_scans_the_code_of_another_session_is_told_of_their_own(
    town: World, as_: SignIn
) -> None:
    other = town.session(town.round(summoned=[town.hoa]), title="Buổi của chi bộ khác")
    town.session(town.round(summoned=[town.an], title="Đợt hai"), title="Buổi của tôi")
    town.db.commit()
    page = as_(town.an).visit(f"/sessions/{other.id}/here?code=1234")
    assert "Not your session" in page.text
    assert "Buổi của tôi" in page.text
    assert "Buổi của chi bộ khác" not in page.text
