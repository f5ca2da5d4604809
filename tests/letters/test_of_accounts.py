"""Letters about the account: they arrive as written, and their links do what they say once."""

import re
from email.message import EmailMessage

from studyhub.accounts import addresses, cards, links, service
from studyhub.accounts.links import Purpose
from studyhub.accounts.models import User
from studyhub.jobs.work import Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.letters import composing
from studyhub.letters.kinds import COMPOSERS
from studyhub.mail.models import Fate, Kind, Letter
from tests.mail.conftest import KEY
from tests.mail.receiver import Receiver, link_in, text_of
from tests.world import World

SECRET = "Tôi đã đọc kỹ nghị quyết."


def invite(tools: Tools, village: World, *people: User) -> None:
    with tools.writing() as db:
        cards.invite(
            db,
            [db.get_one(User, person.id) for person in people],
            key=KEY,
            place=village.cell.id,
            by=village.actor(village.em),
            now=tools.now(),
        )


def to(letter: EmailMessage) -> tuple[str, str]:
    address = letter["To"].addresses[0]
    return address.display_name, address.addr_spec


def test_every_kind_has_its_words() -> None:
    assert set(COMPOSERS) == set(Kind)


def test_an_invitation_arrives_with_names_as_they_are_written(
    tools: Tools, village: World, receiver: Receiver
) -> None:
    village.an.full_name = "Nguyễn Thị Quỳnh Thuý Hằng"
    village.db.commit()
    invite(tools, village, village.an)

    composing.send(tools)

    letter = receiver.last()
    assert to(letter) == ("Nguyễn Thị Quỳnh Thuý Hằng", village.an.email)
    assert letter["Subject"] == "Lời mời vào StudyHub, nơi chi bộ học tập nghị quyết"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["From"].addresses[0].addr_spec == "hoctap@example.vn"
    for kind in ("plain", "html"):
        assert "Chi bộ Văn phòng" in text_of(letter, kind)
        assert "Nguyễn Thị Quỳnh Thuý Hằng" in text_of(letter, kind)
    assert "https://hoctap.example.vn/sign-in/invitation?code=" in text_of(letter)


def test_on_the_wire_it_is_plain_ascii_in_short_lines_and_loads_nothing(
    tools: Tools, village: World, receiver: Receiver
) -> None:
    invite(tools, village, village.an)

    composing.send(tools)

    raw = receiver.last().as_bytes()
    assert raw.isascii()
    assert max(map(len, raw.splitlines())) <= 78
    assert not re.search(r"<img|src=|url\(|<script|<link", text_of(receiver.last(), "html"))


def test_names_in_the_html_are_names_and_not_markup(
    tools: Tools, village: World, receiver: Receiver
) -> None:
    village.cell.name = "Chi bộ <b>& Cộng sự</b>"
    village.db.commit()
    invite(tools, village, village.an)

    composing.send(tools)

    assert "Chi bộ &lt;b&gt;&amp; Cộng sự&lt;/b&gt;" in text_of(receiver.last(), "html")


def test_the_code_in_the_invitation_lets_in_and_confirms_the_address(
    tools: Tools, village: World, receiver: Receiver
) -> None:
    village.an.email_confirmed_at = None
    village.db.commit()
    invite(tools, village, village.an)
    composing.send(tools)
    code = link_in(receiver.last()).partition("code=")[2]

    with tools.writing() as db:
        first = cards.let_in(db, code, now=tools.now())
    with tools.writing() as db:
        second = cards.let_in(db, code, now=tools.now())

    assert first is not None
    assert first.id == village.an.id
    assert first.gets_letters
    assert second is None


def test_an_invitation_to_an_address_that_was_replaced_lets_nobody_in(
    tools: Tools, village: World, receiver: Receiver
) -> None:
    invite(tools, village, village.an)
    composing.send(tools)
    code = link_in(receiver.last()).partition("code=")[2]
    village.see(village.an)
    village.an.email = "another@example.vn"
    village.db.commit()

    with tools.writing() as db:
        assert cards.let_in(db, code, now=tools.now()) is None


def test_an_invitation_replaced_before_it_left_is_not_sent(
    tools: Tools, village: World, receiver: Receiver
) -> None:
    invite(tools, village, village.an)
    invite(tools, village, village.an)

    composing.send(tools)

    assert len(receiver.letters) == 1
    with tools.reading() as db:
        fates = sorted(letter.fate for letter in db.query(Letter))
    assert fates == [Fate.NOT_NEEDED, Fate.SENT]


def test_who_chose_english_is_written_to_in_english(
    tools: Tools, village: World, receiver: Receiver
) -> None:
    village.an.language = "en"
    village.db.commit()
    invite(tools, village, village.an)

    composing.send(tools)

    assert receiver.last()["Subject"].startswith("Invitation to StudyHub")


def test_a_new_address_is_the_persons_only_by_the_letter_and_the_old_one_is_told(
    tools: Tools, village: World, receiver: Receiver
) -> None:
    before = village.an.email
    with tools.writing() as db:
        an = db.get_one(User, village.an.id)
        who = village.actor(village.an)
        addresses.ask(db, an, " An.Moi@Example.vn ", key=KEY, by=who, now=tools.now())
    composing.send(tools)
    village.see(village.an)
    unchanged = village.an.email
    code = link_in(receiver.last()).partition("code=")[2]

    with tools.writing() as db:
        addresses.confirm(db, code, now=tools.now())
    composing.send(tools)

    village.see(village.an)
    assert unchanged == before
    assert (village.an.email, village.an.gets_letters) == ("an.moi@example.vn", True)
    assert [to(letter)[1] for letter in receiver.letters] == ["an.moi@example.vn", before]
    assert receiver.last()["Subject"].startswith("Địa chỉ thư này không còn")
    assert "an.moi" not in text_of(receiver.last())


def test_an_address_changed_by_others_is_not_confirmed_and_the_old_one_is_told(
    tools: Tools, village: World, receiver: Receiver
) -> None:
    before = village.an.email
    with tools.writing() as db:
        an = db.get_one(User, village.an.id)
        service.change_person(
            db,
            an,
            full_name=an.full_name,
            born_on=None,
            card_number=an.card_number,
            email="x@example.vn",
            phone="",
            by=village.actor(village.em),
            now=tools.now(),
        )
    composing.send(tools)

    village.see(village.an)
    assert not village.an.gets_letters
    assert to(receiver.last())[1] == before


def test_a_password_link_works_once_and_not_for_long(
    tools: Tools, village: World, receiver: Receiver, hour: StoppedClock
) -> None:
    def asked() -> str:
        with tools.writing() as db:
            addresses.offer_password(db, village.an.email or "", key=KEY, now=tools.now())
        composing.send(tools)
        return link_in(receiver.last()).partition("code=")[2]

    code = asked()
    with tools.writing() as db:
        assert links.good(db, Purpose.PASSWORD, code, now=tools.now())
        assert addresses.let_in(db, code, now=tools.now()).id == village.an.id
        assert links.good(db, Purpose.PASSWORD, code, now=tools.now()) is None
    hour.advance(minutes=11)
    late = asked()
    hour.advance(hours=3)

    with tools.reading() as db:
        assert late != code
        assert links.good(db, Purpose.PASSWORD, late, now=tools.now()) is None


def test_asking_again_at_once_sends_no_second_letter(
    tools: Tools, village: World, receiver: Receiver
) -> None:
    for _ in range(3):
        with tools.writing() as db:
            addresses.offer_password(db, village.an.email or "", key=KEY, now=tools.now())
        composing.send(tools)

    assert len(receiver.letters) == 1
