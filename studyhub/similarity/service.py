"""The deeds of similarity: to compare a version with all others, and to forget it.

Nothing here has consequences: no state changes, nobody is told. A second time
gives the same again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session, selectinload

from studyhub.essays import elsewhere
from studyhub.essays.models import Essay, Version
from studyhub.kernel.ids import DocumentId
from studyhub.library.models import Document
from studyhub.rounds.models import DocumentRole, StudyRound
from studyhub.similarity import index, sources, texts
from studyhub.similarity.examining import Findings, Sources, examine
from studyhub.similarity.kinship import Sharing
from studyhub.similarity.models import Examination, KnownText, SharedPassage
from studyhub.similarity.reading import Reading, read
from studyhub.similarity.runs import Source
from studyhub.similarity.seeds import seeds

MOST_DOCUMENTS = 8
"""Documents outside the round that a version is aligned with, the likeliest."""


@dataclass(frozen=True)
class Examined:
    """What was found in a version, before it is kept."""

    reading: Reading
    findings: Findings
    documents: Mapping[int, DocumentId]


def compare(db: Session, version_id: UUID, *, now: datetime) -> Findings | None:
    """Compare a version with the documents, what everybody got, and all others; keep what is found.

    None, and everything about it forgotten, when it was taken back. In the background
    `look_at` and `keep` are two steps, so that nobody waits while texts are compared.
    """
    learn_documents(db)
    examined = look_at(db, version_id)
    keep(db, version_id, examined, now=now)
    return examined.findings if examined else None


def look_at(db: Session, version_id: UUID, *, cache: Sources | None = None) -> Examined | None:
    """What of a version also stands elsewhere; None when it no longer stands. Only reads."""
    version = db.scalars(
        select(Version)
        .join(Version.essay)
        .where(Version.id == version_id, sources.stands())
        .options(
            selectinload(Version.essay)
            .selectinload(Essay.round)
            .options(selectinload(StudyRound.questions), selectinload(StudyRound.documents))
        )
    ).one_or_none()
    if version is None:
        return None
    reading = read(texts.of_version(version.parts))
    return _examined(db, version.essay, reading, cache or Sources())


def _examined(db: Session, essay: Essay, reading: Reading, cache: Sources) -> Examined:
    known: dict[int, DocumentId] = {}
    given = [d.document_id for d in essay.round.documents if d.role is DocumentRole.SAMPLE]
    assigned = [d.document_id for d in essay.round.documents if d.document_id not in given]
    everybodys = [texts.of_template(essay.round.questions), *_written(db, given)]

    def documents(sharing: Sharing) -> Mapping[object, Source]:
        likely = sharing.candidates(MOST_DOCUMENTS, 2.0)
        among = sources.documents_among(db, likely, assigned)
        known.update({number: which for number, which in among.items() if which not in given})
        made = cache.of(known.values(), lambda new: sources.read_documents(db, new))
        return {number: made[which] for number, which in known.items() if which in made}

    def others(numbers: Iterable[int]) -> Mapping[int, Source]:
        theirs = sources.by_others(db, numbers, essay.author_id)
        made = cache.of(theirs.values(), lambda new: sources.read_versions(db, new))
        return {number: made[which] for number, which in theirs.items() if which in made}

    findings = examine(
        reading,
        templates=[Source(read(text)) for text in everybodys],
        documents=documents,
        look_up=lambda wanted: index.look_up(db, wanted),
        sources=others,
    )
    return Examined(reading, findings, known)


def _written(db: Session, ids: Sequence[DocumentId]) -> Iterable[str]:
    return sources.texts_of_documents(db, ids).values() if ids else ()


def keep(db: Session, version_id: UUID, examined: Examined | None, *, now: datetime) -> None:
    """Keep what was found, and let later versions be compared with this one.

    Of the versions of one essay only the last is known: the others are its author's own words.
    """
    if examined is None:
        forget(db, version_id)
        return
    _clear(db, version_id)
    for earlier in db.scalars(_known_of_same_essay(version_id)):
        _unlearn(db, earlier)
    found = examined.findings
    number = _learn(db, KnownText(version_id=version_id), found.seeds)
    db.add(
        Examination(
            version_id=version_id,
            length=len(examined.reading.text),
            stretches={"template": found.template, "disguised": examined.reading.disguised},
            compared_at=now,
        )
    )
    numbers = {match.source for match in found.matches} - {number}
    versions: Mapping[object, Version] = dict(sources.versions_of(db, numbers).items())  # type: ignore[arg-type]
    this = db.get_one(Version, version_id)
    later = {n for n, v in versions.items() if v.submitted_at > this.submitted_at}
    for n in later:
        _look_again(db, versions[n], at=this, now=now)
    db.add_all(
        SharedPassage(
            version_id=version_id,
            source_version_id=versions[match.source].id if match.source in versions else None,
            source_document_id=examined.documents.get(match.source),  # type: ignore[call-overload]
            start=match.start,
            end=match.end,
            source_start=match.source_start,
            source_end=match.source_end,
        )
        for match in (*found.quotes, *found.matches)
        if match.source not in later
        and (match.source in versions or match.source in examined.documents)
    )
    db.flush()


def _look_again(db: Session, later: Version, *, at: Version, now: datetime) -> None:
    """What was handed in later was compared before this was known: it is compared once more."""
    told = select(SharedPassage.id).where(
        SharedPassage.version_id == later.id, SharedPassage.source_version_id == at.id
    )
    if db.scalars(told.limit(1)).first() is None:
        elsewhere.look(db, later, now=now)


def forget(db: Session, version_id: UUID) -> None:
    """Remove every trace of a version: from the index, and from what was found in others."""
    _clear(db, version_id)
    db.execute(delete(SharedPassage).where(SharedPassage.source_version_id == version_id))


def _clear(db: Session, version_id: UUID) -> None:
    """Remove what was found in it. What others share with it stays: its text is the same."""
    known = db.scalars(select(KnownText).where(KnownText.version_id == version_id)).one_or_none()
    if known:
        _unlearn(db, known)
    db.execute(delete(Examination).where(Examination.version_id == version_id))
    db.execute(delete(SharedPassage).where(SharedPassage.version_id == version_id))


def learn_documents(db: Session) -> int:
    """Take in the documents the library has got since; how many those were."""
    known = select(KnownText.document_id).where(KnownText.document_id.is_not(None))
    new = db.scalars(select(Document.id).where(Document.id.not_in(known))).all()
    written = sources.texts_of_documents(db, new)
    for document_id in new:
        _learn(db, KnownText(document_id=document_id), _seeds(written.get(document_id, "")))
    return len(new)


def renew_document(db: Session, document_id: DocumentId, *, now: datetime) -> None:
    """Know a corrected document by its present text, once it was known.

    Versions that were found to quote it are compared anew. It stays findable by
    the words it has lost, which costs a look at it and tells nothing: what is
    told is aligned word for word with the present text.
    """
    known = db.scalars(select(KnownText).where(KnownText.document_id == document_id)).one_or_none()
    if known is None:
        return
    written = sources.texts_of_documents(db, [document_id])
    index.add(db, known.number, _seeds(written.get(document_id, "")))
    quoting = select(SharedPassage.version_id).where(
        SharedPassage.source_document_id == document_id
    )
    for version in db.scalars(select(Version).where(Version.id.in_(quoting))):
        elsewhere.look(db, version, now=now)


def _seeds(text: str) -> list[int]:
    return [seed for *_, seed in seeds(read(text).syllables)]


def _learn(db: Session, known: KnownText, its_seeds: Iterable[int]) -> int:
    db.add(known)
    db.flush()
    index.add(db, known.number, its_seeds)
    return known.number


def _unlearn(db: Session, known: KnownText) -> None:
    """What it was found by is found again in its text: seeds depend on the syllables alone."""
    which = known.version_id
    reading = sources.read_versions(db, [which]).get(which) if which else None
    if reading:
        index.remove(db, known.number, _seeds(reading.text))
    db.delete(known)
    db.flush()


def _known_of_same_essay(version_id: UUID) -> Select[KnownText]:
    essay_id = select(Version.essay_id).where(Version.id == version_id).scalar_subquery()
    return (
        select(KnownText)
        .join(Version, KnownText.version_id == Version.id)
        .where(Version.essay_id == essay_id, Version.id != version_id)
    )
