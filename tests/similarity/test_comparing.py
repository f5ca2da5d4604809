"""Comparing versions in the application: what is kept, what is forgotten, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, true, update
from sqlalchemy.orm import Session

from studyhub.essays import service as essays
from studyhub.essays.elsewhere import KIND
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.jobs.models import Job
from studyhub.library.models import DocumentPart
from studyhub.rounds.models import StudyRound
from studyhub.similarity import index, queries, service
from studyhub.similarity.examining import Sources
from studyhub.similarity.models import Examination, Extent, KnownText, SharedPassage
from studyhub.similarity.reading import read
from studyhub.similarity.seeds import seeds
from tests.similarity.passages import essay as own_words
from tests.similarity.passages import passage
from tests.world import NOW, World

COPIED = passage("copied", 120)


def handed_in(world: World, round_: StudyRound, author: str, *parts: str) -> Essay:
    """An essay whose one answer is these parts."""
    essay = world.essay(getattr(world, author), round_=round_, state=State.SUBMITTED)
    essay.versions[-1].parts = [{"title": "Nhận thức", "text": "\n\n".join(parts)}]
    world.db.flush()
    return essay


def compared(db: Session, essay: Essay) -> Version:
    version = essay.versions[-1]
    service.compare(db, version.id, now=NOW)
    return version


def shown(db: Session, version: Version) -> list[queries.Shown]:
    return list(queries.passages(db, version, visible=true()))


def test_a_passage_is_shown_beside_where_it_also_stands(db: Session, world: World) -> None:
    round_ = world.round()
    compared(db, handed_in(world, round_, "lan", own_words("lan"), COPIED))
    version = compared(db, handed_in(world, round_, "an", own_words("an"), COPIED))

    (place,) = shown(db, version)

    assert place.words == COPIED
    assert [one.words for one in place.elsewhere] == [COPIED]
    assert place.elsewhere[0].essay is not None
    assert place.elsewhere[0].essay.author is world.lan
    assert (place.texts, place.hidden) == (2, 0)


def test_it_is_shown_in_the_earlier_one_too_without_saying_who_had_it_first(
    db: Session, world: World
) -> None:
    round_ = world.round()
    earlier = compared(db, handed_in(world, round_, "lan", own_words("lan"), COPIED))
    compared(db, handed_in(world, round_, "an", own_words("an"), COPIED))

    (place,) = shown(db, earlier)

    assert place.words == COPIED
    assert place.elsewhere[0].is_later
    found = queries.shares(db, earlier.id)
    assert found is not None
    assert found.others == 0  # it had been the only one then


def test_essays_of_earlier_rounds_are_looked_at(db: Session, world: World) -> None:
    compared(db, handed_in(world, world.round(), "lan", own_words("lan"), COPIED))
    later = world.round(title="Nghị quyết khác")

    version = compared(db, handed_in(world, later, "an", own_words("an"), COPIED))

    assert len(shown(db, version)) == 1


def test_one_s_own_earlier_words_are_one_s_own(db: Session, world: World) -> None:
    compared(db, handed_in(world, world.round(), "an", own_words("an"), COPIED))

    version = compared(db, handed_in(world, world.round(title="Khác"), "an", COPIED))

    assert shown(db, version) == []


@pytest.mark.parametrize("assigned", [True, False])
def test_documents_are_told_apart_whether_of_the_round_or_the_library(
    db: Session, world: World, *, assigned: bool
) -> None:
    round_ = world.round()
    document = round_.documents[0].document if assigned else world.document("về y tế")
    document.parts.append(
        DocumentPart(
            position=9, level=1, number="III.", title="Giải pháp", anchor="iii", paragraphs=[COPIED]
        )
    )
    version = compared(db, handed_in(world, round_, "an", own_words("an"), COPIED))

    found = queries.shares(db, version.id)

    assert found is not None
    assert found.documents > 15
    assert found.others == 0
    (place,) = shown(db, version)
    assert place.elsewhere[0].document is document
    assert place.elsewhere[0].words.endswith(COPIED)


def test_the_questions_everybody_got_are_subtracted(db: Session, world: World) -> None:
    round_ = world.round()
    outline = passage("the question of all", 40)
    round_.questions[0].hint = outline
    compared(db, handed_in(world, round_, "lan", outline, own_words("lan")))

    version = compared(db, handed_in(world, round_, "an", outline, own_words("an")))

    found = queries.shares(db, version.id)
    assert found is not None
    assert (found.template > 5, found.others, found.documents) == (True, 0, 0)


def test_the_same_again_gives_the_same_again(db: Session, world: World) -> None:
    round_ = world.round()
    compared(db, handed_in(world, round_, "lan", own_words("lan"), COPIED))
    version = compared(db, handed_in(world, round_, "an", own_words("an"), COPIED))
    entries = db.get_one(Extent, 1).entries

    service.compare(db, version.id, now=NOW + timedelta(minutes=1))

    assert len(shown(db, version)) == 1
    assert db.get_one(Extent, 1).entries == entries


def test_of_an_essay_only_the_last_version_is_known(db: Session, world: World) -> None:
    round_ = world.round()
    essay = handed_in(world, round_, "lan", own_words("lan"), COPIED)
    first = compared(db, essay)
    first.reading_began_at = NOW
    essay.versions.append(
        Version(
            number=2, revision=2, parts=[{"title": "", "text": own_words("lan")}], syllables=400,
            submitted_at=NOW, is_late=False, receipt_code="BTH-2", content_hash="1" * 64,
        )
    )  # fmt: skip
    db.flush()
    compared(db, essay)

    version = compared(db, handed_in(world, round_, "an", own_words("an"), COPIED))

    assert shown(db, version) == []
    known = set(db.scalars(select(KnownText.version_id)))
    assert first.id not in known


def test_taken_back_it_leaves_no_trace(db: Session, world: World) -> None:
    service.learn_documents(db)
    round_ = world.round()
    service.learn_documents(db)
    entries = db.get_one(Extent, 1).entries
    source = handed_in(world, round_, "lan", own_words("lan"), COPIED)
    compared(db, source)
    version = compared(db, handed_in(world, round_, "an", own_words("an"), COPIED))

    essays.withdraw(db, source, by=world.actor(world.lan), now=NOW)
    compared(db, source)

    assert shown(db, version) == []
    found = queries.shares(db, version.id)
    assert found is not None
    assert found.others == 0
    assert db.get(Examination, source.versions[-1].id) is None
    service.forget(db, version.id)
    assert db.get_one(Extent, 1).entries == entries
    assert db.scalar(select(func.count()).select_from(SharedPassage)) == 0


def test_handing_in_and_taking_back_ask_for_it(db: Session, world: World) -> None:
    essay = world.essay(round_=world.round())
    by = world.actor(world.an)

    version = essays.submit(db, essay, revision=1, own_work=True, by=by, now=NOW)
    essays.withdraw(db, essay, by=by, now=NOW)

    asked = db.scalars(select(Job).where(Job.kind == KIND)).all()
    assert [job.subject_id for job in asked] == [version.id, version.id]


def test_there_are_buckets_enough_for_many_essays(db: Session) -> None:
    for number in range(1, 60):
        index.add(db, number, range(number * 1000, number * 1000 + 500))

    extent = db.get_one(Extent, 1)
    assert extent.entries >= 29_500
    assert extent.buckets > 400
    found = index.look_up(db, range(7000, 7100))
    assert {seed: list(texts) for seed, texts in found.items()} == {
        seed: [7] for seed in range(7000, 7100)
    }


def test_a_number_given_again_means_the_new_text(db: Session, world: World) -> None:
    round_, cache = world.round(), Sources()
    gone = compared(db, handed_in(world, round_, "lan", own_words("lan"), COPIED))
    first = compared(db, handed_in(world, round_, "hoa", own_words("hoa"), COPIED))
    service.look_at(db, first.id, cache=cache)  # now Lan's text is kept at hand
    number = db.scalars(select(KnownText.number).where(KnownText.version_id == gone.id)).one()
    service.forget(db, gone.id)
    service.forget(db, first.id)
    other = handed_in(world, round_, "giang", own_words("giang"), passage("another", 120))
    version = compared(db, other)
    db.execute(update(KnownText).where(KnownText.version_id == version.id).values(number=number))
    index.add(db, number, [seed for *_, seed in seeds(read(passage("another", 120)).syllables)])
    last = handed_in(world, round_, "an", own_words("an"), passage("another", 120))

    examined = service.look_at(db, last.versions[-1].id, cache=cache)

    assert examined is not None
    (match,) = examined.findings.matches
    text = f"{own_words('giang')}\n\n{passage('another', 120)}"
    assert text[match.source_start : match.source_end] == passage("another", 120)
