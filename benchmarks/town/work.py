"""What the members of a ward have done in one round, and the figures that follow from it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

from benchmarks.town.people import Member, Ward
from benchmarks.town.rounds import QUESTIONS, Planned
from benchmarks.town.rows import Rows
from benchmarks.town.words import essay as drawn_essay
from studyhub.completion.models import Progress, Tally
from studyhub.completion.rules import EssayMark, Marks, figures, is_done
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.essays.text import content_hash, length
from studyhub.library.models import Reading
from studyhub.org.tree import lineage, parent_of
from studyhub.review.models import Comment, Decision, Outcome
from studyhub.rounds.models import Call, Requirement, Summons
from studyhub.study.models import Attendance, Presence

REQUIREMENTS = frozenset({Requirement.ATTEND, Requirement.READ, Requirement.ESSAY})
TEXTS = 60
"""How many different essays there are; two people may draw the same."""


def do(rows: Rows, ward: Ward, planned: Planned) -> None:
    """Summon everybody, let them do their part, and keep the counters."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for member in ward.members:
        marks = _take_part(rows, ward, planned, member)
        for path in lineage(member.cell_path):
            for measure, count in figures(marks, REQUIREMENTS).items():
                sums[path][measure.value] += count
    for unit in (ward.root, *ward.cells):
        _tally(rows, planned, unit, sums[unit["path"]])


def _take_part(rows: Rows, ward: Ward, planned: Planned, member: Member) -> Marks:
    exempt = rows.is_drawn(0.02)
    marks = Marks(
        call=Call.EXEMPT if exempt else Call.REQUIRED,
        attended=rows.is_drawn(planned.busy),
        read=rows.is_drawn(planned.busy),
        essay=EssayMark.NONE if exempt else planned.draw(rows),
    )
    if marks.attended:
        _attend(rows, planned, member)
    if marks.read:
        _read(rows, planned, member)
    if marks.essay is not EssayMark.NONE:
        _write(rows, ward, planned, member, State(marks.essay.value))
    _summon(rows, planned, member, marks)
    return marks


def _summon(rows: Rows, planned: Planned, member: Member, marks: Marks) -> None:
    summons_id = rows.new_id()
    rows.add(
        Summons,
        id=summons_id,
        round_id=planned.row["id"],
        user_id=member.user_id,
        cell_id=member.cell_id,
        cell_path=member.cell_path,
        standing=member.standing,
        call=marks.call,
        reason="" if marks.call is Call.REQUIRED else "Tuổi cao, sức khỏe yếu",
    )
    rows.add(
        Progress,
        summons_id=summons_id,
        attended=marks.attended,
        read=marks.read,
        essay=marks.essay,
        done=is_done(marks, REQUIREMENTS),
        updated_at=planned.row["opened_at"],
    )


def _attend(rows: Rows, planned: Planned, member: Member) -> None:
    rows.add(
        Attendance,
        session_id=planned.session_id,
        user_id=member.user_id,
        presence=rows.dice.choice((Presence.ON_SITE, Presence.ONLINE)),
        recorded_at=planned.row["opened_at"],
        recorded_by=member.user_id,
    )


def _read(rows: Rows, planned: Planned, member: Member) -> None:
    rows.add(
        Reading,
        user_id=member.user_id,
        document_id=planned.document_id,
        updated_at=planned.row["opened_at"],
        finished_at=planned.row["opened_at"],
    )


def _write(rows: Rows, ward: Ward, planned: Planned, member: Member, state: State) -> None:
    text = rows.dice.randrange(TEXTS)
    written = planned.row["opened_at"] + timedelta(hours=rows.dice.randint(1, 200))
    essay_id = rows.new_id()
    questions = [str(question) for question in planned.questions]
    rows.add(
        Essay,
        id=essay_id,
        round_id=planned.row["id"],
        author_id=member.user_id,
        cell_id=member.cell_id,
        author_leads=member.leads,
        state=state,
        draft={asked: part["text"] for asked, part in zip(questions, _parts(text), strict=True)},
        draft_revision=1,
        draft_saved_at=written,
        submitted_at=written if state in {State.SUBMITTED, State.ACCEPTED} else None,
    )
    if state is not State.DRAFT:
        version_id = _hand_in(rows, essay_id, text, state, written)
        _judge(rows, ward, version_id, state, written)


def _hand_in(rows: Rows, essay_id: UUID, text: int, state: State, when: datetime) -> UUID:
    version_id = rows.new_id()
    read = state in {State.RETURNED, State.ACCEPTED}
    rows.add(
        Version,
        id=version_id,
        essay_id=essay_id,
        number=1,
        revision=1,
        parts=_parts(text),
        syllables=_length(text),
        submitted_at=when,
        is_late=False,
        receipt_code=f"BTH-{version_id.hex[:12].upper()}",
        content_hash=_hash(text),
        reading_began_at=when + timedelta(days=1) if read else None,
    )
    return version_id


def _judge(rows: Rows, ward: Ward, version_id: UUID, state: State, when: datetime) -> None:
    decided = when + timedelta(days=1)
    if state is State.SUBMITTED:
        return
    rows.add(
        Decision,
        version_id=version_id,
        outcome=Outcome.ACCEPT if state is State.ACCEPTED else Outcome.RETURN,
        remark="Bài viết rõ, có liên hệ thực tiễn.",
        decided_by=ward.officer_id,
        decided_at=decided,
    )
    if state is State.RETURNED:
        rows.add(
            Comment,
            version_id=version_id,
            author_id=ward.officer_id,
            part=1,
            paragraph=0,
            text="Đề nghị đồng chí nêu thêm một việc cụ thể ở bộ phận mình.",
            written_at=decided,
            sent_at=decided,
        )


def _tally(
    rows: Rows, planned: Planned, unit: Mapping[str, Any], figures_: Mapping[str, int]
) -> None:
    rows.add(
        Tally,
        round_id=planned.row["id"],
        unit_id=unit["id"],
        path=unit["path"],
        parent_path=parent_of(unit["path"]),
        name=unit["name"],
        kind=unit["kind"],
        **figures_,
    )


@cache
def _parts(text: int) -> list[dict[str, str]]:
    texts = drawn_essay(Random(text))
    return [{"title": title, "text": said} for title, said in zip(QUESTIONS, texts, strict=True)]


@cache
def _hash(text: int) -> str:
    return content_hash(_parts(text))


@cache
def _length(text: int) -> int:
    return length(_parts(text))
