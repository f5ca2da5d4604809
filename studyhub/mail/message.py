"""A letter as it is sent: headers, plain text, and the same as simple HTML.

Nothing in it is loaded from anywhere, so nobody learns whether or when it was read.
"""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape

from studyhub.mail.models import Letter

_LETTER = SMTP.clone(max_line_length=76)

_PAGE = (
    '<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{subject}</title>'
    '</head>\n<body style="font-family: sans-serif; font-size: 16px; line-height: 1.5; '
    'max-width: 36em">\n{body}\n</body></html>\n'
)


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a letter says, in the language of whoever gets it.

    `facts` are named figures, `link` what it is for and where it leads, `foot` why it came.
    """

    subject: str
    lines: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()
    link: tuple[str, str] | None = None
    more: tuple[str, ...] = ()
    foot: tuple[str, ...] = ()
    language: str = "vi"


def message_id(letter: Letter, sender: str) -> str:
    """The same however often it is sent: a mailbox that has it already knows it again."""
    return f"<{letter.id}@{sender.rpartition('@')[2]}>"


def message(
    words: Words, *, to: str, name: str, sender: str, sender_name: str, id_: str, at: datetime
) -> EmailMessage:
    """The words as they go over the wire."""
    made = EmailMessage(policy=_LETTER)
    made["Subject"] = words.subject
    made["From"] = _address(sender_name, sender)
    made["To"] = _address(name, to)
    made["Date"] = format_datetime(at)
    made["Message-ID"] = id_
    made["Auto-Submitted"] = "auto-generated"
    made["Content-Language"] = words.language
    made.set_content(_plain(words), cte="quoted-printable")
    made.add_alternative(_html(words), subtype="html", cte="quoted-printable")
    return made


def _address(name: str, address: str) -> Address:
    user, _, domain = address.rpartition("@")
    return Address(" ".join(name.split()), user, domain)


def _plain(words: Words) -> str:
    parts = list(words.lines)
    if words.facts:
        parts.append("\n".join(f"{name}: {said}" for name, said in words.facts))
    if words.link:
        parts.append(f"{words.link[0]}:\n{words.link[1]}")
    parts += [*words.more, "-- \n" + "\n".join(words.foot)]
    return "\n\n".join(parts) + "\n"


def _html(words: Words) -> str:
    parts = [f"<p>{escape(line)}</p>" for line in words.lines]
    if words.facts:
        rows = "".join(
            f'<tr><th align="left" valign="top" style="padding-right: 1em">{escape(name)}</th>'
            f"<td>{escape(said)}</td></tr>\n"
            for name, said in words.facts
        )
        parts.append(f"<table>\n{rows}</table>")
    if words.link:
        said, url = (escape(word) for word in words.link)
        parts.append(f'<p><a href="{url}">{said}</a></p>\n<p>{url}</p>')
    parts += [f"<p>{escape(line)}</p>" for line in words.more]
    parts.append("<hr>\n<p><small>" + "<br>\n".join(map(escape, words.foot)) + "</small></p>")
    return _PAGE.format(
        language=words.language, subject=escape(words.subject), body="\n".join(parts)
    )
