"""Whatever the seed, a drawing is fair, whole, and can be done again."""

from hypothesis import given
from hypothesis import strategies as st

from studyhub.quiz.drawing import draw, places, shuffled
from studyhub.quiz.rules import Kind, is_right, read_places, taken, write_places

SEEDS = st.text(min_size=1, max_size=32)
POOLS = st.dictionaries(
    st.text(max_size=5), st.lists(st.uuids(), unique=True, max_size=12), max_size=4
)
OPTIONS = st.lists(st.text(min_size=1, max_size=8), min_size=2, max_size=8, unique=True)


@given(SEEDS, POOLS, st.booleans(), st.data())
def test_each_part_gives_as_many_as_it_was_asked_for(
    seed: str,
    pool: dict[str, list[object]],
    mixes: bool,  # noqa: FBT001 - drawn by hypothesis
    data: st.DataObject,
) -> None:
    wanted = {part: data.draw(st.integers(0, len(pool[part]))) for part in pool}

    drawn = draw(pool, wanted, seed, mixes=mixes)

    assert len(set(drawn)) == len(drawn) == sum(wanted.values())
    for part, things in pool.items():
        assert (
            len(set(drawn) & set(things) - {t for p in pool if p != part for t in pool[p]})
            <= (wanted[part])
        )
    assert drawn == draw(pool, wanted, seed, mixes=mixes)


@given(SEEDS, st.lists(st.uuids(), unique=True))
def test_the_order_in_which_the_bank_is_read_does_not_matter(
    seed: str, things: list[object]
) -> None:
    assert shuffled(things, seed) == shuffled(things[::-1], seed)


@given(SEEDS, OPTIONS, st.sampled_from(Kind), st.booleans())
def test_every_option_is_shown_once(
    seed: str,
    options: list[str],
    kind: Kind,
    mixes: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    shown = places(kind, options, seed, mixes=mixes)

    assert sorted(shown) == list(range(len(options)))
    if kind is Kind.ORDER:
        assert shown != sorted(shown)
    elif kind is Kind.TRUTH or not mixes:
        assert shown == sorted(shown)


def test_two_seeds_draw_differently() -> None:
    pool = {"": list(range(40))}

    drawings = {tuple(draw(pool, {"": 10}, str(seed), mixes=True)) for seed in range(50)}

    assert len(drawings) == 50


def test_every_question_is_drawn_about_equally_often() -> None:
    pool = {"": list(range(10))}

    drawn = [one for seed in range(2000) for one in draw(pool, {"": 3}, str(seed), mixes=False)]

    assert all(500 < drawn.count(one) < 700 for one in pool[""])


def test_all_of_the_above_stays_last() -> None:
    options = ["một", "hai", "ba", "Tất cả các ý trên"]

    shown = [places(Kind.SINGLE, options, str(seed), mixes=True) for seed in range(20)]

    assert {order[-1] for order in shown} == {3}
    assert len({tuple(order) for order in shown}) > 1


def test_options_that_name_others_by_letter_are_not_moved() -> None:
    options = ["một", "hai", "ba", "Cả A và B"]

    assert places(Kind.SINGLE, options, "x", mixes=True) == [0, 1, 2, 3]


@given(OPTIONS, st.sampled_from(Kind), st.lists(st.integers(-2, 9), max_size=9))
def test_an_answer_is_right_only_if_it_says_just_what_the_key_says(
    options: list[str], kind: Kind, given_: list[int]
) -> None:
    key = {
        Kind.ORDER: tuple(range(len(options))),
        Kind.MULTIPLE: tuple(range(0, len(options), 2)),
    }.get(kind, (0,))

    answer = taken(kind, given_, len(options))

    assert is_right(kind, key, answer) == (answer == key)
    assert taken(kind, answer, len(options)) == answer
    assert read_places(write_places(answer)) == answer


def test_no_answer_is_never_right() -> None:
    assert not any(is_right(kind, (0,), ()) for kind in Kind)
