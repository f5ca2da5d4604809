"""Where a letter is written: its reader, their language, the clock and the addresses."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from babel.support import NullTranslations
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.kernel.catalogues import translations
from studyhub.kernel.words import N_
from studyhub.mail.message import Words
from studyhub.mail.models import Letter
from studyhub.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Desk:
    """All that whoever composes a letter has at hand."""

    db: Session
    letter: Letter
    reader: User
    settings: Settings
    zone: tzinfo
    house: str
    """The organization this StudyHub is for."""
    now: datetime

    def say(self, message: str, **values: object) -> str:
        """`message` in the reader's language, its values filled in."""
        said: str = self._catalogue.gettext(message)
        return said % values if values else said

    def count(self, one: str, many: str, num: int) -> str:
        """The right form for `num` things."""
        said: str = self._catalogue.ngettext(one, many, num)
        return said % {"num": num}

    def at(self, path: str) -> str:
        """The whole address of a page."""
        return self.settings.public_url.rstrip("/") + path

    def moment(self, moment: datetime) -> str:
        """09:00, 25/11/2026."""
        return f"{moment.astimezone(self.zone):%H:%M, %d/%m/%Y}"

    def words(
        self,
        subject: str,
        *lines: str,
        facts: tuple[tuple[str, str], ...] = (),
        link: tuple[str, str] | None = None,
        more: tuple[str, ...] = (),
    ) -> Words:
        """A letter with its greeting and its foot."""
        return Words(
            subject=subject,
            lines=(self.say(N_("Dear comrade %(name)s,"), name=self.reader.full_name), *lines),
            facts=tuple(fact for fact in facts if fact[1]),
            link=link,
            more=more,
            foot=(
                f"StudyHub · {self.house}" if self.house else "StudyHub",
                self.say(N_("StudyHub sent this letter by itself. Nobody reads answers to it.")),
            ),
            language=self.reader.language,
        )

    @property
    def _catalogue(self) -> NullTranslations:
        return translations(self.reader.language)
