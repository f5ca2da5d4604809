"""Compares the texts of a file with each other: how well similarity is found, measured."""

import gzip
import json
import tempfile
from array import array
from collections.abc import Iterator
from pathlib import Path
from shutil import copyfileobj
from typing import IO, Any

import click
from sqlalchemy import create_engine

from studyhub.kernel import sqlite
from studyhub.similarity.comparison import Comparison

ZIPPED = b"\x1f\x8b"


@click.command()
@click.argument("docs", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where to write."
)
def compare(docs: Path, out: Path) -> None:
    """Compare each essay of DOCS, one JSON object a line, with all earlier ones.

    Documents, samples and the library are taken first, then the essays by
    their `seq`, through the same code as in the application and a temporary
    database. Writes one JSON object a line for every essay.
    """
    with tempfile.TemporaryDirectory(prefix="studyhub-compare-") as folder:
        engine = create_engine(f"sqlite:///{folder}/compare.db")
        sqlite.prepare(engine)
        comparison = Comparison(engine)
        with _plain(docs, Path(folder)) as lines, out.open("w", encoding="utf-8") as results:
            for given in _in_order(lines):
                found = comparison.take(given)
                if found is not None:
                    results.write(json.dumps(found, ensure_ascii=False) + "\n")
        engine.dispose()


def _plain(docs: Path, folder: Path) -> IO[bytes]:
    """The file to read from, unpacked where it has to be."""
    with docs.open("rb") as given:
        zipped = given.read(2) == ZIPPED
    if not zipped:
        return docs.open("rb")
    plain = folder / "docs.jsonl"
    with gzip.open(docs) as packed, plain.open("wb") as unpacked:
        copyfileobj(packed, unpacked)
    return plain.open("rb")


def _in_order(lines: IO[bytes]) -> Iterator[dict[str, Any]]:
    """What is not an essay, then the essays by `seq`; only their places are kept in memory."""
    places, seqs = array("q"), array("q")
    at = 0
    for line in lines:
        if line.strip():
            given = json.loads(line)
            if given["kind"] == "essay":
                places.append(at)
                seqs.append(given["seq"])
            else:
                yield given
        at += len(line)
    for which in sorted(range(len(places)), key=seqs.__getitem__):
        lines.seek(places[which])
        yield json.loads(lines.readline())
