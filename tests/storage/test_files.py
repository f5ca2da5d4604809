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


def test_a_large_file_is_taken_in_as_it_is_and_dropped_again(tmp_path: Path) -> None:
    store, file = FileStore(tmp_path / "files"), tmp_path / "film"
    data = bytes(range(256)) * 20_000
    file.write_bytes(data)

    key = store.take_in(file)

    assert key == hashlib.sha256(data).hexdigest()
    assert store.path(key).read_bytes() == data
    assert not file.exists()
    store.drop(key)
    store.drop(key)
    assert not store.path(key).exists()


def test_what_is_there_already_is_not_kept_twice(tmp_path: Path) -> None:
    store, file = FileStore(tmp_path / "files"), tmp_path / "film"
    key = store.keep(b"one")
    file.write_bytes(b"one")

    assert store.take_in(file) == key
    assert not file.exists()
    assert store.free > 0
