"""The same installation as in tests/mail."""

from tests.mail.conftest import hour, receiver, tools, village, with_settings

__all__ = ["hour", "receiver", "tools", "village", "with_settings"]
