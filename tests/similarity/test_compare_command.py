"""`office compare`: a file of texts in, what was found in each essay out."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from studyhub.cli.compare import compare
from tests.similarity.passages import essay, passage

SHARED = Path(__file__).parents[3] / "shared" / "data" / "similarity" / "docs.jsonl.gz"
COPIED = passage("copied", 120)
QUOTED = passage("resolution/3", 80)


def given(key: str, seq: int, kind: str, text: str, round_: str | None = "R1") -> dict[str, Any]:
    return {"id": key, "seq": seq, "kind": kind, "round": round_, "text": text}


TEXTS = [
    given("E2", 12, "essay", f"{essay('second')}\n\n{COPIED}\n\n{QUOTED}"),
    given("RES", 1, "resolution", essay("resolution", 800), None),
    given("TPL", 2, "template", passage("outline", 40)),
    given("E1", 11, "essay", f"{essay('first')}\n\n{COPIED}"),
    given(
        "E3", 13, "essay", f"{essay('third')}\n\n{passage('outline', 40)}\n\n{essay('book', 80)}"
    ),
    given("LIB", 3, "library", essay("book", 800), None),
]


def ran(docs: Path, out: Path) -> list[dict[str, Any]]:
    result = CliRunner().invoke(compare, [str(docs), "--out", str(out)])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("zipped", [True, False])
def test_essays_are_compared_in_their_order(tmp_path: Path, *, zipped: bool) -> None:
    docs = tmp_path / "docs"
    lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in TEXTS).encode()
    docs.write_bytes(gzip.compress(lines) if zipped else lines)

    first, second, third = ran(docs, tmp_path / "out")

    assert [first["id"], second["id"], third["id"]] == ["E1", "E2", "E3"]
    assert (first["matches"], first["quotes"]) == ([], [])
    [match], [quote] = second["matches"], second["quotes"]
    text, source = str(TEXTS[0]["text"]), str(TEXTS[3]["text"])
    assert match["src"] == "E1"
    assert text[slice(*match["susp"])] == source[slice(*match["src_span"])] == COPIED
    assert quote["src"] == "RES"
    assert text[slice(*quote["susp"])] == QUOTED
    assert [found["src"] for found in third["matches"]] == ["LIB"]
    assert second["cpu_ms"] > 0


@pytest.mark.skipif(not SHARED.exists(), reason="the development set is not at hand")
def test_it_takes_the_development_set_as_it_is(tmp_path: Path) -> None:
    docs = tmp_path / "docs.jsonl"
    with gzip.open(SHARED, "rt", encoding="utf-8") as lines:
        docs.write_text("".join(line for _, line in zip(range(75), lines, strict=False)), "utf-8")

    found = ran(docs, tmp_path / "out")

    assert len(found) == 75 - 59
    assert any(one["quotes"] for one in found)
