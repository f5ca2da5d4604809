"""What a round keeps of whether watching a recording makes up for its session."""

from sqlalchemy import false
from sqlalchemy.orm import Mapped, mapped_column

from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_

SHARE = 80
"""Percent of a recording, where nothing else is said."""

LEAST, MOST = 10, 100

BETWEEN = N_("Between 10 and 100 percent.")


class MadeUpByWatching:
    """Whether whoever has watched so much of a recording has made its session up."""

    watching_counts: Mapped[bool] = mapped_column(default=False, server_default=false())
    watching_share: Mapped[int] = mapped_column(default=SHARE, server_default=str(SHARE))


def set_share(round_: MadeUpByWatching, share: int | None) -> None:
    """From so many percent on it counts; None: it does not count, and the share stays as it was."""
    if share is not None and not LEAST <= share <= MOST:
        raise Unfit(BETWEEN, about="watching_share")
    round_.watching_counts = share is not None
    round_.watching_share = share or round_.watching_share or SHARE
