"""Founds an organization in an empty installation, with its first administrator."""

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from studyhub.accounts import service as accounts
from studyhub.kernel.actor import Post
from studyhub.kernel.clock import SystemClock
from studyhub.kernel.errors import StudyHubError
from studyhub.kernel.sqlite import WRITES
from studyhub.org import service as org
from studyhub.org.models import UnitKind
from studyhub.web.org.forms import PersonForm
from studyhub.web.request import database, zone


@click.command()
@click.argument("organization")
@click.option("--administrator", required=True, help="Full name of the first administrator.")
@click.option("--card", default="", help="Their card number, to sign in with.")
@click.option("--email", default="", help="Or their e-mail address.")
@with_appcontext
def found(organization: str, administrator: str, card: str, email: str) -> None:
    """Begin a real organization: its root, and an administrator who adds the rest."""
    if not (card or email):
        raise click.UsageError("give --card or --email: something to sign in with")
    _require_person(administrator, card, email)
    with Session(database.engine) as db:
        db.connection(execution_options={WRITES: True})
        try:
            password = _found(db, organization, administrator, card, email)
        except StudyHubError as refusal:
            raise click.ClickException(str(refusal)) from None
        db.commit()
    click.echo(f"{organization} is founded. {administrator} signs in with: {card or email}")
    click.echo(f"First password of {administrator}: {password} (to be changed at the first visit)")


def _require_person(name: str, card: str, email: str) -> None:
    """The same shape as on the pages, or nobody could correct it there."""
    form = PersonForm(MultiDict({"full_name": name, "card_number": card, "email": email}))
    if not form.validate():
        raise click.UsageError(" ".join(str(error) for field in form for error in field.errors))


def _found(db: Session, organization: str, name: str, card: str, email: str) -> str:
    now = SystemClock().now()
    today = now.astimezone(zone()).date()
    root = org.found_unit(
        db, None, kind=UnitKind.PARTY_ORG, name=organization, since=today, by=None, now=now
    )
    person = accounts.add_person(
        db, full_name=name, card_number=card or None, email=email or None, by=None, now=now
    )
    for post in (Post.ADMIN, Post.OFFICER):
        org.appoint(db, person, root, post, since=today, by=None, now=now)
    return accounts.give_first_password(db, person, by=None, now=now)
