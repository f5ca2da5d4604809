"""Where marked words stand after a document was corrected."""

from dataclasses import dataclass, field

from studyhub.notes.anchoring import Spot, spot_of

LONG = "thúc đẩy chuyển đổi số toàn diện"


@dataclass
class Part:
    """A part, as far as it is asked."""

    position: int
    anchor: str
    paragraphs: list[str] = field(default_factory=list)


@dataclass
class Mark:
    """A mark, as far as it is asked."""

    words: str
    anchor: str = "i"
    part: int = 0
    paragraph: int = 0
    start: int = 0


def parts(*texts: list[str]) -> list[Part]:
    return [Part(n, ("i", "ii", "iii")[n], text) for n, text in enumerate(texts)]


def test_words_that_stay_are_found_at_their_place() -> None:
    text = "số này, số kia, số nọ"
    assert spot_of(parts([text]), Mark("số", start=8)) == Spot(0, 0, 8, 10)


def test_words_move_with_what_is_put_before_them() -> None:
    assert spot_of(parts(["Mới.", f"Rất mới: {LONG}."]), Mark(LONG)) == Spot(0, 1, 9, 9 + len(LONG))


def test_the_nearest_of_equals_is_taken_and_its_own_part_first() -> None:
    found = spot_of(parts([LONG], ["x", LONG], [LONG]), Mark(LONG, anchor="iii", part=1))
    assert found == Spot(2, 0, 0, len(LONG))


def test_words_that_moved_to_another_part_are_found_if_they_are_telling() -> None:
    corrected = parts(["Khác."], [LONG, "đổi số"])
    assert spot_of(corrected, Mark(LONG)) == Spot(1, 0, 0, len(LONG))
    assert spot_of(corrected, Mark("đổi số")) is None


def test_corrected_words_are_nowhere() -> None:
    assert spot_of(parts(["thúc đẩy chuyển đổi xanh"]), Mark(LONG)) is None
    assert spot_of([], Mark(LONG)) is None
    assert spot_of(parts([""]), Mark("")) is None
