"""Uploads are kept whole, once, under the hash of what they hold."""

import hashlib
from pathlib import Path

import pytest

from studyhub.storage.files import FileStore


def test_what_is_kept_comes_back_word_for_word(tmp_path: Path) -> None:
    store, data = FileStore(tmp_path), "Nghị quyết".encode()

    key = store.keep(data)

    assert key == hashlib.sha256(data).hexdigest()
    assert store.read(key) == data


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    store = FileStore(tmp_path)

    assert store.keep(b"one") == store.keep(b"one")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_what_was_never_kept_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileStore(tmp_path).read("0" * 64)
