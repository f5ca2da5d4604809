"""Files that arrive in pieces lie beside the store, whole or not, until they are let go."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from studyhub.kernel.ids import new_uuid
from studyhub.storage.files import FileStore
from tests.world import NOW


def test_pieces_stand_behind_each_other_and_one_sent_again_cuts_off(tmp_path: Path) -> None:
    arriving, which = FileStore(tmp_path).arriving, new_uuid()

    arriving.write(which, 0, b"abcd")
    arriving.write(which, 4, b"efgh")
    arriving.write(which, 4, b"EF")

    assert arriving.read(which) == b"abcdEF"


def test_what_is_left_for_long_is_found_and_dropped(tmp_path: Path) -> None:
    arriving, old, new = FileStore(tmp_path).arriving, new_uuid(), new_uuid()
    assert arriving.left(NOW) == set()
    for which, age in ((old, 3), (new, 0)):
        arriving.write(which, 0, b"x")
        moment = (NOW - timedelta(days=age)).timestamp()
        os.utime(arriving.root / str(which), (moment, moment))

    assert arriving.left(NOW - timedelta(days=1)) == {old}
    arriving.drop(old)
    arriving.drop(old)
    with pytest.raises(FileNotFoundError):
        arriving.read(old)
    assert arriving.read(new) == b"x"
