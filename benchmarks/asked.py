"""What `./dev bench` can be asked for."""

import argparse

from benchmarks import databases, desk, province
from benchmarks.deeds import DEEDS


def parser() -> argparse.ArgumentParser:
    """Of the command line."""
    names = (*(deed.name for deed in DEEDS), "first-load")
    asked = argparse.ArgumentParser(prog="./dev bench", description="Measure StudyHub.")
    asked.add_argument("--database", choices=(*databases.KINDS, "both"), default="sqlite")
    asked.add_argument("--seconds", type=float, default=5.0, help="of each measurement (5)")
    asked.add_argument("--clients", type=int, default=8, help="that send at once (8)")
    asked.add_argument("--only", action="append", choices=names, help="just this; repeatable")
    asked.add_argument("--large-only", action="store_true", help="without the demonstration")
    asked.add_argument(
        "--photos", action="store_true", help="only ten handwritten pages over a slow line"
    )
    asked.add_argument("--library", action="store_true", help="only looking into 500 documents")
    asked.add_argument(
        "--following", action="store_true", help="only the heartbeats of who watches a recording"
    )
    asked.add_argument("--piles", action="store_true", help="only a pile of 200 scanned pages")
    asked.add_argument(
        "--session", action="store_true", help="only checking in to a session, and following it"
    )
    asked.add_argument(
        "--similarity", action="store_true", help="only what comparing an essay with others costs"
    )
    asked.add_argument(
        "--desk", action="store_true", help="only opening the next essay to review, by the queue"
    )
    asked.add_argument(
        "--waiting", type=int, action="append", choices=desk.SIZES,
        help="with --desk: so many only; repeatable",
    )  # fmt: skip
    asked.add_argument(
        "--large", action="store_true", help="with --similarity: at 200,000 essays (minutes)"
    )
    asked.add_argument(
        "--register", action="store_true", help="only the list of members, searches and the tree"
    )
    asked.add_argument(
        "--roster", action="store_true", help="only a list of 25,000 taken over while others work"
    )
    asked.add_argument(
        "--members", type=int, action="append", choices=[size.members for size in province.SIZES],
        help="with --register: of this size only; repeatable",
    )  # fmt: skip
    return asked
