"""The requests that are measured, as each client's supply of them."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from typing import TypeVar

from benchmarks.load import Answer, Call, Client
from benchmarks.scene import Draft, Scene, Sight
from benchmarks.visitors import Visitor

Visitors = Mapping[str, Visitor]
Supply = Iterator[Call]
T = TypeVar("T")

STILL = "/static/css/order.txt"
"""Something that never changes: what is always there, answered with 304."""


@dataclass(frozen=True)
class Deed:
    """A row of the table: its name, what it sends, and what is to be reached."""

    name: str
    label: str
    supplies: Callable[[Scene, Visitors, int], list[Supply]]
    goal: str = ""
    peer: str = ""
    warm_up: int = 3
    """How often each client does it before anything is counted."""


def control(port: int, clients: int) -> list[Supply]:
    """Requests that cost next to nothing: what the others are compared with."""
    client = Client(port)
    tag = client.send(Call("GET", STILL)).headers["etag"]
    client.close()
    call = Call("GET", STILL, {"If-None-Match": tag}, expects=frozenset({304}))
    return [cycle([call]) for _ in range(clients)]


def _write(scene: Scene, visitors: Visitors, clients: int) -> list[Supply]:
    pages = [Sight(d.author, f"/essays/{d.essay_id}/edit") for d in scene.drafts]
    return look(pages, visitors, clients)


def _autosave(scene: Scene, visitors: Visitors, clients: int) -> list[Supply]:
    def go_on(drafts: Sequence[Draft]) -> Supply:
        for draft in cycle(drafts):
            yield _kept(draft, visitors[draft.author])

    return [go_on(dealt) for dealt in _deal(scene.drafts[: 20 * clients], clients)]


def _kept(draft: Draft, visitor: Visitor) -> Call:
    """A few more words typed over the revision that was seen last."""

    def see(answer: Answer) -> None:
        draft.revision = json.loads(answer.body)["revision"]

    path = f"/essays/{draft.essay_id}/draft"
    return replace(visitor.tell(path, _typed(draft)), seen=see)


def _hand_in(scene: Scene, visitors: Visitors, clients: int) -> list[Supply]:
    def finish(drafts: Sequence[Draft]) -> Supply:
        for draft in drafts:
            yield _handed_in(draft, visitors[draft.author])

    return [finish(dealt) for dealt in _deal(scene.drafts, clients)]


def _handed_in(draft: Draft, visitor: Visitor) -> Call:
    def see(answer: Answer) -> None:
        draft.receipt = answer.headers["location"]

    stated = {**_typed(draft), "own_work": "y"}
    return replace(visitor.post(f"/essays/{draft.essay_id}/submit", stated), seen=see)


def _typed(draft: Draft) -> dict[str, str]:
    texts = {f"text-{question}": text for question, text in draft.texts.items()}
    last = next(reversed(texts))
    texts[last] += f"\n\nViết thêm lần thứ {draft.revision + 1}."
    return {"revision": str(draft.revision), **texts}


def _receipt(scene: Scene, visitors: Visitors, clients: int) -> list[Supply]:
    pages = [Sight(d.author, d.receipt) for d in scene.drafts if d.receipt]
    return look(pages, visitors, clients)


def look(sights: Sequence[Sight], visitors: Visitors, clients: int) -> list[Supply]:
    """Pages to be looked at, again and again."""

    def round_and_round(seen: Sequence[Sight]) -> Supply:
        for sight in cycle(seen):
            yield replace(visitors[sight.who].get(sight.path), seen=None)

    return [round_and_round(dealt) for dealt in _deal(sights, clients, share=True)]


def _deal(things: Sequence[T], clients: int, *, share: bool = False) -> list[Sequence[T]]:
    """Each client has its own; what is only looked at may go round where there is little."""
    if share and things:
        things = [*things] * -(-clients // len(things))
    return [dealt for n in range(clients) if (dealt := things[n::clients])]


DEEDS = (
    Deed("write", "writing page", _write),
    Deed("autosave", "autosave", _autosave, "≥ 400/s, p99 ≤ 100 ms, ≤ 2.5 ms CPU"),
    Deed("hand-in", "hand-in", _hand_in, "≥ 250/s, p99 ≤ 150 ms, ≤ 4 ms CPU", warm_up=1),
    Deed("receipt", "receipt", _receipt),
    Deed(
        "review",
        "review page",
        lambda scene, visitors, clients: look(scene.reviews, visitors, clients),
        "≤ 15 ms CPU",
        "380–510 ms CPU",
    ),
    Deed(
        "cell",
        "cell page",
        lambda scene, visitors, clients: look(scene.cells, visitors, clients),
        "≤ 12 ms CPU",
        "58–72 ms CPU",
    ),
    Deed(
        "committee",
        "committee's page",
        lambda scene, visitors, clients: look(scene.committees, visitors, clients),
        "≤ 30 ms CPU",
        "110–300 ms CPU",
    ),
)
JOURNEY = {"write": 1, "autosave": 2, "hand-in": 1, "receipt": 1}
"""A member's way from opening the page to the receipt: how often each of the deeds."""

JOURNEY_GOAL = "≤ 25 ms CPU"
JOURNEY_PEER = "530 ms CPU"
