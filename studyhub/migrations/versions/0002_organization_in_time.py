"""What the organization is in time, safer writing, background work."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Add it."""
    op.create_table(
        "audit_seal",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_audit_seal")),
    )
    with op.batch_alter_table("audit_seal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_seal_link"), ["link"], unique=False)

    op.create_table(
        "check_count",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_check_count")),
    )
    with op.batch_alter_table("check_count", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_count_since"), ["since"], unique=False)

    op.create_table(
        "chore_run",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("done_for", sa.DateTime(), nullable=True),
        sa.Column("leased_until", sa.DateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=100), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_chore_run")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("payload", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "running",
                "done",
                "failed",
                name="jobstate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.DateTime(), nullable=True),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=100), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "state != 'running' OR leased_until IS NOT NULL", name=op.f("ck_job_running_is_leased")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("ix_job_due", ["state", "due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_job_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "similarity_bucket",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entries", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_similarity_bucket")),
    )
    op.create_table(
        "similarity_extent",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("buckets", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_similarity_extent")),
    )
    op.create_table(
        "name_turn",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "turn",
            sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_name_turn_user_id")
        ),
        sa.PrimaryKeyConstraint("user_id", "place", name=op.f("pk_name_turn")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("name_turn", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_name_turn_turn"), ["turn"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.Column("facts", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_notice_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notice_unread",
            ["user_id"],
            unique=False,
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )
        batch_op.create_index("ix_notice_user_at", ["user_id", "at"], unique=False)

    op.create_table(
        "petition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "wish",
            sa.Enum(
                "transfer",
                "exemption",
                "end_of_exemption",
                name="wish",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "approved",
                "declined",
                "withdrawn",
                name="petitionstate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("cell_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("destination", sa.String(length=1000), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("basis", sa.String(length=1000), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("decision", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["user_account.id"], name=op.f("fk_petition_asked_by")
        ),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_petition_cell_id")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["user_account.id"], name=op.f("fk_petition_decided_by")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_petition_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_petition")),
    )
    with op.batch_alter_table("petition", schema=None) as batch_op:
        batch_op.create_index("ix_petition_cell_state", ["cell_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_petition_user_id"), ["user_id"], unique=False)

    op.create_table(
        "reorganization",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "merge",
                "consolidate",
                "split",
                "rename",
                "move",
                "dissolve",
                name="act",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum(
                "planned",
                "done",
                "cancelled",
                "undone",
                "stuck",
                name="stage",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("basis", sa.String(length=1000), nullable=False),
        sa.Column("plan", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("before", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("planned_by", sa.Uuid(), nullable=True),
        sa.Column("planned_at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_basis", sa.String(length=1000), nullable=False),
        sa.Column("obstacle", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["planned_by"], ["user_account.id"], name=op.f("fk_reorganization_planned_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reorganization")),
    )
    with op.batch_alter_table("reorganization", schema=None) as batch_op:
        batch_op.create_index("ix_reorganization_stage_day", ["stage", "day"], unique=False)

    op.create_table(
        "stay",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("host_id", sa.Uuid(), nullable=False),
        sa.Column("basis", sa.String(length=1000), nullable=False),
        sa.Column("continues_id", sa.Uuid(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(), nullable=True),
        sa.Column("taken_back_basis", sa.String(length=1000), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("until_basis", sa.String(length=1000), nullable=False),
        sa.CheckConstraint("until >= since", name=op.f("ck_stay_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["continues_id"], ["stay.id"], name=op.f("fk_stay_continues_id")),
        sa.ForeignKeyConstraint(["host_id"], ["unit.id"], name=op.f("fk_stay_host_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_stay_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay")),
    )
    with op.batch_alter_table("stay", schema=None) as batch_op:
        batch_op.create_index("ix_stay_host_until", ["host_id", "until"], unique=False)
        batch_op.create_index("ix_stay_user_until", ["user_id", "until"], unique=False)

    op.create_table(
        "carried_place",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("reorganization_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column(
            "path",
            sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["reorganization_id"],
            ["reorganization.id"],
            name=op.f("fk_carried_place_reorganization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["study_round.id"], name=op.f("fk_carried_place_round_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_carried_place_unit_id")),
        sa.PrimaryKeyConstraint(
            "round_id", "unit_id", "reorganization_id", name=op.f("pk_carried_place")
        ),
    )
    with op.batch_alter_table("carried_place", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_carried_place_reorganization_id"), ["reorganization_id"], unique=False
        )

    op.create_table(
        "former_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("reorganization_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column(
            "path",
            sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_former_place_parent_id")),
        sa.ForeignKeyConstraint(
            ["reorganization_id"],
            ["reorganization.id"],
            name=op.f("fk_former_place_reorganization_id"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_former_place_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_place")),
    )
    with op.batch_alter_table("former_place", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_former_place_reorganization_id"), ["reorganization_id"], unique=False
        )
        batch_op.create_index("ix_former_place_unit_until", ["unit_id", "until"], unique=False)
        batch_op.create_index(batch_op.f("ix_former_place_until"), ["until"], unique=False)

    op.create_table(
        "succession",
        sa.Column("predecessor_id", sa.Uuid(), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=False),
        sa.Column("reorganization_id", sa.Uuid(), nullable=False),
        sa.Column("is_direct", sa.Boolean(), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["unit.id"], name=op.f("fk_succession_predecessor_id")
        ),
        sa.ForeignKeyConstraint(
            ["reorganization_id"],
            ["reorganization.id"],
            name=op.f("fk_succession_reorganization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["unit.id"], name=op.f("fk_succession_successor_id")
        ),
        sa.PrimaryKeyConstraint("predecessor_id", "successor_id", name=op.f("pk_succession")),
    )
    with op.batch_alter_table("succession", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_succession_reorganization_id"), ["reorganization_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_succession_successor_id"), ["successor_id"], unique=False
        )

    op.create_table(
        "touched_unit",
        sa.Column("reorganization_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "before", "after", name="role", native_enum=False, create_constraint=True, length=30
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reorganization_id"],
            ["reorganization.id"],
            name=op.f("fk_touched_unit_reorganization_id"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_touched_unit_unit_id")),
        sa.PrimaryKeyConstraint(
            "reorganization_id", "unit_id", "role", name=op.f("pk_touched_unit")
        ),
    )
    with op.batch_alter_table("touched_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_touched_unit_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "carried",
        sa.Column("summons_id", sa.Uuid(), nullable=False),
        sa.Column("reorganization_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("cell_id", sa.Uuid(), nullable=False),
        sa.Column(
            "cell_path",
            sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_carried_cell_id")),
        sa.ForeignKeyConstraint(
            ["reorganization_id"], ["reorganization.id"], name=op.f("fk_carried_reorganization_id")
        ),
        sa.ForeignKeyConstraint(["summons_id"], ["summons.id"], name=op.f("fk_carried_summons_id")),
        sa.PrimaryKeyConstraint("summons_id", "reorganization_id", name=op.f("pk_carried")),
    )
    with op.batch_alter_table("carried", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_carried_reorganization_id"), ["reorganization_id"], unique=False
        )

    op.create_table(
        "essay_original",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("essay_id", sa.Uuid(), nullable=False),
        sa.Column("file_key", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=1000), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "docx",
                "odt",
                "doc",
                "rtf",
                "html",
                "pdf",
                "txt",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["essay_id"], ["essay.id"], name=op.f("fk_essay_original_essay_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_essay_original")),
    )
    with op.batch_alter_table("essay_original", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_essay_original_essay_id"), ["essay_id"], unique=False)

    op.create_table(
        "essay_page",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("essay_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_key", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column(
            "flaw",
            sa.Enum(
                "none",
                "blurred",
                "dark",
                name="flaw",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["essay_id"], ["essay.id"], name=op.f("fk_essay_page_essay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_essay_page")),
    )
    with op.batch_alter_table("essay_page", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_essay_page_essay_id"), ["essay_id"], unique=False)

    op.create_table(
        "essay_presence",
        sa.Column("essay_id", sa.Uuid(), nullable=False),
        sa.Column("window", sa.String(length=32), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["essay_id"], ["essay.id"], name=op.f("fk_essay_presence_essay_id")
        ),
        sa.PrimaryKeyConstraint("essay_id", name=op.f("pk_essay_presence")),
    )
    op.create_table(
        "extension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("cell_id", sa.Uuid(), nullable=True),
        sa.Column("summons_id", sa.Uuid(), nullable=True),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("taken_back_by", sa.Uuid(), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(), nullable=True),
        sa.Column("taken_back_because", sa.String(length=1000), nullable=False),
        sa.CheckConstraint("reason != ''", name=op.f("ck_extension_has_a_reason")),
        sa.CheckConstraint(
            "(cell_id IS NULL) != (summons_id IS NULL)", name=op.f("ck_extension_for_one_or_a_cell")
        ),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_extension_cell_id")),
        sa.ForeignKeyConstraint(
            ["made_by"], ["user_account.id"], name=op.f("fk_extension_made_by")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["study_round.id"], name=op.f("fk_extension_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["summons_id"], ["summons.id"], name=op.f("fk_extension_summons_id")
        ),
        sa.ForeignKeyConstraint(
            ["taken_back_by"], ["user_account.id"], name=op.f("fk_extension_taken_back_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extension_round_id"), ["round_id"], unique=False)

    op.create_table(
        "essay_seal",
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("log_link", sa.String(length=64), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["essay_version.id"], name=op.f("fk_essay_seal_version_id")
        ),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_essay_seal")),
        sa.UniqueConstraint("version_id", name=op.f("uq_essay_seal_version_id")),
    )
    op.create_table(
        "similarity_examination",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("stretches", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("compared_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["essay_version.id"],
            name=op.f("fk_similarity_examination_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_similarity_examination")),
    )
    op.create_table(
        "similarity_passage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("source_version_id", sa.Uuid(), nullable=True),
        sa.Column("source_document_id", sa.Uuid(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("source_start", sa.Integer(), nullable=False),
        sa.Column("source_end", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(source_version_id IS NULL) != (source_document_id IS NULL)",
            name=op.f("ck_similarity_passage_one_source"),
        ),
        sa.ForeignKeyConstraint(
            ["source_document_id"],
            ["document.id"],
            name=op.f("fk_similarity_passage_source_document_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["source_version_id"],
            ["essay_version.id"],
            name=op.f("fk_similarity_passage_source_version_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["essay_version.id"],
            name=op.f("fk_similarity_passage_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_similarity_passage")),
    )
    with op.batch_alter_table("similarity_passage", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_similarity_passage_source_document_id"),
            ["source_document_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_similarity_passage_source_version_id"),
            ["source_version_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_similarity_passage_version_id"), ["version_id"], unique=False
        )

    op.create_table(
        "similarity_text",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(version_id IS NULL) != (document_id IS NULL)",
            name=op.f("ck_similarity_text_one_of_both"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_similarity_text_document_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["essay_version.id"],
            name=op.f("fk_similarity_text_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_similarity_text")),
        sa.UniqueConstraint("document_id", name=op.f("uq_similarity_text_document_id")),
        sa.UniqueConstraint("version_id", name=op.f("uq_similarity_text_version_id")),
    )
    with op.batch_alter_table("essay", schema=None) as batch_op:
        batch_op.add_column(sa.Column("draft_kept_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("rule_applied_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("essay_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("due_at", sa.DateTime(), nullable=True))
        batch_op.add_column(
            sa.Column("by_rule", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("own_work", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column(
                "pages",
                sa.JSON().with_variant(JSONB(), "postgresql"),
                server_default="[]",
                nullable=False,
            )
        )

    with op.batch_alter_table("kept_draft", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("in_passing", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.create_index("ix_kept_draft_in_passing", ["in_passing", "kept_at"], unique=False)

    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_cell_id"))
        batch_op.create_index(
            "ix_membership_headcount", ["cell_id", "standing", "since", "until"], unique=False
        )

    with op.batch_alter_table("study_round", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("hands_in_drafts", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("takes_handwriting", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("summons", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closes_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reorganization_id", sa.Uuid(), nullable=True))
        batch_op.alter_column("begun_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.create_index(
            batch_op.f("ix_transfer_reorganization_id"), ["reorganization_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_transfer_reorganization_id"),
            "reorganization",
            ["reorganization_id"],
            ["id"],
        )

    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("name_folded", sa.String(length=400), server_default="", nullable=False)
        )


def downgrade() -> None:
    """Undo it."""
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_column("name_folded")

    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_transfer_reorganization_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_transfer_reorganization_id"))
        batch_op.alter_column("begun_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column("reorganization_id")

    with op.batch_alter_table("summons", schema=None) as batch_op:
        batch_op.drop_column("closes_at")

    with op.batch_alter_table("study_round", schema=None) as batch_op:
        batch_op.drop_column("takes_handwriting")
        batch_op.drop_column("hands_in_drafts")

    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index("ix_membership_headcount")
        batch_op.create_index(batch_op.f("ix_membership_cell_id"), ["cell_id"], unique=False)

    with op.batch_alter_table("kept_draft", schema=None) as batch_op:
        batch_op.drop_index("ix_kept_draft_in_passing")
        batch_op.drop_column("in_passing")

    with op.batch_alter_table("essay_version", schema=None) as batch_op:
        batch_op.drop_column("pages")
        batch_op.drop_column("own_work")
        batch_op.drop_column("by_rule")
        batch_op.drop_column("due_at")

    with op.batch_alter_table("essay", schema=None) as batch_op:
        batch_op.drop_column("rule_applied_at")
        batch_op.drop_column("draft_kept_at")

    op.drop_table("similarity_text")
    with op.batch_alter_table("similarity_passage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_similarity_passage_version_id"))
        batch_op.drop_index(batch_op.f("ix_similarity_passage_source_version_id"))
        batch_op.drop_index(batch_op.f("ix_similarity_passage_source_document_id"))

    op.drop_table("similarity_passage")
    op.drop_table("similarity_examination")
    op.drop_table("essay_seal")
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extension_round_id"))

    op.drop_table("extension")
    op.drop_table("essay_presence")
    with op.batch_alter_table("essay_page", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_essay_page_essay_id"))

    op.drop_table("essay_page")
    with op.batch_alter_table("essay_original", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_essay_original_essay_id"))

    op.drop_table("essay_original")
    with op.batch_alter_table("carried", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_carried_reorganization_id"))

    op.drop_table("carried")
    with op.batch_alter_table("touched_unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_touched_unit_unit_id"))

    op.drop_table("touched_unit")
    with op.batch_alter_table("succession", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_succession_successor_id"))
        batch_op.drop_index(batch_op.f("ix_succession_reorganization_id"))

    op.drop_table("succession")
    with op.batch_alter_table("former_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_former_place_until"))
        batch_op.drop_index("ix_former_place_unit_until")
        batch_op.drop_index(batch_op.f("ix_former_place_reorganization_id"))

    op.drop_table("former_place")
    with op.batch_alter_table("carried_place", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_carried_place_reorganization_id"))

    op.drop_table("carried_place")
    with op.batch_alter_table("stay", schema=None) as batch_op:
        batch_op.drop_index("ix_stay_user_until")
        batch_op.drop_index("ix_stay_host_until")

    op.drop_table("stay")
    with op.batch_alter_table("reorganization", schema=None) as batch_op:
        batch_op.drop_index("ix_reorganization_stage_day")

    op.drop_table("reorganization")
    with op.batch_alter_table("petition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_petition_user_id"))
        batch_op.drop_index("ix_petition_cell_state")

    op.drop_table("petition")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("ix_notice_user_at")
        batch_op.drop_index(
            "ix_notice_unread",
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        )

    op.drop_table("notice")
    with op.batch_alter_table("name_turn", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_name_turn_turn"))

    op.drop_table("name_turn")
    op.drop_table("similarity_extent")
    op.drop_table("similarity_bucket")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_job_subject_id"))
        batch_op.drop_index("ix_job_due")

    op.drop_table("job")
    op.drop_table("chore_run")
    with op.batch_alter_table("check_count", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_check_count_since"))

    op.drop_table("check_count")
    with op.batch_alter_table("audit_seal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_seal_link"))

    op.drop_table("audit_seal")
