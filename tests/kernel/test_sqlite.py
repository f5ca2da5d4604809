"""SQLite under several processes and threads loses nothing."""

import multiprocessing
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from studyhub.kernel import sqlite

PROCESSES, THREADS, ROUNDS = 2, 8, 25


def _engine(path: str) -> Engine:
    engine = create_engine(f"sqlite:///{path}", pool_size=THREADS)
    sqlite.prepare(engine)
    return engine


def _add_one_many_times(engine: Engine) -> None:
    """Read, think, write: the pattern that loses updates when writers do not queue."""
    for _ in range(ROUNDS):
        with engine.connect().execution_options(**{sqlite.WRITES: True}) as connection:
            seen = connection.scalar(text("SELECT n FROM counter")) or 0
            connection.execute(text("UPDATE counter SET n = :n"), {"n": seen + 1})
            connection.commit()


def _process(path: str) -> None:
    engine = _engine(path)
    threads = [threading.Thread(target=_add_one_many_times, args=(engine,)) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()


@pytest.mark.slow  # sixteen writers, each waiting for the disk
def test_two_processes_with_eight_threads_each_lose_no_update(tmp_path: Path) -> None:
    path = str(tmp_path / "counter.sqlite")
    engine = _engine(path)
    with engine.connect().execution_options(**{sqlite.WRITES: True}) as connection:
        connection.execute(text("CREATE TABLE counter (n INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
        connection.commit()

    workers = [
        multiprocessing.get_context("spawn").Process(target=_process, args=(path,))
        for _ in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    with engine.connect() as connection:
        assert connection.scalar(text("SELECT n FROM counter")) == PROCESSES * THREADS * ROUNDS
    engine.dispose()


def test_foreign_keys_and_the_log_ahead_are_on(tmp_path: Path) -> None:
    engine = _engine(str(tmp_path / "one.sqlite"))

    with engine.connect() as connection:
        told = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("foreign_keys", "journal_mode", "synchronous", "busy_timeout")
        }

    assert told == {
        "foreign_keys": 1, "journal_mode": "wal", "synchronous": 2, "busy_timeout": 20000,
    }  # fmt: skip
    engine.dispose()


def test_a_reader_cannot_keep_a_writer_waiting(tmp_path: Path) -> None:
    engine = _engine(str(tmp_path / "one.sqlite"))
    with engine.connect().execution_options(**{sqlite.WRITES: True}) as writer:
        writer.execute(text("CREATE TABLE t (n INTEGER)"))
        writer.commit()

    with engine.connect() as reader:
        reader.execute(text("SELECT * FROM t")).all()
        with engine.connect().execution_options(**{sqlite.WRITES: True}) as writer:
            writer.execute(text("INSERT INTO t VALUES (1)"))
            writer.commit()
        assert reader.scalar(text("SELECT count(*) FROM t")) == 0, "its own snapshot"
    engine.dispose()
