"""Marking by rules, paper essays, letters, the desk, calendars, reminders, notes."""

import secrets
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    """Add the tables and columns, and let the database take the new words."""
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=True),
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_calendar_feed_unit_id")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_calendar_feed_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
    )
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.create_index(
            "uq_calendar_feed_own",
            ["user_id"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL AND unit_id IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL AND unit_id IS NULL"),
        )
        batch_op.create_index(
            "uq_calendar_feed_unit",
            ["user_id", "unit_id"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("facts", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=40), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("gave_up_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_letter_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(
            "ix_letter_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("sent_at IS NULL AND gave_up_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL AND gave_up_at IS NULL"),
        )
        batch_op.create_index(
            "ix_letter_failed",
            ["gave_up_at"],
            unique=False,
            sqlite_where=sa.text("gave_up_at IS NOT NULL"),
            postgresql_where=sa.text("gave_up_at IS NOT NULL"),
        )
        batch_op.create_index("ix_letter_user_kind", ["user_id", "kind"], unique=False)

    op.create_table(
        "mail_link",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "confirm",
                "password",
                name="purpose",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_mail_link_user_id")
        ),
        sa.PrimaryKeyConstraint("user_id", "purpose", name=op.f("pk_mail_link")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_mail_link_code_digest")),
    )
    op.create_table(
        "phrase",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("letters", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "(owner_id IS NULL) != (unit_id IS NULL)", name=op.f("ck_phrase_somebodys_or_a_units")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["user_account.id"], name=op.f("fk_phrase_owner_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_phrase_unit_id")),
        sa.ForeignKeyConstraint(
            ["written_by"], ["user_account.id"], name=op.f("fk_phrase_written_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase")),
    )
    with op.batch_alter_table("phrase", schema=None) as batch_op:
        batch_op.create_index("ix_phrase_owner", ["owner_id"], unique=False)
        batch_op.create_index("ix_phrase_unit", ["unit_id"], unique=False)

    op.create_table(
        "called_off_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("called_off_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["study_round.id"], name=op.f("fk_called_off_session_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_called_off_session")),
    )
    with op.batch_alter_table("called_off_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_called_off_session_round_id"), ["round_id"], unique=False
        )

    op.create_table(
        "pile",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("cell_id", sa.Uuid(), nullable=False),
        sa.Column("file_key", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=1000), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "reading",
                "sorting",
                "unreadable",
                "handed_in",
                name="pilestate",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("refusal", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("brought_by", sa.Uuid(), nullable=False),
        sa.Column("brought_at", sa.DateTime(), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["brought_by"], ["user_account.id"], name=op.f("fk_pile_brought_by")
        ),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_pile_cell_id")),
        sa.ForeignKeyConstraint(["round_id"], ["study_round.id"], name=op.f("fk_pile_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pile")),
        sa.UniqueConstraint("round_id", "cell_id", "file_key", name="uq_pile_brought_once"),
    )
    with op.batch_alter_table("pile", schema=None) as batch_op:
        batch_op.create_index("ix_pile_cell_round", ["cell_id", "round_id"], unique=False)

    op.create_table(
        "reader_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("anchor", sa.String(length=200), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_reader_note_document_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_reader_note_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader_note")),
    )
    with op.batch_alter_table("reader_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_reader_note_document_id"), ["document_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_reader_note_user_id_document_id"),
            ["user_id", "document_id"],
            unique=False,
        )

    op.create_table(
        "reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("cell_id", sa.Uuid(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "notice",
                "in_person",
                name="way",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("lacks", sa.String(length=60), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["unit.id"], name=op.f("fk_reminder_cell_id")),
        sa.ForeignKeyConstraint(["made_by"], ["user_account.id"], name=op.f("fk_reminder_made_by")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["study_round.id"], name=op.f("fk_reminder_round_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_reminder_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index("ix_reminder_round_user", ["round_id", "user_id"], unique=False)
        batch_op.create_index(
            "uq_reminder_one_a_day",
            ["user_id", "day"],
            unique=True,
            sqlite_where=sa.text("way = 'notice'"),
            postgresql_where=sa.text("way = 'notice'"),
        )

    op.create_table(
        "rubric_part",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.CheckConstraint("most > 0", name=op.f("ck_rubric_part_part_brings_points")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["study_round.id"], name=op.f("fk_rubric_part_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rubric_part")),
        sa.UniqueConstraint("round_id", "position", name=op.f("uq_rubric_part_round_id_position")),
    )
    op.create_table(
        "essay_assignment",
        sa.Column("essay_id", sa.Uuid(), nullable=False),
        sa.Column("reviewer_id", sa.Uuid(), nullable=False),
        sa.Column("assigned_by", sa.Uuid(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assigned_by"], ["user_account.id"], name=op.f("fk_essay_assignment_assigned_by")
        ),
        sa.ForeignKeyConstraint(
            ["essay_id"], ["essay.id"], name=op.f("fk_essay_assignment_essay_id")
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["user_account.id"], name=op.f("fk_essay_assignment_reviewer_id")
        ),
        sa.PrimaryKeyConstraint("essay_id", name=op.f("pk_essay_assignment")),
    )
    with op.batch_alter_table("essay_assignment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_essay_assignment_reviewer_id"), ["reviewer_id"], unique=False
        )

    op.create_table(
        "essay_reservation",
        sa.Column("essay_id", sa.Uuid(), nullable=False),
        sa.Column("reader_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["essay_id"], ["essay.id"], name=op.f("fk_essay_reservation_essay_id")
        ),
        sa.ForeignKeyConstraint(
            ["reader_id"], ["user_account.id"], name=op.f("fk_essay_reservation_reader_id")
        ),
        sa.PrimaryKeyConstraint("essay_id", name=op.f("pk_essay_reservation")),
    )
    with op.batch_alter_table("essay_reservation", schema=None) as batch_op:
        batch_op.create_index("ix_essay_reservation_reader", ["reader_id", "seen_at"], unique=False)

    op.create_table(
        "essay_transcript",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("essay_id", sa.Uuid(), nullable=False),
        sa.Column("draft", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("draft_revision", sa.Integer(), nullable=False),
        sa.Column("draft_saved_at", sa.DateTime(), nullable=True),
        sa.Column("draft_kept_at", sa.DateTime(), nullable=True),
        sa.Column("pages", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("kept_where", sa.String(length=1000), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["begun_by"], ["user_account.id"], name=op.f("fk_essay_transcript_begun_by")
        ),
        sa.ForeignKeyConstraint(
            ["essay_id"], ["essay.id"], name=op.f("fk_essay_transcript_essay_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_essay_transcript")),
        sa.UniqueConstraint("essay_id", name=op.f("uq_essay_transcript_essay_id")),
    )
    op.create_table(
        "pile_page",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pile_id", sa.Uuid(), nullable=False),
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
        sa.Column(
            "find",
            sa.Enum(
                "page",
                "blank",
                "cover",
                "other_cell",
                "other_round",
                "unknown",
                name="find",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("is_left_out", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["user_account.id"], name=op.f("fk_pile_page_member_id")
        ),
        sa.ForeignKeyConstraint(["pile_id"], ["pile.id"], name=op.f("fk_pile_page_pile_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pile_page")),
        sa.UniqueConstraint("pile_id", "position", name=op.f("uq_pile_page_pile_id_position")),
    )
    op.create_table(
        "appeal",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column(
            "former_outcome",
            sa.Enum(
                "accept",
                "return",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "former_grade",
            sa.Enum(
                "average",
                "fair",
                "good",
                "excellent",
                name="grade",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("former_points", sa.Integer(), nullable=True),
        sa.Column("former_remark", sa.Text(), nullable=False),
        sa.Column("former_by", sa.Uuid(), nullable=False),
        sa.Column("former_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("reason != ''", name=op.f("ck_appeal_has_a_reason")),
        sa.ForeignKeyConstraint(
            ["former_by"], ["user_account.id"], name=op.f("fk_appeal_former_by")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["essay_version.id"], name=op.f("fk_appeal_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_appeal")),
    )
    op.create_table(
        "essay_answer",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["essay_version.id"], name=op.f("fk_essay_answer_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_essay_answer")),
    )
    op.create_table(
        "essay_arrival",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("essay_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("replaces", sa.Uuid(), nullable=True),
        sa.Column("page_id", sa.Uuid(), nullable=True),
        sa.Column("touched_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["essay_id"], ["essay.id"], name=op.f("fk_essay_arrival_essay_id")),
        sa.ForeignKeyConstraint(
            ["page_id"], ["essay_page.id"], name=op.f("fk_essay_arrival_page_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["user_account.id"], name=op.f("fk_essay_arrival_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_essay_arrival")),
    )
    with op.batch_alter_table("essay_arrival", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_essay_arrival_essay_id"), ["essay_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_essay_arrival_touched_at"), ["touched_at"], unique=False
        )

    op.create_table(
        "kept_transcript",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transcript_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("draft", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["essay_transcript.id"],
            name=op.f("fk_kept_transcript_transcript_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_transcript")),
    )
    with op.batch_alter_table("kept_transcript", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_kept_transcript_transcript_id"), ["transcript_id"], unique=False
        )

    op.create_table(
        "mark",
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("marker_id", sa.Uuid(), nullable=False),
        sa.Column(
            "turn",
            sa.Enum(
                "first",
                "third",
                "appeal",
                name="turn",
                native_enum=False,
                create_constraint=True,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("marked_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("points BETWEEN 0 AND 1000", name=op.f("ck_mark_from_0_to_10")),
        sa.ForeignKeyConstraint(["marker_id"], ["user_account.id"], name=op.f("fk_mark_marker_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["essay_version.id"], name=op.f("fk_mark_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "marker_id", name=op.f("pk_mark")),
    )
    op.create_table(
        "comment_reply",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_reply_comment_id")
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_comment_reply")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("late", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("start", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("end", sa.Integer(), nullable=True))

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("points", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("seen_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("essay", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("needs_above", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("marked_by", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("rewrite_until", sa.DateTime(), nullable=True))
        batch_op.create_index("ix_essay_in_turn", ["state", "submitted_at", "id"], unique=False)

    with op.batch_alter_table("essay_page", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "state",
                sa.Enum(
                    "in_work",
                    "done",
                    "unreadable",
                    name="develops",
                    native_enum=False,
                    create_constraint=True,
                    length=30,
                ),
                server_default="done",
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column(
                "refusal",
                sa.JSON().with_variant(JSONB(), "postgresql"),
                server_default="{}",
                nullable=False,
            )
        )
        batch_op.add_column(
            sa.Column("name", sa.String(length=200), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("source", sa.String(length=64), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("plain_key", sa.String(length=64), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("straight_key", sa.String(length=64), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("is_straight", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("turn", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("removed_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("essay_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("on_behalf_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("received_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column("kept_where", sa.String(length=1000), server_default="", nullable=False)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_essay_version_on_behalf_by"), "user_account", ["on_behalf_by"], ["id"]
        )

    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index("ix_membership_members", ["cell_id", "user_id"], unique=False)

    with op.batch_alter_table("progress", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "grade",
                sa.Enum(
                    "average",
                    "fair",
                    "good",
                    "excellent",
                    name="grade",
                    native_enum=False,
                    create_constraint=True,
                    length=30,
                ),
                nullable=True,
            )
        )

    with op.batch_alter_table("round_document", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "role",
                sa.Enum(
                    "study",
                    "sample",
                    name="documentrole",
                    native_enum=False,
                    create_constraint=True,
                    length=30,
                ),
                server_default="study",
                nullable=False,
            )
        )

    with op.batch_alter_table("sign_in_code", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mailed_to", sa.String(length=200), nullable=True))

    with op.batch_alter_table("study_round", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("reminds", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("step", sa.Integer(), server_default="25", nullable=False))
        batch_op.add_column(
            sa.Column("pass_mark", sa.Integer(), server_default="500", nullable=False)
        )
        batch_op.add_column(sa.Column("markers", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("apart", sa.Integer(), server_default="200", nullable=False))
        batch_op.add_column(sa.Column("rewrites", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("rewrite_days", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("appeal_days", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("attendance_least", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(
            sa.Column("blind", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("study_session", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("check_in_secret", sa.String(length=64), server_default="", nullable=False)
        )
        batch_op.add_column(
            sa.Column("late_after", sa.Integer(), server_default="15", nullable=False)
        )
        batch_op.drop_column("check_in_code")

    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("excellent", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("good", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("fair", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("average", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email_confirmed_at", sa.DateTime(), nullable=True))
        batch_op.add_column(
            sa.Column("has_no_email", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("receipts_by_mail", sa.Boolean(), server_default=sa.true(), nullable=False)
        )
        batch_op.add_column(
            sa.Column("language", sa.String(length=5), server_default="vi", nullable=False)
        )
        batch_op.drop_index(batch_op.f("ix_user_account_name_order"))
        batch_op.create_index(
            "ix_user_account_register", ["name_order", "born_on", "id", "name_folded"], unique=False
        )

    _allow_grading(("pass_only", "bands", "points"))
    with op.batch_alter_table("comment") as batch:
        batch.create_check_constraint(
            op.f("ck_comment_words_are_a_stretch"),
            '(start IS NULL AND "end" IS NULL) OR (start >= 0 AND "end" > start)',
        )
    _count_bands()
    _give_secrets()


def downgrade() -> None:
    """Undo it. Rounds marked in points go on with bands."""
    op.execute("UPDATE study_round SET grading = 'bands' WHERE grading = 'points'")
    _allow_grading(("pass_only", "bands"))
    with op.batch_alter_table("comment") as batch:
        batch.drop_constraint(op.f("ck_comment_words_are_a_stretch"), type_="check")
    with op.batch_alter_table("user_account", schema=None) as batch_op:
        batch_op.drop_index("ix_user_account_register")
        batch_op.create_index(
            batch_op.f("ix_user_account_name_order"), ["name_order"], unique=False
        )
        batch_op.drop_column("language")
        batch_op.drop_column("receipts_by_mail")
        batch_op.drop_column("has_no_email")
        batch_op.drop_column("email_confirmed_at")

    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.drop_column("average")
        batch_op.drop_column("fair")
        batch_op.drop_column("good")
        batch_op.drop_column("excellent")

    with op.batch_alter_table("study_session", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("check_in_code", sa.VARCHAR(length=8), server_default="0000", nullable=False)
        )
        batch_op.drop_column("late_after")
        batch_op.drop_column("check_in_secret")

    with op.batch_alter_table("study_round", schema=None) as batch_op:
        batch_op.drop_column("blind")
        batch_op.drop_column("attendance_least")
        batch_op.drop_column("appeal_days")
        batch_op.drop_column("rewrite_days")
        batch_op.drop_column("rewrites")
        batch_op.drop_column("apart")
        batch_op.drop_column("markers")
        batch_op.drop_column("pass_mark")
        batch_op.drop_column("step")
        batch_op.drop_column("reminds")

    with op.batch_alter_table("sign_in_code", schema=None) as batch_op:
        batch_op.drop_column("mailed_to")

    with op.batch_alter_table("round_document", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_round_document_documentrole"), type_="check")
        batch_op.drop_column("role")

    with op.batch_alter_table("progress", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_progress_grade"), type_="check")
        batch_op.drop_column("grade")

    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index("ix_membership_members")

    with op.batch_alter_table("essay_version", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_essay_version_on_behalf_by"), type_="foreignkey")
        batch_op.drop_column("kept_where")
        batch_op.drop_column("received_on")
        batch_op.drop_column("on_behalf_by")

    with op.batch_alter_table("essay_page", schema=None) as batch_op:
        batch_op.drop_column("removed_at")
        batch_op.drop_column("turn")
        batch_op.drop_column("is_straight")
        batch_op.drop_column("straight_key")
        batch_op.drop_column("plain_key")
        batch_op.drop_column("source")
        batch_op.drop_column("name")
        batch_op.drop_column("refusal")
        batch_op.drop_constraint(op.f("ck_essay_page_develops"), type_="check")
        batch_op.drop_column("state")

    with op.batch_alter_table("essay", schema=None) as batch_op:
        batch_op.drop_index("ix_essay_in_turn")
        batch_op.drop_column("rewrite_until")
        batch_op.drop_column("marked_by")
        batch_op.drop_column("needs_above")

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_column("seen_at")
        batch_op.drop_column("points")

    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_column("end")
        batch_op.drop_column("start")

    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_column("late")

    op.drop_table("comment_reply")
    op.drop_table("mark")
    with op.batch_alter_table("kept_transcript", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_transcript_transcript_id"))

    op.drop_table("kept_transcript")
    with op.batch_alter_table("essay_arrival", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_essay_arrival_touched_at"))
        batch_op.drop_index(batch_op.f("ix_essay_arrival_essay_id"))

    op.drop_table("essay_arrival")
    op.drop_table("essay_answer")
    op.drop_table("appeal")
    op.drop_table("pile_page")
    op.drop_table("essay_transcript")
    with op.batch_alter_table("essay_reservation", schema=None) as batch_op:
        batch_op.drop_index("ix_essay_reservation_reader")

    op.drop_table("essay_reservation")
    with op.batch_alter_table("essay_assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_essay_assignment_reviewer_id"))

    op.drop_table("essay_assignment")
    op.drop_table("rubric_part")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_reminder_one_a_day",
            sqlite_where=sa.text("way = 'notice'"),
            postgresql_where=sa.text("way = 'notice'"),
        )
        batch_op.drop_index("ix_reminder_round_user")

    op.drop_table("reminder")
    with op.batch_alter_table("reader_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reader_note_user_id_document_id"))
        batch_op.drop_index(batch_op.f("ix_reader_note_document_id"))

    op.drop_table("reader_note")
    with op.batch_alter_table("pile", schema=None) as batch_op:
        batch_op.drop_index("ix_pile_cell_round")

    op.drop_table("pile")
    with op.batch_alter_table("called_off_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_called_off_session_round_id"))

    op.drop_table("called_off_session")
    with op.batch_alter_table("phrase", schema=None) as batch_op:
        batch_op.drop_index("ix_phrase_unit")
        batch_op.drop_index("ix_phrase_owner")

    op.drop_table("phrase")
    op.drop_table("mail_link")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_user_kind")
        batch_op.drop_index(
            "ix_letter_failed",
            sqlite_where=sa.text("gave_up_at IS NOT NULL"),
            postgresql_where=sa.text("gave_up_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_letter_due",
            sqlite_where=sa.text("sent_at IS NULL AND gave_up_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL AND gave_up_at IS NULL"),
        )

    op.drop_table("letter")
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_calendar_feed_unit",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )
        batch_op.drop_index(
            "uq_calendar_feed_own",
            sqlite_where=sa.text("voided_at IS NULL AND unit_id IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL AND unit_id IS NULL"),
        )

    op.drop_table("calendar_feed")


def _give_secrets() -> None:
    """Each session gets its own: the codes on its screen follow from it."""
    session = sa.table("study_session", sa.column("id", sa.Uuid()), sa.column("check_in_secret"))
    connection = op.get_bind()
    for (id_,) in connection.execute(sa.select(session.c.id)).all():
        connection.execute(
            session.update()
            .where(session.c.id == id_)
            .values(check_in_secret=secrets.token_hex(16))
        )


def _count_bands() -> None:
    """The bands of what was accepted before, for each person and each unit of each round."""
    op.execute(
        """
        UPDATE progress SET grade = (
            SELECT decision.grade
            FROM summons
            JOIN essay
                ON essay.round_id = summons.round_id AND essay.author_id = summons.user_id
            JOIN essay_version ON essay_version.essay_id = essay.id
            JOIN decision ON decision.version_id = essay_version.id
            WHERE summons.id = progress.summons_id
                AND essay.state = 'accepted' AND decision.outcome = 'accept'
        )
        """
    )
    for band in ("excellent", "good", "fair", "average"):
        op.execute(
            f"""
            UPDATE tally SET {band} = (
                SELECT count(*)
                FROM progress
                JOIN summons ON summons.id = progress.summons_id
                WHERE summons.round_id = tally.round_id
                    AND summons.cell_path LIKE tally.path || '%'
                    AND summons.call = 'required' AND progress.grade = '{band}'
            )
            """
        )


def _allow_grading(words: Sequence[str]) -> None:
    """The ways of grading that the database takes."""
    name = op.f("ck_study_round_grading")
    said = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table("study_round") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"grading IN ({said})")
