"""What the documents say is true."""

import re
from pathlib import Path

from studyhub.essays import lifecycle as essays
from studyhub.rounds import lifecycle as rounds

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (\w+) \| (\w+) \| (\w+) \|", re.MULTILINE)


def _table(title: str) -> set[tuple[str, str, str]]:
    text = (ROOT / "docs" / "lifecycle.md").read_text("utf-8")
    section = text.split(f"## {title}", 1)[1].split("\n## ", 1)[0]
    return {row for row in ROW.findall(section) if row[0] != "state"}


def test_the_life_of_an_essay_is_as_told() -> None:
    assert _table("An essay") == {
        (state.value, step.value, after.value) for (state, step), after in essays.LIFE.items()
    }


def test_the_life_of_a_round_is_as_told() -> None:
    assert _table("A study round") == {
        (state.value, step.value, after.value) for (state, step), after in rounds.LIFE.items()
    }


def test_every_room_stands_on_the_map() -> None:
    rooms = {
        path.name
        for path in (ROOT / "studyhub").iterdir()
        if (path / "__init__.py").exists() and path.name not in {"migrations"}
    }
    house = (ROOT / "docs" / "house.md").read_text("utf-8")

    assert sorted(room for room in rooms if f"`{room}`" not in house) == []
