"""Who can be tried in the demonstration organization. All of them are invented."""

from dataclasses import dataclass

from studyhub.kernel.words import N_

PASSWORD = "sen-vang-2026"  # noqa: S105 - printed at start and shown on the sign-in page


@dataclass(frozen=True)
class SignIn:
    """One of the sign-ins that are shown: the role, and the card number to type."""

    role: str
    name: str
    card_number: str


SIGN_INS = (
    SignIn(N_("Member"), "Lý Bá Cường", "000026576957"),
    SignIn(N_("Cell secretary"), "Đặng Thị Kim Huệ", "000067096868"),
    SignIn(N_("Committee officer"), "Lê Văn Cường", "000088540073"),
    SignIn(N_("Administrator"), "Lê Thị Hồng Yến", "000062513083"),
)
