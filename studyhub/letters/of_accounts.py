"""Letters about the account: invitation, new password, address; and the letter to try it out."""

from studyhub.accounts import cards, links
from studyhub.accounts.links import Purpose
from studyhub.accounts.models import SignInCode
from studyhub.kernel.words import N_
from studyhub.letters import paths
from studyhub.letters.desk import Desk
from studyhub.mail.message import Words
from studyhub.org.models import Unit


def invitation(desk: Desk) -> Words | None:
    """The way in, for somebody who has not been in: nothing, once the code is void."""
    seed = cards.seed_of(desk.letter.id, key=desk.settings.secret_key)
    card = desk.db.get(SignInCode, desk.reader.id)
    code = cards.code_for(card, desk.reader, seed=seed, now=desk.now)
    if card is None or code is None or card.mailed_to != desk.reader.email:
        return None
    cell = desk.db.get(Unit, desk.letter.subject_id) if desk.letter.subject_id else None
    return desk.words(
        desk.say(N_("Invitation to StudyHub, where your cell studies resolutions")),
        desk.say(
            N_(
                "%(cell)s invites you to StudyHub: there you read the documents, attend the "
                "study sessions, write the study essay and hand it in."
            ),
            cell=cell.name if cell else desk.house,
        ),
        desk.say(N_("Open the link below and choose a password of your own.")),
        facts=(
            (desk.say(N_("You sign in with")), desk.reader.card_number or desk.reader.email or ""),
            (desk.say(N_("The link holds until")), desk.moment(card.expires_at)),
        ),
        link=(desk.say(N_("Choose a password")), desk.at(paths.invitation(code))),
        more=(
            desk.say(
                N_(
                    "The link is for you alone and works once. Do not pass this letter on. If it "
                    "no longer works, ask the secretary of your cell for another."
                )
            ),
        ),
    )


def password_link(desk: Desk) -> Words | None:
    """The way to a new password."""
    code = _code(desk, Purpose.PASSWORD)
    if code is None:
        return None
    return desk.words(
        desk.say(N_("Choose a new password for StudyHub")),
        desk.say(N_("Somebody asked on the sign-in page for a new password for your account.")),
        facts=((desk.say(N_("The link holds until")), _until(desk, Purpose.PASSWORD)),),
        link=(desk.say(N_("Choose a new password")), desk.at(paths.password_link(code))),
        more=(
            desk.say(
                N_(
                    "Was it not you? Then do nothing: your password stays as it is. The link works "
                    "once; do not pass this letter on."
                )
            ),
        ),
    )


def confirm_address(desk: Desk) -> Words | None:
    """Whether somebody reads the letters to this address."""
    code = _code(desk, Purpose.CONFIRM)
    if code is None:
        return None
    return desk.words(
        desk.say(N_("Confirm your e-mail address for StudyHub")),
        desk.say(
            N_("You gave this address in StudyHub. Confirm that it is yours and reaches you.")
        ),
        facts=((desk.say(N_("The link holds until")), _until(desk, Purpose.CONFIRM)),),
        link=(desk.say(N_("Confirm the address")), desk.at(paths.confirm_address(code))),
        more=(desk.say(N_("Was it not you? Then do nothing: without the link nothing changes.")),),
    )


def address_changed(desk: Desk) -> Words:
    """To the address before: it may not have been the person who changed it."""
    return desk.words(
        desk.say(N_("This e-mail address is no longer that of your StudyHub account")),
        desk.say(
            N_("From now on StudyHub writes to another address, or to none, and nobody signs in "
               "with this one.")
        ),
        facts=((desk.say(N_("Changed at")), desk.moment(desk.letter.made_at)),),
        more=(
            desk.say(
                N_("Did you not know of it? Tell the secretary of your cell at once.")
            ),
        ),
    )  # fmt: skip


def test(desk: Desk) -> Words:
    """To whoever set the mail server up."""
    return desk.words(
        desk.say(N_("A letter from StudyHub, to try it out")),
        desk.say(
            N_("If you can read this, the mail server is set up well, and letters reach people.")
        ),
    )


def _code(desk: Desk, purpose: Purpose) -> str | None:
    code = links.code_of(desk.letter.id, key=desk.settings.secret_key)
    link = links.of(desk.db, desk.reader.id, purpose)
    return code if links.fits(link, code, now=desk.now) else None


def _until(desk: Desk, purpose: Purpose) -> str:
    link = links.of(desk.db, desk.reader.id, purpose)
    return desk.moment(link.expires_at) if link else ""
