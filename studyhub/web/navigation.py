"""What stands in the navigation of each kind of person: roles add groups, they swap nothing."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, url_for

from studyhub.access.policy import keep_mail
from studyhub.access.reach import FOLLOWERS, LEADERS
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.words import N_
from studyhub.web.language import gettext


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry: `short` is for the bar of a phone; `deep` ones stand behind «Thêm»."""

    url: str
    label: str
    short: str
    icon: str
    current: bool
    deep: bool


@dataclass(frozen=True)
class Group:
    """A titled part of the navigation."""

    title: str
    entries: tuple[Item, ...]


Entry = tuple[str, str, str, str]

MINE: tuple[Entry, ...] = (
    ("home.show", N_("To do"), N_("Due"), "tasks"),
    ("rounds.listing", N_("Study rounds"), N_("Rounds"), "book"),
    ("essays.mine", N_("My essays"), N_("Essays"), "pen"),
)
LEADING: tuple[Entry, ...] = (
    ("completion.home", N_("My cell"), N_("Cell"), "people"),
    ("review.waiting", N_("Review essays"), N_("Review"), "inbox"),
)
COMMITTEE: tuple[Entry, ...] = (
    ("completion.home", N_("Overview"), N_("Overview"), "chart"),
    ("completion.matrix", N_("Completion matrix"), N_("Matrix"), "grid"),
    ("review.waiting", N_("Essays of leaders"), N_("Review"), "inbox"),
)
KEEPING: tuple[Entry, ...] = (
    ("library.listing", N_("Library"), N_("Library"), "file"),
    ("booklet.shelves", N_("Good essays"), N_("Good essays"), "book"),
    ("org.show_tree", N_("Organization"), N_("Units"), "tree"),
)
BANKS: tuple[Entry, ...] = (("quiz.banks", N_("Question bank"), N_("Questions"), "help"),)
SEEING_TO: tuple[Entry, ...] = (("mail.outbox", N_("Letters sent"), N_("Letters"), "mail"),)
ON_A_PHONE = 4


def init_app(app: Flask) -> None:
    """Give every template its navigation."""
    app.context_processor(_for_templates)


def stand_under(room: str) -> None:
    """Mark the entry of another room for this page: another's essay is not among mine."""
    g.stands_under = room


def groups_for(actor: Actor) -> list[Group]:
    """The groups of this person, with the entry of the present page marked."""
    plan = [(N_("Mine"), MINE)]
    if actor.holds(*LEADERS):
        plan.append((N_("Cell"), LEADING))
    if actor.holds(Post.OFFICER, Post.OVERSEER):
        is_officer = actor.holds(Post.OFFICER)
        plan.append((N_("Committee"), (*COMMITTEE, *BANKS) if is_officer else COMMITTEE[:2]))
    plan.append((N_("Shared"), (*KEEPING, *SEEING_TO) if keep_mail(actor) else KEEPING))
    return _drawn(plan, actor)


def _drawn(plan: list[tuple[str, tuple[Entry, ...]]], actor: Actor) -> list[Group]:
    leads = actor.holds(*FOLLOWERS)
    near = (
        ("home.show", "essays.mine", "completion.home", "review.waiting")
        if leads
        else ("home.show", "rounds.listing", "essays.mine", "library.listing")
    )
    seen: set[str] = set()
    groups = []
    for title, entries in plan:
        kept = [entry for entry in entries if entry[0] not in seen]
        seen |= {entry[0] for entry in kept}
        items = tuple(_item(entry, deep=entry[0] not in near) for entry in kept)
        groups.append(Group(gettext(title), items))
    return groups


def _item(entry: Entry, *, deep: bool) -> Item:
    endpoint, label, short, icon = entry
    return Item(
        url=url_for(endpoint),
        label=gettext(label),
        short=gettext(short),
        icon=icon,
        current=_room(request.endpoint) == endpoint,
        deep=deep,
    )


def _room(endpoint: str | None) -> str:
    """The entry under which a page without an entry of its own stands."""
    inside = {
        "rounds": "rounds.listing",
        "study": "rounds.listing",
        "quiz": "rounds.listing",
        "bridges": "rounds.listing",
        "lists": "rounds.listing",
        "live": "rounds.listing",
        "inquiries": "rounds.listing",
        "recordings": "rounds.listing",
        "bank": "quiz.banks",
        "essays": "essays.mine",
        "papers": "essays.mine",
        "review": "review.waiting",
        "similarity": "review.waiting",
        "library": "library.listing",
        "booklet": "booklet.shelves",
        "calibration": "review.waiting",
        "org": "org.show_tree",
        "roster": "org.show_tree",
        "reorganization": "org.show_tree",
        "completion": "completion.home",
        "fairness": "completion.home",
        "mail": "mail.outbox",
    }
    if endpoint in {"completion.matrix", "home.show"}:
        return endpoint
    room = g.get("stands_under") or (endpoint or "").partition(".")[0]
    return inside.get(room, "")


def _for_templates() -> dict[str, Any]:
    actor: Actor | None = g.get("actor")
    return {
        "navigation": groups_for(actor) if actor else [],
        "actor_name": g.user.full_name if actor else None,
        "more_url": url_for("home.more"),
        "account_url": url_for("accounts.show"),
        "notices_url": url_for("notices.listing"),
        "unread": actor.unread if actor else 0,
        "help_url": url_for("home.help_page"),
        "preferences_url": url_for("home.prefer"),
    }
