"""What was found in a version, for those who judge it: shares in one question, passages on a page.

Shares are made from the passages each time and kept nowhere: when a source is
taken back, it is as if it had never been compared.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager, defer, joinedload, selectinload

from studyhub.accounts.models import User
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.kernel.ids import DocumentId, EssayId
from studyhub.library.models import Document
from studyhub.org.models import Unit
from studyhub.rounds.models import StudyRound
from studyhub.similarity import sources, texts
from studyhub.similarity.models import Examination, SharedPassage
from studyhub.similarity.places import Place, Span, Twin, gathered, merged

SHOWN = 40
"""Places on the page, the longest; there are seldom more than ten."""


LONGEST = 1500
"""Characters of a passage that are shown: long ones are read in the text itself."""


@dataclass(frozen=True)
class Shares:
    """How much of a text also stands elsewhere, in hundredths; each word told once."""

    compared_at: datetime
    documents: int
    template: int
    others: int
    disguised: int
    """Words with hidden characters or look-alike letters."""


@dataclass(frozen=True)
class Elsewhere:
    """One text that a passage also stands in, which the reader may read."""

    words: str
    document: Document | None = None
    essay: Essay | None = None
    is_later: bool = False


@dataclass(frozen=True)
class Shown:
    """A passage of the text, and where else it stands."""

    words: str
    elsewhere: Sequence[Elsewhere]
    hidden: int
    """In so many other essays of the organization, of which nothing more is said."""

    @property
    def texts(self) -> int:
        """How many essays have it, this one among them."""
        return 1 + self.hidden + sum(1 for one in self.elsewhere if one.essay)


def shares(db: Session, version_id: UUID) -> Shares | None:
    """The shares of a version, in one question; None until it was compared."""
    rows = db.execute(
        select(Examination, SharedPassage.start, SharedPassage.end, SharedPassage.source_version_id)
        .outerjoin(SharedPassage, SharedPassage.version_id == Examination.version_id)
        .where(Examination.version_id == version_id)
    ).all()
    if not rows:
        return None
    passages = [(start, end, other) for _, start, end, other in rows if start is not None]
    return _shares(rows[0][0], passages)


def _shares(found: Examination, passages: Iterable[tuple[int, int, UUID | None]]) -> Shares:
    listed = list(passages)
    stretches: Mapping[str, Sequence[Sequence[int]]] = found.stretches
    template = merged((start, end) for start, end in stretches["template"])
    documents = merged((start, end) for start, end, other in listed if other is None)
    others = merged((start, end) for start, end, other in listed if other)
    return Shares(
        compared_at=found.compared_at,
        documents=_hundredths(documents, found.length),
        template=_hundredths(template, found.length),
        others=_hundredths(others, found.length),
        disguised=len(stretches["disguised"]),
    )


def _hundredths(stretches: Sequence[Span], length: int) -> int:
    """Rounded up: what is there is never told as nothing."""
    covered = sum(end - start for start, end in stretches)
    return min(100, -(-100 * covered // length)) if length else 0


def not_compared(db: Session, *, until: datetime, most: int) -> Sequence[UUID]:
    """Versions handed in until then that were never compared, the earliest first."""
    newer = aliased(Version)
    is_last = ~exists().where(
        newer.essay_id == Version.essay_id,
        newer.number > Version.number,
        or_(Essay.state != State.DRAFT, newer.reading_began_at.is_not(None)),
    )
    return db.scalars(
        select(Version.id)
        .join(Version.essay)
        .outerjoin(Examination, Examination.version_id == Version.id)
        .where(
            Examination.version_id.is_(None),
            Version.syllables > 0,
            Version.submitted_at <= until,
            is_last,
            sources.stands(),
        )
        .order_by(Version.submitted_at, Version.id)
        .limit(most)
    ).all()


def passages(db: Session, version: Version, *, visible: ColumnElement[bool]) -> Sequence[Shown]:
    """The passages that also stand elsewhere, in their order, each with its sources.

    `visible` says which essays the reader may read. Of all others nothing is
    loaded, so nothing of them can be shown: they are counted.
    """
    places = gathered(_twins(db, version.id), most=SHOWN)
    twins = [twin for place in places for twin in place.twins]
    readable = _readable(db, {t.version_id for t in twins if t.version_id}, visible)
    documents = _documents(db, {t.document_id for t in twins if t.document_id})
    written = texts.of_version(version.parts)
    return [
        Shown(
            words=_excerpt(written, (place.start, place.end)),
            elsewhere=list(_known(place, readable, documents)),
            hidden=len({t.version_id for t in place.twins if t.version_id} - readable.keys()),
        )
        for place in places
    ]


def _twins(db: Session, version_id: UUID) -> Iterator[Twin]:
    """What it shares with earlier texts, and what later ones share with it."""
    for p in db.scalars(
        select(SharedPassage)
        .where(
            or_(
                SharedPassage.version_id == version_id,
                SharedPassage.source_version_id == version_id,
            )
        )
        .order_by(SharedPassage.start, SharedPassage.id)
    ):
        ours, theirs = (p.start, p.end), (p.source_start, p.source_end)
        if p.version_id == version_id:
            yield Twin(*ours, theirs, p.source_document_id, p.source_version_id)
        else:
            yield Twin(*theirs, ours, version_id=p.version_id, is_later=True)


def with_versions(db: Session, ids: Iterable[EssayId]) -> Sequence[Essay]:
    """These essays and what was handed in, in two questions however many they are."""
    wanted = select(Essay).where(Essay.id.in_(list(ids))).order_by(Essay.id)
    return db.scalars(wanted.options(selectinload(Essay.versions))).all()


def _readable(
    db: Session, wanted: Iterable[UUID], visible: ColumnElement[bool]
) -> Mapping[UUID, Version]:
    """Those of these versions that the reader may read, with who wrote them and where."""
    rows = db.scalars(
        select(Version)
        .join(Version.essay)
        .where(Version.id.in_(list(wanted)), visible, sources.stands())
        .options(
            contains_eager(Version.essay).options(
                defer(Essay.draft),
                joinedload(Essay.author, innerjoin=True).load_only(User.full_name),
                joinedload(Essay.cell, innerjoin=True).load_only(Unit.name, Unit.path),
                joinedload(Essay.round, innerjoin=True).load_only(
                    StudyRound.title, StudyRound.blind
                ),
            )
        )
    )
    return {version.id: version for version in rows}


def _documents(
    db: Session, wanted: Iterable[DocumentId]
) -> Mapping[DocumentId, tuple[Document, str]]:
    ids = list(wanted)
    written = sources.texts_of_documents(db, ids)
    found = db.scalars(select(Document).where(Document.id.in_(ids)))
    return {document.id: (document, written.get(document.id, "")) for document in found}


def _known(
    place: Place,
    readable: Mapping[UUID, Version],
    documents: Mapping[DocumentId, tuple[Document, str]],
) -> Iterator[Elsewhere]:
    """Each other text once, with the longest passage it has of this place."""
    seen: set[UUID] = set()
    for twin in sorted(place.twins, key=lambda twin: twin.start - twin.end):
        identity = twin.document_id or twin.version_id
        if identity is None or identity in seen:
            continue
        seen.add(identity)
        if twin.document_id and twin.document_id in documents:
            document, written = documents[twin.document_id]
            yield Elsewhere(_excerpt(written, twin.there), document=document)
        elif twin.version_id and twin.version_id in readable:
            version = readable[twin.version_id]
            words = _excerpt(texts.of_version(version.parts), twin.there)
            yield Elsewhere(words, essay=version.essay, is_later=twin.is_later)


def _excerpt(written: str, span: Span) -> str:
    words = written[span[0] : span[1]]
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(None, 1)[0] + " …"
