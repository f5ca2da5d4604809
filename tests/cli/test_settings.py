"""Settings fail at start, with a name, and not in some request."""

from pathlib import Path

import pytest

from studyhub.settings import Settings, installed


def test_a_fresh_installation_gets_a_secret_of_its_own(tmp_path: Path) -> None:
    one, other = installed(tmp_path / "one"), installed(tmp_path / "other")

    assert len(one.secret_key) == 64
    assert one.secret_key != other.secret_key
    assert installed(tmp_path / "one") == one
    assert (tmp_path / "one" / "settings.toml").stat().st_mode & 0o077 == 0


def test_a_variable_overrules_the_file(tmp_path: Path) -> None:
    installed(tmp_path)
    path = tmp_path / "settings.toml"

    settings = Settings.from_file(
        path, {"STUDYHUB_DATABASE_URL": "postgresql:///x", "STUDYHUB_SECURE_COOKIES": "true",
               "STUDYHUB_POOL_SIZE": "7"}
    )  # fmt: skip

    assert (settings.database_url, settings.secure_cookies, settings.pool_size) == (
        "postgresql:///x", True, 7,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", 'secret_key = "x"', 'secret_key = "x"\ndatabase_url = "y"\ncolour = "red"']
)
def test_a_missing_or_unknown_name_stops_the_start(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text, "utf-8")

    with pytest.raises(TypeError):
        Settings.from_file(path, {})
