"""A mail server is set up whole, or StudyHub does not start."""

import pytest

from studyhub.settings import Settings

WHOLE = {
    "smtp_host": "mail.example.vn",
    "mail_from": "hoctap@example.vn",
    "public_url": "https://hoctap.example.vn",
}


def settings(**changes: str) -> Settings:
    return Settings(secret_key="x", database_url="sqlite://", **{**WHOLE, **changes})  # type: ignore[arg-type]


def test_a_whole_one_sends_mail_and_none_does_not() -> None:
    assert settings().sends_mail
    assert not settings(smtp_host="").sends_mail


@pytest.mark.parametrize("name", ["mail_from", "public_url"])
def test_half_of_one_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        settings(**{name: ""})


def test_an_unknown_security_is_refused() -> None:
    with pytest.raises(ValueError, match="starttls"):
        settings(smtp_security="ssl")
