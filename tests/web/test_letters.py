"""Pages for a draft in old letters: said before handing in, shown, converted."""

from tests.essays.test_letters import NEW, OLD
from tests.web.conftest import SignIn
from tests.world import World


def test_it_is_said_before_handing_in_shown_and_converted(town: World, as_: SignIn) -> None:
    essay = town.essay(town.an, text=OLD)
    town.db.commit()
    an = as_(town.an)

    preview = an.visit(f"/essays/{essay.id}/preview")
    assert preview.one("a", href=f"/essays/{essay.id}/letters")
    page = an.visit(f"/essays/{essay.id}/letters")
    assert OLD.split("\n")[0] in page.text
    assert NEW.split("\n")[0] in page.text
    revision = page.one("input", name="revision")["value"]
    an.post(f"/essays/{essay.id}/letters", revision=revision, status=200)

    assert "Đảng Cộng sản" in an.visit(f"/essays/{essay.id}/edit").source
    assert "/letters" not in an.visit(f"/essays/{essay.id}/preview").source


def test_a_page_that_is_too_old_changes_nothing(town: World, as_: SignIn) -> None:
    essay = town.essay(town.an, text=OLD)
    town.db.commit()
    page = as_(town.an).post(f"/essays/{essay.id}/letters", revision="7", status=422)
    assert "changed in another window" in page.text
    town.see(essay)
    assert OLD in essay.draft.values()
