"""An invitation in a real browser: sent, received by a real server, followed on a telephone."""

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from studyhub.jobs.work import Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.letters import composing
from studyhub.settings import Settings
from studyhub.storage.files import FileStore
from tests.browser.people import PHONE, Person, violations
from tests.browser.server import Server
from tests.mail.receiver import HOST, Receiver, link_in, receiving
from tests.world import NOW, World


def background(server: Server, engine: Engine, folder: Path) -> Tools:
    """The background work beside the server, which does none of its own in a walk."""
    settings = Settings(
        secret_key="walks",
        database_url=server.database,
        public_url=server.address,
        smtp_host=HOST,
        smtp_port=server.mail_port,
        smtp_security="none",
        mail_from="hoctap@example.vn",
    )
    return Tools(
        engine=engine,
        clock=StoppedClock(NOW),
        zone=ZoneInfo("Asia/Ho_Chi_Minh"),
        files=FileStore(folder),
        settings=settings,
    )


def test_a_member_is_invited_by_mail_and_comes_in(
    city: World, server: Server, walked: Engine, at_work: Callable[..., Person], tmp_path: Path
) -> None:
    keeper = at_work(city.em)
    keeper.opens(f"/org/units/{city.cell.id}/cards").follows("Invite by mail instead")
    keeper.page.get_by_label("Trần Thị Lan").uncheck()
    keeper.presses("Go on").sees("Send 3 invitations")
    assert violations(keeper.page) == []
    keeper.presses("Send 3 letters").sees("3 invitations are on their way.")

    with receiving(Receiver(), server.mail_port) as receiver:
        composing.send(background(server, walked, tmp_path))
    to_an = [one for one in receiver.letters if str(city.an.email) in str(one["To"])]

    an = at_work(None, size=PHONE, script=False)
    an.opens(link_in(to_an[0])).sees("You are invited")
    an.presses("Go on and choose a password")
    an.types("New password", "một câu ngắn").types("The same once more", "một câu ngắn")
    an.presses("Set the password").sees("Hello, comrade")

    assert "has signed in since" in keeper.opens(f"/org/units/{city.cell.id}/invitations").says()
    assert len(receiver.letters) == 3
